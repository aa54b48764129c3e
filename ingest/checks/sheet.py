"""Counts in prose against an older indicator sheet, whose rows have keys but no words as concepts."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources

from ingest.checks.compare import CODE
from ingest.checks.figures import TableFigures
from ingest.checks.wording import load_wording
from ingest.model import Figure, Finding, Report, Sentence

_LEAD = r"(?:其中|全年|本年度|本年|年内|我[市省县区局委]|全[市省县区]|本机关|各级行政机关|共|共计|累计|,)*"


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    text = resources.files("ingest.words").joinpath("statements.toml").read_text(encoding="utf-8")
    return tuple(
        (key, re.compile(_LEAD + words)) for key, words in tomllib.loads(text)["sheet"].items()
    )


Cells = list[tuple[str, re.Pattern[str], Figure]]


def sheet_cells(tables: TableFigures) -> Cells:
    """The numbers of an indicator sheet with their keys and patterns; none of another form."""
    return [
        (key, pattern, cell)
        for key, pattern in _patterns()
        if (cell := tables.cell(key)) is not None and cell.value is not None
    ]


def assess_sheet(
    report: Report, sentence: Sentence, figures: tuple[Figure, ...], cells: Cells
) -> Iterator[Finding]:
    """`网络申请199件` against the sheet's own row; a sentence about another year or body is not read."""
    if not cells:
        return
    wording = load_wording()
    end = 0
    for figure in figures:
        start, stop = figure.span or (0, 0)
        left, begin = sentence.text[end:start], end
        end = stop
        if figure.unit not in ("件", "宗") or figure.qualifier or figure.note or start < begin:
            continue
        clause = re.split(r"[,;:。()]", re.sub(rf"{report.year}年度?,?", "", left))[-1].strip("、 ")
        before = sentence.text[:start]
        years = {int(y) for y in re.findall(r"(?<!\d)(20\d\d)年", before)}
        if years - {report.year} or wording.times.search(before) or wording.years.search(before):
            continue
        if re.search(
            r"部门|办公室|[政市县区]府办|直机关|单位|[市区县]级|[市区县]本级|各[区县市]|公安|[\u4e00-\u9fff](?:局|委)(?!托)",
            before,
        ):
            continue
        if not re.match(r"$|[,;。、)]", sentence.text[stop:]):
            continue
        for key, pattern, cell in cells:
            if not pattern.fullmatch(clause):
                continue
            name = cell.row_path[-1] if cell.row_path else key
            same = cell.value == figure.value
            text = f"正文写{clause} {figure.text}{figure.unit}，表中“{name}”为 {cell.text}"
            yield Finding(
                CODE, "holds" if same else "fails", text, (cell.id, figure.id), sentence.index,
                key, figure.text, str(cell.value),
            )  # fmt: skip
