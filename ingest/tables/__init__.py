"""Tables of the statistical forms, from lines or from grids."""

from ingest.tables.build import TablesRead, read_tables
from ingest.tables.others import OtherTables, read_others, with_section
from ingest.tables.years import without_other_years

__all__ = [
    "OtherTables",
    "TablesRead",
    "read_others",
    "read_tables",
    "with_section",
    "without_other_years",
]
