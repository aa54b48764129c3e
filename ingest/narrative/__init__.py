"""The prose of a report: sections, paragraphs, sentences, passages, and the figures in them."""
