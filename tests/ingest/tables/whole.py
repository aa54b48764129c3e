"""All tables of a form read in one grid or in lines, as the chooser of forms does it table by table."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.forms import Form
from ingest.readers import Grid, TextLine
from ingest.tables.grid import Carry, read_grid_table, warn_unknown
from ingest.tables.judged import judge
from ingest.tables.labels import labels_of
from ingest.tables.rows import Findings
from ingest.tables.stream import read_stream_table
from ingest.tables.tokens import prepare


def read_grid(grid: Grid, form: Form) -> Findings:
    """The rows of all tables of `form` in one grid."""
    findings = Findings()
    judged = judge(grid)
    for labels in labels_of(form).values():
        findings.add(read_grid_table(judged, labels, Carry()))
    if findings.rows or findings.warnings:
        warn_unknown(grid, findings)
    return findings


def read_stream(lines: Iterable[TextLine], form: Form) -> Findings:
    """The rows of all tables of `form` in `lines` (blank lines may be among them)."""
    clean_lines = prepare(lines)
    findings = Findings()
    for labels in labels_of(form).values():
        findings.add(read_stream_table(clean_lines, labels))
    return findings
