"""Tables of the statistical forms, from lines or from grids."""

from ingest.tables.build import TablesRead, read_tables

__all__ = ["TablesRead", "read_tables"]
