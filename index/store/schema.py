"""The SQL schema. Changes need a migration in `migrations/versions`; a test compares the two."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

files = Table(
    "files",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),  # zlib
    Column("reader", Text, nullable=False),
    Column("given", Text, nullable=False, server_default="{}"),  # what the user said of it
)

reports = Table(
    "reports",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("file_id", String(64), nullable=False, index=True),
    Column("title", Text),
    Column("issuer", Text, index=True),
    Column("region", Text),
    Column("level", Text),
    Column("coverage", Text),
    Column("year", Integer, index=True),
    Column("period", Text),
    Column("source", Text, nullable=False),
    Column("reader", Text, nullable=False),
    Column("form", Text),
    Column("sections", Text, nullable=False),
    Column("counts", Text, nullable=False),
    Column("address", Text),
    # the store's when it came in: a reader that knows an older one reads only what is new
    Column("revision", Integer, nullable=False, server_default="0"),
    Index("reports_by_revision", "revision"),
)

# header paths are few where figures are many: each is stored once
paths = Table(
    "paths",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("labels", Text, nullable=False, unique=True),
)

tables = Table(
    "tables",
    metadata,
    Column("report_id", String(40), primary_key=True),
    Column("id", String(20), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("caption", Text, nullable=False),
    Column("section", Integer, nullable=False),
    Column("unit", Text),
    Column("form", Text),
    Column("place", Text, nullable=False),
)

cells = Table(
    "cells",
    metadata,
    Column("report_id", String(40), primary_key=True),
    Column("table_id", String(20), primary_key=True),
    Column("row", Integer, primary_key=True),
    Column("column", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("row_span", Integer, nullable=False),
    Column("column_span", Integer, nullable=False),
    Column("header", Integer, nullable=False),
    Column("place", Text, nullable=False),
)

figures = Table(
    "figures",
    metadata,
    Column("report_id", String(40), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("value", Text),
    Column("status", String(10), nullable=False),
    Column("unit", Text),
    Column("qualifier", Text),
    Column("note", Text),
    Column("note_of", Text),
    Column("key", Text),
    Column("table_id", String(20)),
    Column("row", Integer),
    Column("column", Integer),
    Column("row_path", Integer, nullable=False),
    Column("column_path", Integer, nullable=False),
    Column("printed_row_path", Integer, nullable=False),
    Column("printed_column_path", Integer, nullable=False),
    Column("sentence", Integer),
    Column("span_start", Integer),
    Column("span_end", Integer),
    Column("place", Text, nullable=False),
    Column("subject", Text),
    Index("figures_by_sentence", "report_id", "sentence"),
    Index("figures_by_note", "report_id", "note_of"),
    Index("figures_of_notes", "column_path", sqlite_where=text("note_of IS NOT NULL")),
)

sentences = Table(
    "sentences",
    metadata,
    Column("report_id", String(40), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("paragraph", Integer, nullable=False),
    Column("section", Integer, nullable=False),
    Column("printed", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("place", Text, nullable=False),
)

passages = Table(
    "passages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("report_id", String(40), nullable=False),
    Column("position", Integer, nullable=False),
    Column("section", Integer, nullable=False),
    Column("printed", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("sentences", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("text_hash", String(64), nullable=False, index=True),
    Column("table_id", String(20)),  # of rows of a table; the narrative's have none
    Column("rows", Text),
    UniqueConstraint("report_id", "position"),
)

findings = Table(
    "findings",
    metadata,
    Column("report_id", String(40), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("body", Text, nullable=False),
)

warnings = Table(
    "warnings",
    metadata,
    Column("report_id", String(40), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("code", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("place", Text, nullable=False),
)

vectors = Table(
    "vectors",
    metadata,
    Column("embedder", String(80), primary_key=True),
    Column("text_hash", String(64), primary_key=True),
    Column("vector", LargeBinary, nullable=False),  # float32, little endian
)
