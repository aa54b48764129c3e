"""Rows whose cells have moved up into the place of a lost one, told by the sums of their form.

Where a cell of a row is lost and a blank stands at its end, the total stands in the place of its last
part: the total's own place is blank, and what stands before it is as much as all parts before it.
"""

from __future__ import annotations

from decimal import Decimal

from ingest.forms import Form, FormTable
from ingest.model import Status, Warning_
from ingest.numbers import read_cell
from ingest.tables.rows import FoundRow

_SEVERAL = 2  # rows without as many cells as they should have: blanks were lost


def without_shifted(
    rows: dict[str, FoundRow], form: Form, table: FormTable, refused: int
) -> tuple[dict[str, FoundRow], list[Warning_]]:
    """The rows of one table, by their keys, without those that may have shifted; a warning for each.

    `refused` is how many rows of the document have not as many cells as they should.
    """
    kept, warnings = {}, []
    for key, row in rows.items():
        total = _shifted_total(row, form, table)
        name = row.row.path[-1] if row.row.path else "数据行"
        if total is not None:
            text = (
                f"{table.title}：“{name}”一行的“{row.block.columns[total].path[-1]}”是空的，"
                "前面最后一个数却不小于其余各数之和，可能少了一格、后面的数都移了位，该行数值未采用"
            )
            warnings.append(Warning_("row-shifted", text, row.values[total].place))
        elif refused >= _SEVERAL and not row.values[-1].text and any(v.text for v in row.values):
            text = (
                f"{table.title}：“{name}”一行以空格结尾，而文件里有 {refused} 行丢了格，"
                "这个空格可能是补在行尾的，该行数值未采用"
            )
            warnings.append(Warning_("row-shifted", text, row.values[-1].place))
        else:
            kept[key] = row
    return kept, warnings


def _shifted_total(row: FoundRow, form: Form, table: FormTable) -> int | None:
    """The column of a blank total whose figure may stand in the place of one of its parts."""
    if all(value.text for value in row.values):
        return None
    at = {table.concept(row.row, column): n for n, column in enumerate(row.block.columns)}
    for identity in form.identities:
        total = at.get(identity.right[0])
        parts = sorted(at[key] for key in identity.left if key in at)
        if total is None or len(parts) != len(identity.left) or parts[-1] > total:
            continue
        if read_cell(row.values[total].text).status is Status.BLANK:
            read = [read_cell(row.values[n].text) for n in parts]
            while read and read[-1].status is Status.BLANK:
                read.pop()
            if len(read) > 1 and _is_sum(read[-1].value, [r.value for r in read[:-1]]):
                return total
    return None


def _is_sum(last: Decimal | None, parts: list[Decimal | None]) -> bool:
    """Whether the last may be the sum of the parts; more than what is left of them, if one was lost."""
    if not last or all(p is None for p in parts):
        return False
    return last >= sum((p or Decimal(0) for p in parts), Decimal(0))
