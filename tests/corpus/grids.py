"""Tables as grids of cells with spans, and documents as lists of blocks."""

# fmt: off
# ruff: noqa: E501, N812
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import forms as F
from model import Report, plain


@dataclass
class C:
    """A cell. "\\n" in the text is a line break inside the cell."""

    text: str
    cs: int = 1
    rs: int = 1
    kind: str = "v"  # v value, h header or label, f filler
    vertical: bool = False


@dataclass
class Grid:
    rows: list[list[C]]
    width: int

    def expand(self) -> list[list[tuple[C, bool]]]:
        """Every position of the grid: its cell, and whether the cell begins there."""
        out: list[list[tuple[C, bool] | None]] = [[None] * self.width for _ in self.rows]
        for i, row in enumerate(self.rows):
            j = 0
            for cell in row:
                while out[i][j] is not None:
                    j += 1
                for a in range(cell.rs):
                    for b in range(cell.cs):
                        assert out[i + a][j + b] is None
                        out[i + a][j + b] = (cell, a == b == 0)
        for row in out:
            assert None not in row, [x and x[0].text for x in row]
        return out  # type: ignore[return-value]


Words = Callable[[str], str]


def same(text: str) -> str:
    return text


def t2_grid(r: Report, w: Words = same) -> Grid:
    width = max(len(cols) for _, cols, _ in r.t2_form) + 1
    rows: list[list[C]] = []
    for item, cols, lines in r.t2_form:
        rows.append([C(w(item), width, kind="h")])
        spans = _spread(width - 1, len(cols))
        rows.append([C(w("信息内容"), kind="h"), *[C(w(h), s, kind="h") for (_, h, _), s in zip(cols, spans, strict=True)]])
        for key, label in lines:
            rows.append([C(w(label), kind="h"),
                         *[C(r.cells[F.T2, key, col].text, s) for (col, _, _), s in zip(cols, spans, strict=True)]])
    return Grid(rows, width)


def _spread(width: int, n: int) -> list[int]:
    return [width] if n == 1 else [1] * (n - 1) + [width - n + 1]


def t3_head(w: Words, corner: str = F.CORNER) -> list[list[C]]:
    return [
        [C(w(corner), 3, 3, "h"), C(w(F.APPLICANTS), 7, kind="h")],
        [C(w("自然人"), rs=2, kind="h"), C(w(F.LEGAL), 5, kind="h"), C(w("总计"), rs=2, kind="h")],
        [C(w(p[-1]), kind="h") for _, p in F.T3_COLS[1:6]],
    ]


def t3_grid(r: Report, w: Words = same, corner: str = F.CORNER, skip: set[str] | None = None) -> Grid:
    rows = t3_head(w, corner)
    form = [x for x in r.t3_form if x[0] not in (skip or set())]
    seen: set[tuple[str, ...]] = set()
    for key, path in form:
        row: list[C] = []
        for depth, label in enumerate(path):
            if tuple(path[: depth + 1]) in seen:
                continue
            seen.add(tuple(path[: depth + 1]))
            last = depth == len(path) - 1
            rs = 1 if last else sum(p[: depth + 1] == path[: depth + 1] for _, p in form)
            row.append(C(w(label), 3 - depth if last else 1, rs, "h", vertical=not last))
        row += [C(r.cells[F.T3, key, col].text) for col, _ in F.T3_COLS]
        rows.append(row)
    return Grid(rows, 10)


def t4_grid(r: Report, w: Words = same) -> Grid:
    return Grid([
        [C(w(F.REVIEW), 5, kind="h"), C(w(F.SUIT), 10, kind="h")],
        [*[C(w(o), rs=2, kind="h", vertical=True) for o in F.OUTCOMES], C(w(F.DIRECT), 5, kind="h"), C(w(F.AFTER), 5, kind="h")],
        [C(w(o), kind="h", vertical=True) for _ in range(2) for o in F.OUTCOMES],
        [C(r.cells[F.T4, "", col].text) for col, _ in F.T4_COLS],
    ], 15)


def sheet_grid(r: Report, w: Words = same, indent: str = "　", numbered: bool = False, codes: bool = True) -> Grid:
    """The 2014 sheet (统计指标/单位/统计数) or the 2008 annex (指标名称/计量单位/代码/本年度/历年累计)."""
    if r.form == "indicators-2014":
        head, items, cols = ["统计指标", "单位", "统计数"], F.INDICATORS_2014, ["统计数"]
    else:
        head, items, cols = ["指标名称", "计量\n单位", "代码", "本年度", "历年累计"], F.ANNEX_2008, ["本年度", "历年累计"]
    head = (["序号"] if numbered else []) + head
    rows = [[C(w(h), kind="h") for h in head]]
    code = 0
    for i, (depth, path, unit) in enumerate(items):
        code += bool(unit)
        row = [C(w(indent * depth + path[-1]), kind="h"), C(w(unit or "——"), kind="h")]
        if numbered:
            row.insert(0, C(str(i + 1), kind="h"))
        if r.form == "annex-2008":
            row.append(C(f"{code:02d}", kind="h"))
        row += [C(r.cells["统计表", str(i), c].text if unit else "") for c in cols]
        rows.append(row)
    if not codes:
        for row in rows:
            del row[2]
    return Grid(rows, len(rows[0]))


Block = tuple[str, object]
HEADS = {
    "一": "一、总体情况",
    "二": "二、主动公开政府信息情况",
    "三": "三、收到和处理政府信息公开申请情况",
    "四": "四、政府信息公开行政复议、行政诉讼情况",
    "五": "五、存在的主要问题及改进情况",
    "六": "六、其他需要报告的事项",
}


def document(r: Report, w: Words = same, heads: dict[str, str] | None = None, corner: str = F.CORNER, title: bool = True,
             grids: dict[str, Grid] | None = None) -> list[Block]:
    """A report as blocks, in the order of the form: (title|h|p|table, content)."""
    heads = {**HEADS, **(heads or {})}
    out: list[Block] = [("title", plain(r.title))] if title else []
    out += [("p", plain(p)) for p in r.prose.get("前言", [])]
    if r.form.startswith("national"):
        made = {"二": t2_grid(r, w), "三": t3_grid(r, w, corner), "四": t4_grid(r, w), **(grids or {})}
    else:
        made = grids or {}
    for part in "一二三四五六":
        if part in r.prose or part in made:
            out.append(("h", heads[part]))
        if part in r.omit_tables:
            continue
        out += [("p", plain(p)) for p in r.prose.get(part, [])]
        if part in made:
            out.append(("table", made[part]))
    return out
