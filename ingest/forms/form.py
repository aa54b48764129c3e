"""A statistical form, read from its data file: tables, rows, columns, label variants, identities.

A new form is a new `.toml` file beside this module and no code.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from ingest.errors import FormError
from ingest.normalise import fold_label


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column of a block: its key and its path of labels, outermost first."""

    key: str
    path: tuple[str, ...]
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that share their columns. `furniture` are labels that carry no figure; `corner` is
    printed over the row labels."""

    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    furniture: tuple[str, ...]
    corner: str = ""


@dataclass(frozen=True, slots=True)
class FormTable:
    """One table of a form."""

    key: str
    title: str
    section: str
    blocks: tuple[Block, ...]

    def concept(self, row: Line, column: Line) -> str:
        """The concept key of the cell where `row` and `column` meet."""
        return ".".join(part for part in (self.key, row.key, column.key) if part)


@dataclass(frozen=True, slots=True)
class Identity:
    """A linear equation over concept keys, expanded: the sum of `left` equals the sum of `right`."""

    name: str
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True)
class Form:
    """A form. `variants` maps each folded printed label to the folded label of the form."""

    name: str
    title: str
    years: tuple[int, int]
    tables: tuple[FormTable, ...]
    variants: dict[str, str]
    identities: tuple[Identity, ...]

    def canonical(self, printed: str) -> str:
        """The folded form label that `printed` stands for (its own fold where it is none)."""
        folded = fold_label(printed)
        return self.variants.get(folded, folded)


def parse_form(data: dict[str, Any], source: str) -> Form:
    """Build a form from its parsed data file.

    Raises FormError, naming `source`, where a part is missing or an identity names no cell.
    """
    try:
        tables = tuple(
            FormTable(
                t["key"],
                t["title"],
                t["section"],
                tuple(
                    Block(
                        tuple(Line(r["key"], tuple(r["path"]), r.get("unit")) for r in b["rows"]),
                        tuple(
                            Line(c["key"], tuple(c["path"]), c.get("unit")) for c in b["columns"]
                        ),
                        tuple(b.get("furniture", ())),
                        b.get("corner", ""),
                    )
                    for b in t["block"]
                ),
            )
            for t in data["table"]
        )
        variants = {
            fold_label(v): fold_label(label)
            for label, printed in data.get("labels", {}).items()
            for v in (label, *printed)
        }
        keys = [
            t.concept(r, c) for t in tables for b in t.blocks for r in b.rows for c in b.columns
        ]
        identities = tuple(
            one
            for identity in data.get("identity", ())
            for one in _expand(identity, tables, keys, source)
        )
        first, last = data["years"]
        return Form(data["name"], data["title"], (first, last), tables, variants, identities)
    except (KeyError, TypeError, ValueError) as error:
        raise FormError(f"form {source}: {error!r} is missing or wrong") from error


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
