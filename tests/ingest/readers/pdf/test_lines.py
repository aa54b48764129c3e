"""Letters to lines, cells and runs, from glyphs placed by hand (10 points wide unless said)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.readers.pdf.lines import Cut, cell_text, joined, runs_of
from ingest.readers.pdf.source import UNKNOWN, Glyph

Put = Callable[..., list[Glyph]]


@pytest.fixture
def put() -> Put:
    """`put("总计", x, top)`: letters side by side; digits and Latin letters are half as wide."""

    def build(
        text: str, x: float = 0, top: float = 0, size: float = 10, step: float = 0, first: int = 0
    ) -> list[Glyph]:
        out = []
        for n, letter in enumerate(text):
            wide = size / 2 if letter.isascii() else size
            out.append(Glyph(letter, x, top, x + wide, top + size, size, 0, first + n, False))
            x += wide + step
        return out

    return build


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        ([("总计", 0, 0)], "总计"),
        ([("2023", 0, 0), ("年", 20, 0)], "2023年"),
        ([("法人或其他", 0, 0), ("组织", 0, 12)], "法人或其他组织"),
        ([("605", 0, 0), ("(含)", 0, 12)], "605\n(含)"),
        ([("7854", 0, 0), ("070", 0, 12)], "7854\n070"),
        ([("自", 0, 0), ("然", 0, 12), ("人", 0, 24)], "自然人"),
        ([("件", 30, 0), ("12", 0, 0)], "12 件"),
        ([("总计", 0, 0), ("总计", 0.4, 0.1)], "总计"),
        ([("11", 0, 0)], "11"),
        ([("18", 0, 0), ("2", 10, -2, 6)], "18²"),
        ([("1", 0, 0), (UNKNOWN, 5, 0), ("3", 15, 0)], UNKNOWN),
        ([("⼀、⽂件", 0, 0)], "⼀、⽂件"),
    ],
)
def test_what_a_cell_prints(
    pieces: list[tuple[str, float, float] | tuple[str, float, float, float]], text: str, put: Put
) -> None:
    glyphs: list[Glyph] = []
    for piece in pieces:
        glyphs += put(*piece, first=len(glyphs))
    assert cell_text(glyphs) == text


def test_columns_of_letters_are_read_down_and_leftwards_only_where_they_are_drawn_so(
    put: Put,
) -> None:
    right, left = ["结", "果"], ["维", "持"]
    down = [put(c, 12, 12 * n, first=n)[0] for n, c in enumerate(right)]
    down += [put(c, 0, 12 * n, first=2 + n)[0] for n, c in enumerate(left)]
    assert cell_text(down) == "结果维持"
    across = [*put("结果", 0, 0, step=2), *put("维持", 0, 12, step=2, first=2)]
    assert cell_text(across) == "结果维持"


@pytest.mark.parametrize(("angle", "step"), [(90, 10), (270, -10)])
def test_text_on_its_side(angle: int, step: float, put: Put) -> None:
    letters = [put(c, 0, 100 + step * n, first=n)[0] for n, c in enumerate("总计12")]
    assert cell_text([g._replace(angle=angle) for g in letters]).replace(" ", "") == "总计12"


def test_runs_are_parted_by_wide_gaps_and_titles_set_wide_are_not(put: Put) -> None:
    spaced = put("政府信息公开", 0, 0, step=14)
    apart = [*put("行政许可", 0, 40), *put("485", 100, 40)]
    texts = [[run.text for run in line] for line in runs_of([*spaced, *apart], 1)]
    assert texts == [["政府信息公开"], ["行政许可", "485"]]


def test_two_numbers_side_by_side_stay_two(put: Put) -> None:
    (line,) = runs_of([*put("12", 0, 0), *put("34", 14, 0)], 1)
    assert [run.text for run in line] == ["12 34"]


def test_a_small_gap_parts_runs_under_the_columns_of_a_cut_table(put: Put) -> None:
    glyphs = put("果果他未", 0, 110, step=3)
    (line,) = runs_of(glyphs, 1, [Cut((11.5, 24.5, 37.5), 100, 160)])
    assert [run.text for run in line] == ["果", "果", "他", "未"]
    (line,) = runs_of(glyphs, 1, [Cut((11.5, 24.5, 37.5), 0, 60)])
    assert len(line) == 1


@pytest.mark.parametrize(
    ("parts", "text"),
    [(["甲", "乙"], "甲乙"), (["Open", "data"], "Open\ndata"), (["3", "件"], "3件"), ([], "")],
)
def test_a_break_beside_a_chinese_letter_means_nothing(parts: list[str], text: str) -> None:
    assert joined(parts) == text
