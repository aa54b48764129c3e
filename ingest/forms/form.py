"""A statistical form, read from its data file: tables, rows, columns, label variants, identities.

A new form is a new `.toml` file beside this module and no code. What a data file may hold:

    name, title, years = [first, last]
    [labels]    label of the form → how reports also print it; {year} stands for a year's digits
    [aside]     unit | number | note → heads of columns that hold no figure of the form
    [[table]]   key, title, section, open (reports add and leave out rows)
    [[table.block]]   rows that share their columns: furniture, corner, columns, rows
                      (a row or column: key, path of labels, unit, signed: 增3 and 减2 are numbers)
    [[identity]]      name, each = row | column, equation over concept keys
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib import resources
from typing import Any

from ingest.errors import FormError
from ingest.normalise import fold_label

_ROLES = ("unit", "number", "note")
_YEAR = re.compile(r"(?:19|20)\d{2}")
# a folded label without its number, without the bracket at its end, without both
_NUMBER = r"(?:[一二三四五六七八九十]+|\d{1,2})\."
_SHORTER = (
    re.compile(rf"{_NUMBER}(.+)$"),
    re.compile(r"([^(]+)\([^()]*\)$"),
    re.compile(rf"{_NUMBER}([^(]+)\([^()]*\)$"),
    re.compile(r"其中:(.+)$"),
    re.compile(rf"其中:{_NUMBER}(.+)$"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column of a block: its key and its path of labels, outermost first.

    In a `signed` column `增3` and `减2` are 3 and -2.
    """

    key: str
    path: tuple[str, ...]
    unit: str | None = None
    signed: bool = False


@dataclass(frozen=True, slots=True, eq=False)  # to hash one by all its labels takes long
class Block:
    """Rows that share their columns; each is equal to itself only.

    `furniture` are labels that carry no figure; `corner` is printed over the row labels.
    """

    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    furniture: tuple[str, ...]
    corner: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class FormTable:
    """One table of a form; each is equal to itself only.

    Of an `open` table, reports leave rows out and add others; both are no fault.
    """

    key: str
    title: str
    section: str
    blocks: tuple[Block, ...]
    open: bool = False

    def concept(self, row: Line, column: Line) -> str:
        """The concept key of the cell where `row` and `column` meet."""
        if row.key and column.key:  # nearly all have both
            return f"{self.key}.{row.key}.{column.key}"
        return ".".join(filter(None, (self.key, row.key, column.key)))


@dataclass(frozen=True, slots=True)
class Identity:
    """A linear equation over concept keys, expanded: the sum of `left` equals the sum of `right`."""

    name: str
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Form:
    """A form; each is equal to itself only.

    `variants` maps each folded printed label to the folded label of the form; `aside` maps the
    folded head of a column without figures to what it holds: `unit`, `number` or `note`.
    """

    name: str
    title: str
    years: tuple[int, int]
    tables: tuple[FormTable, ...]
    variants: dict[str, str]
    identities: tuple[Identity, ...]
    aside: dict[str, str] = field(default_factory=dict)

    def canonical(self, printed: str) -> str:
        """The folded form label that `printed` stands for (its own fold where it is none)."""
        folded = fold_label(printed)
        found = self.variants.get(folded)
        if found is None and "20" in folded:
            found = self.variants.get(_YEAR.sub("{year}", folded))
        return folded if found is None else found

    @cached_property
    def dated(self) -> bool:
        """Whether a head of the form can name a year."""
        return any("{year}" in spelling for spelling in self.variants)

    def year_in(self, printed: str) -> int | None:
        """The year that a head names where the form's data have {year}: 2016 in `2016年统计数`."""
        folded = fold_label(printed)
        years = {int(y) for y in _YEAR.findall(folded)}
        named = folded not in self.variants and _YEAR.sub("{year}", folded) in self.variants
        return years.pop() if named and len(years) == 1 else None

    @property
    def cells(self) -> tuple[str, ...]:
        """The concept keys of all cells."""
        return tuple(
            t.concept(r, c)
            for t in self.tables
            for b in t.blocks
            for r in b.rows
            for c in b.columns
        )


def parse_form(data: dict[str, Any], source: str) -> Form:
    """Build a form from its parsed data file.

    Raises FormError, naming `source`, where a part is missing or wrong, two cells have one key, or an
    identity names no cell.
    """
    try:
        tables = tuple(
            FormTable(
                t["key"],
                t["title"],
                t["section"],
                tuple(
                    Block(
                        tuple(_line(r) for r in b["rows"]),
                        tuple(_line(c) for c in b["columns"]),
                        tuple(b.get("furniture", ())),
                        b.get("corner", ""),
                    )
                    for b in t["block"]
                ),
                t.get("open", False),
            )
            for t in data["table"]
        )
        variants = _variants(tables, data.get("labels", {}), source)
        aside = {
            fold_label(head): role
            for role, heads in data.get("aside", {}).items()
            for head in heads
        }
        first, last = data["years"]
        form = Form(data["name"], data["title"], (first, last), tables, variants, (), aside)
        if set(aside.values()) - set(_ROLES):
            raise FormError(f"form {source}: [aside] knows {', '.join(_ROLES)}, not more")
        twice = [key for key, n in Counter(form.cells).items() if n > 1]
        if twice:
            raise FormError(f"form {source}: two cells have the key {twice[0]!r}")
        identities = tuple(
            one
            for identity in data.get("identity", ())
            for one in _expand(identity, tables, list(form.cells), source)
        )
        return replace(form, identities=identities)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise FormError(f"form {source}: {error!r} is missing or wrong") from error


def _line(data: dict[str, Any]) -> Line:
    return Line(data["key"], tuple(data["path"]), data.get("unit"), bool(data.get("signed", False)))


def _variants(
    tables: tuple[FormTable, ...], listed: dict[str, list[str]], source: str
) -> dict[str, str]:
    """The listed variants, and every label without its number or its bracket where that is clear."""
    labels = dict.fromkeys(
        fold_label(label)
        for t in tables
        for b in t.blocks
        for label in (
            *b.furniture,
            *(part for line in (*b.rows, *b.columns) for part in line.path),
        )
    )
    variants: dict[str, str] = {}
    for label, printed in listed.items():
        if fold_label(label) not in labels:
            raise FormError(f"form {source}: [labels] {label!r} is no label of the form")
        variants |= {fold_label(v): fold_label(label) for v in (label, *printed)}
    short: dict[str, set[str]] = {}
    for spelling in (*labels, *variants):
        for pattern in _SHORTER:
            if m := pattern.match(spelling):
                meant = variants.get(spelling, spelling)
                short.setdefault(m.group(1).strip(":"), set()).add(meant)
    for spelling, all_meant in short.items():
        if len(all_meant) == 1 and spelling not in labels and len(spelling) > 1:
            variants.setdefault(spelling, *all_meant)
    return variants


def _expand(
    identity: dict[str, Any], tables: tuple[FormTable, ...], keys: list[str], source: str
) -> list[Identity]:
    equation: str = identity["equation"]
    table = next((t for t in tables if t.key == equation.split(".", 1)[0]), None)
    if table is None:
        raise FormError(f"form {source}: {equation!r} begins with no table of the form")
    match identity.get("each"):
        case "row":
            names = [r.key for b in table.blocks for r in b.rows]
        case "column":
            names = [c.key for b in table.blocks for c in b.columns]
        case None:
            names = [""]
        case other:
            raise FormError(f"form {source}: each = {other!r}; wanted row or column")
    out = []
    for name in names:
        sides = equation.replace("{row}", name).replace("{column}", name).split("=")
        if len(sides) != 2:
            raise FormError(f"form {source}: {equation!r} is no equation")
        left, right = (
            tuple(k for term in side.split("+") for k in _matching(term.strip(), keys, source))
            for side in sides
        )
        out.append(
            Identity(f"{identity['name']}:{name}" if name else identity["name"], left, right)
        )
    return out


def _matching(term: str, keys: list[str], source: str) -> list[str]:
    head, star, tail = term.partition("*")
    found = [
        k
        for k in keys
        if k == term
        or (star and k.startswith(head) and k.endswith(tail) and len(k) > len(term) - 1)
    ]
    if not found:
        raise FormError(f"form {source}: the identity's {term!r} names no cell of the form")
    return found


@cache
def load_forms() -> tuple[Form, ...]:
    """All forms shipped in this folder, in the order of their file names."""
    folder = resources.files("ingest.forms")
    names = sorted(f.name for f in folder.iterdir() if f.name.endswith(".toml"))
    forms = []
    for name in names:
        data = tomllib.loads(folder.joinpath(name).read_text(encoding="utf-8"))
        forms.append(parse_form(data, name))
    return tuple(forms)


def form_named(name: str) -> Form:
    """The form called `name`; raises FormError where there is none."""
    for form in load_forms():
        if form.name == name:
            return form
    raise FormError(f"no form is called {name!r}; there are {[f.name for f in load_forms()]}")
