"""A file in, Reports out."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from ingest.checks import check_report
from ingest.errors import UnreadableFile
from ingest.forms import load_forms
from ingest.metadata.find import NOTHING_GIVEN, Given, Metadata, read_metadata
from ingest.metadata.front import front_lines
from ingest.model import Figure, Report, Warning_
from ingest.narrative.figures import figures_of
from ingest.narrative.sections import read_narrative
from ingest.readers import Document, Reader, reader_for
from ingest.split.document import (
    SEVERAL,
    is_mixed,
    named_keys,
    several_warning,
    split_document,
    tables_twice,
)
from ingest.tables import (
    TablesRead,
    read_others,
    read_tables,
    with_section,
    without_other_years,
)
from ingest.tables.claims import Own
from ingest.tables.passages import table_passages
from ingest.tables.scope import in_scope

#: raised whenever the same bytes may read differently; part of what makes a report "the same"
READ_VERSION = 7


def reader_version(data: bytes, name: str) -> str:
    """What the reading of these bytes depends on: reader, its version, forms, this module."""
    return _version(reader_for(data, name))


def _version(reader: Reader) -> str:
    forms = ",".join(form.name for form in load_forms())
    return f"{reader.name}-{reader.version}/{READ_VERSION}/{forms}"


def read_report(data: bytes, name: str, given: Given = NOTHING_GIVEN) -> tuple[Report, ...]:
    """Read the bytes of one file called `name` into its reports, in the order of the file.

    What the user has `given` goes before what a file with one report says; see `Given` for files
    with several. Raises UnsupportedFile or UnreadableFile; everything smaller is a coded warning in
    the report.
    """
    reader = reader_for(data, name)
    parts = split_document(reader.read(data, name))
    digest = hashlib.sha256(data).hexdigest()[:16]
    version = _version(reader)
    return tuple(
        _read_one(part, f"{digest}-{n}", version, given, only=len(parts) == 1)
        for n, part in enumerate(parts, 1)
    )


def _read_one(
    document: Document, report_id: str, version: str, given: Given, *, only: bool
) -> Report:
    tables = read_tables(document, load_forms())
    used = tables.used_lines if tables else frozenset()
    grids = tables.unread if tables else document.grids
    others = read_others(grids, document.lines)
    prose = [line for line in document.lines if line.number not in used]
    narrative = read_narrative(sorted([*prose, *others.lines], key=lambda line: line.number))
    meta = read_metadata(
        front_lines(document), narrative.sentences, document.source, given, only=only
    )
    if tables is not None and meta.year is not None:
        first, last = tables.form.years
        if not first <= meta.year <= last:
            # 表三 and 表四 alone fit two forms alike: the reporting year tells which is meant
            tables = read_tables(document, load_forms(), meta.year)
    if tables is not None:
        tables = without_other_years(tables, meta.year)
    if tables is None and meta.title is None and meta.issuer is None and meta.year is None:
        raise UnreadableFile(
            f"{document.source}: no report: neither a title with issuer and year, "
            "nor a table of a known form was found"
        )
    mixed = _mixed(document, tables)
    if mixed:
        meta = _nobodys(meta, document, given)
    elif tables is not None:
        own = Own(meta.issuer, _years(meta), meta.coverage, meta.region, meta.level, meta.title)
        tables = in_scope(tables, document, own)
    warnings = [*document.warnings, *meta.warnings]
    warnings += [w for w in mixed if w not in warnings]
    figures: list[Figure] = []
    if tables is None:
        warnings.append(Warning_("no-form-table", "没有读到任何已知表式的统计表"))
    else:
        warnings += tables.warnings
        figures += tables.figures
    warnings += others.warnings
    figures += others.figures
    general = [with_section(t, narrative.section_of(number)) for number, t in others.tables]
    figures += figures_of(narrative.sentences)
    if mixed:  # any figure could be the other report's
        tables, figures, general = None, [], []
    kept = (*(tables.tables if tables else ()), *general)
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
        tables=kept,
        figures=tuple(figures),
        sentences=narrative.sentences,
        passages=(
            *narrative.passages,
            *table_passages(kept, figures, len(narrative.passages)),
        ),
        warnings=tuple(warnings),
        address=meta.address,
    )
    return replace(report, findings=check_report(report))


def _years(meta: Metadata) -> frozenset[int]:
    """The reporting year, and the one in the title where that is another."""
    if meta.year is None:
        return frozenset()
    return frozenset({meta.year, *map(int, re.findall(r"20\d{2}", meta.title or ""))})


def _mixed(document: Document, tables: TablesRead | None) -> list[Warning_]:
    """A warning where the figures of several reports cannot be told apart, else nothing.

    A table that is printed twice with the same values (a page that repeats itself) is one report's.
    """
    if is_mixed(document):
        return [w for w in document.warnings if w.code == SEVERAL]
    twice = tables_twice(document)
    if not twice:
        return []
    if tables is not None:
        again = [w for w in tables.warnings if w.code == "row-twice"]
        rows = {(f.table, f.row) for f in tables.figures if f.table in twice}
        alike = not any(w.code == "row-conflict" for w in tables.warnings)
        if alike and len(again) >= len(rows) and max(map(len, named_keys(document))) < 2:
            return []
    return [several_warning("同样的表印了两次，数值不同", document.blocks[0].place)]


def _nobodys(meta: Metadata, document: Document, given: Given) -> Metadata:
    """The metadata of a mixture: no issuer and no year where its titles name several."""
    issuers, years = named_keys(document)
    warnings = list(meta.warnings)
    if len(issuers) > 1 and given.issuer is None:
        warnings.append(
            Warning_("issuer-unknown", f"标题写了几个发布机关：{'、'.join(sorted(issuers))}")
        )
        meta = replace(meta, issuer=None, level=None, region=None)
    if len(years) > 1 and given.year is None:
        named = "、".join(map(str, sorted(years)))
        warnings.append(Warning_("year-unknown", f"标题写了几个年度：{named}"))
        meta = replace(meta, year=None, period=None)
    return replace(meta, coverage=None, warnings=tuple(warnings))
