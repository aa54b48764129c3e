"""Which form a table is read by, and what is refused: columns that cannot be told, other forms' rows."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from ingest.forms import Form, form_named, load_forms
from ingest.forms.form import parse_form
from ingest.model import Figure, Status
from ingest.readers import Document, Grid, TextLine
from ingest.readers.rendition import Rendition, SourceCell
from ingest.tables import TablesRead, read_tables
from tests.ingest.conftest import draw, random_values, rename

Lines = Callable[..., list[TextLine]]
MakeGrid = Callable[..., Grid]
Read = Callable[..., TablesRead | None]

NEW = form_named("national-2021")
OLD = form_named("national-2019")


@pytest.fixture
def lines(make_lines: Lines) -> Read:
    """`lines(*texts, year=…)`: the tables in some lines."""

    def build(*texts: str, year: int | None = None) -> TablesRead | None:
        document = Document("x.txt", "\n".join(texts), tuple(make_lines(*texts)))
        return read_tables(document, load_forms(), year)

    return build


@pytest.fixture
def grids(make_grid: MakeGrid) -> Read:
    """`grids([row, …], […])`: the tables in some grids."""

    def build(*tables: list[str], year: int | None = None) -> TablesRead | None:
        return read_tables(
            Document("x.md", "", tuple(make_grid(*rows) for rows in tables)), load_forms(), year
        )

    return build


def _cells(form: Form, key: str, seed: int = 3) -> list[str]:
    table = next(t for t in form.tables if t.key == key)
    grid = draw(table, random_values(form, seed, 50))
    return [c.text for row in grid for c in row if c.origin]


def _figures(read: TablesRead | None) -> dict[str, Figure]:
    assert read is not None
    return {f.key: f for f in read.figures if f.key}


def _codes(read: TablesRead | None) -> list[str]:
    assert read is not None
    return [w.code for w in read.warnings]


# ───────────────────────── which form ─────────────────────────
@pytest.mark.parametrize(
    ("year", "name"),
    [
        (2020, "national-2019"),
        (2023, "national-2021"),
        (None, "national-2021"),
        (2016, "national-2021"),
    ],
)
def test_the_year_decides_where_both_forms_fit(year: int | None, name: str, lines: Read) -> None:
    read = lines(*_cells(NEW, "t4"), year=year)
    assert read is not None and read.form.name == name


@pytest.mark.parametrize("year", [2019, 2020, 2023, None])
def test_a_later_report_on_the_old_form_is_known_by_its_labels(
    year: int | None, lines: Read
) -> None:
    texts = [text for key in ("t2", "t3", "t4") for text in _cells(OLD, key)]
    read = lines(*texts, year=year)
    assert read is not None and read.form.name == "national-2019"
    assert len(_figures(read)) == len(OLD.cells)


@pytest.mark.parametrize(("first", "second"), [(NEW, OLD), (OLD, NEW)])
def test_each_table_is_read_by_the_form_that_fits_it(
    first: Form, second: Form, lines: Read
) -> None:
    read = lines(*_cells(first, "t2"), *_cells(second, "t3"), *_cells(second, "t4"), year=2021)
    assert read is not None
    assert read.form.name == first.name  # of which most rows are there; 表四 is alike in both
    assert [t.form for t in read.tables] == [first.name, second.name, first.name]
    assert "forms-mixed" in _codes(read)
    found = set(_figures(read))
    assert found == {k for k in first.cells if k.startswith("t2")} | {
        k for k in second.cells if k[:2] in ("t3", "t4")
    }
    names = {i.name.split(":")[0] for i in read.form.identities}
    assert {"t3-row-total", "t3-handled", "t4-direct"} <= names
    handled = next(i for i in read.form.identities if i.name == "t3-handled:total")
    assert set(handled.left) <= found


def test_a_value_of_the_old_form_never_stands_under_a_key_of_the_new_one(lines: Read) -> None:
    found = _figures(lines(*_cells(OLD, "t2"), year=2023))
    assert not {k for k in found if k.endswith((".made", ".repealed", ".in_force", ".fees.amount"))}
    assert found["t2.rules.newly_made"].column_path == ("本年新制作数量",)
    assert found["t2.fees.items_before"].unit == "项"
    assert found["t2.licensing.decisions"].column_path == ("处理决定数量",)


# ───────────────────────── the trial form's cells ─────────────────────────
@pytest.mark.parametrize(
    ("printed", "value", "status"),
    [
        ("+3", Decimal(3), Status.NUMBER),
        ("-2", Decimal(-2), Status.NUMBER),
        ("－2", Decimal(-2), Status.NUMBER),
        ("增3", Decimal(3), Status.NUMBER),
        ("减2", Decimal(-2), Status.NUMBER),
        ("增加 3 项", Decimal(3), Status.NUMBER),
        ("减少2项", Decimal(-2), Status.NUMBER),
        ("↑3", Decimal(3), Status.NUMBER),
        ("↓1,200", Decimal(-1200), Status.NUMBER),
        ("0", Decimal(0), Status.ZERO),
        ("7", Decimal(7), Status.NUMBER),
        ("持平", None, Status.TEXT),
        ("/", None, Status.SLASH),
        ("-", None, Status.DASH),
        ("增3减1", None, Status.TEXT),
        ("", None, Status.BLANK),
    ],
)
def test_more_and_less(printed: str, value: Decimal | None, status: Status, grids: Read) -> None:
    head = "信息内容|上一年项目数量|本年增/减|处理决定数量"
    found = _figures(grids([head, f"行政许可|40|{printed}|7", "其他对外管理服务事项|1|0|2"]))
    change = found["t2.licensing.items_change"]
    assert (change.value, change.status, change.text) == (value, status, printed)
    assert found["t2.licensing.decisions"].value == 7


@pytest.mark.parametrize("printed", ["+3", "增3", "减2", "↑3", "持平", "增加3项"])
def test_more_and_less_one_cell_a_line(printed: str, lines: Read) -> None:
    head = ("信息内容", "上一年项目数量", "本年增/", "处理决定数量")
    found = _figures(lines(*head, "行政许可", "40", printed, "7"))
    assert [found[f"t2.licensing.{k}"].text for k in ("items_before", "items_change", "decisions")] == [
        "40", printed, "7",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "printed", "value", "unit", "code"),
    [
        ("采购总金额", "251000元", "251000", "元", None),
        ("采购总金额", "125.3万元", "125.3", "万元", None),
        ("采购总金额（万元）", "125.3", "125.3", "万元", None),
        ("采购总金额（单位：元）", "1,230,500", "1230500", "元", None),
        ("采购总金额（万元）", "251000元", "251000", "元", None),
        ("采购总金额", "15000000", "15000000", None, "unit-unknown"),
    ],
)
def test_the_unit_of_money(
    head: str, printed: str, value: str, unit: str | None, code: str | None, grids: Read
) -> None:
    read = grids([f"信息内容|采购项目数量|{head}", f"政府集中采购|3|{printed}"])
    amount = _figures(read)["t2.procurement.amount"]
    assert (amount.value, amount.unit) == (Decimal(value), unit)
    assert ("unit-unknown" in _codes(read)) == (code is not None)


@pytest.mark.parametrize(
    ("head", "unit"),
    [("本年收费金额（单位：万元）", "万元"), ("本年收费金额（单位：元）", "元"), ("本年收费金额（元）", "元"),
     ("本年收费金额", "万元")],
)  # fmt: skip
def test_the_unit_in_the_head_goes_before_the_form(head: str, unit: str, grids: Read) -> None:
    fees = _figures(grids([f"信息内容|{head}", "行政事业性收费|27.5"]))["t2.fees.amount"]
    assert (fees.value, fees.unit) == (Decimal("27.5"), unit)


# ───────────────────────── indicator sheets ─────────────────────────
SHEET = [
    "统计指标|单位|统计数",
    "三、依申请公开情况|——|——",
    "（一）收到申请数|件|35",
    "1.当面申请数|件|3",
    "5.电话申请数|件|7",
    "四、行政复议数量|件|2",
    "（一）维持具体行政行为数|件|1",
    "（二）被依法纠错数|件|0",
    "五、行政诉讼数量|件|5",
    "（二）被依法纠错数|件|4",
    "七、依申请公开信息收取的费用|元|1200",
]


def test_an_indicator_sheet(grids: Read) -> None:
    read = grids(SHEET)
    assert read is not None and read.form.name == "national-2014"
    found = _figures(read)
    assert {k: f.text for k, f in found.items()} == {
        "sheet.applications.count": "35",
        "sheet.applications.in_person.count": "3",
        "sheet.reconsideration.count": "2",
        "sheet.reconsideration.upheld.count": "1",
        "sheet.reconsideration.corrected.count": "0",
        "sheet.litigation.count": "5",
        "sheet.litigation.corrected.count": "4",
        "sheet.charges.count": "1200",
    }
    assert found["sheet.charges.count"].unit == "元"  # the row's own, not the form's 万元
    (stranger,) = [f for f in read.figures if f.key is None]
    assert (stranger.row_path, stranger.text, stranger.unit) == (("5.电话申请数",), "7", "件")
    assert _codes(read) == []
    (table,) = read.tables
    (cell,) = [c for c in table.cells if (c.row, c.column) == (stranger.row, stranger.column)]
    assert cell.text == "7"
    assert len({f.id for f in read.figures}) == len(read.figures)


def test_an_indicator_sheet_one_cell_a_line(lines: Read) -> None:
    read = lines(*(cell for row in SHEET for cell in row.split("|")))
    found = _figures(read)
    assert found["sheet.litigation.corrected.count"].text == "4"
    assert found["sheet.charges.count"].unit == "元"
    assert "7" not in {f.text for f in found.values()}
    assert _codes(read) == ["unplaced-line"]  # the row that the form lacks


@pytest.mark.parametrize(
    "rows",
    [
        # the parent of these rows is not the form's: whose 纠错 it is cannot be told
        ["四、行政复议数量|件|2", "五、行政赔偿数量|件|1", "（二）被依法纠错数|件|1"],
        ["（二）被依法纠错数|件|1"],
    ],
)
def test_a_label_that_stands_under_several_heads_needs_its_head(
    rows: list[str], grids: Read
) -> None:
    read = grids(["统计指标|单位|统计数", "（一）收到申请数|件|35", *rows])
    assert not {k for k in _figures(read) if "corrected" in k}


@pytest.mark.parametrize(
    "header",
    [
        "统计指标|单位|区政府统计数|区直单位统计数",
        "统计指标|单位|本级|下级",
        "统计指标|统计数|单位|同比",
    ],
)
def test_a_sheet_with_other_columns_is_refused(header: str, grids: Read) -> None:
    read = grids([header, "（一）收到申请数|件|35|36"])
    assert read is None or read.figures == ()


def test_an_annex_of_2009_has_this_year_and_all_years(grids: Read) -> None:
    read = grids(
        ["指标名称|计量单位|代码|2009年度|历年累计", "主动公开信息数|条|01|1234|5678",
         "申请总数|条|10|5|9", "其中：1.当面申请数|条|11|/|", "行政复议数|件|32|0|1"],
        year=2009,
    )  # fmt: skip
    assert read is not None and read.form.name == "national-2008"
    found = _figures(read)
    assert found["sheet.published.count"].text == "1234"
    assert found["sheet.published.cumulative"].text == "5678"
    assert found["sheet.applications.in_person.count"].status is Status.SLASH
    assert found["sheet.applications.in_person.cumulative"].status is Status.BLANK
    assert "01" not in {f.text for f in read.figures}


@pytest.mark.parametrize(
    ("values", "taken"),
    [(["01", "1234", "5678"], True), (["1234", "5678"], False), (["01", "1234"], False)],
)
def test_a_code_that_may_be_missing_is_no_figure(
    values: list[str], taken: bool, lines: Read
) -> None:
    head = ("指标名称", "计量单位", "代码", "本年度", "历年累计")
    read = lines(*head, "申请总数", "条", "10", "5", "9", "主动公开信息数", "条", *values)
    assert ("sheet.published.count" in _figures(read)) == taken


# ───────────────────────── columns that cannot be told ─────────────────────────
def _without_twins(texts: list[str]) -> list[str]:
    return [t for n, t in enumerate(texts) if not n or t != texts[n - 1]]


def test_repeated_lines_that_a_crawler_removed_are_named(lines: Read) -> None:
    texts = rename(draw(NEW.tables[1], dict.fromkeys(NEW.cells, "0")), {})
    flat = [c.text for row in texts for c in row if c.origin]
    read = lines(*_cells(NEW, "t2"), *_without_twins(flat))
    assert not {k for k in _figures(read) if k.startswith("t3")}
    assert "repeats-lost" in _codes(read)


def test_blank_cells_that_vanished_are_named(lines: Read) -> None:
    values = random_values(NEW, 3, 50) | {
        k: "" for k in NEW.cells if k.endswith((".research", ".public_welfare"))
    }
    values |= {k: "0" for k in NEW.cells if k.endswith((".enterprise", ".legal_service"))}
    flat = [c.text for row in draw(NEW.tables[1], values) for c in row if c.origin]
    read = lines(*_cells(NEW, "t2"), *flat)
    assert not {k for k in _figures(read) if k.startswith("t3")}
    assert "blanks-lost" in _codes(read)


OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
HEADS = ("行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉")


def _across(labels: list[str], lead: int) -> list[str]:
    rows: list[list[str]] = [[] for _ in range(4)]
    for label in labels:
        start = (4 - len(label)) * lead // 2
        for n, letter in enumerate(label):
            rows[start + n].append(letter)
    return [" ".join(row) for row in rows]


@pytest.mark.parametrize("lead", [0, 1, 2])
def test_vertical_heads_printed_across_are_read_downwards(lead: int, lines: Read) -> None:
    texts = [*HEADS, *_across([*OUTCOMES * 3], lead), " ".join(map(str, range(15)))]
    found = _figures(lines(*texts))
    assert [found[k].text for k in NEW.cells if k.startswith("t4")] == [str(n) for n in range(15)]


def test_vertical_heads_part_by_part(lines: Read) -> None:
    five = _across([*OUTCOMES], 0)
    texts = [*HEADS[:2], *five, *HEADS[2:], *five, *five, *map(str, range(15))]
    assert len(_figures(lines(*texts))) == 15


@pytest.mark.parametrize(
    "letters",
    [
        ["结 结 其 尚", "果 果 他 未", "维 纠 结 审", "持 正 果 结"] * 3,
        ["结 结 其 尚 总", "果 果 他 未 计", "纠 维 结 审", "正 持 果 结"] * 3,
        ["结 结 其 尚 总", "果 果 他 未 计", "维 纠 结 审", "持 正 果"] * 3,
    ],
)
def test_vertical_heads_that_do_not_spell_the_form_are_refused(
    letters: list[str], lines: Read
) -> None:
    read = lines(*_cells(NEW, "t2"), *HEADS, *letters, *map(str, range(15)))
    assert not {k for k in _figures(read) if k.startswith("t4")}
    assert "header-letters" in _codes(read) or "header-unconfirmed" in _codes(read)


def test_heads_one_letter_a_line(lines: Read) -> None:
    texts = [*HEADS[:2], *(c for o in OUTCOMES for c in o), *HEADS[2:]]
    texts += [c for o in OUTCOMES * 2 for c in o]
    assert len(_figures(lines(*texts, *map(str, range(15))))) == 15


# ───────────────────────── grids of merged cells ─────────────────────────
def _spanned(*rows: str) -> Document:
    """One cell a bar; `<` goes on from the left, `^` from above, a row may be short."""
    grid = [row.split("|") for row in rows]
    cells = []
    for r, row in enumerate(grid):
        for c, text in enumerate(row):
            if text in "<^" and text:
                continue
            wide = next((n for n in range(1, len(row) - c) if row[c + n] != "<"), len(row) - c)
            below = grid[r + 1 :]
            tall = next((n for n, b in enumerate(below) if c >= len(b) or b[c] != "^"), len(below))
            cells.append(SourceCell(r, c, text, tall + 1, wide))
    made = Rendition()
    made.grid(cells)
    return Document("x.html", made.text, tuple(made.blocks))


T3 = (
    "|<|<|申请人情况|<|<|<|<|<|<",
    "^|<|<|自然人|法人或其他组织|<|<|<|<|总计",
    "^|<|<|^|商业企业|科研机构|社会公益组织|法律服务机构|其他|^",
)
RECEIVED = "一、本年新收政府信息公开申请数量|<|<"


@pytest.mark.parametrize(
    ("rows", "texts"),
    [
        ((*T3, f"{RECEIVED}|1|2|3|4|5|6|21"), ["1", "2", "3", "4", "5", "6", "21"]),
        ((*T3, f"{RECEIVED}|1||3|/|5|6|15"), ["1", "", "3", "/", "5", "6", "15"]),
        # equal neighbours are not merged; merged ones are one value, and no row of this form
        ((*T3, f"{RECEIVED}|0|0|0|0|0|0|0"), ["0"] * 7),
        ((*T3, f"{RECEIVED}|5|<|3|4|5|6|21"), None),
        # a cell lost: what stands at the end is no blank cell
        ((*T3, f"{RECEIVED}|1|2|3|4|5|21"), None),
        # no spans downwards: the columns stand under nothing, but each row is whole
        (
            (
                "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）|申请人情况",
                "自然人|法人或其他组织|总计",
                "商业企业|科研机构|社会公益组织|法律服务机构|其他",
                "一、本年新收政府信息公开申请数量|1|2|3|4|5|6|21",
            ),
            ["1", "2", "3", "4", "5", "6", "21"],
        ),
        (
            (
                "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）|申请人情况",
                "自然人|法人或其他组织|总计",
                "商业企业|科研机构|社会公益组织|法律服务机构|其他",
                "一、本年新收政府信息公开申请数量|1||3|4|5|6|19",
            ),
            None,
        ),
        # a column without a head between, remarks behind
        (
            (f"{T3[0]}|", f"{T3[1]}|备注", f"{T3[2]}|^", f"{RECEIVED}|1|2|3|4|5|6|21|见说明"),
            ["1", "2", "3", "4", "5", "6", "21"],
        ),
    ],
)
def test_merged_cells(rows: tuple[str, ...], texts: list[str] | None) -> None:
    read = read_tables(_spanned(*rows), load_forms())
    found = [f.text for f in read.figures] if read else []
    assert found == (texts or [])


def test_a_table_goes_on_without_its_header_only_where_the_next_row_follows() -> None:
    def on(second: tuple[str, ...]) -> set[str]:
        first = _spanned(*T3, f"{RECEIVED}|1|2|3|4|5|6|21")
        more = _spanned(*second)
        document = Document(
            "x.pdf", "", (*first.blocks, TextLine("- 3 -", first.blocks[0].place), *more.blocks)
        )
        read = read_tables(document, load_forms())
        assert read is not None
        return {f.key or "" for f in read.figures if f.key and f.key.endswith("total")}

    carried = "二、上年结转政府信息公开申请数量|<|<|0|0|0|0|0|0|0"
    granted = "三、本年度办理结果|（一）予以公开|<|0|0|0|0|0|0|0"
    assert on((carried,)) == {"t3.received.total", "t3.carried_in.total"}
    assert on((carried, granted)) >= {"t3.carried_in.total", "t3.granted.total"}
    assert on((granted,)) == {"t3.received.total"}  # a row is missing between
    assert on((f"{carried}|0",)) == {"t3.received.total"}  # a column more


# ───────────────────────── a form of one's own ─────────────────────────
MADE_UP: dict[str, Any] = {
    "name": "made-up",
    "title": "某馆开放情况表",
    "years": [2000, 2099],
    "aside": {"note": ["备考"]},
    "labels": {"到馆人次": ["进馆人次"]},
    "table": [
        {
            "key": "m1",
            "title": "开放情况",
            "section": "开放情况",
            "block": [
                {
                    "furniture": ["馆别"],
                    "corner": "馆别",
                    "columns": [
                        {"key": "visits", "path": ["到馆人次"], "unit": "人次"},
                        {"key": "lent", "path": ["外借", "图书"], "unit": "册"},
                        {"key": "discs", "path": ["外借", "光盘"], "unit": "张"},
                    ],
                    "rows": [
                        {"key": "main", "path": ["一、总馆"]},
                        {"key": "branch", "path": ["二、分馆"]},
                        {"key": "all", "path": ["三、合计"]},
                    ],
                }
            ],
        }
    ],
    "identity": [
        {"name": "sum", "each": "column", "equation": "m1.main.{column} + m1.branch.{column} = m1.all.{column}"}
    ],
}  # fmt: skip


def test_a_new_form_is_a_data_file_and_no_code(make_lines: Lines, make_grid: MakeGrid) -> None:
    form = parse_form(MADE_UP, "made-up.toml")
    forms = (*load_forms(), form)
    grid = make_grid(
        "馆别|进馆人次|外借||备考", "||图书|光盘|", "总馆|1,200|30|4|闭馆10天", "二、分馆|800|20||", "合计|2000|50|4|"
    )  # fmt: skip
    texts = ("馆别", "到馆人次", "外借", "图书", "光盘")
    stream = make_lines(*texts, "（一）总馆", "1,200", "30", "4", "分馆", "800", "20", "&nbsp;",
                        "三、合计", "2000", "50", "4")  # fmt: skip
    for document in (Document("x.md", "", (grid,)), Document("x.txt", "", tuple(stream))):
        read = read_tables(document, forms)
        assert read is not None and read.form is form
        found = _figures(read)
        assert [found[k].text.replace("&nbsp;", "") for k in form.cells] == [
            "1,200", "30", "4", "800", "20", "", "2000", "50", "4",
        ]  # fmt: skip
        assert found["m1.main.visits"].value == 1200
        assert (found["m1.all.lent"].column_path, found["m1.all.lent"].unit) == (
            ("外借", "图书"),
            "册",
        )
        assert read.warnings == ()


# ───────────────────────── what reports do to the form ─────────────────────────
def test_columns_in_an_order_of_their_own_where_cells_are_merged() -> None:
    swapped = T3[2].replace("科研机构|社会公益组织", "社会公益组织|科研机构")
    read = read_tables(_spanned(*T3[:2], swapped, f"{RECEIVED}|1|2|4|3|5|6|21"), load_forms())
    found = _figures(read)
    assert found["t3.received.research"].text == "3"
    assert found["t3.received.public_welfare"].text == "4"
    assert found["t3.received.total"].text == "21"


def test_a_header_that_is_drawn_and_not_merged() -> None:
    rows = [row.replace("<", "").replace("^", "") for row in T3]
    read = read_tables(_spanned(*rows, f"{RECEIVED.replace('<', '')}|1||3|4|5|6|19"), load_forms())
    assert [f.text for f in _figures(read).values()] == ["1", "", "3", "4", "5", "6", "19"]


T4 = (
    "行政复议|<|<|<|<|行政诉讼|<|<|<|<|<|<|<|<|<",
    "|".join((*OUTCOMES, "未经复议直接起诉", *"<<<<", "复议后起诉", *"<<<<")),
    "|".join((*"^^^^^", *OUTCOMES, *OUTCOMES)),
)


@pytest.mark.parametrize(
    ("rows", "texts"),
    [
        (["|" * 14], [""] * 15),
        (["|" * 14, "|".join("1" * 15)], ["1"] * 15),  # a row of blanks above the values
        (["|" * 13], []),  # a cell is missing
        (["|".join("1" * 14)], []),
    ],
)
def test_a_row_of_blanks_without_a_label(rows: list[str], texts: list[str]) -> None:
    read = read_tables(_spanned(*T4, *rows), load_forms())
    assert [f.text for f in read.figures] == texts if read else texts == []


def test_several_labels_in_a_line(lines: Read) -> None:
    head = [
        "申请人情况",
        "自然人 法人或其他组织 总计",
        "商业企业 科研机构 社会公益组织 法律服务机构 其他",
    ]
    read = lines(
        *head, f"{RECEIVED[:-4]} 821 35 2 1 3 4 866", "二、上年结转政府信息公开申请数量 25 1 26",
        "三、本年度办理结果 （一）予以公开 246 13 0 0 1 2 262", "某某 （二）部分公开 1 2 3 4 5 6 7",
    )  # fmt: skip
    found = _figures(read)
    assert {k.split(".")[1] for k in found} == {"received", "granted"}
    assert found["t3.granted.total"].text == "262"
    assert "row-width" in _codes(read)


def test_marks_of_footnotes_and_cells_of_a_data_frame(grids: Read) -> None:
    read = grids(
        ["信息内容|本年制发件数①|本年废止件数|现行有效件数*", "规章②|2|NaN|11", "第二十条|Unnamed: 1|NaN|NaN",
         "信息内容|本年处理决定数量|NaN|NaN", "行政许可|5|NaN|NaN"],
    )  # fmt: skip
    found = _figures(read)
    assert [found[f"t2.rules.{k}"].text for k in ("made", "repealed", "in_force")] == [
        "2",
        "NaN",
        "11",
    ]
    assert found["t2.rules.repealed"].value is None
    assert found["t2.licensing.decisions"].value == 5


def test_a_row_that_numbers_the_columns(lines: Read) -> None:
    read = lines(
        "指标名称", "计量", "单位", "代码", "本年度", "历年累计", "甲", "乙", "丙", "1", "2",
        "主动公开信息数", "条", "01", "548", "3486", "申请总数", "条", "10", "5", "9",
    )  # fmt: skip
    assert _figures(read)["sheet.published.cumulative"].text == "3486"
    assert _codes(read) == []


def test_a_comparison_of_years_is_a_table_of_its_own(grids: Read) -> None:
    own = ["信息内容|本年处理决定数量", "行政许可|5"]
    two = ["项目|2022年|2023年", "行政许可|4|5", "行政处罚|1|2"]
    read = grids(own, two)
    assert read is not None
    assert [f.text for f in read.figures] == ["5"]
    whole = [
        ["|".join(c.text for c in row) for row in draw(t, random_values(NEW, 1, 9))]
        for t in NEW.tables
    ]
    read = grids(*whole, two)
    assert read is not None
    assert len(read.unread) == 1 and read.unread[0].rows[0][1].text == "2022年"
    assert _codes(read) == []
