"""Lines told apart: labels of a table, values, notes, units, and other words.

A line is cleaned and judged once for all tables and forms (`prepare`); only what its words mean depends
on the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache

from ingest.model import Place
from ingest.normalise import clean, fold_label
from ingest.numbers import looks_like_value
from ingest.quick import maker, quick
from ingest.readers import TextLine
from ingest.tables.labels import TableLabels, is_unit

PROSE = 45  # a longer line that is no label ends a table
_LONGEST_CELL = 200  # no value with its note is longer
_MOST_LINES_A_LABEL = 24  # vertical headers break letter by letter
# words that stand in a value cell in place of a number; any other word is no value
_WORDS = frozenset(
    ("无", "空", "缺", "略", "零", "不详", "没有", "保密", "涉密", "n/a", "na", "x", "xx")
)
_SIGNED = re.compile(r"(?:(?:增加?|新增|减少?|↑|↓)\d[\d,]*[件项个]?|持平|不变|无变化)")
_PIECE = re.compile(r"\S+")
_PARTED = re.compile(r"\S\s+\S")
_ENTITY_ONLY = re.compile(r"\s*(&\w+;\s*)+")


class Kind(Enum):
    """What a line can be."""

    LABEL = auto()
    VALUE = auto()
    NOTE = auto()
    TEXT = auto()


@quick
@dataclass(frozen=True, slots=True)
class Token:
    """A cell of a flattened table, or another line; `numbers` are the blocks it comes from."""

    kind: Kind
    printed: str
    label: str
    place: Place
    numbers: tuple[int, ...]


_make_token = maker(Token)


@quick
@dataclass(frozen=True, slots=True)
class CleanLine:
    """A line, cleaned and judged by itself.

    `value` is true for one value, `mark` for a word that can stand in a value cell, `signed` for one
    that can in a column of changes. `token` is what the line is where it is no label; `values` are its
    values where it holds several and nothing else, `letters` those of a line of single letters.
    `pieces` are its parts between white space, none of a line that is one part or one value.
    """

    line: TextLine
    text: str
    folded: str
    value: bool
    mark: bool
    signed: bool
    token: Token
    values: tuple[Token, ...]
    letters: tuple[str, ...]
    pieces: tuple[TextLine, ...] = ()

    @property
    def number(self) -> int:
        """The number of its block."""
        return self.line.number


_make_clean = maker(CleanLine)


def prepare(lines: Iterable[TextLine]) -> list[CleanLine]:
    """The lines that hold anything, judged; a lone `&nbsp;` is a blank cell, and so is a
    cell that prints nothing."""
    return [_prepare(line, text) for line in lines if (text := _shown(line)) is not None]


def _shown(line: TextLine) -> str | None:
    if not line.text or line.text.isspace():
        return "" if line.cell else None
    text = clean(line.text).strip()
    return text if text or _ENTITY_ONLY.fullmatch(line.text) else None


@lru_cache(maxsize=8192)
def _judged(printed: str) -> tuple[str, bool, bool, bool, bool]:
    """What a line is by its text alone: folded; whether a value, a mark, signed, parted.

    The cells of reports are much the same words and small numbers.
    """
    text = clean(printed).strip()
    return (
        fold_label(printed),
        looks_like_value(printed),
        not text or text.lower() in _WORDS or set(text) == {"*"},
        _SIGNED.fullmatch(text) is not None,
        _PARTED.search(printed) is not None,
    )


def _prepare(line: TextLine, text: str) -> CleanLine:
    if len(text) > _LONGEST_CELL:
        return CleanLine(line, text, "", False, False, False, _token(Kind.TEXT, [line]), (), ())
    folded, value, mark, signed, parted = _judged(line.text)
    values: tuple[Token, ...] = ()
    letters: tuple[str, ...] = ()
    parts: tuple[TextLine, ...] = ()
    if parted and not value:
        parts = _pieces(line)
        if len(parts) > 1 and all(looks_like_value(p.text) for p in parts):
            values = tuple(_token(Kind.VALUE, [p]) for p in parts)
        elif len(parts) > 1 and all(len(clean(p.text)) == 1 for p in parts):
            letters = tuple(clean(p.text) for p in parts)
    token = _token(Kind.VALUE if value or mark else Kind.TEXT, [line])
    return _make_clean(line, text, folded, value, mark, signed, token, values, letters, parts)


def tokenise(lines: Sequence[CleanLine], labels: TableLabels) -> list[Token]:
    """The tokens of all lines for one table."""
    out: list[Token] = []
    signed = any(c.signed for b in labels.table.blocks for c in b.columns)
    i = 0
    while i < len(lines):
        line = lines[i]
        label, taken = _label_at(lines, i, labels)
        if label is not None:
            out.append(_token(Kind.LABEL, [one.line for one in lines[i : i + taken]], label))
        elif line.values:
            out.extend(line.values)
        elif line.value:
            out.append(line.token)
        elif signed and line.signed:
            out.append(replace(line.token, kind=Kind.VALUE))
        elif line.letters and (found := _upright(lines, i, labels)):
            tokens, taken = found
            out.extend(tokens)
        elif line.pieces and line.text and (tail := _labels_with_values(line.pieces, labels)):
            out.extend(tail)
        elif (line.text.startswith("(") and out and out[-1].kind is Kind.VALUE) and _is_note(
            line, labels
        ):
            out.append(replace(line.token, kind=Kind.NOTE))
        else:
            out.append(line.token)
        i += taken
    return out


def _label_at(lines: Sequence[CleanLine], i: int, labels: TableLabels) -> tuple[str | None, int]:
    """The longest run of lines from `i` that spells one label (header cells break in two)."""
    line = lines[i]
    if not line.folded or line.value:
        return (labels.exact(line.folded) if line.folded else None), 1
    found: tuple[str | None, int] = (None, 1)
    if line.folded in labels.beginnings:
        printed = line.line.text.strip()
        for taken in range(2, min(_MOST_LINES_A_LABEL, len(lines) - i) + 1):
            following = lines[i + taken - 1]
            if not following.text or following.value or not following.folded:
                break  # a blank or a dash is a cell, not the tail of a label
            printed += following.line.text.strip()
            folded = fold_label(printed)
            if (label := labels.spelled(folded)) is not None or folded in labels.form.aside:
                found = (label or folded, taken)
            if folded not in labels.beginnings:
                break
    if found[0] is not None:
        return found
    return labels.match(line.line.text) or _aside(line, labels), 1


def _aside(line: CleanLine, labels: TableLabels) -> str | None:
    return line.folded if line.folded in labels.form.aside else None


def _upright(
    lines: Sequence[CleanLine], i: int, labels: TableLabels
) -> tuple[list[Token], int] | None:
    """Vertical headers that a converter printed across: 结 结 其 / 果 果 他 / 维 纠 结 / 持 正 果.

    Only where the letters, read downwards, spell neighbouring columns of the form and nothing else.
    """
    run = []
    for line in lines[i : i + _MOST_LINES_A_LABEL]:
        if not line.letters:
            break
        run.append(line)
    width = max(len(line.letters) for line in run)
    for block in labels.table.blocks:
        leaves = [fold_label(c.path[-1]) for c in block.columns]
        for at in range(len(leaves) - width + 1):
            part = leaves[at : at + width]
            height = max(map(len, part))
            for lead in ("top", "middle", "bottom"):
                if _across(part, height, lead) == [line.letters for line in run[:height]]:
                    taken = [line.line for line in run[:height]]
                    return [_token(Kind.LABEL, taken, label) for label in part], height
    return None


def _across(labels: list[str], height: int, lead: str) -> list[tuple[str, ...]]:
    """The lines that labels give when each is printed downwards and the lines are read across."""
    above = {"top": 0, "middle": 1, "bottom": 2}[lead]
    starts = [(height - len(label)) * above // 2 for label in labels]
    return [
        tuple(
            label[row - start]
            for label, start in zip(labels, starts, strict=True)
            if 0 <= row - start < len(label)
        )
        for row in range(height)
    ]


def _pieces(line: TextLine) -> tuple[TextLine, ...]:
    """The parts of a line between white space, each with its own place."""
    begin = line.place.start
    return tuple(
        [
            TextLine(
                m.group(),
                line.place
                if begin is None
                else line.place.between(begin + m.start(), begin + m.end(), line.place.end_line),
                line.number,
            )
            for m in _PIECE.finditer(line.text)
        ]
    )


def _labels_with_values(parts: tuple[TextLine, ...], labels: TableLabels) -> list[Token]:
    """`规章 2 0 11` on one line: labels, perhaps a unit, then values; or labels alone.

    Nothing else may stand in the line; a single label without values is not looked for here.
    """
    cut = len(parts)
    while cut > 0 and looks_like_value(parts[cut - 1].text):
        cut -= 1
    head, unit = parts[:cut], list[Token]()
    if not head:
        return []
    values = [_token(Kind.VALUE, [p]) for p in parts[cut:]]
    if values:
        label = labels.match("".join(p.text for p in head))
        if label is not None:
            return [_token(Kind.LABEL, head, label), *values]
        if labels.unit_column and cut > 1 and is_unit(head[-1].text):
            unit, head = [_token(Kind.TEXT, head[-1:])], head[:-1]
    found = _labels_in(head, labels)
    if not found or (len(found) == 1 and not values):
        return []
    return [*found, *unit, *values]


def _labels_in(parts: Sequence[TextLine], labels: TableLabels) -> list[Token]:
    """The labels that a row of words is, each as long as can be; [] where a word is none."""
    out = []
    at = 0
    while at < len(parts):
        for end in range(len(parts), at, -1):
            folded = fold_label("".join(p.text for p in parts[at:end]))
            label = labels.spelled(folded)
            if label is not None or folded in labels.form.aside:
                out.append(_token(Kind.LABEL, parts[at:end], label or folded))
                at = end
                break
        else:
            return []
    return out


def _is_note(line: CleanLine, labels: TableLabels) -> bool:
    """Whether a line that opens a bracket is a note: `(包括自然失效)`.

    The corner of the next table, which stands in brackets too, is none.
    """
    text = line.text
    if not (text.endswith(")") and len(text) > 2):
        return False
    if text.startswith("(单位"):
        return False  # it stands over the next table
    return all(other.match(line.line.text) is None for other in labels.siblings)


def _token(kind: Kind, lines: Sequence[TextLine], label: str = "") -> Token:
    first, last = lines[0].place, lines[-1].place
    text = lines[0].text
    place = first
    if len(lines) > 1 or (first.start is not None and text != text.strip()):
        lead = len(text) - len(text.lstrip())
        place = first.between(
            None if first.start is None else first.start + lead,
            None if last.start is None else last.start + len(lines[-1].text.rstrip()),
            last.line if last.line != first.line else None,
        )
    if len(lines) == 1:
        return _make_token(kind, text.strip(), label, place, (lines[0].number,))
    printed = "".join(line.text.strip() for line in lines)
    return Token(kind, printed, label, place, tuple(line.number for line in lines))
