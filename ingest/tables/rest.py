"""What stands right behind the values of a row in lines: the rest of the last cell, or another line."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.normalise import clean, fold_label
from ingest.numbers import goes_on, read_cell
from ingest.tables.labels import TableLabels
from ingest.tables.tokens import Kind, Token

#: what may stand among header labels without being one
NO_LABEL = re.compile(r"\(?单位[:为]|第?\d+页|续表|[甲乙丙丁戊]$")
#: the number of a page
PAGE = re.compile(r"[-—–]\s*\d{1,3}\s*[-—–]|\d{1,3}/\d{1,3}")


def with_rest(
    labels: TableLabels, tokens: list[Token], values: list[Token], after: int
) -> tuple[list[Token], int, bool]:
    """The values with the unit that stands in the next line, what comes next, whether all is told.

    A line behind the last value that can be the rest of its cell (`.56`, 万件) makes it uncertain.
    """
    if after >= len(tokens) or tokens[after].kind is not Kind.TEXT:
        return values, after, True
    token = tokens[after]
    text, folded = clean(token.printed).strip(), fold_label(token.printed)
    if PAGE.fullmatch(text) or NO_LABEL.match(text):
        return values, after, True
    if not goes_on(token.printed):
        return values, after, True
    if text.startswith("(") and any(folded in one.beginnings for one in labels.siblings):
        return values, after, True  # the head of the next table, broken into lines
    joined = read_cell(values[-1].printed + token.printed)
    if joined.unit is not None and joined.note is None:
        unit = replace(token, kind=Kind.NOTE)
        return [*values, unit], after + 1, True
    return values, after + 1, False
