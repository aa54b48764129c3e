"""Columns of pages: which of two runs of lines is read first, and what is never mixed."""

from __future__ import annotations

from ingest.readers.pdf.columns import reading_order
from ingest.readers.pdf.lines import Run
from ingest.readers.pdf.pages import Line, PageRead, line_of

LONG = "全市各级行政机关认真做好信息公开"  # sixteen letters


def page(number: int, *rows: tuple[str, str] | str) -> PageRead:
    """A page of two columns (texts at 50 and 320 points); a lone string reaches over both."""
    lines: list[Line] = []
    for n, row in enumerate(rows):
        texts = [(50.0, row)] if isinstance(row, str) else [(50.0, row[0]), (320.0, row[1])]
        runs = [
            Run(t, (x, 60 + 16.0 * n, x + 10 * len(t), 70 + 16.0 * n), 10, number)
            for x, t in texts
            if t
        ]
        if runs:
            lines.append(line_of(runs))
    return PageRead(number, 595, 842, lines=lines)


def read(*pages: PageRead) -> tuple[list[str], set[str]]:
    placed, warnings = reading_order(pages)
    return [p.item.text for p in placed if isinstance(p.item, Line)], {w.code for w in warnings}


def test_one_column_is_read_down_and_its_gaps_stay_gaps() -> None:
    rows = [(f"{n}、许可", str(n)) for n in range(12)]
    texts, codes = read(page(1, LONG * 3, *rows))
    assert texts == [LONG * 3, *(f"{n}、许可  {n}" for n in range(12))]
    assert codes == set()


def test_the_columns_of_a_page_follow_one_another_and_a_full_line_parts_them() -> None:
    first = [(f"左{n}{LONG}", f"右{n}{LONG}") for n in range(4)]
    second = [(f"下左{n}{LONG}", f"下右{n}{LONG}") for n in range(4)]
    middle = LONG * 3
    texts, codes = read(page(1, "题" * 40, *first, middle, *second))
    wanted = ["题" * 40, *(a for a, _ in first), *(b for _, b in first), middle]
    assert texts == [*wanted, *(a for a, _ in second), *(b for _, b in second)]
    assert codes == {"pdf-columns"}


def test_two_reports_side_by_side_are_read_one_after_the_other_over_all_pages() -> None:
    def sheet(number: int, heading: str) -> PageRead:
        rows = [(f"左{number}{n}{LONG}", f"右{number}{n}{LONG}") for n in range(5)]
        return page(number, (heading, heading), *rows)

    texts, codes = read(sheet(1, "一、总体情况"), sheet(2, "二、主动公开"), sheet(3, "三、申请"))
    heads = ["一、总体情况", "二、主动公开", "三、申请"]
    assert [t for t in texts if len(t) < 10] == heads * 2
    assert [t[0] for t in texts if len(t) > 10] == ["左"] * 15 + ["右"] * 15
    assert codes == set()


def test_the_shorter_of_two_reports_ends_and_the_other_goes_on() -> None:
    both = [(f"左{n}{LONG}", f"右{n}{LONG}") for n in range(5)]
    one = page(1, ("某市2024年年度报告", "某市2023年年度报告"), *both)
    rest = page(2, *((f"续{n}{LONG}", "") for n in range(5)))
    texts, _ = read(one, rest)
    assert texts[6] == f"续0{LONG}" and texts[11] == "某市2023年年度报告"
