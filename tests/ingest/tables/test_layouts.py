"""Every form in every layout: read back exactly, or refused with a warning; never a wrong figure."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.forms import Form, form_named, load_forms
from ingest.normalise import clean
from ingest.readers import Document
from ingest.readers.rendition import Rendition, SourceCell
from ingest.readers.text.reader import TextReader
from ingest.tables import TablesRead, read_tables
from tests.ingest.conftest import Drawn, Values, draw, random_values, rename, render

FORMS = [form.name for form in load_forms()]
TEXT = ("cells", "padded", "unpadded", "tab", "markdown", "cellpipe", "barline", "wrapped")
GRIDS = ("spanned", "one grid", "a grid a block", "page break", "short headers")
SEEDS = st.integers(0, 2**32)
quick = settings(deadline=None, derandomize=True, database=None)


def _origins(table: list[list[Drawn]]) -> list[SourceCell]:
    """The drawn cells with their spans, as HTML and DOCX have them."""
    out = []
    for r, row in enumerate(table):
        for c, cell in enumerate(row):
            if not cell.origin:
                continue
            wide = tall = 1
            while (
                c + wide < len(row) and not row[c + wide].origin and row[c + wide].text == cell.text
            ):
                if r and table[r - 1][c + wide].text == cell.text and not table[r - 1][c].text:
                    break
                wide += 1
            while r + tall < len(table) and all(
                not table[r + tall][k].origin and table[r + tall][k].text == cell.text
                for k in range(c, c + wide)
            ):
                tall += 1
            out.append(SourceCell(r, c, cell.text, tall, wide))
    return out


def _document(
    form: Form, values: Values, layout: str, names: dict[str, str] | None = None
) -> Document:
    if layout in TEXT:
        return TextReader().read(render(form, values, layout, names).encode(), "x.txt")
    drawn = [rename(draw(table, values), names or {}) for table in form.tables]
    made = Rendition()
    if layout == "one grid":
        made.grid(_origins(_stacked(form, drawn)))
        return Document("x.html", made.text, tuple(made.blocks))
    for table, grid in zip(form.tables, drawn, strict=True):
        made.line(f"二、{table.section}")
        for part in _parts(table.key, grid, layout):
            made.grid(_origins(part))
            made.line("- 3 -")
    return Document("x.html", made.text, tuple(made.blocks))


def _stacked(form: Form, drawn: list[list[list[Drawn]]]) -> list[list[Drawn]]:
    """All tables of a report in one sheet, a title row over each."""
    width = max(len(table[0]) for table in drawn)
    out: list[list[Drawn]] = []
    for table, grid in zip(form.tables, drawn, strict=True):
        out.append([Drawn(table.section, n == 0) for n in range(width)])
        out += [[*row, *(Drawn("", True) for _ in range(width - len(row)))] for row in grid]
    return out


def _parts(key: str, grid: list[list[Drawn]], layout: str) -> list[list[list[Drawn]]]:
    if layout == "a grid a block" and key == "t2":
        starts = [n for n, row in enumerate(grid) if row[0].text.startswith("第二十条")]
        return [grid[a:b] for a, b in zip(starts, [*starts[1:], len(grid)], strict=True)]
    if layout == "page break" and key in ("t3", "sheet"):
        middle = len(grid) // 2
        below = [[Drawn(c.text, c.origin or _begins(row, n)) for n, c in enumerate(row)]
                 for row in grid[middle:middle + 1]]  # fmt: skip
        return [grid[:middle], [*below, *grid[middle + 1 :]]]
    if layout == "short headers" and key == "t4":  # no cell is merged downwards
        return [[[c if c.origin or r > 2 else Drawn("", True) for c in row]
                 for r, row in enumerate(grid)]]  # fmt: skip
    return [grid]


def _begins(row: list[Drawn], n: int) -> bool:
    return n == 0 or row[n - 1].text != row[n].text


def _read(form: Form, values: Values, layout: str) -> TablesRead:
    read = read_tables(_document(form, values, layout), load_forms(), form.years[0])
    assert read is not None
    return read


def _found(read: TablesRead) -> Values:
    return {f.key: f.text for f in read.figures if f.key is not None}


@pytest.mark.parametrize("layout", [*TEXT, *GRIDS])
@pytest.mark.parametrize("name", FORMS)
def test_every_cell_is_read_back(name: str, layout: str) -> None:
    form = form_named(name)
    values = random_values(form, 11, 900)
    read = _read(form, values, layout)
    assert _found(read) == values
    assert read.form is form
    codes = {w.code for w in read.warnings} - {"unit-unknown"}
    assert codes == set()


@settings(quick, max_examples=40)
@given(
    name=st.sampled_from(FORMS),
    layout=st.sampled_from((*TEXT, *GRIDS)),
    seed=SEEDS,
    marks=st.lists(
        st.sampled_from(["", "/", "—", "１２", "1,234", "&nbsp;", "0", "18(含修改4件)", "无"]),
        max_size=9,
    ),
)
def test_blanks_and_marks(name: str, layout: str, seed: int, marks: list[str]) -> None:
    """Read back exactly; a row that is not read is said; nothing is ever another cell's."""
    form = form_named(name)
    values = random_values(form, seed, 30)
    dice = random.Random(seed)
    for mark in marks:
        values[dice.choice(form.cells)] = mark
    read = _read(form, values, layout)
    found = _found(read)
    assert {k: v for k, v in found.items() if clean(values[k]) != clean(v)} == {}
    if not form.tables[0].open and len(found) < len(values):
        assert {w.code for w in read.warnings} & {"row-missing", "row-width", "table-missing"}


@settings(quick, max_examples=50)
@given(
    name=st.sampled_from(FORMS),
    layout=st.sampled_from(("cells", "wrapped", "barline", "padded", "tab", "unpadded")),
    seed=SEEDS,
    what=st.sampled_from(("drop", "double", "swap")),
    where=st.integers(0, 10_000),
)
def test_a_line_dropped_doubled_or_swapped(
    name: str, layout: str, seed: int, what: str, where: int
) -> None:
    """A row is right, or missing with a warning, or its values changed places inside it."""
    form = form_named(name)
    values = random_values(form, seed, 30)
    document = _document(form, values, layout)
    lines = document.text.split("\n")
    i = 4 + where % (len(lines) - 6)
    match what:
        case "drop":
            del lines[i]
        case "double":
            lines.insert(i, lines[i])
        case "swap":
            lines[i], lines[i + 1] = lines[i + 1], lines[i]
    mutated = TextReader().read("\n".join(lines).encode(), "x.txt")
    read = read_tables(mutated, load_forms(), form.years[0])
    if read is None:
        return
    found = _found(read)
    wrong = {k for k, v in found.items() if values.get(k) != v}
    rows = {k.rpartition(".")[0] for k in wrong}
    if what != "swap":
        assert wrong == set()
    elif not read.warnings:  # two values of one row that changed places: its sums must tell
        assert len(rows) <= (2 if layout in ("padded", "tab", "unpadded") else 1)
    if not form.tables[0].open and len(found) < len(values):
        assert read.warnings


VARIANTS = {
    "本年制发件数": "本年度制发数",
    "现行有效件数": "现行有效件",
    "行政规范性文件": "规范性文件",
    "本年增/减": "本年增/",
    "商业企业": "企业",
    "法律服务机构": "法律服务组织",
    "（七）总计": "合计",
    "3.其他": "其他",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": "部分公开",
    "1.属于国家秘密": "①属于国家秘密",
    "2.其他法律行政法规禁止公开": "(2)其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”": "3、危及\"三安全一稳定\"",
    "5.属于三类内部事务信息": "属于三类内部事务信息",
    "（四）无法提供": "四、无法提供",
    "三、本年度办理结果": "本年度办理结果",
    "1.当面申请数": "当面申请数（件）",
    "统计指标": "指标名称",
    "本年度": "2012年度",
    "其中：1.涉及国家秘密": "其中：涉及国家秘密",
}  # fmt: skip


@pytest.mark.parametrize("layout", [*TEXT, *GRIDS])
@pytest.mark.parametrize("name", FORMS)
def test_label_variants_in_every_layout(name: str, layout: str) -> None:
    form = form_named(name)
    values = random_values(form, 5, 900)
    document = _document(form, values, layout, VARIANTS)
    read = read_tables(document, load_forms(), form.years[0])
    assert read is not None
    assert _found(read) == values
    assert {w.code for w in read.warnings} - {"unit-unknown"} == set()
