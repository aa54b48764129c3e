"""Web pages: what is the article, what is a table, what is furniture around it."""
