"""What the tests of the page are made of: summaries, tables and a store that is a dictionary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from index import Paragraph, ReportSummary
from ingest.model import Cell, Place, Sentence, Table

MakeSummary = Callable[..., ReportSummary]


@dataclass
class Shelf:
    """Stands for the store: tables and paragraphs by report and id."""

    tables: dict[tuple[str, str], Table] = field(default_factory=dict)
    paragraphs: dict[tuple[str, int], Paragraph] = field(default_factory=dict)

    def table(self, report_id: str, table_id: str) -> Table | None:
        return self.tables.get((report_id, table_id))

    def paragraph(self, report_id: str, sentence: int) -> Paragraph | None:
        return self.paragraphs.get((report_id, sentence))

    def add_paragraph(self, report_id: str, *sentences: str) -> None:
        made = tuple(
            Sentence(number, 0, ("五、问题",), text, text, Place(line=number + 1))
            for number, text in enumerate(sentences)
        )
        for sentence in made:
            self.paragraphs[report_id, sentence.index] = Paragraph(("五、问题",), made)


@pytest.fixture
def shelf() -> Shelf:
    """An empty store."""
    return Shelf()


@pytest.fixture
def summary() -> MakeSummary:
    """Makes a summary; keywords replace what it says."""

    def make(**changes: Any) -> ReportSummary:
        said: dict[str, Any] = {
            "id": "r1",
            "title": "甲市2023年政府信息公开工作年度报告",
            "issuer": "甲市",
            "year": 2023,
            "level": None,
            "coverage": None,
            "region": None,
            "form": "national2021",
            "source": "甲市.txt",
            "tables": 3,
            "figures": 210,
            "passages": 12,
            "vectors": 5,
            "warnings": 0,
            "findings": 0,
        }
        return ReportSummary(**(said | changes))

    return make


@pytest.fixture
def small_table() -> Table:
    """Two header rows with spans, a row label over two rows, a blank cell.

    ::

        项目         |  法人      | 总计
                     | 企业 | 其他 |
        办理 | 公开  |  1   |  2   |  3
             | 不公开|      |  5   |  5
    """
    cells = (
        Cell(0, 0, "项目", 2, 2, header=True),
        Cell(0, 2, "法人", 1, 2, header=True),
        Cell(0, 4, "总计", 2, 1, header=True),
        Cell(1, 2, "企业", header=True),
        Cell(1, 3, "其他", header=True),
        Cell(2, 0, "办理", 2, 1, header=True),
        Cell(2, 1, "公开", header=True),
        Cell(2, 2, "1"),
        Cell(2, 3, "2"),
        Cell(2, 4, "3"),
        Cell(3, 1, "不公开", header=True),
        Cell(3, 2, ""),
        Cell(3, 3, "5"),
        Cell(3, 4, "5"),
    )
    return Table("t3", "表三", ("三、申请",), cells, unit="件")
