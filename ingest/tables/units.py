"""The unit of a form's figure: printed in the cell, the row, the head or above, else the form's own.

The form's own is only taken where no print names another. A print that is not understood, or that
another one contradicts, leaves the figure without a unit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.normalise import clean
from ingest.numbers import looks_like_value
from ingest.readers import GridCell
from ingest.tables.columns import Columns, Row, filled
from ingest.tables.labels import TableLabels
from ingest.words.units import is_money, is_unit_like, known_unit

_ROWS_ABOVE = 3
_NOTE = re.compile(r"[(*※]?(?:注|备注|说明|附注)\d?[:.、)]?|[*※]")
_STATED = re.compile(r"单位[:为]?")
_LIST = re.compile(r"[^\s,;。、()/]{1,8}(?:/[^\s,;。、()/]{1,4})?(?:\([^()]{1,4}\))?")
_BETWEEN = re.compile(r"[、,;/和与及]")
_AS = re.compile(r"以([^以,;。()]{1,6})为(?:计量|计价|金额)?单位")
_BRACKET = re.compile(r"\(([^()]{1,8})\)")
# in the head of a row or column: whatever follows must be a unit, also where its end was cut off
_IN_HEAD = re.compile(r"\([^()]*单位[:为]?(?P<word>[^()]*)\)?$")


@dataclass
class StatedUnits:
    """The unit words that a grid's own rows print: in lines over its header, in a row of units."""

    above: tuple[str, ...] = ()
    under: tuple[tuple[str, ...], ...] = ()

    def read(
        self, rows: Sequence[Row], header: Sequence[Row], columns: Columns, labels: TableLabels
    ) -> None:
        """Take over what the `rows` up to the values of `columns` print around their `header`.

        Only those right above the header count: before them another table may stand in the grid.
        """
        self.under = ()
        first = next((i for i, row in enumerate(rows) if header and row is header[0]), len(rows))
        top = first
        while top > max(0, first - _ROWS_ABOVE) and not any(map(_is_value, rows[top - 1])):
            top -= 1
        for row in rows[top:]:
            own = [c.text for c in row if filled(c)]
            texts = [t for t in own if all(s.match(t) is None for s in labels.siblings)]
            stated = tuple(dict.fromkeys([w for t in texts for w in _stated_in_row(t)]))
            if stated:
                self.above = stated
            if len(texts) == len(own) and any(map(unit_in_cell, texts)):
                self._under(row, columns)

    def _under(self, row: Row, columns: Columns) -> None:
        """Take over a row of units: one a column, else one knows only that they are among them."""
        words = [unit_in_cell(c.text) for c in row]
        every = [w for w in words if w]
        wide = len(columns.block.columns)
        if columns.at is not None and all(
            at[-1] < len(words) and words[at[0]] for at in columns.at
        ):
            self.under = tuple(words[at[0]] for at in columns.at)
        elif len(every) == wide:
            self.under = tuple(every)
        else:
            self.above = tuple(dict.fromkeys(w for one in every for w in one))


def _is_value(cell: GridCell) -> bool:
    return filled(cell) and looks_like_value(cell.text)


@lru_cache(maxsize=4096)
def _stated_in_row(text: str) -> tuple[str, ...]:
    return units_stated(text) if "单位" in clean(text) else ()


@lru_cache(maxsize=4096)
def units_stated(printed: str) -> tuple[str, ...]:
    """The unit words in a caption or another line: 件 and 千元 in `（单位：件、千元）`.

    `单位：某某局` names a body and states none.
    """
    text = clean(printed).strip()
    return _stated(text, _BRACKET.findall(text))


def _stated(text: str, brackets: list[str]) -> tuple[str, ...]:
    out: list[str] = []
    for m in _STATED.finditer(text):
        out += _listed(text[m.end() :])
    out += [m[1] for m in _AS.finditer(text) if is_unit_like(m[1])]
    for bracket in brackets:
        words = _BETWEEN.split(bracket) if is_list(bracket) else [bracket]
        if all(map(is_unit_like, words)):
            out += words
    return tuple(dict.fromkeys(out))


def is_note(printed: str) -> bool:
    """Whether a line is a note to the table above it that states a unit: `注：收费金额单位为元`."""
    text = clean(printed).strip()
    return _NOTE.match(text) is not None and "单位" in text


@lru_cache(maxsize=4096)
def units_in_head(printed: str) -> tuple[str, ...]:
    """The unit words in the label of a row or a column; an unfinished `（单位：` states "" too."""
    text = clean(printed).strip()
    stated = _stated(text, [m[1] for m in _BRACKET.finditer(text) if m.end() == len(text)])
    cut = _IN_HEAD.search(text)
    if cut and not stated:
        return (cut["word"],)
    return stated


@lru_cache(maxsize=4096)
def unit_in_cell(printed: str) -> tuple[str, ...]:
    """The unit word of a cell that holds nothing else: 件, （千元）; () where it holds another thing."""
    text = clean(printed).strip()
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    return (text,) if is_unit_like(text) else ()


def _listed(text: str) -> list[str]:
    """The unit words that a text begins with."""
    out: list[str] = []
    at = 0
    while m := _LIST.match(text, at):
        word = m[0]
        words = word.split("/") if is_list(word) else [word]
        parted = re.split("[和与及]", word) if re.search("[和与及]", word) else words
        if not all(map(is_unit_like, parted)):
            break
        out += parted
        at = m.end()
        if at >= len(text) or not _BETWEEN.match(text[at]):
            break
        at += 1
    return out


def is_list(word: str) -> bool:
    """Whether units stand side by side: `件/元` and `件、元`, but `元/年` is one rate."""
    if "/" in word:
        parts = word.split("/")
        return len(parts) == 2 and not is_money(parts[0]) and is_money(parts[1])
    return _BETWEEN.search(word) is not None


@lru_cache(maxsize=4096)
def unit_of(
    near: tuple[str, ...],
    above: tuple[str, ...],
    default: str | None,
    *,
    money: bool,
    counted: bool,
) -> tuple[str | None, str]:
    """The unit of a figure whose cell prints none; where there is none, why.

    `near` are the unit words printed in its row and head, `above` those over the table, `default` is
    the form's own. `money` says that the figure is an amount, `counted` that its head names what it
    counts (件数): a unit of money over the table cannot be meant for it.
    """
    same = [word for word in above if is_money(word) == money or _bare(word)]
    meant = {known_unit(word) for word in same}
    if near:
        units = {known_unit(word) for word in near}
        if None in units or len(units) > 1:
            return None, _unclear(near)
        if meant and not units <= meant:
            return None, _unclear((*near, *same))
        return units.pop(), ""
    if not above or (counted and not money and not same):
        return default, ""
    if None not in meant and meant:
        if default in meant and (len(meant) == 1 or not money):
            return default, ""
        if len(meant) == 1 and (money or default is None):
            return meant.pop(), ""
    return None, _unclear(above)


def _bare(word: str) -> bool:
    """Whether a word only scales: 万 may be of people, of cases, of money."""
    return re.fullmatch("[十百千万亿]+", word) is not None


def _unclear(words: tuple[str, ...]) -> str:
    return f"印的单位是“{'、'.join(dict.fromkeys(words))}”，不能确定"
