"""Tables as passages: every figure's row is in one of them, with its headers."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from ingest.model import Cell, Figure, Place, Report, Status, Table
from ingest.tables.passages import table_passages

Values = dict[str, str]


def figure(row: int, column: int, text: str, path: tuple[str, ...], head: str = "总计") -> Figure:
    return Figure(
        f"{row}.{column}", text, Decimal(text), Status.ZERO if text == "0" else Status.NUMBER,
        table="t3", row=row, column=column, row_path=path, column_path=(head,),
        printed_row_path=tuple(p.replace("国", "國") for p in path), printed_column_path=(head,),
        place=Place(line=row, start=10 * row, end=10 * row + 3),
    )  # fmt: skip


TABLE = Table("t3", "表三", ("三、申请",), (), unit="件")


def test_rows_with_their_headers() -> None:
    (made,) = table_passages([TABLE], [figure(4, 1, "40", ("办理", "1.国家秘密"))], 7)
    assert (made.index, made.table, made.rows, made.sentences) == (7, "t3", (4, 4), ())
    assert made.section == ("三、申请",)
    assert made.text == "表三(单位:件)\n办理/1.国家秘密:总计40"
    assert made.printed == "表三（单位：件）\n办理/1.國家秘密：总计 40"
    assert (made.place.start, made.place.end) == (40, 43)


@pytest.mark.parametrize(
    ("paths", "rows"),
    [
        ([("甲",), ("乙",)], [(1, 2)]),
        ([("办理", "甲"), ("办理", "乙"), ("结转",)], [(1, 2), (3, 3)]),  # another parent
        ([("办理", "长" * 250), ("办理", "乙" * 250)], [(1, 1), (2, 2)]),  # too long for one
        ([("办理", "长" * 5000)], [(1, 1)]),  # one row is never cut over two
        ([], []),
    ],
)
def test_groups(paths: list[tuple[str, ...]], rows: list[tuple[int, int]]) -> None:
    figures = [figure(i, 1, "5", path) for i, path in enumerate(paths, 1)]
    made = table_passages([TABLE], figures, 0)
    assert [p.rows for p in made] == rows
    assert all(len(p.printed) < 2100 for p in made)


def test_zeros_are_printed_and_not_searched() -> None:
    figures = [figure(1, 1, "0", ("甲",), "自然人"), figure(1, 2, "3", ("甲",))]
    (made,) = table_passages([TABLE], figures, 0)
    assert "自然人 0" in made.printed and "自然人" not in made.text


def test_notes_stand_in_their_cell_and_tables_of_words_as_they_are() -> None:
    note = replace(figure(1, 1, "4", ("甲",)), note_of="1.1")
    words = Table("g1", "", (), tuple(
        Cell(r, c, text) for r, row in enumerate([("渠道", "地址"), ("网站", ""), ("", "")])
        for c, text in enumerate(row)
    ))  # fmt: skip
    (made,) = table_passages([TABLE, words], [note], 0)
    assert (made.table, made.rows, made.printed) == ("g1", (0, 1), "渠道 | 地址\n网站")


def test_every_figure_of_a_report_is_in_a_passage(
    make_values: Callable[..., Values],
    make_text: Callable[[Values, str], str],
    read: Callable[..., Report],
) -> None:
    report = read(make_text(make_values(), "cells"))
    passages = [p for p in report.passages if p.table is not None]
    assert [p.index for p in report.passages] == list(range(len(report.passages)))
    for f in report.table_figures:
        if f.note_of is None:
            holds = [
                p for p in passages
                if p.table == f.table and p.rows and p.rows[0] <= (f.row or 0) <= p.rows[1]
            ]  # fmt: skip
            assert len(holds) == 1
            assert all(label in holds[0].printed for label in f.printed_row_path)
            assert f"{'/'.join(f.printed_column_path)} {f.text}" in holds[0].printed
