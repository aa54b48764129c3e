"""The labels of a form's tables, folded, and what a printed label can stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache

from ingest.forms import Block, Form, FormTable, Line
from ingest.normalise import clean, fold_label
from ingest.tables.slips import slip_of, words_of_meaning
from ingest.words.units import is_unit_like, unit_words

_SHORTEST_CUT = 6
_LONGEST_FRONT = 10
_MOST_KNOWN = 20_000
_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]+|\d{1,2})\.(.+)$")
_MARK = re.compile(r"[\u2460-\u2473\u00b2\u00b3\u00b9\u2070-\u2079*※]+$")
_UNIT_AT_END = re.compile(
    r"\((?:(?:计量|计价|金额)?单位)?[:为]?([^():]{1,8}(?:\([^()]{1,4}\))?)\)$"
)
_OF_WHICH = "其中:"
# a piece of another label in front of a numbered one
_PIECE = re.compile(r"(.{1,4}?)((?:[一二三四五六七八九十]+|\d{1,2})\..+)$")
_EDGE = re.compile(r"[()]")


class TableLabels:
    """The labels of one table of a form, folded, and what each can be."""

    def __init__(self, form: Form, table: FormTable) -> None:
        self.form = form
        self.table = table
        self._known: dict[str, str | None] = {}

    @cached_property
    def rows(self) -> dict[str, list[tuple[Block, Line]]]:
        """Folded last label of a row path → the rows that end in it, in the form's order."""
        out: dict[str, list[tuple[Block, Line]]] = {}
        for block, row in self.order:
            if row.path:
                out.setdefault(fold_label(row.path[-1]), []).append((block, row))
        return out

    @cached_property
    def order(self) -> tuple[tuple[Block, Line], ...]:
        """All rows as the form prints them."""
        return tuple((block, row) for block in self.table.blocks for row in block.rows)

    @cached_property
    def places(self) -> dict[tuple[str, tuple[str, ...]], int]:
        """(key, path) of a row → its place in `order`."""
        return {(row.key, row.path): n for n, (_, row) in enumerate(self.order)}

    @cached_property
    def groups(self) -> frozenset[str]:
        """Folded labels above the last one of a row path, and the furniture of the blocks."""
        return frozenset(
            fold_label(label)
            for block in self.table.blocks
            for labels in (block.furniture, *(row.path[:-1] for row in block.rows))
            for label in labels
        )

    @cached_property
    def columns(self) -> frozenset[str]:
        """Folded labels of all columns, groups of columns included."""
        return frozenset(
            fold_label(label)
            for block in self.table.blocks
            for column in block.columns
            for label in column.path
        )

    @cached_property
    def all(self) -> frozenset[str]:
        """Every folded label of the table."""
        return frozenset(self.rows) | self.groups | self.columns

    @cached_property
    def loose(self) -> dict[str, list[tuple[Block, Line]]]:
        """Labels that mean a row only where that row comes next: 总计 for （七）总计.

        Such a label is another label of the table too, or that of several rows.
        """
        out: dict[str, list[tuple[Block, Line]]] = {}
        for label, rows in self.rows.items():
            numbered = _NUMBERED.match(label)
            if numbered and self.form.variants.get(numbered.group(1)) != label:
                out.setdefault(numbered.group(1), []).extend(rows)
        return out

    @cached_property
    def siblings(self) -> tuple[TableLabels, ...]:
        """The labels of all tables of the form."""
        return tuple(labels_of(self.form).values())

    @cached_property
    def unlabelled(self) -> Block | None:
        """The block whose one row has no label."""
        return next((b for b in self.table.blocks if not b.rows[0].path), None)

    @cached_property
    def unit_column(self) -> bool:
        """Whether the form's reports print a unit in each row."""
        return "unit" in self.form.aside.values()

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """What the first lines of a label that broke into several lines can read."""
        spelled = {label for label in self.form.variants if self.form.variants[label] in self.all}
        whole = self.all | spelled | frozenset(self.form.aside)
        return frozenset(label[:n] for label in whole for n in range(1, len(label)))

    @cached_property
    def _choices(self) -> list[str]:
        return sorted(self.all)

    @cached_property
    def _spellings(self) -> dict[str, str]:
        """All spellings of the labels, folded → the label."""
        listed = self.form.variants.items()
        return {s: label for s, label in listed if label in self.all} | {s: s for s in self.all}

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self.all))

    def role(self, printed: str) -> str | None:
        """What a column with this head holds beside the figures: unit, number or note."""
        return self.form.aside.get(fold_label(printed))

    def exact(self, folded: str) -> str | None:
        """The label that a folded print is, as it stands or as a listed variant."""
        canonical = self.form.canonical(folded)
        return canonical if canonical in self.all else None

    def spelled(self, folded: str) -> str | None:
        """As `exact`, also with 其中 in front, a mark of a footnote or a unit in brackets behind."""
        if (label := self.exact(folded)) is not None:
            return label
        bare = _without_unit(_MARK.sub("", folded).removeprefix(_OF_WHICH))
        return self.exact(bare) if bare != folded else None

    def match(self, printed: str) -> str | None:
        """The folded label that `printed` stands for: exactly, as a variant, or with a slip.

        What is a slip, `slips` says; labels of an open table must be exact, as nobody knows its other
        rows.
        """
        if printed in self._known:
            return self._known[printed]
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        found = self._known[printed] = self._match(fold_label(printed))
        return found

    def known_among(self, texts: Iterable[str]) -> set[str]:
        """Those of `texts` that stand for a label."""
        known = self._known
        return {
            text
            for text in texts
            if (known[text] if text in known else self.match(text)) is not None
        }

    def _match(self, folded: str) -> str | None:
        if not folded or len(folded) > 2 * self._longest:
            return None
        if (label := self.spelled(folded)) is not None:
            return label
        if self.table.open or folded in self.form.aside:
            return None
        return self._misprint(folded) or self._behind_piece(folded)

    def _misprint(self, folded: str) -> str | None:
        if any(c.isdigit() for c in folded[2:]):
            return None
        return slip_of(folded, self._spellings) or self._cut(folded)

    def _behind_piece(self, folded: str) -> str | None:
        """The row behind a piece of a label above it: `予5.属于…`, where 不予公开 stands upright."""
        m = _PIECE.match(folded)
        if m is None or any(c.isdigit() for c in m[1]):
            return None
        label = self.spelled(m[2]) or self._misprint(m[2])
        above = [p for _, row in self.rows.get(label or "", ()) for p in row.path[:-1]]
        piece = _EDGE.sub("", m[1])
        return label if above and any(piece in fold_label(p) for p in above) else None

    def _cut(self, folded: str) -> str | None:
        """The one label that begins like this: its end was cut off."""
        if len(folded) < _SHORTEST_CUT:
            return None
        found = [label for label in self._choices if label.startswith(folded)]
        return found[0] if len(found) == 1 else None

    def is_cut(self, printed: str, label: str) -> bool:
        """Whether `printed` is only the beginning of the label that it matches."""
        folded = fold_label(printed)
        return self.exact(folded) is None and label.startswith(folded)

    def is_piece(self, printed: str) -> bool:
        """Whether `printed` is a part of a label over rows: a cell that was cut in two."""
        folded = fold_label(printed)
        return len(folded) > 1 and any(folded in label for label in self.groups)

    def is_front(self, text: str, printed: str, *, sure: bool) -> bool:
        """Whether a short text right before a label makes it another: `市本级行政` / `规范性文件`.

        It does with a word of meaning, or where both together end in a longer spelling of the label.
        Without `sure` the text may be the end of the cell before, and only a whole word counts.
        """
        if self.table.open or not 1 < len(text) <= _LONGEST_FRONT or self.is_piece(text):
            return False
        words = words_of_meaning(fold_label(text))
        if any(len(word) > 1 for word in words):
            return True
        own, whole = fold_label(printed), fold_label(text + printed)
        longer = (s for s in self._spellings if s != own and s.endswith(own))
        return sure and (bool(words) or any(whole.endswith(s) and whole != s for s in longer))

    def next_row(self, after: Line | None) -> tuple[Block, Line] | None:
        """The row that the form prints behind `after` (its first row behind None)."""
        at = -1 if after is None else self.places[(after.key, after.path)]
        return self.order[at + 1] if at + 1 < len(self.order) else None

    def choose(
        self, label: str, group: str | None, after: Line | None
    ) -> tuple[Block, Line] | None:
        """The row that a label names, under the group printed above it and behind the row `after`.

        Rows with the same last label are told apart by the group, else by being next in order; None
        where neither tells.
        """
        candidates = self.rows.get(label, [])
        if len(candidates) == 1:
            sure = label not in self._weak or self._fits(candidates[0], group, after)
            return candidates[0] if sure else None
        inside = [c for c in candidates if group in _above(c[1])]
        if len(inside) == 1:
            return inside[0]
        if self.table.open and (group is None or group in self._heads) and not inside:
            return None  # under a heading that the form lacks, or has these rows not under
        following = self.next_row(after) if after is not None else None
        return next((c for c in inside or candidates if c == following), None)

    @cached_property
    def _heads(self) -> dict[str, tuple[str, ...]]:
        """Labels with rows under them → their path, folded."""
        return {
            above[n]: above[: n + 1]
            for _, row in self.order
            for above in [_above(row)]
            for n in range(len(above))
        }

    @cached_property
    def _weak(self) -> frozenset[str]:
        """Labels that name their row only under its heading: 3.其他, 维持 beside 诉讼's 纠错.

        Other headings may have rows that read alike: words of another label, or a row whose
        neighbours stand under several headings of the form.
        """
        whole = frozenset(self.rows) | frozenset(self._heads)
        shared = {_above(row) for rows in self.rows.values() if len(rows) > 1 for _, row in rows}
        return frozenset(
            label
            for label, rows in self.rows.items()
            for _, row in rows
            if len(_above(row)) > 0
            and (
                _above(row) in shared
                or any(
                    _bare(other) != _bare(label) and _bare(other).startswith(_bare(label))
                    for other in whole
                )
            )
        )

    def _fits(self, found: tuple[Block, Line], group: str | None, after: Line | None) -> bool:
        """Whether a row stands under its heading, ends the rows of another, or comes next."""
        own = _above(found[1])
        if group in own or (group is not None and self._heads.get(group, ())[: len(own)] == own):
            return True
        if self.table.open and (group is None or group in self._heads):
            return False
        return after is not None and self.next_row(after) == found

    def choose_loose(self, label: str, after: Line | None) -> tuple[Block, Line] | None:
        """The row that a label names only because it comes next: 总计 behind 3.其他."""
        following = self.next_row(after) if after is not None else None
        return next((c for c in self.loose.get(label, ()) if c == following), None)


def _above(row: Line) -> tuple[str, ...]:
    """The labels above a row, folded."""
    return tuple(fold_label(label) for label in row.path[:-1])


def _bare(label: str) -> str:
    """A folded label without its number."""
    m = _NUMBERED.match(label)
    return m[1] if m else label


@lru_cache(maxsize=64)
def labels_of(form: Form) -> dict[str, TableLabels]:
    """The labels of each table of a form, by the table's key."""
    return {table.key: TableLabels(form, table) for table in form.tables}


def _without_unit(folded: str) -> str:
    """A label without the unit in brackets at its end, also one that is not known: `数量(百件)`."""
    found = _UNIT_AT_END.search(folded)
    return folded[: found.start()] if found and is_unit_like(found[1]) else folded


def is_unit(printed: str) -> bool:
    """Whether a cell prints a unit and nothing else."""
    return clean(printed).strip() in unit_words()


@lru_cache(maxsize=512)
def header_orders(block: Block) -> tuple[tuple[str, ...], ...]:
    """The orders in which the column labels of a block are printed one after the other, folded.

    Row by row as a page's source has them; all heads over the columns, then the columns; column by
    column; and the columns alone, where no two of them have the same label.
    """
    columns = block.columns
    by_level: list[str] = []
    depth_first: list[str] = []
    for level in range(max(len(c.path) for c in columns)):
        before: tuple[str, ...] | None = None
        for column in columns:
            if level < len(column.path) and column.path[: level + 1] != before:
                by_level.append(fold_label(column.path[level]))
                before = column.path[: level + 1]
    heads: list[str] = []
    seen: set[tuple[str, ...]] = set()
    for column in columns:
        for n in range(1, len(column.path) + 1):
            if column.path[:n] not in seen:
                seen.add(column.path[:n])
                depth_first.append(fold_label(column.path[n - 1]))
    seen.clear()
    for level in range(max(len(c.path) for c in columns)):
        for column in columns:
            if level < len(column.path) - 1 and column.path[: level + 1] not in seen:
                seen.add(column.path[: level + 1])
                heads.append(fold_label(column.path[level]))
    leaves = [fold_label(c.path[-1]) for c in columns]
    orders = [by_level, heads + leaves, depth_first]
    if len(set(leaves)) == len(leaves):
        orders.append(leaves)
    return tuple(dict.fromkeys(map(tuple, orders)))


@lru_cache(maxsize=512)
def column_labels(block: Block) -> frozenset[str]:
    """All column labels of a block, folded."""
    return frozenset(fold_label(label) for c in block.columns for label in c.path)


@lru_cache(maxsize=512)
def column_paths(block: Block) -> tuple[tuple[str, ...], ...]:
    """The path of each column of a block, folded."""
    return tuple(tuple(map(fold_label, column.path)) for column in block.columns)


@lru_cache(maxsize=512)
def column_leaves(block: Block) -> frozenset[str]:
    """The last labels of the columns of a block, folded: a header prints all of them."""
    return frozenset(path[-1] for path in column_paths(block))
