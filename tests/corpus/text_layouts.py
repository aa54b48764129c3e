"""How crawlers, mirrors and copy-and-paste flatten a document into text."""

# fmt: off
# ruff: noqa: E501
from __future__ import annotations

import re

from grids import Block, Grid
from opencc import OpenCC
from pypinyin import Style, lazy_pinyin


def _flat(text: str) -> str:
    return text.replace("\n", "")


def cells(g: Grid, blank: str | None = "\u00a0", gap: str = "\n\n") -> str:
    """B1, B2: one cell a line; a break in a cell makes two lines."""
    lines: list[str] = []
    for row in g.rows:
        for c in row:
            if c.kind == "f":
                continue
            if c.text == "":
                if blank is not None:
                    lines.append(blank)
            else:
                lines += c.text.split("\n")
    return gap.join(lines)


def _rows(g: Grid) -> list[list[str]]:
    return [[_flat(c.text) for c in row] for row in g.rows]


def pipe(g: Grid) -> str:
    return "\n".join(" | ".join(r) + " | " + "|" * (g.width - len(r)) for r in _rows(g))


def pipelead(g: Grid) -> str:
    return "\n".join("| " + " | ".join(r) + " | " + "|" * (g.width - len(r)) for r in _rows(g))


def nopad(g: Grid) -> str:
    return "\n".join(" | ".join(r) + " |" for r in _rows(g))


def cellpipe(g: Grid) -> str:
    out = []
    for r in _rows(g):
        out += [f"{c} |" for c in r]
        if g.width > len(r):
            out.append("|" * (g.width - len(r)))
    return "\n".join(out)


def barline(g: Grid) -> str:
    return "\n".join(f"{c}\n|" if c else "|" for r in _rows(g) for c in r)


def tab(g: Grid, sep: str = "\t") -> str:
    return "\n".join(sep.join(_flat(c.text) if first else "" for c, first in row) for row in g.expand())


def markdown(g: Grid) -> str:
    """B9: a merged value repeated in every column it spanned."""
    out = ["| " + " | ".join(_flat(c.text) for c, _ in row) + " |" for row in g.expand()]
    return "\n".join([out[0], "|" + "---|" * g.width, *out[1:]])


def columns(g: Grid, widths: list[int]) -> str:
    """What `pdftotext -layout` leaves: words in columns, labels broken over lines."""
    out = []
    for row in g.expand():
        parts: list[list[str]] = []
        for j, (c, first) in enumerate(row):
            text = _flat(c.text) if first else ""
            room = sum(widths[j : j + c.cs]) - 1 if first else widths[j] - 1
            size = max(1, room // 2)
            parts.append([text[k : k + size] for k in range(0, len(text), size)] or [""] if not re.fullmatch(r"[\d,.]*", text) else [text])
        for k in range(max(len(p) for p in parts)):
            line, at = "", 0
            for j, p in enumerate(parts):
                word = p[k] if k < len(p) else ""
                if word:
                    line += " " * max(0, at - _width(line)) + word
                at += widths[j]
            out.append(line.rstrip())
    return "\n".join(out)


def _width(s: str) -> int:
    return sum(2 if ord(c) > 0x2E80 else 1 for c in s)


LAYOUTS = {"cells": cells, "pipe": pipe, "pipelead": pipelead, "nopad": nopad, "cellpipe": cellpipe, "barline": barline,
           "tab": tab, "markdown": markdown}


def text(blocks: list[Block], layout: str | list[str] = "pipe", gap: str = "\n", md: bool = False, indent: str = "") -> str:
    """Blocks as text; `layout` may name one layout a table, in order."""
    out, k = [], 0
    for kind, content in blocks:
        if kind == "table":
            name = layout if isinstance(layout, str) else layout[k % len(layout)]
            k += 1
            out.append(LAYOUTS[name](content))
            if md:
                out[-1] = "\n" + out[-1] + "\n"
        elif md and kind in ("title", "h"):
            out.append(("# " if kind == "title" else "## ") + str(content).replace("\n", "") + "\n")
        else:
            out.append(indent + str(content))
    return gap.join(out) + "\n"


# --- scripts and spellings -------------------------------------------------------------------
_s2t = OpenCC("s2t")
# characters after which some mirrors leave the reading; two mirrors, two lists
PINYIN_A = "規據復務現發數內習導應實訴訟經則級續際監辦項轉類"
PINYIN_B = "報項請嚴據規數處結獲無關維審業織護屬機構計簡訊"


def traditional(s: str, readings: str = "") -> str:
    # letter by letter, as the crudest mirrors do: a fragment then reads the same as in its sentence
    out = "".join(_s2t.convert(c) for c in s).translate(str.maketrans("爲衆裏羣", "為眾裡群"))
    if readings:
        out = re.sub(f"[{readings}]", lambda m: f"{m[0]}({lazy_pinyin(m[0], style=Style.TONE)[0]})", out)
    return out


def half(s: str) -> str:
    """B23: half-width punctuation in crawls of pages that print full width."""
    return s.translate(str.maketrans("（），：；", "(),:;"))


KANGXI = str.maketrans({"一": "⼀", "二": "⼆", "人": "⼈", "大": "⼤", "小": "⼩", "文": "⽂", "行": "⾏", "力": "⼒", "工": "⼯",
                        "年": "年", "自": "⾃", "用": "⽤", "立": "⽴", "日": "⽇", "月": "⽉", "方": "⽅", "生": "⽣", "非": "⾮",
                        "食": "⾷", "入": "⼊", "比": "⽐", "民": "⺠", "见": "⻅", "长": "⻓"})


def kangxi(s: str) -> str:
    return s.translate(KANGXI)
