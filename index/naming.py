"""Which cell a caller means by a row and a column: concept keys, the form's labels, or words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from index.plan.lexicon import Lexicon
from index.plan.plan import Operand
from index.plan.slots import Slots, Unresolved, operands, read_slots
from index.plan.words import fold
from ingest.forms import load_forms
from ingest.words import Concepts

_NUMBERING = re.compile(
    r"^(?:[(（][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十\d]+[、.．])"
)
_SEPARATOR = re.compile(r"\s*/\s*")


@dataclass
class Unnamed(Exception):
    """The words name no single cell. `reason`: `no-row`, `no-column` or `which-row`.

    `words` are those that name nothing; `subject` is the row where only the column is open.
    """

    reason: str
    words: str
    subject: str | None = None


@dataclass(frozen=True)
class Naming:
    """Resolves rows and columns against the concepts and the words of one store."""

    concepts: Concepts
    lexicon: Lexicon

    def cell(self, row: str, column: str | None = None) -> Operand:
        """The cell of `row` and `column`; without a column, the row's total or only figure.

        Raises Unnamed.
        """
        subject, member = self._row(row)
        if column is not None and column.strip():
            subject, member = self._column(subject, column)
        member = member or self.concepts.subject_by_key[subject].default
        if member is None:
            raise Unnamed("no-column", row, subject)
        return Operand(subject, member)

    def columns(self, subject: str) -> tuple[str, ...]:
        """The columns (keys of members) that have a figure for `subject`, groups left out."""
        table = self.concepts.subject_by_key[subject].table
        return tuple(
            m.key
            for m in self.concepts.members
            if m.table == table and not m.parts and self._exists(subject, m.key)
        )

    def scope(self, words: str) -> tuple[Slots, str]:
        """The issuers and years that some words name, and the words without them."""
        tokens = self.lexicon.cut(words)
        rest = "".join(t.text for t in tokens if not t.has("issuer", "year"))
        return read_slots(tokens, self.concepts), rest.strip()

    def _exists(self, subject: str, member: str) -> bool:
        return set(self.concepts.leaves(subject, member)) <= _cells()

    def _row(self, row: str) -> tuple[str, str | None]:
        """The subject, and the member where the words name one too."""
        key = row.strip()
        if key in self.concepts.subject_by_key:
            return key, None
        subject, _, member = key.rpartition(".")
        if subject in self.concepts.subject_by_key and self._exists_named(subject, member):
            return subject, member
        labelled = _row_labelled(_labels(row))
        if labelled is not None:
            return labelled, None
        tokens = self.lexicon.cut(row.replace("/", " "))
        unknown = "".join(t.text for t in tokens if not t.senses)
        if unknown or not tokens:
            raise Unnamed("no-row", unknown or row)
        slots = read_slots(tokens, self.concepts)
        if len(slots.subjects) == 1 and len(slots.members) < 2:
            members = [key for _, key in slots.members]
            return slots.subjects[0], members[0] if members else None
        found = operands(slots, self.concepts)
        if isinstance(found, Unresolved):
            raise Unnamed("no-row", row)
        if len(found) != 1:
            raise Unnamed("which-row", row)
        return found[0].subject, found[0].member

    def _exists_named(self, subject: str, member: str) -> bool:
        table = self.concepts.subject_by_key[subject].table
        return (table, member) in self.concepts.member_by_key and self._exists(subject, member)

    def _column(self, subject: str, column: str) -> tuple[str, str]:
        """The subject (part four's columns can make it more exact) and the member."""
        table = self.concepts.subject_by_key[subject].table
        key = column.strip()
        if self._exists_named(subject, key):
            return subject, key
        labelled = _column_labelled(table, _labels(column))
        if labelled is not None and self._exists_named(subject, labelled):
            return subject, labelled
        tokens = self.lexicon.cut(column.replace("/", " "))
        unknown = "".join(t.text for t in tokens if not t.senses)
        slots = read_slots(tokens, self.concepts)
        if table == "t4" and len(slots.subjects) == 1 and slots.subjects[0].startswith("t4."):
            subject = slots.subjects[0]
        members = [key for of, key in slots.members if of == table]
        if not members and table == "t4" and _labels(column)[-1] == "总计":
            members = ["total"]
        if not members and table == "t4" and slots.other:
            members = ["other"]
        if unknown or len(members) != 1 or not self._exists_named(subject, members[0]):
            raise Unnamed("no-column", unknown or column, subject)
        return subject, members[0]


def _labels(path: str) -> tuple[str, ...]:
    """The labels of a path, folded, without their numbers: `三、… / （七）总计` ends in `总计`."""
    return tuple(_label(label) for label in _SEPARATOR.split(path.strip()))


def _label(printed: str) -> str:
    return fold(_NUMBERING.sub("", fold(printed)))


@cache
def _cells() -> frozenset[str]:
    return frozenset(
        t.concept(r, c)
        for form in load_forms()
        for t in form.tables
        for b in t.blocks
        for r in b.rows
        for c in b.columns
    )


@lru_cache(maxsize=4096)  # callers' words are without end
def _row_labelled(labels: tuple[str, ...]) -> str | None:
    """The subject of the one row whose path ends in these labels."""
    found = {
        f"{table.key}.{row.key}"
        for form in load_forms()
        for table in form.tables
        for block in table.blocks
        for row in block.rows
        if row.key and _ends(row.path, labels)
    }
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=4096)
def _column_labelled(table_key: str, labels: tuple[str, ...]) -> str | None:
    """The member of the one column whose path ends in these labels, where rows have names."""
    found = {
        column.key
        for form in load_forms()
        for table in form.tables
        for block in table.blocks
        for column in block.columns
        if table.key == table_key
        and any(row.key for row in block.rows)
        and _ends(column.path, labels)
    }
    return found.pop() if len(found) == 1 else None


def _ends(path: tuple[str, ...], labels: tuple[str, ...]) -> bool:
    whole, asked = "/".join(map(_label, path)), "/".join(labels)  # 本年增/减 is one label
    return whole == asked or whole.endswith(f"/{asked}")
