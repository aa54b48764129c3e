"""A file in, Reports out."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from ingest.checks import check_report
from ingest.errors import UnreadableFile
from ingest.forms import load_forms
from ingest.metadata import read_metadata
from ingest.model import Figure, Report, Warning_
from ingest.prose import figures_in
from ingest.readers import Document, reader_for
from ingest.sections import read_narrative
from ingest.tables import read_tables

#: raised whenever the same bytes may read differently; part of what makes a report "the same"
READ_VERSION = 2


def reader_version(data: bytes, name: str) -> str:
    """What the reading of these bytes depends on: reader, its version, forms, this module."""
    reader = reader_for(data, name)
    forms = ",".join(form.name for form in load_forms())
    return f"{reader.name}-{reader.version}/{READ_VERSION}/{forms}"


def read_report(data: bytes, name: str) -> tuple[Report, ...]:
    """Read the bytes of one file called `name` into its reports.

    Raises UnsupportedFile or UnreadableFile; everything smaller is a coded warning in the report.
    """
    reader = reader_for(data, name)
    document = reader.read(data, name)
    report_id = hashlib.sha256(data).hexdigest()[:16] + "-1"
    return (_read_one(document, report_id, reader_version(data, name)),)


def _read_one(document: Document, report_id: str, version: str) -> Report:
    tables = read_tables(document, load_forms())
    used = tables.used_lines if tables else frozenset()
    lines = document.lines
    narrative = read_narrative([line for line in lines if line.number not in used])
    meta = read_metadata(lines, narrative.sentences, document.source)
    if tables is None and meta.issuer is None and meta.year is None:
        raise UnreadableFile(
            f"{document.source}: no report: neither a title with issuer and year, "
            "nor a table of a known form was found"
        )
    warnings = [*document.warnings, *meta.warnings]
    figures: list[Figure] = []
    if tables is None:
        warnings.append(Warning_("no-form-table", "没有读到任何已知表式的统计表"))
    else:
        warnings += tables.warnings
        figures += tables.figures
    for sentence in narrative.sentences:
        figures += figures_in(sentence)
    report = Report(
        id=report_id,
        title=meta.title,
        issuer=meta.issuer,
        region=meta.region,
        level=meta.level,
        coverage=meta.coverage,
        year=meta.year,
        period=meta.period,
        source=document.source,
        reader=version,
        form=tables.form.name if tables else None,
        sections=narrative.sections,
        tables=tables.tables if tables else (),
        figures=tuple(figures),
        sentences=narrative.sentences,
        passages=narrative.passages,
        warnings=tuple(warnings),
    )
    return replace(report, findings=check_report(report))
