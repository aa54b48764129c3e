"""Plain text and Markdown, however a crawler flattened the tables in it."""
