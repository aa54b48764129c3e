"""The figures of a report's tables, looked up by concept, with sums where a concept is a group."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ingest.model import Figure
from ingest.quick import quick
from ingest.words import Concepts


@quick
@dataclass(frozen=True, slots=True)
class Amount:
    """A number of the tables: its value, the ids of the figures that it adds up, and its name."""

    value: Decimal
    figures: tuple[str, ...]
    name: str

    def plus(self, other: Amount, name: str | None = None) -> Amount:
        """The sum of two."""
        return Amount(
            self.value + other.value,
            (*self.figures, *other.figures),
            name or f"{self.name}＋{other.name}",
        )

    def less(self, other: Amount, name: str) -> Amount:
        """The difference of two."""
        return Amount(self.value - other.value, (*self.figures, *other.figures), name)


class TableFigures:
    """Amounts by concept; None wherever a cell is missing, blank or no number."""

    def __init__(self, figures: tuple[Figure, ...], concepts: Concepts) -> None:
        self._by_key = {
            f.key: f for f in figures if (f.key is not None and f.table is not None) or f.key
        }
        self._by_key = {k: f for k, f in self._by_key.items() if f.note_of is None}
        self._concepts = concepts
        self.notes: dict[str, list[Figure]] = {}
        for f in figures:
            if f.note_of is not None:
                self.notes.setdefault(f.note_of, []).append(f)

    def __bool__(self) -> bool:
        return bool(self._by_key)

    def cell(self, key: str) -> Figure | None:
        """The figure of one cell."""
        return self._by_key.get(key)

    def amount(self, subject: str, member: str) -> Amount | None:
        """The amount of a subject and a member, groups added up."""
        name = self._concepts.name(subject, member)
        own = self._by_key.get(f"{subject}.{member}")
        if own is not None:
            return None if own.value is None else Amount(own.value, (own.id,), name)
        value, ids = Decimal(0), []
        for key in self._concepts.leaves(subject, member):
            leaf = self._by_key.get(key)
            if leaf is None or leaf.value is None:
                return None
            value += leaf.value
            ids.append(leaf.id)
        return Amount(value, tuple(ids), name)

    def total(self, subjects: tuple[str, ...], members: tuple[str, ...]) -> Amount | None:
        """The sum over several subjects and members."""
        out: Amount | None = None
        for subject in subjects:
            for member in members:
                one = self.amount(subject, member)
                if one is None:
                    return None
                out = one if out is None else out.plus(one)
        return out
