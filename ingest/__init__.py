"""Ingestion: a file in, Reports out. Knows no store and no questions."""

from ingest.read import read_report, reader_version

__all__ = ["read_report", "reader_version"]
