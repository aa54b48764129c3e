"""Word documents: written with python-docx, and part by part where a document must be ugly."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from xml.sax.saxutils import escape

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import UnreadableFile
from ingest.model import Report
from ingest.read import read_report
from ingest.readers import Document, reader_for
from ingest.readers.word.reader import WordReader

Values = dict[str, str]
Read = Callable[..., Report]
Shown = Callable[[Document], list[str | list[list[str]]]]
TITLE = "某某市2023年政府信息公开工作年度报告"
PROSE = "2023年，全市认真做好政府信息公开工作，统计期限为2023年1月1日至12月31日。"
LAST = "一是解读不够通俗，群众看得到却看不懂，需要改进。"
SECTIONS = (
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
)
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{MAIN}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def pack(body: str, parts: dict[str, str] | None = None, main: str = "word/document.xml") -> bytes:
    """A document of this body; `parts` are further XML parts (`numbering`, `styles`…)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr(
            "_rels/.rels",
            f'<Relationships><Relationship Id="r1" Type="{TYPE}/officeDocument" Target="{main}"/>'
            "</Relationships>",
        )
        z.writestr(main, f"<w:document {NAMES}><w:body>{body}</w:body></w:document>")
        links = ""
        for kind, xml in (parts or {}).items():
            links += f'<Relationship Id="{kind}" Type="{TYPE}/{kind}" Target="{kind}.xml"/>'
            z.writestr(f"word/{kind}.xml", xml)
        links += (
            f'<Relationship Id="x" Type="{TYPE}/image" Target="http://a.b/" TargetMode="External"/>'
        )
        z.writestr("word/_rels/document.xml.rels", f"<Relationships>{links}</Relationships>")
    return out.getvalue()


def p(text: str, properties: str = "") -> str:
    """A paragraph; a text that begins with `<` is XML."""
    run = text if text.startswith("<") else r(text)
    return f"<w:p><w:pPr>{properties}</w:pPr>{run}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def tc(text: str, properties: str = "") -> str:
    inside = text if text.startswith(("<w:p", "<w:tbl")) else p(text)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    made = "".join(c if c.startswith("<") else tc(c) for c in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{made}</w:tr>"


def tbl(*rows: str, grid: tuple[int, ...] = ()) -> str:
    columns = "".join(f'<w:gridCol w:w="{w}"/>' for w in grid)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def span(wide: int) -> str:
    return f'<w:gridSpan w:val="{wide}"/>'


START, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def box(text: str) -> str:
    inside = f"<w:txbxContent>{p(text)}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{inside}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


@pytest.fixture
def document() -> Callable[..., Document]:
    def build(body: str, parts: dict[str, str] | None = None) -> Document:
        data = pack(body, parts)
        assert isinstance(reader_for(data, "x.bin"), WordReader)
        return WordReader().read(data, "x.docx")

    return build


Build = Callable[..., Document]


def table_of(cells: list[tuple[int, int, int, int, str]]) -> str:
    """Placed cells as a Word table: spans to the right, restarts and continuations downwards."""
    height = max(c[0] + c[2] for c in cells)
    rows: list[list[tuple[int, str]]] = [[] for _ in range(height)]
    for row, column, high, wide, text in cells:
        down = START if high > 1 else ""
        rows[row].append((column, tc(text, span(wide) + down)))
        for below in range(1, high):
            rows[row + below].append((column, tc("", span(wide) + GOES_ON)))
    return tbl(*(tr(*(xml for _, xml in sorted(row))) for row in rows))


def report_of(tables: list[str]) -> str:
    body = p(TITLE) + p("一、总体情况") + p(PROSE)
    for number, section, table in zip("二三四", SECTIONS, tables, strict=True):
        body += p(f"{number}、{section}") + table
    return body + p("五、存在的主要问题及改进情况") + p(LAST)


@pytest.fixture(scope="session")
def write(
    make_values: Callable[..., Values],
    draw_tables: Callable[[Values], list[list[list[object]]]],
    placed: Callable[[list[list[object]]], list[tuple[int, int, int, int, str]]],
) -> Callable[[Values], bytes]:
    """`write(values)`: a whole report as DOCX."""
    return lambda values: pack(report_of([table_of(placed(g)) for g in draw_tables(values)]))


def test_a_report_written_by_python_docx_is_read_whole(
    read: Read,
    make_values: Callable[..., Values],
    draw_tables: Callable[[Values], list[list[list[object]]]],
    placed: Callable[[list[list[object]]], list[tuple[int, int, int, int, str]]],
) -> None:
    values = make_values()
    made = docx.Document()
    made.add_heading(TITLE, 0)
    made.add_heading("一、总体情况")
    made.add_paragraph(PROSE)
    for number, section, grid in zip("二三四", SECTIONS, draw_tables(values), strict=True):
        made.add_heading(f"{number}、{section}")
        table = made.add_table(len(grid), len(grid[0]))
        cells = [list(row.cells) for row in table.rows]
        for row, column, high, wide, text in placed(grid):
            first = cells[row][column]
            if (high, wide) != (1, 1):
                first = first.merge(cells[row + high - 1][column + wide - 1])
            first.text = text
    made.add_heading("五、存在的主要问题及改进情况")
    made.add_paragraph(LAST)
    out = io.BytesIO()
    made.save(out)
    report = read(out.getvalue(), "x.docx")
    assert {f.key: f.text for f in report.table_figures} == values
    assert (report.issuer, report.year) == ("某某市", 2023)
    told = {s.printed: s.place.element for s in report.sentences if s.printed != TITLE}
    assert list(told) == [PROSE, LAST]
    assert report.sections[-1] == ("五、存在的主要问题及改进情况",)
    assert report.warnings == ()
    places = {f.key: f.place.element for f in report.table_figures}
    assert places["t2.rules.made"] == "t1.r3.c2"
    assert told[PROSE] == "p3"


@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_any_values_blanks_and_marks_are_read_back_exactly_or_warned_about(
    data: st.DataObject,
    write: Callable[[Values], bytes],
    draw_values: Callable[[st.DataObject], Values],
    assert_read_back: Callable[[Report, Values], None],
) -> None:
    values = draw_values(data)
    (report,) = read_report(write(values), "x.docx")
    assert_read_back(report, values)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # neighbours that are equal are two cells; what is merged says so
        (tr("0", "0") + tr("a", "b"), [["0", "0"], ["a", "b"]]),
        (tr(tc("a", span(2)), "b") + tr("1", "2", "3"), [["a", "a", "b"], ["1", "2", "3"]]),
        (tr(tc("a", START), "b") + tr(tc("", GOES_ON), "c"), [["a", "b"], ["a", "c"]]),
        # a continuation without a beginning, or of another width, is a cell of its own
        (tr(tc("x", GOES_ON), "b") + tr("d", "c"), [["x", "b"], ["d", "c"]]),
        (
            tr(tc("a", START + span(2)), "b") + tr(tc("y", GOES_ON), "c", "d"),
            [["a", "a", "b"], ["y", "c", "d"]],
        ),
        # merged right with the old hMerge
        (
            tr(tc("a", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), "b")
            + tr("1", "2", "3"),
            [["a", "a", "b"], ["1", "2", "3"]],
        ),
        # columns left free before and behind
        (
            tr("1", "2", "3")
            + tr("x", properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
            [["1", "2", "3"], ["", "x", ""]],
        ),
        # several paragraphs and a soft break
        (tr(tc(p("商业") + p("企业")), tc("<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r></w:p>"))
         + tr("1", "2"), [["商业\n企业", "a\nb"], ["1", "2"]]),
        # content controls around a row, a cell, and a cell's text
        (
            f"<w:sdt><w:sdtContent>{tr('a', 'b')}</w:sdtContent></w:sdt>"
            + tr(f"<w:sdt><w:sdtContent>{tc('1')}</w:sdtContent></w:sdt>", "2")
            + tr(tc(f"<w:p><w:sdt><w:sdtContent>{r('3')}</w:sdtContent></w:sdt></w:p>"), "4"),
            [["a", "b"], ["1", "2"], ["3", "4"]],
        ),
        # a value in a box of its own is no blank
        (tr("a", "b") + tr("1", tc(tbl(tr("5")) + p(""))), [["a", "b"], ["1", "5"]]),
        # a title over a table that lacks its span
        (tr("第二十条") + tr("a", "b") + tr("1", "2"), [["第二十条"] * 2, ["a", "b"], ["1", "2"]]),
    ],
)  # fmt: skip
def test_merged_cells_and_what_else_is_in_a_table(
    rows: str, expected: list[list[str]], document: Build, shown: Shown
) -> None:
    read = document(tbl(rows))
    assert shown(read) == [expected]
    assert read.warnings == ()


def test_a_row_that_does_not_fill_the_columns_is_not_read(document: Build, shown: Shown) -> None:
    read = document(tbl(tr("a", "b", "c"), tr("甲", "1", "2"), tr("乙", "3"), tr("丙", "4", "5")))
    assert shown(read) == [[["a", "b", "c"], ["甲", "1", "2"], ["丙", "4", "5"]]]
    (warning,) = read.warnings
    assert (warning.code, warning.place.element) == ("row-ragged", "t1.r3")
    assert "乙 | 3" in warning.text


def test_a_table_whose_header_does_not_fit_is_not_read(document: Build, shown: Shown) -> None:
    read = document(p("甲") + tbl(tr("b", "c"), tr("甲", "1", "2"), tr("丙", "4", "5")))
    assert shown(read) == ["甲"]
    assert [(w.code, w.place.element) for w in read.warnings] == [
        ("row-ragged", "t1.r1"),
        ("table-ragged", "t1"),
    ]


def test_printed_widths_place_a_row_that_lacks_its_spans(document: Build, shown: Shown) -> None:
    def wide(text: str, twips: int) -> str:
        return tc(text, f'<w:tcW w:w="{twips}" w:type="dxa"/>')

    rows = (
        tr("a", "b", "c"),
        tr("甲", "1", "2"),
        tr(wide("乙", 1000), wide("7", 3010)),
        tr(wide("丙", 1500), wide("8", 2500)),
    )
    read = document(tbl(*rows, grid=(1000, 1000, 2000)))
    (grid,) = shown(read)
    assert grid[2] == ["乙", "7", "7"]
    assert [w.place.element for w in read.warnings] == ["t1.r4"]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (p("") + p("甲") + p("   ") + p("乙"), ["甲", "乙"]),
        (p("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:br w:type='page'/><w:t>丙</w:t></w:r>"),
         ["甲", "乙丙"]),
        (p("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:noBreakHyphen/><w:t>丙</w:t></w:r>"),
         ["甲\t乙-丙"]),
        (p(f"<w:hyperlink>{r('网站')}</w:hyperlink>{r('。')}"), ["网站。"]),
        (p(f"<w:smartTag>{r('2023')}{r('年')}</w:smartTag>"), ["2023年"]),
        (p("<w:r><w:ruby><w:rt><w:r><w:t>guī</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>規</w:t></w:r>"
           "</w:rubyBase></w:ruby></w:r>"), ["規"]),
        # fields: results are text, instructions are not
        (p(f"<w:fldSimple w:instr='DATE'>{r('5')}</w:fldSimple>{r('日')}"), ["5日"]),
        (p("<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>PAGE 9</w:instrText><w:t>8</w:t>"
           "<w:fldChar w:fldCharType='separate'/><w:t>7</w:t><w:fldChar w:fldCharType='end'/>"
           "<w:t>页</w:t></w:r>"), ["7页"]),
        # a table of contents
        (f"<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
         f"</w:sdtPr><w:sdtContent>{p('一、总体情况 1')}</w:sdtContent></w:sdt>{p('正文')}", ["正文"]),
        (p("<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>TOC \\o</w:instrText>"
           "<w:fldChar w:fldCharType='separate'/><w:t>一、总体 1</w:t></w:r>") + p("二、主动 2")
         + p("<w:r><w:fldChar w:fldCharType='end'/></w:r>") + p("正文"), ["正文"]),
        # a text box once, behind the paragraph that it hangs on
        (p(f"{box('框里的话')}{r('正文')}") + p("下文"), ["正文", "框里的话", "下文"]),
        # a page drawn as a table of one column or one cell
        (tbl(tr(tc(p("甲") + tbl(tr("a", "b"), tr("1", "2")) + p("乙")))), ["甲", "乙"]),
        (f"<w:customXml>{p('甲')}</w:customXml>", ["甲"]),
        (p("２０２３年３５件"), ["２０２３年３５件"]),
    ],
)  # fmt: skip
def test_paragraphs(body: str, lines: list[str], document: Build, shown: Shown) -> None:
    read = document(body)
    assert [b for b in shown(read) if isinstance(b, str)] == lines
    assert read.warnings == ()


DELETED, MOVED = "<w:rPr><w:del/></w:rPr>", "<w:rPr><w:moveFrom/></w:rPr>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p(f"{r('收到')}<w:del><w:r><w:delText>12</w:delText></w:r></w:del><w:ins>{r('18')}</w:ins>{r('件')}"),
         ["收到18件"]),
        (p(f"<w:moveFrom>{r('甲')}</w:moveFrom>", MOVED) + p(f"<w:moveTo>{r('甲')}</w:moveTo>"), ["甲"]),
        # a deleted paragraph mark joins two paragraphs
        (p("收到", DELETED) + p("18件"), ["收到18件"]),
        (p("<w:del><w:r><w:delText>全删</w:delText></w:r></w:del>", DELETED) + p("留"), ["留"]),
        (f"<w:del>{p('甲')}</w:del><w:ins>{p('乙')}</w:ins>", ["乙"]),
        (tbl(tr("a", "b"), tr("旧", "1", properties="<w:del/>"), tr("新", "2", properties="<w:ins/>")),
         [[["a", "b"], ["新", "2"]]]),
    ],
)  # fmt: skip
def test_tracked_changes_count_as_accepted(
    body: str, expected: list[object], document: Build, shown: Shown
) -> None:
    read = document(body)
    assert shown(read) == expected
    assert [w.code for w in read.warnings] == ["tracked-changes"]


HIDDEN = "<w:vanish/>"
NOTES = (
    f"<w:footnotes {NAMES}><w:footnote w:id='-1' w:type='separator'>{p('线')}</w:footnote>"
    f"<w:footnote w:id='1'>{p('含新制发4件。')}</w:footnote></w:footnotes>"
)
STYLES = (
    f"<w:styles {NAMES}>"
    "<w:style w:type='character' w:styleId='Gone'><w:rPr><w:vanish/></w:rPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='H1'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='H2'><w:basedOn w:val='H1'/>"
    "<w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId w:val='1'/></w:numPr></w:pPr></w:style></w:styles>"
)


@pytest.mark.parametrize(
    ("run", "text", "codes"),
    [
        # a mark behind a number never makes another number
        (f"{r('18')}{r('1', '<w:vertAlign w:val=' + chr(34) + 'superscript' + chr(34) + '/>')}", "18¹", []),
        (r("18") + "<w:r><w:footnoteReference w:id='1'/></w:r>", "18", []),
        (r("18") + r("[1]", "<w:vertAlign w:val='superscript'/>"), "18⁽¹⁾", []),
        (r("18") + r("999", HIDDEN), "18", ["hidden-text"]),
        (r("18") + r("999", "<w:rStyle w:val='Gone'/>"), "18", ["hidden-text"]),
        (r("18", "<w:vanish w:val='0'/>"), "18", []),
        # a formula that was never computed must not look like a blank
        ("<w:r><w:fldChar w:fldCharType='begin'/><w:instrText> =SUM(ABOVE) </w:instrText>"
         "<w:fldChar w:fldCharType='end'/></w:r>", "{=SUM(ABOVE)}", ["formula-uncached"]),
        ("<w:fldSimple w:instr='=SUM(ABOVE)'/>", "{=SUM(ABOVE)}", ["formula-uncached"]),
    ],
)  # fmt: skip
def test_a_value_cell_with_something_behind_it(
    run: str, text: str, codes: list[str], document: Build, shown: Shown
) -> None:
    read = document(
        tbl(tr("a", "b"), tr("甲", tc(f"<w:p>{run}</w:p>"))), {"footnotes": NOTES, "styles": STYLES}
    )
    grid, *notes = shown(read)
    assert grid == [["a", "b"], ["甲", text]]
    assert [w.code for w in read.warnings] == codes
    assert notes == (["含新制发4件。"] if "footnote" in run else [])


def numbering(*levels: tuple[str, str]) -> str:
    """A list of these levels: format and text."""
    made = "".join(
        f"<w:lvl w:ilvl='{n}'><w:start w:val='1'/><w:numFmt w:val='{kind}'/>"
        f"<w:lvlText w:val='{text}'/></w:lvl>"
        for n, (kind, text) in enumerate(levels)
    )
    return (
        f"<w:numbering {NAMES}><w:abstractNum w:abstractNumId='0'>{made}</w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
        "<w:num w:numId='2'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'>"
        "<w:startOverride w:val='1'/></w:lvlOverride></w:num></w:numbering>"
    )


def item(text: str, level: int = 0, number: int = 1) -> str:
    return p(text, f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr>")


CHINESE = (("chineseCountingThousand", "%1、"), ("japaneseCounting", "（%2）"), ("decimal", "%3."))


@pytest.mark.parametrize(
    ("levels", "body", "lines"),
    [
        (
            CHINESE,
            item("总体") + item("甲", 1) + item("乙", 1) + item("主动") + item("丙", 1) + item("丁", 2),
            ["一、总体", "（一）甲", "（二）乙", "二、主动", "（一）丙", "1.丁"],
        ),
        # by style, and switched off in the paragraph
        (
            CHINESE,
            p("总体", "<w:pStyle w:val='H1'/>") + p("甲", "<w:pStyle w:val='H2'/>")
            + p("正文", "<w:pStyle w:val='H1'/><w:numPr><w:numId w:val='0'/></w:numPr>"),
            ["一、总体", "（一）甲", "正文"],
        ),
        # a second list of the same kind begins anew
        (CHINESE, item("甲") + item("乙") + item("丙", 0, 2) + item("丁", 0, 2),
         ["一、甲", "二、乙", "一、丙", "二、丁"]),
        (CHINESE, "".join(item(str(n)) for n in range(1, 22)),
         [*(f"{c}、 {n}" for n, c in enumerate("一二三四五六七八九十", 1)),
          *(f"十{c}、 {n}" for n, c in enumerate("一二三四五六七八九", 11)), "二十、 20", "二十一、 21"]),
        ((("decimal", "%1"), ("decimal", "%1.%2")), item("甲") + item("乙", 1), ["1甲", "1.1乙"]),
        # a number and a text that would run together
        ((("decimal", "%1."),), item("5件"), ["1. 5件"]),
        ((("decimal", "%1"),), item("5件"), ["1 5件"]),
        ((("bullet", "●"),), item("甲"), ["甲"]),
        ((("decimalEnclosedCircle", "%1"),), item("甲") + item("乙"), ["①甲", "②乙"]),
        ((("hindiVowels", "%1"),), item("甲"), ["甲"]),  # not known here: left out
    ],
)  # fmt: skip
def test_automatic_numbers(
    levels: tuple[tuple[str, str], ...], body: str, lines: list[str], document: Build, shown: Shown
) -> None:
    read = document(body, {"numbering": numbering(*levels), "styles": STYLES})
    assert shown(read) == lines


def test_an_automatic_number_never_becomes_part_of_a_value(document: Build, shown: Shown) -> None:
    cells = tr(tc(item("属于国家秘密")), tc(item("5")))
    read = document(tbl(tr("a", "b"), cells), {"numbering": numbering(("decimal", "%1."))})
    assert shown(read) == [[["a", "b"], ["1.属于国家秘密", "2. 5"]]]


PICTURE = (
    "<w:r><w:drawing><wp:inline><wp:extent cx='{0}' cy='{0}'/><a:graphic><a:blip/></a:graphic>"
    "</wp:inline></w:drawing></w:r>"
)


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        (p("甲") + p(PICTURE.format(5_000_000)), ["picture-unread"]),
        (p("甲") + p(PICTURE.format(99)), ["picture-unread"]),  # no table, so it may be one
        (p("甲") + p(PICTURE.format(99)) + tbl(tr("a", "b"), tr("1", "2")), []),
        (p("甲<w:r/>"[:1]) + p("<w:r><w:object><o:OLEObject ProgID='Excel.Sheet.12'/></w:object></w:r>"),
         ["object-unread"]),
        (p("甲") + p("<w:r><w:object><o:OLEObject ProgID='Equation.3'/></w:object></w:r>"), []),
        (p("甲") + "<w:altChunk/>", ["part-unread"]),
    ],
)  # fmt: skip
def test_what_is_not_read_is_told(body: str, codes: list[str], document: Build) -> None:
    assert [w.code for w in document(body).warnings] == codes


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def deep(n: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * n + p("底") + "</w:tc></w:tr></w:tbl>" * n


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (pack(""), "no text"),
        (pack(p(PICTURE.format(9))), "1 pictures and no text; scans"),
        (cut(pack(p("甲" * 500))), "cut off or damaged"),
        (pack(deep(2000)), "no sound XML"),
        (pack("<w:p>"), "no sound XML"),
        (pack(p("x"), main="word/other.xml").replace(b"word/other.xml", b"word/othe_.xml", 1), "cannot be unpacked"),
    ],
)  # fmt: skip
def test_bad_files_are_one_line(data: bytes, message: str) -> None:
    reader = WordReader()
    assert reader.accepts(data, "x.docx") or message == "cannot be unpacked"
    with pytest.raises(UnreadableFile, match=message) as caught:
        reader.read(data, "x.docx")
    assert str(caught.value).startswith("x.docx: ") and "\n" not in str(caught.value)


def test_entities_are_refused_and_not_expanded() -> None:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(9))
    for kind in (lol, '<!ENTITY l8 SYSTEM "file:///etc/passwd">'):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as z:
            z.writestr(
                "word/document.xml",
                f"<!DOCTYPE d [{kind}]><w:document {NAMES}><w:body><w:p><w:r><w:t>&l8;</w:t></w:r>"
                "</w:p></w:body></w:document>",
            )
        began = time.process_time()
        with pytest.raises(UnreadableFile, match=r"x\.docx.*(declaration|no sound XML)"):
            WordReader().read(out.getvalue(), "x.docx")
        assert time.process_time() - began < 10


def test_deep_and_wide_tables_do_not_hang(document: Build, shown: Shown) -> None:
    began = time.process_time()
    read = document(deep(40))
    assert shown(read) == ["底"]
    wide = tbl(*(tr(tc("a", span(60_000)), "b") for _ in range(300)))
    assert document(p("甲") + wide).blocks
    many = document("".join(p("甲" * 20) for _ in range(5_000)))
    assert len(many.blocks) == 5_000
    assert time.process_time() - began < 10
