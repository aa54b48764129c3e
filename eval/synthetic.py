"""Made-up reports by the thousand, on the national forms of 2019 and 2021: consistent and seeded.

Names are put together from lists, figures from a seeded generator; sums hold inside a report, and
what is carried over agrees between the years of an issuer. Nothing is taken from a real report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from random import Random

from eval.stencil import Stamped, Stencil
from index.store.store import Store
from ingest.forms import load_forms
from ingest.forms.form import Block, Form

FIRST_YEAR, LAST_YEAR = 2019, 2024
_FORM_SINCE_2021 = 2021
_COLUMNS = ("natural", "enterprise", "research", "public_welfare", "legal_service", "other_org")
_OUTCOMES = ("upheld", "corrected", "other", "pending")
_LITIGATION = ("reconsideration", "direct", "after")

_HEADS = "澜岚泓峤岱沅溆滁洺涞浔汀沣浠渌澧泖沭洄汶淇沂漳洹潢濉淝涡颍沁滦洮湟沱渠岷嘉隆祥瑞翠碧锦"
_TAILS = "川江河湖泉溪谷原陵岭峰台城阳阴安平宁昌兴源林桥港湾浦塘洲洋口山石田关屏坪岗店堡"
_PROVINCES, _CITIES, _COUNTIES, _TOWNS = 8, 12, 8, 6
_DEPARTMENTS = (
    "教育局", "财政局", "民政局", "司法局", "水利局", "农业农村局", "审计局", "统计局", "交通运输局",
    "生态环境局", "市场监督管理局", "卫生健康委员会", "人力资源和社会保障局", "自然资源和规划局",
)  # fmt: skip

# what stands for a name or a figure while a stencil is read
_PLACE_MARK, _BODY_MARK = "甲丙戊庚市", "甲丙戊庚市教育局"
_FIGURE_MARK = 90_001

_NARRATIVES = (
    (
        "{year}年，{issuer}新收政府信息公开申请{t3.received.total}件，结转上年{t3.carried_in.total}件，"
        "办结{t3.handled.total}件。其中予以公开{t3.granted.total}件。",
        "全年举办培训{trained}期，编印公报{bulletins}期。政策解读稿件发布{explained}篇。",
        "公开的内容与群众期待还有差距，个别单位答复不够规范。下一步将加强培训，完善目录。",
    ),
    (
        "{year}年共收到公开申请{t3.received.total}件，其中自然人提出{t3.received.natural}件、"
        "商业企业提出{t3.received.enterprise}件。转入下一年度{t3.carried_out.total}件。",
        "召开新闻发布会{trained}场，网站刊发信息{explained}条，接听咨询电话{bulletins}次。",
        "基层人手偏少，历史档案数字化较慢。今后将补充人员，分批整理。",
    ),
    (
        "{issuer}{year}年受理信息公开申请{t3.received.total}件，全部按期答复，年末未办结"
        "{t3.carried_out.total}件。",
        "开展政务开放日活动{bulletins}次，参加人员{explained}人次；新建公开专栏{trained}个。",
        "部分栏目更新不够及时，解读形式较为单一。将建立月查机制，增加图解。",
    ),
)
_ALONE = "本报告的数据只统计本机关。"
_ALL = "本报告的数据包括所属各单位。"
#: the form of 2019 prints no unit for this amount; a report does
_UNIT_PRINTED = {"采购总金额": "采购总金额（万元）"}
_EXTRA = ("trained", "bulletins", "explained")


@dataclass(frozen=True, slots=True)
class Issuer:
    """A made-up body: its name, whether it is a place, and how many applications it is used to."""

    name: str
    place: bool
    size: int


def issuers(seed: int) -> Iterator[Issuer]:
    """All made-up bodies in a mixed order, the same for the same seed."""
    random = Random(f"issuers/{seed}")
    names = [a + b for a in _HEADS for b in _TAILS]
    random.shuffle(names)
    taken = iter(names)
    out: list[Issuer] = []

    def add(name: str, low: int, high: int, *, place: bool = True) -> None:
        out.append(Issuer(name, place, random.randint(low, high)))

    for _ in range(_PROVINCES):
        province = f"{next(taken)}省"
        add(province, 8_000, 40_000)
        for department in _DEPARTMENTS:
            add(province + department.replace("局", "厅"), 50, 900, place=False)
        for _ in range(_CITIES):
            city = f"{next(taken)}市"
            add(city, 600, 6_000)
            for department in _DEPARTMENTS:
                add(city + department, 5, 300, place=False)
            for county in random.sample(
                names, _COUNTIES
            ):  # counties of one name are in many cities
                whole = city + county + random.choice("县县区")
                add(whole, 30, 700)
                towns = random.sample(names, _TOWNS)
                for town in towns:
                    add(whole + town + random.choice(("镇", "镇", "乡", "街道")), 1, 30)
    random.shuffle(out)
    yield from out


def make_reports(count: int, seed: int = 1) -> Iterator[Stamped]:
    """`count` reports, all years of an issuer one after the other.

    Raises ValueError where there are not so many issuers.
    """
    made = 0
    for issuer in issuers(seed):
        random = Random(f"{seed}/{issuer.name}")
        first = FIRST_YEAR + random.choice((0, 0, 1, 2))
        state = _State({}, {})
        for year in range(first, LAST_YEAR + 1):
            if made == count:
                return
            yield _one(issuer, year, random, state)
            made += 1
    if made < count:
        raise ValueError(f"there are issuers for {made} reports only; wanted {count}")


def write_store(
    store: Store, count: int, seed: int = 1, told: Callable[[int], None] = lambda _: None
) -> None:
    """Write `count` reports through `Store.add`, telling how many there are after each."""
    for done, made in enumerate(make_reports(count, seed), 1):
        add_to(store, made)
        told(done)


def add_to(store: Store, made: Stamped) -> None:
    """Write one report as an ingestion would."""
    store.add(made.file_id, made.name, made.data, made.report.reader, [made.report])


@dataclass
class _State:
    """What a year leaves to the next: open applications by column, documents in force by row."""

    carried: dict[str, int]
    in_force: dict[str, int]


def _one(issuer: Issuer, year: int, random: Random, state: _State) -> Stamped:
    form = "national-2021" if year >= _FORM_SINCE_2021 else "national-2019"
    figures = _applications(form, issuer.size, random, state)
    figures |= _litigation(issuer.size, random)
    figures |= _disclosed(form, issuer.size, random, state)
    figures |= {name: random.randint(1, 40 + issuer.size) for name in _EXTRA}
    values = {key: str(value) for key, value in figures.items()}
    values |= {"issuer": issuer.name, "year": str(year)}
    variant = random.randrange(len(_NARRATIVES))
    return _stencil(form, issuer.place, variant).stamp(values)


def _applications(form: str, size: int, random: Random, state: _State) -> dict[str, int]:
    """表三: each column's carry and outcomes add up, and the totals are those of the columns."""
    rows = _outcome_rows(form)
    out: dict[str, int] = {}
    for number, column in enumerate(_COLUMNS):
        share = size if number == 0 else max(1, size // (12 * number))
        received = random.randint(0 if number else 1, max(1, share * 5 // 4))
        carried = state.carried.get(column, random.randint(0, share // 10))
        left = random.randint(0, (received + carried) // 10)
        handled = received + carried - left
        out |= {
            f"t3.received.{column}": received,
            f"t3.carried_in.{column}": carried,
            f"t3.handled.{column}": handled,
            f"t3.carried_out.{column}": left,
        }
        state.carried[column] = left
        for row in rows[1:]:
            part = random.randint(0, handled * 2 // 9)
            out[f"t3.{row}.{column}"] = part
            handled -= part
        out[f"t3.{rows[0]}.{column}"] = handled
    for row in (*rows, "received", "carried_in", "handled", "carried_out"):
        out[f"t3.{row}.total"] = sum(out[f"t3.{row}.{column}"] for column in _COLUMNS)
    return out


def _litigation(size: int, random: Random) -> dict[str, int]:
    out: dict[str, int] = {}
    for kind in _LITIGATION:
        parts = {f"t4.{kind}.{o}": random.randint(0, 1 + size // 60) for o in _OUTCOMES}
        out |= parts
        out[f"t4.{kind}.total"] = sum(parts.values())
    return out


def _disclosed(form: str, size: int, random: Random, state: _State) -> dict[str, int]:
    """表二: what is in force is last year's with what was made and without what was repealed."""
    out: dict[str, int] = {}
    for key in _cells(form):
        if key.startswith("t2."):
            out[key] = random.randint(0, 30 + size * 20)
    if form == "national-2021":
        for row in ("t2.rules", "t2.normative"):
            before = state.in_force.get(row, random.randint(0, 20 + size // 10))
            made, repealed = random.randint(0, 5 + size // 100), random.randint(0, before // 8)
            state.in_force[row] = before + made - repealed
            out |= {f"{row}.made": made, f"{row}.repealed": repealed}
            out[f"{row}.in_force"] = state.in_force[row]
    return out


@cache
def _form(name: str) -> Form:
    return next(form for form in load_forms() if form.name == name)


@cache
def _cells(form: str) -> tuple[str, ...]:
    return _form(form).cells


@cache
def _outcome_rows(form: str) -> tuple[str, ...]:
    """The rows of 表三 that 办理结果 adds up, those that are granted first."""
    table = next(t for t in _form(form).tables if t.key == "t3")
    rows = [row.key for block in table.blocks for row in block.rows]
    return tuple(r for r in rows if r not in ("received", "carried_in", "handled", "carried_out"))


@cache
def _stencil(form: str, place: bool, variant: int) -> Stencil:
    """The stencil of a form for places or bodies, with one of the narratives."""
    year = _FORM_SINCE_2021 + 1 if form == "national-2021" else _FORM_SINCE_2021 - 1
    keys = (*_cells(form), *_EXTRA)
    marks = {key: str(_FIGURE_MARK + n) for n, key in enumerate(keys)}
    marks |= {"issuer": _PLACE_MARK if place else _BODY_MARK, "year": str(year)}
    opening, work, problems = (_filled(text, marks) for text in _NARRATIVES[variant])
    lines = [
        f"{marks['issuer']}{marks['year']}年政府信息公开工作年度报告",
        "一、总体情况",
        opening + (_ALL if place else _ALONE),
        work,
    ]
    for number, table in zip("二三四", _form(form).tables, strict=True):
        lines.append(f"{number}、{table.section}")
        for block in table.blocks:
            lines += _printed(table.key, block, marks)
    lines += ["五、存在的主要问题及改进情况", problems, "六、其他需要报告的事项", "无。"]
    return Stencil("\n".join(lines) + "\n", marks)


def _filled(text: str, marks: Mapping[str, str]) -> str:
    for name, mark in marks.items():
        text = text.replace("{" + name + "}", mark)
    return text


def _printed(table: str, block: Block, marks: Mapping[str, str]) -> Iterator[str]:
    """A block as a page gives it when its text is copied: a line a row, merged cells once."""
    if block.corner:
        yield f"{block.furniture[0]} |"
        heads = [block.corner, *(_UNIT_PRINTED.get(c.path[-1], c.path[-1]) for c in block.columns)]
        yield " | ".join(heads) + " |"
    else:
        if block.furniture:
            yield " | ".join(block.furniture) + " |"
        depth = max(len(column.path) for column in block.columns)
        for level in range(depth):
            paths = [c.path[: level + 1] for c in block.columns if len(c.path) > level]
            yield " | ".join(path[-1] for path in dict.fromkeys(paths)) + " |"
    before: tuple[str, ...] = ()
    for row in block.rows:
        path = row.path[1:] if block.corner else row.path
        same = next((n for n, (a, b) in enumerate(zip(path, before, strict=False)) if a != b), 0)
        keys = [".".join(p for p in (table, row.key, c.key) if p) for c in block.columns]
        yield " | ".join([*path[same:], *(marks[key] for key in keys)]) + " |"
        before = path
