"""Figures under a head that names another year than the report's are not the report's figures."""

from __future__ import annotations

from dataclasses import replace

from ingest.forms import form_named
from ingest.model import Figure, Warning_
from ingest.tables.build import TablesRead


def without_other_years(read: TablesRead, year: int | None) -> TablesRead:
    """The tables without the rows under a head like `2016年统计数`, where the report is of 2017.

    The whole row goes: a sum of all years beside it is that year's sum. Each table is told once. All
    stays where the report's `year` is not known: then its figures are no year's.
    """
    if year is None:
        return read
    named = {t.id: form_named(t.form) for t in read.tables if t.form is not None}
    forms = {key: form for key, form in named.items() if form.dated}

    def other(figure: Figure) -> str | None:
        form = forms.get(figure.table or "")
        if form is None:
            return None
        heads = figure.printed_column_path
        return next((h for h in heads if form.year_in(h) not in (None, year)), None)

    heads = {(f.table, f.row): (f, head) for f in read.figures if (head := other(f)) is not None}
    if not heads:
        return read
    tables = tuple(
        replace(
            table,
            cells=tuple(c for c in table.cells if c.header or (table.id, c.row) not in heads),
        )
        for table in read.tables
    )
    figures = tuple(f for f in read.figures if (f.table, f.row) not in heads)
    left = {f.table for f in figures}
    told: dict[str, Warning_] = {}
    for table in read.tables:
        for (key, _), (figure, head) in heads.items():
            if key == table.id:
                text = f"{table.caption}：列标题“{head}”不是报告年度 {year} 年，其下数值未采用"
                told.setdefault(table.id, Warning_("header-unconfirmed", text, figure.place))
    return replace(
        read,
        tables=tuple(t for t in tables if t.id in left),
        figures=figures,
        warnings=(*read.warnings, *told.values()),
    )
