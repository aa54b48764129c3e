"""Reports as data: what is true in a report, before any file prints it badly."""

# fmt: off
# ruff: noqa: C408, E501, N812
from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from decimal import Decimal

import forms as F


@dataclass
class Val:
    """One value cell: as printed, and what it is (None: not a number)."""

    text: str
    value: str | None
    unit: str | None
    refuse_ok: bool = False
    note: str | None = None


@dataclass
class Report:
    issuer: str
    year: int
    level: str
    form: str
    title: str
    coverage: str = "本机关"
    accept: list[str] = field(default_factory=list)
    cells: dict[tuple[str, str, str], Val] = field(default_factory=dict)
    prose: dict[str, list[str]] = field(default_factory=dict)
    findings: list[dict[str, str]] = field(default_factory=list)
    must_refuse: bool = False
    member: str | None = None
    we: str = "我区"
    omit_tables: set[str] = field(default_factory=set)

    def n(self, table: str, row: str, col: str) -> int:
        value = self.cells[table, row, col].value
        return int(Decimal(value)) if value else 0

    def t3(self, row: str, col: str = "total") -> int:
        return self.n(F.T3, row, col)

    def show(self, table: str, row: str, col: str, text: str, **change: str | None) -> None:
        """Print a cell in another manner; `value`, `unit`, `note` say if its meaning changes."""
        cell = self.cells[table, row, col]
        cell.text = text
        for name, new in change.items():
            setattr(cell, name, new)

    def restyle(self, style: str, tables: str = "表二表三表四") -> None:
        for (table, row, col), cell in self.cells.items():
            if table not in tables or cell.value is None:
                continue
            if style == "comma":
                cell.text = comma(cell.text)
            elif style == "wide":
                cell.text = wide(cell.text)
            elif style in ("blank", "slash", "dash", "hyphen") and cell.value == "0":
                # a clerk who leaves zeros out: in every table, but never in a row or column of totals
                if col not in ("total",) and row not in ("sum", "new"):
                    cell.text = {"blank": "", "slash": "/", "dash": "—", "hyphen": "-"}[style]
                    cell.value = None

    @property
    def t2_form(self):
        return F.T2_2021 if self.form == "national-2021" else F.T2_2019

    @property
    def t3_form(self):
        return F.T3_2021 if self.form == "national-2021" else F.T3_2019


def comma(text: str) -> str:
    return re.sub(r"^\d+", lambda m: f"{int(m[0]):,}" if m[0] != "0" else m[0], text)


def wide(text: str) -> str:
    return text.translate({ord(str(i)): "０１２３４５６７８９"[i] for i in range(10)})


_HAN = "零一二三四五六七八九"


def han(n: int) -> str:
    """A count in Chinese numerals, below ten thousand."""
    if n < 10:
        return _HAN[n]
    if n < 20:
        return "十" + (_HAN[n % 10] if n % 10 else "")
    out, zero = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // size % 10
        if digit:
            out += ("零" if zero else "") + _HAN[digit] + name
            zero = False
        elif out and n % size:
            zero = True
    return out


def year_han(year: int, zero: str = "〇") -> str:
    return "".join(zero if c == "0" else _HAN[int(c)] for c in str(year))


# --- values whose sums hold -----------------------------------------------------------------
WEIGHTS = dict(open=34, part=9, r1=0.3, r2=1, r3=0.7, r4=2, r5=1.5, r6=1.2, r7=1.5, r8=2, u1=26, u2=4, u3=2.5,
               h1=6, h2=3, h3=0.3, h4=0.8, h5=0.7, o1=2, o2=0.2, o3=5, o=7)


def share(rng: random.Random, total: int, rows: list[str]) -> dict[str, int]:
    weights = [WEIGHTS[r] * rng.uniform(0.4, 1.7) for r in rows]
    if total <= 400:
        picks = rng.choices(rows, weights, k=total)
        return {r: picks.count(r) for r in rows}
    out = {r: int(total * w / sum(weights)) for r, w in zip(rows, weights, strict=True)}
    for r in rng.choices(rows, weights, k=total - sum(out.values())):
        out[r] += 1
    return out


def fill_t3(r: Report, rng: random.Random, apps: tuple[int, ...], carry=None, nxt=None) -> None:
    leaves = [k for k, _ in r.t3_form if k not in ("new", "carry", "sum", "next")]
    cols: dict[str, dict[str, int]] = {}
    for i, (col, _) in enumerate(F.T3_COLS[:-1]):
        new = apps[i]
        old = carry[i] if carry is not None else rng.randint(0, new // 14 + (1 if new > 15 else 0))
        left = nxt[i] if nxt is not None else rng.randint(0, min(new + old, new // 13 + (1 if new > 12 else 0)))
        done = share(rng, new + old - left, leaves)
        cols[col] = {"new": new, "carry": old, **done, "sum": new + old - left, "next": left}
    cols["total"] = {row: sum(c[row] for c in cols.values()) for row in cols["nat"]}
    for row, _ in r.t3_form:
        for col, _ in F.T3_COLS:
            r.cells[F.T3, row, col] = Val(str(cols[col][row]), str(cols[col][row]), "件")


def fill_t4(r: Report, rng: random.Random, review: int, direct: int, after: int) -> None:
    for kind, total in (("fy", review), ("zj", direct), ("fh", after)):
        picks = rng.choices(range(4), [12, 3, 5, 3], k=total)
        parts = [picks.count(i) for i in range(4)]
        for i, v in enumerate([*parts, total]):
            r.cells[F.T4, "", f"{kind}{i}"] = Val(str(v), str(v), "件")


def fill_t2(r: Report, **values: str) -> None:
    """values: gz="1 0 7", gf=…, xk=…; in the order of the form's columns; a value may be `text=value=unit`."""
    for _item, cols, rows in r.t2_form:
        for row, _ in rows:
            given = values[row].split()
            assert len(given) == len(cols), (r.title, row, given)
            for (col, _, unit), text in zip(cols, given, strict=True):
                shown, _, rest = text.partition("=")
                value, _, own = rest.partition("=")
                r.cells[F.T2, row, col] = Val(shown, value or shown, own or unit)



def national(issuer: str, year: int, level: str, seed: int, apps: tuple[int, ...], t2: dict[str, str],
             t4: tuple[int, int, int] = (0, 0, 0), form: str = "2021", title: str = "", carry=None, nxt=None,
             **more) -> Report:
    rng = random.Random(seed)
    r = Report(issuer, year, level, f"national-{form}", title or f"{issuer}{year}年政府信息公开工作年度报告", **more)
    fill_t2(r, **t2)
    fill_t3(r, rng, apps, carry, nxt)
    fill_t4(r, rng, *t4)
    return r


def listed(issuer: str, year: int, level: str, form: str, values: list[str], title: str = "", **more) -> Report:
    """An indicator sheet (2014) or annex (2008): one value (or `this/cumulative`) a line that has a unit."""
    r = Report(issuer, year, level, form, title or f"{issuer}{year}年政府信息公开工作年度报告", **more)
    rows = F.INDICATORS_2014 if form == "indicators-2014" else F.ANNEX_2008
    valued = [i for i, (_, _, unit) in enumerate(rows) if unit]
    assert len(values) == len(valued), (r.title, len(values), len(valued))
    for i, text in zip(valued, values, strict=True):
        unit = rows[i][2]
        for col, v in zip(("统计数",) if form == "indicators-2014" else ("本年度", "历年累计"), text.split("/"), strict=True):
            r.cells["统计表", str(i), col] = Val(v, v if re.fullmatch(r"[\d.]+", v) else None, unit)
    return r


# --- gold -------------------------------------------------------------------------------------
MARK = re.compile(r"\[\[([^|\]]+)\|([^|\]]*)\|([^|\]]*)\|?([^\]]*)\]\]")


def plain(text: str) -> str:
    return MARK.sub(lambda m: m[1], text)


def prose_gold(paragraph: str) -> list[dict[str, str | None]]:
    out = []
    for m in MARK.finditer(paragraph):
        before, after = plain(paragraph[: m.start()]), plain(paragraph[m.end() :])
        near = re.split(r"[。；\n]", before)[-1][-9:] + m[1] + re.split(r"[。；\n]", after)[0][:5]
        out.append({"text": m[1], "value": m[2] or m[1], "unit": m[3] or None, "qualifier": m[4] or None,
                    "sentence_contains": near})
    return out


def report_gold(r: Report, convert=lambda s: s) -> dict:
    figures = []

    def add(table, row_path, column_path, cell: Val) -> None:
        item = {"row_path": row_path, "column_path": column_path, "table": table, "text": convert(cell.text),
                "value": cell.value, "unit": cell.unit}
        if cell.note:
            item["note"] = cell.note
        if cell.refuse_ok:
            item["refuse_ok"] = True
        figures.append(item)

    if r.form.startswith("national"):
        for item, cols, rows in r.t2_form:
            for row, label in rows:
                for col, head, _ in cols:
                    add(F.T2, [item, label], [head], r.cells[F.T2, row, col])
        for row, path in r.t3_form:
            for col, head in F.T3_COLS:
                add(F.T3, path, head, r.cells[F.T3, row, col])
        for col, head in F.T4_COLS:
            add(F.T4, [], head, r.cells[F.T4, "", col])
    elif r.form != "none":
        rows = F.INDICATORS_2014 if r.form == "indicators-2014" else F.ANNEX_2008
        for (_, row, col), cell in r.cells.items():
            add("统计表", rows[int(row)][1], [col], cell)
    prose = [g for part in r.prose.values() for p in part for g in prose_gold(p)]
    for g in prose:
        g["text"], g["sentence_contains"] = convert(g["text"]), convert(g["sentence_contains"])
    out = {"issuer": r.issuer, "issuer_accept": sorted({r.issuer, *r.accept}), "year": r.year, "level": r.level,
           "form": r.form, "coverage": r.coverage, "title": convert(plain(r.title).replace("\n", "")), "figures": figures,
           "prose_figures": prose, "findings": r.findings, "must_refuse": r.must_refuse}
    if r.member:
        out["member"] = r.member
    return out
