"""Look-up and search as LlamaIndex tools, for agents that call functions.

The annotations must not be strings (no `from __future__ import annotations`): LlamaIndex makes the
schema that a model sees from them as they are.
"""

import inspect
import json
from collections.abc import Callable
from typing import Annotated, Any

from llama_index.core.tools import FunctionTool
from pydantic import BaseModel, Field, validate_call

from index.assistant import Assistant
from index.request import Cell, Over, Per, Request, RequestOperation


class MoreFigure(BaseModel):
    """Another figure of the same call."""

    row: str = Field(description="Its row, as above.")
    column: str | None = Field(None, description="Its column; left out, the row's total.")
    issuer: str | None = Field(None, description="Whose; left out, the same issuer.")
    year: int | None = Field(None, description="Of which year; left out, the same year.")


Issuer = Annotated[
    str, Field(description="Whose report: 上海市, 上海 or shanghai. `search_passages` shows some.")
]
Row = Annotated[
    str,
    Field(
        description="What is counted: a row's label (（三）不予公开), an everyday word (新收, 行政处罚, "
        "行政复议, applications received) or a concept key (t3.received, t3.received.total)."
    ),
]
Column = Annotated[
    str | None,
    Field(
        description="Which figure of the row: an applicant (自然人, 商业企业), an outcome (结果纠正), a "
        "measure (制发, 废止, 现行有效) or its key (enterprise). Leave out for the row's total."
    ),
]
Operation = Annotated[
    RequestOperation,
    Field(
        description="lookup: the figure. share: its percentage of `whole`. growth: its change in "
        "percent since the year `against`. change: the same as a difference. sum, difference, ratio "
        "(first ÷ second), compare: with the figures in `more`. rank, count_zero, count_nonzero: `over` "
        "columns, rows, years or issuers, or with `more`. trend: over the years. average: `per` month…"
    ),
]
Whole = Annotated[
    str | None,
    Field(
        description="For share: the row to divide by. Left out, a result is divided by all results "
        "and an applicant's figure by the row's total."
    ),
]
Against = Annotated[
    int | None,
    Field(description="For growth and change: the earlier year. Left out, the year before."),
]

More = Annotated[
    list[MoreFigure] | None,
    Field(description="Further figures: for sum, difference, ratio, compare, rank, or a list."),
]
Over_ = Annotated[
    Over | None,
    Field(
        description="Go over all columns of the row, the kinds the row is made of, years or issuers."
    ),
]
Top = Annotated[int, Field(description="rank: how many places, from the first.", ge=1, le=50)]
Least = Annotated[bool, Field(description="rank: begin with the smallest.")]
Per_ = Annotated[
    Per, Field(description="average: a month, a quarter, a day, or a year of several.")
]


def lookup_tool(assistant: Assistant) -> FunctionTool:
    """`look_up_figure`: one exact figure with its evidence, as JSON."""

    @validate_call
    def look_up_figure(
        issuer: Issuer,
        year: Annotated[int, Field(description="The reporting year, 2023.")],
        row: Row,
        column: Column = None,
        operation: Operation = "lookup",
        whole: Whole = None,
        against: Against = None,
        more: More = None,
        over: Over_ = None,
        top: Top = 1,
        least: Least = False,
        per: Per_ = "month",
    ) -> dict[str, Any]:
        """Look up one exact figure in the statistical tables of an annual report.

        Returns JSON. `values` is the figure asked for (exact text, with its unit), `figures` the
        printed cells it comes from and the formula, `answer` a sentence to quote. Where
        `abstained` is true there is no figure: `answer` says why and what there is instead; do not
        make one up. Copy figures as they are; never compute with them yourself: choose the operation.
        """
        cells = tuple(Cell(m.row, m.column, m.issuer, m.year) for m in more or ())
        request = Request(
            issuer, year, row, column, operation, whole, against, cells, over, top, least, per
        )
        return assistant.look_up(request).to_json()

    return _tool(look_up_figure)


def search_tool(assistant: Assistant) -> FunctionTool:
    """`search_passages`: the passages nearest to some words, as JSON."""

    @validate_call
    def search_passages(
        query: Annotated[str, Field(description="Words to look for, best in Chinese.")],
        issuer: Annotated[
            str | None, Field(description="Only reports of this issuer, 上海市.")
        ] = None,
        year: Annotated[int | None, Field(description="Only reports of this year, 2023.")] = None,
        limit: Annotated[int, Field(description="How many passages.", ge=1, le=30)] = 5,
    ) -> list[dict[str, Any]]:
        """Search the annual reports: work done, problems, plans, reasons, and rows of their tables.

        Returns a JSON list of passages as printed, best first, with report, issuer, year, section
        and, for rows of a table, the table. For a figure of the statistical tables call `look_up_figure` instead.
        """
        reports = {r.id: r for r in assistant.reports()}
        found = assistant.search(query, issuer=issuer, year=year, limit=limit)
        return [
            {
                "report": report.id,
                "issuer": report.issuer,
                "year": report.year,
                "section": list(hit.passage.passage.section),
                "passage": hit.passage.passage.index,
                "table": hit.passage.passage.table,
                "text": hit.passage.passage.printed,
                "place": hit.passage.passage.place.to_json(),
            }
            for hit in found
            if (report := reports.get(hit.passage.report_id)) is not None
        ]

    return _tool(search_passages)


def _tool(function: Callable[..., Any]) -> FunctionTool:
    # a description of our own: LlamaIndex would begin it with the annotations, printed in full
    return FunctionTool.from_defaults(
        function, description=inspect.getdoc(function), callback=_as_json
    )


def _as_json(value: Any) -> str:
    """What the model reads; without this it would read Python's own notation."""
    return json.dumps(value, ensure_ascii=False)
