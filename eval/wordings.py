"""Questions for a cell of a form, in many wordings, made by rules and the lists of `wordings.toml`.

The labels are the form's own. Nothing is taken from the words that the program itself knows.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any
from zlib import crc32

from ingest.errors import EvaluationError
from ingest.forms import Form, FormTable, Line

#: the kinds of wording, in the order of reports
KINDS = (
    "labels", "path", "no_unit", "reordered", "short", "colloquial", "traditional", "english", "typo",
)  # fmt: skip
_NUMBERING = re.compile(
    r"^(?:[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、|\d+[.．、])"
)
_BRACKET = re.compile(r"[（(][^（()）]*[）)]$")
_PLACE = re.compile(r"(?:省|市|区|县|旗|州|盟|镇|乡|街道)$")
_PLACES = re.compile(r".+?(?:省|市|区|县|旗|州|盟|镇|乡|街道)")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell of a form: its table, its row and column, and its concept's key."""

    table: FormTable
    row: Line
    column: Line

    @property
    def key(self) -> str:
        """The concept key: `t3.received.total`."""
        return self.table.concept(self.row, self.column)


@dataclass(frozen=True, slots=True)
class Wording:
    """A question and the kind of its wording, one of `KINDS`."""

    kind: str
    question: str
    lang: str = "zh-Hans"


@cache
def load_wordings() -> dict[str, Any]:
    """The data file, as it is parsed."""
    text = resources.files("eval").joinpath("wordings.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def form_cells(form: Form) -> Iterator[FormCell]:
    """Every cell of a form, in its order."""
    for table in form.tables:
        for block in table.blocks:
            for row in block.rows:
                for column in block.columns:
                    yield FormCell(table, row, column)


def wordings(cell: FormCell, issuer: str, year: int) -> list[Wording]:
    """The questions that ask `issuer` in `year` for `cell`, one a kind.

    The same arguments give the same questions; neighbouring cells take the patterns in turn. Raises
    EvaluationError where the data file has no words for the cell.
    """
    at = crc32(f"{cell.key} {issuer} {year}".encode())
    fields = _fields(cell, issuer, year)
    plain = {kind: _pick(listed, at) for kind, listed in load_wordings()["patterns"].items()}
    row, column, said, asked = _spoken(cell, at)
    out = [
        Wording(kind, plain[kind].format(**fields))
        for kind in ("labels", "path", "no_unit", "reordered")
    ]
    out.append(Wording("short", plain["short"].format(**(fields | _named(row, column))).strip()))
    out.append(Wording("colloquial", plain["colloquial"].format(**fields, said=said)))
    # long labels and talk by turns
    out.append(Wording("traditional", traditional(out[5 if at % 2 else 0].question), "zh-Hant"))
    latin = fields | {"issuer": _latin(issuer), "asked": asked}
    sentence = plain["english"].format(**latin)
    out.append(Wording("english", sentence[0].upper() + sentence[1:], "en"))
    slipped = _slip(cell, fields, at)
    if slipped is not None:
        out.append(Wording("typo", plain["no_unit"].format(**(fields | slipped))))
    return out


def _pick(listed: Sequence[str], at: int) -> str:
    return listed[at // 2 % len(listed)]


def _named(row: str, column: str) -> dict[str, str]:
    return {"row": row, "column": column}


def bare(label: str, above: str | None = None) -> str:
    """A label without its number and its bracket; with the label above where it says nothing alone."""
    text = _BRACKET.sub("", _NUMBERING.sub("", label)).replace("“", "").replace("”", "") or label
    pattern = load_wordings()["bare"].get(text)
    if pattern is None or above is None:
        return text
    return str(pattern).format(above=bare(above))


def _label(path: Sequence[str]) -> str:
    return bare(path[-1], path[-2] if len(path) > 1 else None)


def _fields(cell: FormCell, issuer: str, year: int) -> dict[str, str]:
    row, column = cell.row.path, cell.column.path
    # 表四 has one row, without a label: its columns are a proceeding and an outcome
    outcome = _named("".join(column[:-1]), bare(column[-1]))
    names = _named(_label(row), _label(column)) if row else outcome
    return {
        "issuer": issuer,
        "short": short_name(issuer),
        "year": str(year),
        "yy": f"{year % 100:02}",
        "unit": cell.column.unit or "",
        "row_path": "，".join(row) or "，".join(column[:-1]),
        "column_path": "，".join(column if row else column[-1:]),
        **names,
    }


def short_name(issuer: str) -> str:
    """上海 for 上海市; 洛南 of 商洛市洛南县 stays whole, because its parts are issuers too."""
    short = _PLACE.sub("", issuer)
    return short if len(short) > 1 and len(_PLACES.findall(issuer)) == 1 else issuer


def _latin(issuer: str) -> str:
    """Shanghai for 上海市; names of several parts stay as they are printed."""
    from pypinyin import Style, pinyin

    short = short_name(issuer)
    if short == issuer:
        return issuer
    return "".join(p[0] for p in pinyin(short, style=Style.NORMAL)).capitalize()


# ── how people talk ──────────────────────────────────────────────────────────────────────────────


def _spoken(cell: FormCell, at: int) -> tuple[str, str, str, str]:
    """(short row, short column, Chinese sentence, English sentence) of a cell."""
    words = load_wordings().get(cell.table.key, {})
    try:
        if cell.table.key == "t4":
            head, _, tail = cell.column.key.partition(".")
            row, column = words["proceedings"][head], words["outcomes"][tail]
            said = _pick(column["said"], at).format(proceeding=_pick(row["said"], at // 2))
            asked = column["en"].format(proceeding=row["en"])
        elif cell.table.key == "t3":
            row, column = words["rows"][cell.row.key], words["columns"][cell.column.key]
            of, who = (_pick(column[name], at // 2) for name in ("of", "who"))
            said = _pick(row["said"], at).format(of=of, who=who)
            asked = row["en"].format(by=f" from {column['en']}" if column["en"] else "")
        else:
            row, column = words["rows"][cell.row.key], words["columns"][cell.column.key]
            said = _pick(column["said"], at).format(row=_pick(row["said"], at // 2))
            asked = column["en"].format(row=row["en"])
    except KeyError as error:
        raise EvaluationError(
            f"eval/wordings.toml has no words for {cell.key}: {error} is missing"
        ) from error
    return row["short"], column["short"], said, asked


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("s2t")


def traditional(text: str) -> str:
    """Simplified script in traditional letters, by OpenCC."""
    return str(_converter().convert(text))


# ── slips ────────────────────────────────────────────────────────────────────────────────────────


def _slip(cell: FormCell, fields: dict[str, str], at: int) -> dict[str, str] | None:
    """Row or column with one slip: a letter swapped, left out, or typed as one that sounds alike.

    None where a slip would touch letters that make it another figure, or give another label.
    """
    names = ["row", "column"] if len(fields["row"]) >= len(fields["column"]) else ["column", "row"]
    taken = _labels(cell.table)
    for name in names:
        word = fields[name]
        made = [_homophone(word, at), _swapped(word, at), _dropped(word, at)]
        turn = at % len(made)
        for slipped in made[turn:] + made[:turn]:
            if slipped is not None and slipped not in taken and slipped != word:
                return {name: slipped}
    return None


@cache
def _labels(table: FormTable) -> frozenset[str]:
    return frozenset(
        bare(label)
        for block in table.blocks
        for line in (*block.rows, *block.columns)
        for label in line.path
    )


@cache
def _homophones() -> dict[str, str]:
    return {pair[0]: pair[1] for pair in load_wordings()["typos"]["homophones"]}


def _free(word: str) -> list[int]:
    """The places of letters that may be hurt."""
    keep = load_wordings()["typos"]["keep"]
    return [i for i, letter in enumerate(word) if _HAN.match(letter) and letter not in keep]


def _homophone(word: str, at: int) -> str | None:
    places = [i for i in _free(word) if word[i] in _homophones()]
    if not places:
        return None
    i = places[at // 3 % len(places)]
    return word[:i] + _homophones()[word[i]] + word[i + 1 :]


def _swapped(word: str, at: int) -> str | None:
    free = set(_free(word))
    places = [i for i in free if i + 1 in free and word[i] != word[i + 1]]
    if len(word) < 4 or not places:
        return None
    i = sorted(places)[at // 3 % len(places)]
    return word[:i] + word[i + 1] + word[i] + word[i + 2 :]


def _dropped(word: str, at: int) -> str | None:
    places = _free(word)
    if len(word) < 4 or not places:
        return None
    i = places[at // 3 % len(places)]
    return word[:i] + word[i + 1 :]
