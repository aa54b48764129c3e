"""The identities of a form: sums that its cells must keep, each with its state."""

from __future__ import annotations

from decimal import Decimal

from ingest.forms import Form
from ingest.model import Figure, Finding, Status, make_finding

_ZERO = Decimal(0)
_NOTHING = frozenset((Status.BLANK, Status.SLASH, Status.DASH, Status.TEXT))


def assess_identities(form: Form, figures: tuple[Figure, ...]) -> tuple[Finding, ...]:
    """Each identity of the form as a finding with its state.

    `holds`; `fails`; `uncertain` where a cell without a number may make up the difference;
    `not-assessable` where a cell is not there, or no cell has a number. A blank, slash or dash cell
    counts as nothing where the rest adds up without it.
    """
    by_key = {f.key: f for f in figures if f.key is not None}
    values = {key: f.value or _ZERO for key, f in by_key.items()}
    nothing = frozenset([key for key, f in by_key.items() if f.status in _NOTHING])
    out = []
    for identity in form.identities:
        keys = (*identity.left, *identity.right)
        present = [k for k in keys if k in by_key]
        gone = len(keys) - len(present)
        empty = len([k for k in present if k in nothing]) if nothing else 0
        said, explanation = f"勾稽关系 {identity.name}：", None
        stated: str | None = None
        computed: str | None = None
        if gone or empty == len(present):
            state = "not-assessable"
            said += f"缺少 {gone} 个单元格，无法核对" if gone else "没有一个单元格有数，无法核对"
        else:
            left, right = _sum(identity.left, values), _sum(identity.right, values)
            stated, computed = str(right), str(left)
            if left == right:
                state = "holds"
                said += f"两边都是 {left}"
                if empty:
                    said += f"（{empty} 个空格或符号按没有计）"
            else:
                state = "uncertain" if empty else "fails"
                said += f"左边合计 {left}，右边合计 {right}，相差 {left - right}"
                if empty:
                    explanation = f"{empty} 个单元格没有数（空、/ 或 —），差额可能在其中"
        out.append(
            make_finding(
                code="identity",
                state=state,
                text=said,
                figures=tuple([by_key[k].id for k in present]),
                concept=identity.right[0],
                stated=stated,
                computed=computed,
                explanation=explanation,
            )
        )
    return tuple(out)


def _sum(keys: tuple[str, ...], values: dict[str, Decimal]) -> Decimal:
    return sum(map(values.__getitem__, keys), _ZERO)
