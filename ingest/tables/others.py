"""The tables of a document that no form knows, with the caption and the unit above them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.forms import load_forms
from ingest.model import Figure, Table, Warning_
from ingest.normalise import clean, fold_label
from ingest.numbers import looks_like_value
from ingest.readers import Grid, TextLine
from ingest.tables.caption import caption_above
from ingest.tables.general import read_general
from ingest.tables.labels import labels_of
from ingest.tables.stated import printed_unit

_FORM_ROWS, _FORM_COLUMNS = 3, 3
_SENTENCE = re.compile(r"[。;；]")


@dataclass(frozen=True, slots=True)
class OtherTables:
    """General tables `g1`, `g2` … in the order of the document, each with its block's number.

    `lines` are sentences that stand in grids which are no tables (a box around a paragraph): they
    belong to the narrative.
    """

    tables: tuple[tuple[int, Table], ...] = ()
    figures: tuple[Figure, ...] = ()
    warnings: tuple[Warning_, ...] = ()
    lines: tuple[TextLine, ...] = ()


def read_others(grids: Sequence[Grid], lines: Sequence[TextLine]) -> OtherTables:
    """Read `grids` as general tables; `lines` are the document's, in which captions stand."""
    tables: list[tuple[int, Table]] = []
    figures: list[Figure] = []
    warnings: list[Warning_] = []
    loose: list[TextLine] = []
    for grid in grids:
        if _is_of_a_form(grid):
            text = "这个表格有表式的行标题和列标题，但没有一行能够确定地读出，未取数值"
            warnings.append(Warning_("table-unread", text, grid.place))
            continue
        caption, texts = caption_above(grid, lines)
        unit = next((u for text in texts if (u := printed_unit(text)) is not None), None)
        made = read_general(grid, f"g{len(tables) + 1}", (), caption, unit)
        if made is not None:
            tables.append((grid.number, made.table))
            figures += made.figures
            warnings += made.warnings
            continue
        cells = [c for row in grid.rows for c in row if c.origin and clean(c.text)]
        loose += [
            TextLine(c.text.replace("\n", ""), c.place, grid.number)
            for c in cells
            if _SENTENCE.search(c.text)
        ]
        lost = [c.text for c in cells if looks_like_value(c.text)]
        if lost:
            text = f"一个不成表的表格，未读：{' | '.join(c.text for c in cells)[:60]}"
            warnings.append(Warning_("table-unread", text, grid.place))
    return OtherTables(tuple(tables), tuple(figures), tuple(warnings), tuple(loose))


def _is_of_a_form(grid: Grid) -> bool:
    """Whether a grid that no form could read is a form's table all the same, damaged.

    Its columns could not be confirmed: what its cells seem to stand under is not to be trusted.
    """
    words = {fold_label(c.text) for row in grid.rows for c in row if c.text}
    for form in load_forms():
        seen = {form.variants.get(word, word) for word in words}
        for table in labels_of(form).values():
            own = len(seen & set(table.rows)), len(seen & table.columns)
            if own[0] >= _FORM_ROWS and own[1] >= _FORM_COLUMNS:
                return True
    return False


def with_section(table: Table, section: tuple[str, ...]) -> Table:
    """The table under the headings that it stands below."""
    return replace(table, section=section)
