"""Rebuild a form's tables from text that has one cell a line, driven by the form's labels.

Columns are only trusted where the header labels stand in the form's order, and a row only where it
has exactly as many value cells as columns: anything else is a warning, never a shifted column.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto

from ingest.forms import Block, Form, FormTable, Line
from ingest.model import Place, Warning_
from ingest.normalise import clean, fold_label
from ingest.numbers import looks_like_value
from ingest.readers import TextLine
from ingest.tables.rows import (
    Findings,
    FoundRow,
    TableLabels,
    ValueCell,
    choose_row,
    header_sequence,
)

_MOST_LINES_A_LABEL = 4
_PROSE = 45  # a longer line that is no label ends a table
# words that stand in a value cell in place of a number; any other word is no value
_WORDS = frozenset(
    ("无", "空", "缺", "略", "零", "不详", "没有", "保密", "涉密", "n/a", "na", "x", "xx")
)
_ENTITY_ONLY = re.compile(r"\s*(&\w+;\s*)+")
# what may stand among header labels without being one
_NO_LABEL = re.compile(r"\(?单位[:为]|第?\d+页|续表")


class _Kind(Enum):
    LABEL = auto()
    VALUE = auto()
    NOTE = auto()
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: _Kind
    printed: str
    label: str
    place: Place
    lines: tuple[int, ...]


def read_stream(lines: list[TextLine], form: Form) -> Findings:
    """Find the rows of all tables of `form` in `lines` (blank lines may be among them)."""
    filled = [line for line in lines if clean(line.text) or _ENTITY_ONLY.fullmatch(line.text)]
    findings = Findings()
    for table in form.tables:
        _read_table(_tokens(filled, TableLabels(form, table)), form, table, findings)
    return findings


def _tokens(lines: list[TextLine], labels: TableLabels) -> list[_Token]:
    out: list[_Token] = []
    i = 0
    while i < len(lines):
        label, taken = _label_at(lines, i, labels)
        if label is not None:
            out.append(_token(_Kind.LABEL, lines[i : i + taken], label))
        elif tail := _label_with_values(lines[i], labels):
            out.extend(tail)
        elif parts := _several_values(lines[i]):
            out.extend(parts)
        elif looks_like_value(lines[i].text):
            out.append(_token(_Kind.VALUE, lines[i : i + 1]))
        elif out and out[-1].kind is _Kind.VALUE and _is_note(lines[i].text, labels):
            out.append(_token(_Kind.NOTE, lines[i : i + 1]))
        elif _is_word(clean(lines[i].text)):
            out.append(_token(_Kind.VALUE, lines[i : i + 1]))
        else:
            out.append(_token(_Kind.TEXT, lines[i : i + 1]))
        i += max(taken, 1)
    return out


def _label_at(lines: list[TextLine], i: int, labels: TableLabels) -> tuple[str | None, int]:
    """The longest run of lines from `i` that spells one label (header cells break in two)."""
    if len(lines[i].text) > 4 * _PROSE:
        return None, 1
    most = 1
    while most < min(_MOST_LINES_A_LABEL, len(lines) - i):
        following = lines[i + most].text
        if not clean(following) or looks_like_value(following):
            break  # a blank or a dash is a cell, not the tail of a label
        most += 1
    for taken in range(most, 1, -1):
        joined = "".join(line.text.strip() for line in lines[i : i + taken])
        canonical = labels.form.canonical(joined)
        if canonical in labels.all:
            return canonical, taken
    return labels.match(lines[i].text), 1


def _several_values(line: TextLine) -> list[_Token]:
    parts = _pieces(line)
    if len(parts) < 2 or not all(looks_like_value(p.text) for p in parts):
        return []
    return [_token(_Kind.VALUE, [p]) for p in parts]


def _pieces(line: TextLine) -> list[TextLine]:
    """The parts of a line between white space, each with its own place."""
    begin = line.place.start or 0
    return [
        TextLine(
            m.group(),
            replace(line.place, start=begin + m.start(), end=begin + m.end()),
            line.number,
        )
        for m in re.finditer(r"\S+", line.text)
    ]


def _is_word(text: str) -> bool:
    return not text or text.lower() in _WORDS or set(text) == {"*"}


def _label_with_values(line: TextLine, labels: TableLabels) -> list[_Token]:
    """`规章 2 0 11` on one line: the label, then its values."""
    parts = _pieces(line)
    cut = len(parts)
    while cut > 0 and looks_like_value(parts[cut - 1].text):
        cut -= 1
    if not 0 < cut < len(parts):
        return []
    label = labels.match("".join(p.text for p in parts[:cut]))
    if label is None:
        return []
    return [
        _token(_Kind.LABEL, parts[:cut], label),
        *(_token(_Kind.VALUE, [p]) for p in parts[cut:]),
    ]


def _is_note(text: str, labels: TableLabels) -> bool:
    """`(包括自然失效)`, but not the corner of the next table, which stands in brackets too."""
    if re.fullmatch(r"\(.+\)", clean(text)) is None:
        return False
    return not any(TableLabels(labels.form, t).match(text) for t in labels.form.tables)


def _token(kind: _Kind, lines: list[TextLine], label: str = "") -> _Token:
    first, last = lines[0].place, lines[-1].place
    lead = len(lines[0].text) - len(lines[0].text.lstrip())
    place = replace(
        first,
        end_line=last.line if last.line != first.line else None,
        start=None if first.start is None else first.start + lead,
        end=None if last.start is None else last.start + len(lines[-1].text.rstrip()),
    )
    printed = "".join(line.text.strip() for line in lines)
    return _Token(kind, printed, label, place, tuple(line.number for line in lines))


def _read_table(tokens: list[_Token], form: Form, table: FormTable, findings: Findings) -> None:
    labels = TableLabels(form, table)
    unlabelled = next((b for b in table.blocks if not b.rows[0].path), None)
    zone: list[_Token] = []  # labels since the last value
    header: list[_Token] = []  # the zone that confirmed the current block's columns
    confirmed: Block | None = None
    group: str | None = None
    last: Line | None = None
    i = 0
    while i < len(tokens):
        token = tokens[i]
        i += 1
        if token.kind is _Kind.TEXT:
            if len(token.printed) > _PROSE:
                zone, header, confirmed, group, last = [], [], None, None, None
            elif not _NO_LABEL.match(clean(token.printed)):
                zone.append(token)
        if token.kind is not _Kind.LABEL:
            continue
        values, after = _values_from(tokens, i)
        if token.label in labels.rows and values:
            block, row = choose_row(labels.rows[token.label], group, last, table)
            repeated = any(t.label in labels.columns for t in zone)
            if confirmed is not block or repeated:
                confirmed = block if _header_ok(zone, block) else None
                header = zone
            if confirmed is None:
                findings.warn(
                    "header-unconfirmed",
                    f"{table.title}：“{token.printed}”一行上方的列标题与表式不符，该行数值未采用",
                    token.place,
                )
            else:
                _take_row(findings, table, block, row, token, values, header)
                last = row
            _use(findings, [*zone, token, *tokens[i:after]])
            zone, i = [], after
            continue
        zone.append(token)
        if token.label in labels.groups:
            group = token.label
        if unlabelled is not None and values and _header_ok(zone, unlabelled):
            _take_row(findings, table, unlabelled, unlabelled.rows[0], token, values, zone)
            _use(findings, [*zone, *tokens[i:after]])
            zone, i = [], after


def _header_ok(zone: list[_Token], block: Block) -> bool:
    """Whether the zone ends in the block's header, with no label in it that the form lacks."""
    expected = header_sequence(block)
    wanted = set(expected)
    at = [i for i, t in enumerate(zone) if t.label in wanted][-len(expected) :]
    if [zone[i].label for i in at] != expected:
        return False
    furniture = {fold_label(label) for label in block.furniture}
    first = next((i for i in range(at[0], -1, -1) if zone[i].label in furniture), at[0])
    return all(t.kind is _Kind.LABEL for t in zone[first:])


def _values_from(tokens: list[_Token], start: int) -> tuple[list[ValueCell], int]:
    """The run of value cells from `start`, notes joined to the cell before them."""
    values: list[ValueCell] = []
    i = start
    while i < len(tokens) and tokens[i].kind in (_Kind.VALUE, _Kind.NOTE):
        token = tokens[i]
        if token.kind is _Kind.NOTE:
            before = values.pop()
            place = replace(before.place, end_line=token.place.line, end=token.place.end)
            values.append(ValueCell(before.text + token.printed, place))
        else:
            values.append(ValueCell(token.printed, token.place))
        i += 1
    return values, i


def _take_row(
    findings: Findings,
    table: FormTable,
    block: Block,
    row: Line,
    token: _Token,
    values: list[ValueCell],
    zone: list[_Token],
) -> None:
    if len(values) != len(block.columns):
        findings.warn(
            "row-width",
            f"{table.title}：“{token.printed if row.path else '数据行'}”应有 {len(block.columns)} 个值，"
            f"读到 {len(values)} 个，无法确定各值属于哪一列，该行数值未采用",
            token.place,
        )
        return
    printed_columns = {t.label: t.printed for t in zone if t.label}
    printed_path = (*row.path[:-1], token.printed) if row.path else ()
    findings.rows.append(FoundRow(table, block, row, tuple(values), printed_path, printed_columns))


def _use(findings: Findings, tokens: list[_Token]) -> None:
    for token in tokens:
        if token.kind is _Kind.TEXT:
            continue  # a heading or a sentence belongs to the narrative
        findings.used_lines.update(token.lines)


def left_over(lines: list[TextLine], form: Form, used: set[int]) -> list[Warning_]:
    """A warning for each lone value or label between used lines that no row took."""
    if not used:
        return []
    first, final = min(used), max(used)
    known = {label for table in form.tables for label in TableLabels(form, table).all}
    out = []
    for line in lines:
        number = line.number
        if first < number < final and number not in used and line.text.strip():
            if looks_like_value(line.text) and form.canonical(line.text) not in known:
                out.append(
                    Warning_(
                        "unplaced-line",
                        f"“{line.text.strip()}”不属于任何已识别的单元格",
                        line.place,
                    )
                )
    return out
