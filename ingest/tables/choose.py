"""Which form fits which table of a document: the one of whose rows most are there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, cached_property

from ingest.forms import Form, FormTable
from ingest.normalise import fold_label
from ingest.readers import Document
from ingest.tables.grid import Carry, read_grid_table
from ingest.tables.judged import judge
from ingest.tables.labels import labels_of
from ingest.tables.rows import Findings
from ingest.tables.stream import read_stream_table
from ingest.tables.tokens import prepare

_FEW = 3  # rows that a table of another form must have to be read beside the report's own


@dataclass(frozen=True)
class Candidate:
    """One table read by one form: what the lines gave, then what each grid gave."""

    form: Form
    table: FormTable
    parts: tuple[Findings, ...]

    @cached_property
    def score(self) -> int:
        """How many rows of the form were found."""
        return len({(r.row.key, r.row.path) for p in self.parts for r in p.rows if r.known})

    @cached_property
    def _whole(self) -> bool:
        return self.score == sum(len(b.rows) for b in self.table.blocks)

    @cached_property
    def doubts(self) -> int:
        """How many warnings there are."""
        return sum(len(p.warnings) for p in self.parts if not self.is_elsewhere(p))

    @property
    def complete(self) -> bool:
        """Whether nothing is missing and nothing is doubtful: no other form can fit better."""
        return self._whole and not self.doubts

    def is_elsewhere(self, part: Findings) -> bool:
        """Whether a part only has some of the table's labels, and the table itself is elsewhere.

        A comparison of two years uses the form's words for its rows; it is a table of its own.
        """
        return (
            self._whole
            and not part.rows
            and all(w.code == "header-unconfirmed" for w in part.warnings)
        )


class Search:
    """Which form fits which table of a document; each is only read as often as must be."""

    def __init__(self, document: Document, forms: tuple[Form, ...], year: int | None) -> None:
        self.lines = prepare(document.lines)
        self.grids = document.grids
        self._judged = [judge(grid) for grid in self.grids]
        self._read: dict[tuple[Form, str], Candidate] = {}
        words = {line.folded for line in self.lines}
        words |= {fold_label(text) for grid in self._judged for text in grid.texts}
        hits = {form: len(words & _vocabulary(form)) for form in forms}
        self._forms = sorted(
            (form for form in forms if hits[form]),
            key=lambda f: (-hits[f], not _in_force(f, year), -f.years[0]),
        )
        self._year = year

    def candidate(self, form: Form, table: FormTable) -> Candidate:
        """One table, read by one form."""
        at = (form, table.key)
        if at not in self._read:
            labels = labels_of(form)[table.key]
            carry = Carry()
            parts = [read_stream_table(self.lines, labels)]
            parts += [read_grid_table(grid, labels, carry) for grid in self._judged]
            self._read[at] = Candidate(form, table, tuple(parts))
        return self._read[at]

    def main(self) -> Form | None:
        """The form of the report: the one with most rows; of equals, the one in force that year."""
        best: tuple[tuple[int, int, bool], Form] | None = None
        for form in self._forms:
            read = [self.candidate(form, table) for table in form.tables]
            if all(c.complete for c in read):
                return form
            doubts = sum(c.doubts for c in read)
            rank = (sum(c.score for c in read), -doubts, _in_force(form, self._year))
            if rank[0] and (best is None or rank > best[0]):
                best = (rank, form)
        return best[1] if best else None

    def tables(self, main: Form) -> dict[str, Candidate]:
        """For each table of the main form the form that fits it; tables of others that have rows."""
        chosen = {t.key: self.candidate(main, t) for t in main.tables}
        if all(c.complete for c in chosen.values()):
            return chosen
        for form in self._forms:
            for table in form.tables:
                other = self.candidate(form, table)
                least = chosen[table.key].score if table.key in chosen else _FEW - 1
                if other.score > least:
                    chosen[table.key] = other
        return chosen


@cache
def _vocabulary(form: Form) -> frozenset[str]:
    return frozenset(form.variants) | frozenset().union(*(t.all for t in labels_of(form).values()))


def _in_force(form: Form, year: int | None) -> bool:
    return year is not None and form.years[0] <= year <= form.years[1]


def joined_form(main: Form, chosen: dict[str, Candidate]) -> Form:
    """The main form with the tables of other forms in place of its own, and their identities."""
    if all(c.form is main for c in chosen.values()):
        return main
    identities = [
        i
        for key, c in chosen.items()
        for i in c.form.identities
        if i.right[0].split(".", 1)[0] == key
    ]
    tables = tuple(c.table for c in chosen.values())
    return replace(main, tables=tables, identities=tuple(identities))
