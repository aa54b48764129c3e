"""PDF with a text layer: letters and rules into lines and tables."""
