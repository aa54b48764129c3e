"""What a Word document prints of a value cell: struck, hidden, raised, small, white."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

import pytest

from ingest.numbers import read_cell
from ingest.readers import Document, Grid
from ingest.readers.word.reader import WordReader

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SMALL, COMMON, NEAR = "<w:sz w:val='10'/>", "<w:sz w:val='24'/>", "<w:sz w:val='21'/>"
WHITE, BLUE = "<w:color w:val='FFFFFF'/>", "<w:shd w:val='clear' w:fill='1F4E79'/>"
STYLES = (
    "<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val='24'/></w:rPr></w:rPrDefault></w:docDefaults>"
    "<w:style w:type='character' w:styleId='Struck'><w:rPr><w:strike/></w:rPr></w:style>"
    "<w:style w:type='character' w:styleId='Mark'><w:rPr><w:vertAlign w:val='superscript'/></w:rPr>"
    "</w:style><w:style w:type='character' w:styleId='Below'><w:basedOn w:val='Gone'/></w:style>"
    "<w:style w:type='character' w:styleId='Gone'><w:rPr><w:vanish/></w:rPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='Note'><w:rPr><w:sz w:val='18'/></w:rPr></w:style>"
    "<w:style w:type='table' w:styleId='Blue'><w:tblStylePr w:type='firstRow'><w:tcPr>"
    "<w:shd w:fill='1F4E79'/></w:tcPr></w:tblStylePr></w:style>"
    "<w:style w:type='table' w:styleId='Deep'><w:basedOn w:val='Blue'/></w:style>"
)


def r(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{escape(text)}</w:t></w:r>"


def style(name: str) -> str:
    return f"<w:rStyle w:val='{name}'/>"


def read(
    runs: str, cell: str = "", paragraph: str = "", table: str = "", before: str = ""
) -> tuple[str, Document]:
    """What the value cell prints, and the document."""
    names = f"xmlns:w='{MAIN}' xmlns:w14='{W14}'"
    rows = "".join(
        f"<w:tr><w:tc><w:p>{r(label)}</w:p></w:tc><w:tc><w:tcPr>{shading}</w:tcPr><w:p>"
        f"<w:pPr>{own}</w:pPr>{inside}</w:p></w:tc></w:tr>"
        for label, inside, shading, own in (
            ("甲", runs, cell, paragraph),
            ("乙", r("2"), "", ""),
        )
    )
    body = f"<w:tbl><w:tblPr>{table}</w:tblPr><w:tblGrid/>{rows}</w:tbl>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        link = f"<Relationship Id='r1' Type='{TYPE}/officeDocument' Target='word/document.xml'/>"
        z.writestr("_rels/.rels", f"<Relationships>{link}</Relationships>")
        link = f"<Relationship Id='r1' Type='{TYPE}/styles' Target='styles.xml'/>"
        z.writestr("word/_rels/document.xml.rels", f"<Relationships>{link}</Relationships>")
        z.writestr("word/styles.xml", f"<w:styles {names}>{STYLES}</w:styles>")
        document = f"<w:document {names}>{before}<w:body>{body}</w:body></w:document>"
        z.writestr("word/document.xml", document)
    document_read = WordReader().read(out.getvalue(), "x.docx")
    (grid,) = [b for b in document_read.blocks if isinstance(b, Grid)]
    return grid.rows[0][1].text, document_read


LINK = f"<w:hyperlink w:anchor='n1'>{r('1')}</w:hyperlink>"
WHOLE_LINK = f"<w:hyperlink w:anchor='n1'>{r('523')}</w:hyperlink>"


def field(text: str) -> str:
    def mark(kind: str) -> str:
        return f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>"

    return f"{mark('begin')}{mark('separate')}{r(text)}{mark('end')}"


@pytest.mark.parametrize(
    ("runs", "text", "codes"),
    [
        # not seen, or struck: no digit
        (r("9", "<w:strike/>") + r("523"), "523", ["struck-text"]),
        (r("523") + r("9", "<w:dstrike/>"), "523", ["struck-text"]),
        (r("52") + r("9", style("Struck")) + r("3"), "523", ["struck-text"]),
        (r("523", "<w:strike/>"), "〔删〕", ["struck-text"]),
        (r("523", style("Struck") + "<w:strike w:val='0'/>"), "523", []),
        (r("9", style("Below")) + r("523"), "523", ["hidden-text"]),
        (r("9", "<w:vanish/>") + r("523", "<w:vanish w:val='false'/>"), "523", ["hidden-text"]),
        (r("9", "<w:sz w:val='2'/>") + r("523"), "523", ["hidden-text"]),
        (r("9", "<w:w w:val='1'/>") + r("523"), "523", ["hidden-text"]),
        (r("9", WHITE) + r("523"), "523", ["hidden-text"]),
        (r("9", "<w:color w:val='FDFDFD'/>") + r("523"), "523", ["hidden-text"]),
        (r("9", "<w:color w:val='1F4E79'/>" + BLUE) + r("523"), "523", ["hidden-text"]),
        (r("9", "<w14:textFill><w14:noFill/></w14:textFill>") + r("523"), "523", ["hidden-text"]),
        # seen
        (r("523", WHITE + BLUE), "523", []),
        (r("523", WHITE + "<w:highlight w:val='darkBlue'/>"), "523", []),
        (r("523", "<w:color w:val='000000'/>"), "523", []),
        (r("523", "<w:color w:val='auto'/>" + BLUE), "523", []),
        # raised or lowered
        (r("523") + r("1", style("Mark")), "523¹", []),
        (r("523") + r("1", "<w:vertAlign w:val='subscript'/>"), "523₁", []),
        # print that changes inside a number
        (r("523") + r("1", "<w:position w:val='8'/>" + SMALL), "\ufffd", ["number-unclear"]),
        (r("523") + r("1", "<w:position w:val='8'/>"), "\ufffd", ["number-unclear"]),
        (r("523") + r("1", SMALL), "\ufffd", ["number-unclear"]),
        (r("9", SMALL) + r("523件"), "\ufffd件", ["number-unclear"]),
        (r("523") + r(".1", SMALL), "\ufffd", ["number-unclear"]),
        (r("9", "<w:webHidden/>") + r("523"), "\ufffd", ["number-unclear"]),
        (r("523") + LINK, "\ufffd", ["number-unclear"]),
        (r("5") + field("23"), "\ufffd", ["number-unclear"]),
        # the same print all over, or what is no part of the number
        (r("5", SMALL) + r("23", SMALL), "523", []),
        (r("5", NEAR) + r("23", COMMON), "523", []),
        (r("5") + r("23", "<w:b/><w:color w:val='FF0000'/>"), "523", []),
        (r("523", "<w:position w:val='8'/>"), "523", []),
        (r("523", "<w:webHidden/>"), "523", []),
        (r("523") + r("件", SMALL), "523件", []),
        (WHOLE_LINK, "523", []),
        (field("523"), "523", []),
        (r("523") + "<w:r><w:br/></w:r>" + r("1", SMALL), "523\n1", []),
        ("<w:r><w:noBreakHyphen/><w:t>523</w:t></w:r>", "\u2011523", []),
        (r("1") + "<w:r><w:noBreakHyphen/><w:t>3</w:t></w:r>", "1-3", []),
    ],
)
def test_a_value_cell(runs: str, text: str, codes: list[str]) -> None:
    printed, document = read(runs)
    assert (printed, [w.code for w in document.warnings]) == (text, codes)
    value = read_cell(printed).value
    assert value is None or str(value) == "523"


@pytest.mark.parametrize(
    ("around", "text", "codes"),
    [
        ({}, "", ["hidden-text"]),
        ({"cell": "<w:shd w:fill='FFFFFF'/>"}, "", ["hidden-text"]),
        ({"cell": "<w:shd w:fill='auto'/>"}, "", ["hidden-text"]),
        ({"cell": BLUE}, "2023年", []),
        ({"paragraph": BLUE}, "2023年", []),
        ({"cell": BLUE, "paragraph": "<w:shd w:fill='FFFFFF'/>"}, "", ["hidden-text"]),
        # what the style of a table colours is not known
        ({"table": "<w:tblStyle w:val='Deep'/>"}, "\ufffd年", ["number-unclear"]),
        ({"before": "<w:background w:color='000000'/>"}, "\ufffd年", ["number-unclear"]),
    ],
)
def test_white_letters_are_seen_on_what_is_dark(
    around: dict[str, str], text: str, codes: list[str]
) -> None:
    printed, document = read(r("2023年", WHITE), **around)
    assert (printed, [w.code for w in document.warnings]) == (text, codes)


def test_the_size_of_a_paragraphs_style_is_that_of_its_runs() -> None:
    note = "<w:pStyle w:val='Note'/>"
    assert read(r("5") + r("23", "<w:sz w:val='18'/>"), paragraph=note)[0] == "523"
    assert read(r("523") + r("1", "<w:sz w:val='12'/>"), paragraph=note)[0] == "\ufffd"
