"""Plans over tables, carried out: figures looked up, computed, and said."""

from index.tables.answerer import TableAnswerer

__all__ = ["TableAnswerer"]
