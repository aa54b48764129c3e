"""A cell lost and a blank at the end: the total in the place of its last part is no figure."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.model import Report

Values = dict[str, str]
Read = Callable[..., Report]
MakeValues = Callable[..., Values]
MakeText = Callable[[Values, str], str]
Wrong = Callable[[Report, Values], list[str]]
Codes = Callable[[Report], set[str]]

_WHO = ("person", "business", "research", "welfare", "legal", "other", "total")


def _row(values: Values, row: str, texts: str, columns: tuple[str, ...]) -> Values:
    own = [k for k in values if k.startswith(f"{row}.") and k.rsplit(".", 1)[0] == row]
    assert len(own) == len(columns) == len(texts.split("|"))
    return values | dict(zip(own, texts.split("|"), strict=True))


@pytest.mark.parametrize("layout", ["tab", "markdown", "unpadded"])
@pytest.mark.parametrize(
    "printed",
    [
        "1|2|3|5|0|11|",  # truth 1|2|3|0|5|0|11
        "1|2|3|4|5|15|",  # truth 1|2|3|4|0|5|15, the equal sum
        "1|0|0|0|3|4|",  # the lost one was blank
        "7|||||7|",  # truth 7||||||7
        "1|2|4|8|15||",  # two lost
        "0|0|0|0|0|9|",
    ],
)
def test_a_total_in_the_place_of_its_part_costs_the_row(
    printed: str,
    layout: str,
    make_values: MakeValues,
    make_text: MakeText,
    read: Read,
    codes: Codes,
) -> None:
    values = _row(make_values(), "t3.granted", printed, _WHO)
    report = read(make_text(values, layout))
    assert not [f for f in report.figures if f.key and f.key.startswith("t3.granted.")]
    assert {"row-shifted", "row-width"} & codes(report)


@pytest.mark.parametrize("layout", ["tab", "markdown"])
@pytest.mark.parametrize(
    "printed",
    [
        "9|2|3|0|0|1|",  # a total that was not filled in
        "9|0|0|0|0|0|",
        "0|0|0|0|0|0|",
        "9||||||",
        "9|2|||||",
        "1|2|3|4|5|0|15",
        "7|||||7|14",
        "/|/|/|/|/|/|",
        "||||||",
        "||||||7",
    ],
)
def test_what_cannot_have_shifted_is_kept(
    printed: str, layout: str, make_values: MakeValues, make_text: MakeText, read: Read
) -> None:
    values = _row(make_values(), "t3.granted", printed, _WHO)
    report = read(make_text(values, layout))
    assert {f.key: f.text for f in report.figures if f.key in values} == values


@pytest.mark.parametrize(
    "last", ["1|0|0|3|", "0|0|0|3|", "1|0|1||", "2|2|||"]
)  # truth of the first: 1|0|2|0|3
def test_one_group_of_the_row_without_a_label_costs_the_row(
    last: str, make_values: MakeValues, make_text: MakeText, read: Read, codes: Codes
) -> None:
    values = make_values()
    own = [k for k in values if k.startswith("t4.")][10:]
    report = read(make_text(values | dict(zip(own, last.split("|"), strict=True)), "tab"))
    assert not [f for f in report.figures if f.key and f.key.startswith("t4.")]
    assert "row-shifted" in codes(report)


@pytest.mark.parametrize("layout", ["padded", "tab"])
def test_a_row_that_ends_in_a_blank_where_other_rows_lost_theirs(
    layout: str,
    make_values: MakeValues,
    make_text: MakeText,
    read: Read,
    codes: Codes,
    wrong: Wrong,
) -> None:
    truth = make_values() | {"t2.rules.made": "", "t2.normative.repealed": ""}
    truth |= {k: "" for k in truth if k.startswith("t3.") and k.endswith(("natural", "research"))}
    bar = "\t" if layout == "tab" else "|"
    lines = []
    for line in make_text(truth, layout).splitlines():
        cells = line.split(bar)
        if len(cells) > 3 and any(c.strip().isdecimal() for c in cells):
            full = [c for c in cells if c.strip()]
            line = bar.join([*full, *[" "] * (len(cells) - len(full))])
        lines.append(line)
    report = read("\n".join(lines) + "\n")
    assert [k for k in wrong(report, truth) if k and k.startswith("t2.")] == []
    assert codes(report) & {"row-shifted", "row-width"}
