"""Tables whose cells stand in rows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.forms import Form
from ingest.model import Report
from ingest.readers import Grid
from ingest.tables.rows import Findings
from tests.ingest.tables.whole import read_grid

MakeGrid = Callable[..., Grid]

ARTICLE = "第二十条第（一）项"
HEAD = "信息内容|本年制发件数|本年废止件数|现行有效件数"
ALIGNED = (
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）|||申请人情况||||||",
    "|||自然人|法人或其他组织|||||总计",
    "||||商业企业|科研机构|社会公益组织|法律服务机构|其他|",
)
PADDED = (
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）|申请人情况||||||||",
    "自然人|法人或其他组织|总计|||||||",
    "商业企业|科研机构|社会公益组织|法律服务机构|其他|||||",
)
NEW = "一、本年新收政府信息公开申请数量"
OLD = "二、上年结转政府信息公开申请数量"


def _rows(findings: Findings) -> dict[str, list[str]]:
    return {f"{r.table.key}.{r.row.key}": [v.text for v in r.values] for r in findings.rows}


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        ([f"{ARTICLE}|||", HEAD, "规章|2|0|11"], {"t2.rules": ["2", "0", "11"]}),
        ([ARTICLE, HEAD, "規(guī)章|２|/|—"], {"t2.rules": ["２", "/", "—"]}),
        ([HEAD, "规章||0|11"], {"t2.rules": ["", "0", "11"]}),
        ([HEAD, "规章|&nbsp;|0|11"], {"t2.rules": ["&nbsp;", "0", "11"]}),
        # a row of blanks is there, and its cells are blank
        (
            [HEAD, "规章|||", "行政规范性文件|1|2|3"],
            {"t2.rules": ["", "", ""], "t2.normative": ["1", "2", "3"]},
        ),
        # markdown: merged values repeat; aligned: they leave empty cells
        (["信息内容|本年处理决定数量|本年处理决定数量", "行政许可|5|5"], {"t2.licensing": ["5"]}),
        (["信息内容|本年处理决定数量||", "行政许可|5||"], {"t2.licensing": ["5"]}),
        (
            [*ALIGNED, f"{NEW}|||1|2|3|4|5|6|21"],
            {"t3.received": ["1", "2", "3", "4", "5", "6", "21"]},
        ),
        (
            [*ALIGNED, f"{NEW}|||1||/|4|5|6|16"],
            {"t3.received": ["1", "", "/", "4", "5", "6", "16"]},
        ),
        (
            [*PADDED, f"{NEW}|1|2|3|4|5|6|21||"],
            {"t3.received": ["1", "2", "3", "4", "5", "6", "21"]},
        ),
        ([*PADDED, f"{NEW}|1||3|4|5|6|19||"], {"t3.received": ["1", "", "3", "4", "5", "6", "19"]}),
        # columns that hold no figure of the form: running numbers, remarks, a column without a head
        ([f"{HEAD}|备注", "规章|2|0|11|"], {"t2.rules": ["2", "0", "11"]}),
        ([f"{HEAD}|备注", "规章|2|0|11|含修改3件"], {"t2.rules": ["2", "0", "11"]}),
        ([f"序号|{HEAD}", "1|规章|2|0|11"], {"t2.rules": ["2", "0", "11"]}),
        (
            ["信息内容|本年制发件数||本年废止件数|现行有效件数", "规章|2||0|11"],
            {"t2.rules": ["2", "0", "11"]},
        ),
        # a row of units, a title inside the grid
        (
            ["二、主动公开政府信息情况|||", HEAD, "单位：件|||", "规章|2|0|11"],
            {"t2.rules": ["2", "0", "11"]},
        ),
        # equal neighbours are not merged
        ([*PADDED, f"{NEW}|0|0|0|0|0|0|0||"], {"t3.received": ["0"] * 7}),
        # the group before the row's own label
        (
            [*PADDED, "三、本年度办理结果|（一）予以公开|1|2|3|4|5|6|21|"],
            {"t3.granted": ["1", "2", "3", "4", "5", "6", "21"]},
        ),
    ],
)
def test_rows(rows: list[str], read: dict[str, list[str]], make_grid: MakeGrid, form: Form) -> None:
    findings = read_grid(make_grid(*rows), form)
    assert _rows(findings) == read
    assert findings.warnings == []


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        # a cell lost: the padding must not slide into its place
        ([*PADDED, f"{OLD}|1|2|3|4|5|6|21||", f"{NEW}|1|2|3|4|5|21||"], "row-width"),
        (
            [*PADDED, f"{OLD}|1|2|3|4|5|6|21||", "三、本年度办理结果|（一）予以公开|1|2|3|4|5|21|"],
            "row-width",
        ),
        ([*ALIGNED, f"{OLD}|||1|2|3|4|5|6|21", f"{NEW}|||1|2|3|4|5|21"], "row-width"),
        # a cell too many
        ([*PADDED, f"{OLD}|1|2|3|4|5|6|21||", f"{NEW}|1|2|3|4|5|6|7|28|"], "row-width"),
        ([*ALIGNED, f"{OLD}|||1|2|3|4|5|6|21", f"{NEW}||9|1|2|3|4|5|6|21"], "row-width"),
        ([*ALIGNED, f"{OLD}|||1|2|3|4|5|6|21", f"{NEW}|||1|2|3|4|5|6|21|7"], "row-width"),
        # merged cells that differ are not one value
        (
            ["信息内容|本年处理决定数量|本年处理决定数量", "行政处罚|1|1", "行政许可|5|6"],
            "header-unconfirmed",
        ),
    ],
)
def test_a_row_that_does_not_fit_is_not_taken_but_said(
    rows: list[str], code: str, make_grid: MakeGrid, form: Form
) -> None:
    findings = read_grid(make_grid(*rows), form)
    assert all(r.row.key not in ("received", "granted", "licensing") for r in findings.rows)
    assert code in [w.code for w in findings.warnings]


@pytest.mark.parametrize(
    "header",
    [
        "信息内容|本年制发件数|现行有效件数|本年废止件数",
        "信息内容|本年制发件数|现行有效件数|",
        "信息内容|本年制发件数|修改件数|现行有效件数",
        "信息内容|上年件数|本年制发件数|本年废止件数|现行有效件数",
        "信息内容|本年制发件数|本年废止件数|现行有效件数|增加件数",
        "信息内容|本年制发件数|备注|本年废止件数",
        "信息内容|本年新制作数量|本年新公开数量|对外公开总数量",
        "信息内容|||",
    ],
)
def test_no_row_is_read_under_another_header(header: str, make_grid: MakeGrid, form: Form) -> None:
    findings = read_grid(make_grid(header, "规章|2|0|11|"), form)
    assert findings.rows == []
    assert [w.code for w in findings.warnings] == ["header-unconfirmed"]


def test_the_first_column_of_another_form_is_not_ours(make_grid: MakeGrid, form: Form) -> None:
    findings = read_grid(
        make_grid("信息内容|上一年项目数量|本年增/减|处理决定数量", "行政许可|5|||"), form
    )
    assert findings.rows == []
    assert [w.code for w in findings.warnings] == ["header-unconfirmed"]


@pytest.mark.parametrize("rows", [["a|b|c"], ["规章"], [HEAD], [""], ["", "||"], ["1|2|3"]])
def test_nothing_to_read(rows: list[str], make_grid: MakeGrid, form: Form) -> None:
    findings = read_grid(make_grid(*rows), form)
    assert findings.rows == [] and findings.warnings == []


def test_an_unknown_row_is_said(make_grid: MakeGrid, form: Form) -> None:
    findings = read_grid(make_grid(HEAD, "规章|2|0|11", "党内法规|7|7|7"), form)
    assert _rows(findings) == {"t2.rules": ["2", "0", "11"]}
    (warning,) = findings.warnings
    assert warning.code == "row-unknown" and "党内法规 | 7 | 7 | 7" in warning.text


@pytest.mark.parametrize("values", ["|".join(map(str, range(15)))])
def test_the_row_without_a_label(values: str, make_grid: MakeGrid, form: Form) -> None:
    outcomes = "结果维持|结果纠正|其他结果|尚未审结|总计"
    header = [
        "行政复议|行政诉讼|||||||||||||",
        f"{outcomes}|未经复议直接起诉|复议后起诉||||||||",
        f"{outcomes}|{outcomes}|||||",
    ]
    findings = read_grid(make_grid(*header, values), form)
    assert _rows(findings) == {"t4.": [str(n) for n in range(15)]}
    (row,) = findings.rows
    assert row.printed_row_path == ()
    swapped = [
        header[0],
        header[1].replace("未经复议直接起诉|复议后起诉", "复议后起诉|未经复议直接起诉"),
        header[2],
    ]
    assert read_grid(make_grid(*swapped, values), form).rows == []


OUTCOMES = "结果维持|结果纠正|其他结果|尚未审结|总计"
CASES = (
    "行政复议|行政诉讼|||||||||||||",
    f"{OUTCOMES}|未经复议直接起诉|复议后起诉||||||||",
    f"{OUTCOMES}|{OUTCOMES}|||||",
)
REAL = "|".join(map(str, [4, 1, 2, 3, 10, 5, 0, 1, 2, 8, 1, 1, 0, 0, 2]))
ZEROS = "|".join(["0"] * 15)


@pytest.mark.parametrize(
    "numbering",
    [
        "|".join(map(str, range(1, 16))),
        "|".join(f"({n})" for n in range(1, 16)),
        "|".join(map(str, range(8, 23))),
        "|".join(f"{n}栏" for n in range(1, 16)),
        "1|2|3|4|5=1+2+3+4|6|7|8|9|10=6+7+8+9|11|12|13|14|15=11+12+13+14",
        "１|２|３|４|５|６|７|８|９|１０|１１|１２|１３|１４|１５",
    ],
)
@pytest.mark.parametrize("rows", [[], [REAL]])
def test_a_row_that_numbers_the_columns_is_no_row_of_values(
    numbering: str, rows: list[str], make_grid: MakeGrid, form: Form
) -> None:
    findings = read_grid(make_grid(*CASES, numbering, *rows), form)
    assert [[v.text for v in r.values] for r in findings.rows] == [r.split("|") for r in rows]
    assert findings.warnings == []


@pytest.mark.parametrize("other", [ZEROS, "|".join(["/"] * 15), REAL.replace("8", "9")])
def test_of_two_rows_without_labels_neither_is_taken(
    other: str, make_text_of: Callable[[tuple[str, ...]], str], read: Callable[..., Report]
) -> None:
    for rows in ((other, REAL), (REAL, other), (other, other, REAL)):
        report = read(make_text_of((*CASES, *rows)))
        assert [f for f in report.figures if f.key] == []
        assert "row-conflict" in {w.code for w in report.warnings}


def test_the_same_row_twice_is_one(
    make_text_of: Callable[[tuple[str, ...]], str], read: Callable[..., Report]
) -> None:
    report = read(make_text_of((*CASES, REAL, REAL)))
    assert [f.text for f in report.figures if f.key] == REAL.split("|")
    assert "row-twice" in {w.code for w in report.warnings}


@pytest.fixture
def make_text_of() -> Callable[[tuple[str, ...]], str]:
    """`make_text_of(rows)`: a short report with the rows as the bars of its last table."""

    def build(rows: tuple[str, ...]) -> str:
        head = ["某某市2023年政府信息公开工作年度报告", "四、政府信息公开行政复议、行政诉讼情况"]
        return "\n".join([*head, *(f"| {row.replace('|', ' | ')} |" for row in rows)]) + "\n"

    return build
