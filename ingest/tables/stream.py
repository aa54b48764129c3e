"""Rebuild a form's tables from text that has one cell a line, driven by the form's labels.

Columns are only trusted where the header labels stand in the form's order, and a row only where it
has exactly as many value cells as columns: anything else is a warning, never a shifted column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from ingest.forms import Block, Line
from ingest.model import Warning_
from ingest.normalise import clean, fold_label
from ingest.numbers import looks_like_value
from ingest.tables.judged import is_chapter
from ingest.tables.labels import (
    TableLabels,
    column_labels,
    header_orders,
    is_unit,
)
from ingest.tables.rest import NO_LABEL, PAGE, with_rest
from ingest.tables.rows import Findings, FoundRow, ValueCell, make_value
from ingest.tables.tokens import PROSE, CleanLine, Kind, Token, tokenise
from ingest.tables.units import is_note, units_in_head, units_stated
from ingest.words.units import is_unit_like

_COUNTED = "甲乙丙丁戊"  # the row that numbers the columns: 甲 乙 丙 1 2
_FEW = 3  # rows that must be short before their cause is told


@dataclass(frozen=True, slots=True)
class _Header:
    """A confirmed header: its labels as printed, by their folds, and how many columns of numbers
    stand before the figures."""

    block: Block
    printed: dict[str, str]
    numbers: int


@dataclass
class _Pass:
    """Where the reading of one table stands."""

    labels: TableLabels
    findings: Findings
    zone: list[Token] = field(default_factory=list)  # what stands between the last row and here
    header: _Header | None = None
    group: str | None = None
    last: Line | None = None
    above: tuple[str, ...] = ()  # the units that stand over the table
    since: int = 0  # the first row under the last heading
    short: list[list[Token]] = field(default_factory=list)  # values of rows with too few of them

    def forget(self) -> None:
        """A paragraph ends the table."""
        self.zone, self.header, self.group, self.last = [], None, None, None
        self.above, self.since = (), len(self.findings.rows)


def read_stream_table(lines: Sequence[CleanLine], labels: TableLabels) -> Findings:
    """Find the rows of one table."""
    state = _Pass(labels, Findings())
    tokens = tokenise(lines, labels)
    i = 0
    while i < len(tokens):
        i = _step(state, tokens, i)
    _tell_cause(state)
    _tell_letters(state, lines)
    return state.findings


def _step(state: _Pass, tokens: list[Token], i: int) -> int:
    """Read the token at `i`, and its row where it begins one; returns the next token's index."""
    token, labels = tokens[i], state.labels
    if token.kind is Kind.TEXT:
        if len(token.printed) > PROSE:
            state.forget()
        elif token.printed in _COUNTED:
            return _skip_counted(state, tokens, i)
        else:
            _read_text(state, token)
            if labels.table.open and _behind(tokens, i + 1, labels)[1]:
                state.group = None  # an indicator that the form lacks: rows below may be its own
        return i + 1
    if token.kind is not Kind.LABEL:
        return i + 1
    unit, values, after = _behind(tokens, i + 1, labels)
    whole = True
    if values:
        values, after, whole = with_rest(state.labels, tokens, values, after)
    found = _row_of(state, token, values)
    if found is None and values and token.label in labels.rows:
        text = f"{labels.table.title}：“{token.printed}”上方的标题不能确认，该行数值未采用"
        state.findings.warn("group-unconfirmed", text, token.place)
    if found is not None and values and _has_front(state, tokens, i):
        text = f"{labels.table.title}：“{token.printed}”前面另有“{tokens[i - 1].printed}”"
        state.findings.warn("row-unknown", f"{text}，不能确定是哪一行，未读", token.place)
        found = None
    if found is not None and values:
        _take(state, found, token, values, unit, whole=whole)
        _use(state.findings, [*state.zone, *tokens[i:after]])
        state.zone = []
        state.last = found[1]
        if token.label in labels.groups:
            state.group = token.label
        elif len(found[1].path) == 1:
            state.group = None  # what stood under a heading ends here
        return after
    state.zone.append(token)
    if token.label in labels.groups:
        state.group = token.label
        if values and all(not any(map(str.isalnum, clean(v.printed))) for v in values):
            _use(state.findings, tokens[i:after])  # a heading with dashes for its figures
    block = labels.unlabelled
    if block is None or not values:
        return i + 1
    header = _header(state.zone, block, labels)
    if header is None:
        if sum(t.label in column_labels(block) for t in state.zone) > len(block.columns) // 2:
            _warn_header(state, token, "数据行")
            state.zone = []
        return i + 1
    state.header = header
    _take(state, (block, block.rows[0]), token, values, unit, whole=whole)
    _use(state.findings, [*state.zone, *tokens[i + 1 : after]])
    state.zone = []
    return after


def _read_text(state: _Pass, token: Token) -> None:
    """A short line that is no label: a unit over the table, a heading, or a stranger among labels."""
    text, stated, heading, note, no_label = _judged(token.printed)
    if heading:
        state.group = None  # a heading that the form lacks: its rows are not known either
        state.above, state.since = stated, len(state.findings.rows)
    elif stated and note:  # it stands under the table
        rows = state.findings.rows
        rows[state.since :] = [replace(r, above=(*r.above, *stated)) for r in rows[state.since :]]
    elif stated and "单位" in text:
        state.above = stated
    if heading or not no_label:
        state.zone.append(token)


@lru_cache(maxsize=8192)
def _judged(printed: str) -> tuple[str, tuple[str, ...], bool, bool, bool]:
    """A short line that is no label, cleaned: the units it states, whether it is a heading, a note,
    something that may stand among labels."""
    text = clean(printed)
    return (
        text,
        units_stated(printed),
        is_chapter(printed),
        is_note(printed),
        NO_LABEL.match(text) is not None,
    )


def _skip_counted(state: _Pass, tokens: list[Token], i: int) -> int:
    end = i
    while end < len(tokens) and (
        tokens[end].printed in _COUNTED or (tokens[end].kind is Kind.VALUE and end < i + 12)
    ):
        state.findings.used_lines.update(tokens[end].numbers)
        end += 1
    return end


def _has_front(state: _Pass, tokens: list[Token], i: int) -> bool:
    """Whether a label may only be the end of its cell: `市本级`, `上年` or `示例` right before it."""
    before = tokens[i - 1]
    text = clean(before.printed)
    if not i or before.kind is not Kind.TEXT or NO_LABEL.match(text):
        return False
    if is_chapter(text) or text[-1:] in tuple("：:。；;"):
        return False
    sure = bool(state.zone) and state.zone[-1] is before
    return state.labels.is_front(text, tokens[i].printed, sure=sure)


def _row_of(state: _Pass, token: Token, values: list[Token]) -> tuple[Block, Line] | None:
    found = state.labels.choose(token.label, state.group, state.last)
    if found is None and state.header is not None:
        found = state.labels.choose_loose(token.label, state.last)
        if found is not None and len(_cells(values)) != len(found[0].columns):
            return None
    return found


def _take(
    state: _Pass,
    found: tuple[Block, Line],
    token: Token,
    values: list[Token],
    unit: str | None,
    *,
    whole: bool,
) -> None:
    """Add a row, or say why its values are not taken."""
    block, row = found
    labels, table = state.labels, state.labels.table
    name = token.printed if row.path else "数据行"
    header = state.header
    again = any(t.label in labels.columns for t in state.zone)
    if header is None or header.block is not block or (again and row.path):
        header = state.header = _header(state.zone, block, labels)
    if header is None:
        _warn_header(state, token, name)
        return
    cells = _cells(values)
    wanted = len(block.columns) + header.numbers
    if len(cells) != wanted or not all(_is_code(c.text) for c in cells[: header.numbers]):
        if len(cells) < wanted:
            state.short.append(values)
        state.findings.warn(
            "row-width",
            f"{table.title}：“{name}”应有 {wanted} 个值，"
            f"读到 {len(cells)} 个，无法确定各值属于哪一列，该行数值未采用",
            token.place,
        )
        return
    if not whole:
        state.findings.warn(
            "value-goes-on",
            f"{table.title}：“{name}”一行的值后面一行的文字可能是该值的一部分，该行数值未采用",
            values[-1].place,
        )
        return
    if labels.is_cut(token.printed, token.label) and not any(
        looks_like_value(c.text) for c in cells
    ):
        return
    state.findings.rows.append(
        FoundRow(
            table,
            block,
            row,
            tuple(cells[header.numbers :]),
            (*row.path[:-1], token.printed) if row.path else (),
            header.printed,
            (values[0].numbers[0], values[0].place.start or 0),
            (*([unit] if unit else []), *(units_in_head(token.printed) if row.path else ())),
            above=state.above,
        )
    )


def _is_code(text: str) -> bool:
    return re.fullmatch(r"\d{1,4}", clean(text)) is not None


def _warn_header(state: _Pass, token: Token, name: str) -> None:
    state.findings.warn(
        "header-unconfirmed",
        f"{state.labels.table.title}：“{name}”一行上方的列标题与表式不符，该行数值未采用",
        token.place,
    )


def _header(zone: list[Token], block: Block, labels: TableLabels) -> _Header | None:
    """The block's header, if the zone ends in it with no label in it that the form lacks."""
    wanted = column_labels(block)
    at = [i for i, t in enumerate(zone) if t.label in wanted]
    printed = tuple(zone[i].label for i in at)
    order = next((o for o in header_orders(block) if printed[-len(o) :] == o), None)
    if order is None:
        return None
    at = at[-len(order) :]
    furniture = {fold_label(label) for label in block.furniture}
    first = next((i for i in range(at[0], -1, -1) if zone[i].label in furniture), at[0])
    inside = zone[first:]
    if sum(t.label in wanted for t in inside) != len(order):
        return None  # a head twice: a column more, or a line doubled
    if any(t.kind is not Kind.LABEL for t in inside):
        return None
    roles = [labels.role(t.label) for t in zone[first : at[0]]]
    if any(labels.role(t.label) for t in zone[at[0] :]) or "note" in roles:
        return None  # blank cells of such a column do not show in lines
    shown = {t.label: t.printed for t in inside if t.label}
    return _Header(block, shown, roles.count("number"))


def _behind(
    tokens: list[Token], start: int, labels: TableLabels
) -> tuple[str | None, list[Token], int]:
    """What stands behind a label: its unit, the run of values and notes, and what comes next."""
    i = start
    unit = None
    if labels.unit_column and i < len(tokens) and tokens[i].kind is Kind.TEXT:
        word = clean(tokens[i].printed).strip()
        if is_unit_like(word):
            unit, i = word, i + 1
    run = i
    while i < len(tokens) and tokens[i].kind in (Kind.VALUE, Kind.NOTE):
        i += 1
    return (unit, tokens[run:i], i) if i > run else (None, [], start)


def _cells(values: list[Token]) -> list[ValueCell]:
    """Value cells, notes joined to the cell before them."""
    cells: list[ValueCell] = []
    for token in values:
        if token.kind is Kind.NOTE:
            before = cells.pop()
            place = replace(before.place, end_line=token.place.line, end=token.place.end)
            cells.append(ValueCell(before.text + token.printed, place))
        else:
            cells.append(make_value(token.printed, token.place))
    return cells


def _use(findings: Findings, tokens: list[Token]) -> None:
    for token in tokens:
        if token.kind is Kind.TEXT and not is_unit(token.printed):
            continue  # a heading or a sentence belongs to the narrative
        findings.used_lines.update(token.numbers)


def _tell_cause(state: _Pass) -> None:
    """Why rows are short, where that can be told from what the lines still hold."""
    if len(state.short) < _FEW:
        return
    texts = [[v.printed for v in values] for values in state.short]
    twins = any(a == b for row in texts for a, b in pairwise(row))
    title, place = state.labels.table.title, state.short[0][0].place
    if twins:
        text = f"{title}：多行的值少于列数，空白单元格在文本中没有留下位置，各值属于哪一列无法恢复"
        state.findings.warn("blanks-lost", text, place)
    elif any(len(row) <= len(state.labels.order[-1][0].columns) // 2 for row in texts):
        text = (
            f"{title}：多行的值少于列数，且没有两个相邻的相同的值："
            "重复的行可能在抓取时被去掉，各值属于哪一列无法恢复"
        )
        state.findings.warn("repeats-lost", text, place)


def _tell_letters(state: _Pass, lines: Sequence[CleanLine]) -> None:
    """A warning where vertical headers were printed across and the table has no row."""
    if state.findings.rows:
        return
    known = {c for label in state.labels.columns for c in label}
    for before, line in pairwise(lines):
        letters = {*before.letters, *line.letters}
        if before.letters and line.letters and letters <= known:
            title = state.labels.table.title
            text = f"{title}：竖排的列标题被拆成单字，不能确定地复原，该表数值未采用"
            state.findings.warn("header-letters", text, before.line.place)
            return


def left_over(
    lines: Sequence[CleanLine], all_labels: Sequence[TableLabels], used: set[int]
) -> list[Warning_]:
    """A warning for each lone value or label between used lines that no row took."""
    if not used:
        return []
    first, final = min(used), max(used)
    out = []
    for line in lines:
        if not first < line.number < final or line.number in used or not line.folded:
            continue
        if not (line.value or line.values) or PAGE.fullmatch(line.text):
            continue
        if all(labels.exact(line.folded) is None for labels in all_labels):
            text = f"“{line.line.text.strip()}”不属于任何已识别的单元格"
            out.append(Warning_("unplaced-line", text, line.line.place))
    return out
