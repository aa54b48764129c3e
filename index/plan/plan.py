"""What a question was taken to mean, before any figure is looked up."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Operation(StrEnum):
    """What is done with the figures of the operands."""

    LOOKUP = "lookup"
    LIST = "list"
    SUM = "sum"
    SHARE = "share"
    DIFFERENCE = "difference"
    RATIO = "ratio"
    AVERAGE = "average"
    GROWTH = "growth"
    RANK = "rank"
    COMPARE = "compare"
    VERIFY = "verify"
    EXISTS = "exists"
    COUNT = "count"
    TREND = "trend"
    BALANCE = "balance"
    NARRATIVE = "narrative"


@dataclass(frozen=True, slots=True)
class Operand:
    """One figure that is asked for: a concept, and for whom and when where the words say it.

    `note` is a word inside the cell's note (`新制发`), if that figure is meant.
    """

    subject: str
    member: str
    issuer: str | None = None
    year: int | None = None
    note: str | None = None

    @property
    def concept(self) -> str:
        """`t3.refused.total`."""
        return f"{self.subject}.{self.member}"


@dataclass(frozen=True, slots=True)
class Plan:
    """A computation over figures of tables.

    `whole` is what a share divides by (`own_whole`: each part by its own column of it), `together`
    adds several parts of a share up. An average with a `whole` divides by that figure. `divisor` is
    what an average divides by, 0 for the days of the year. `claims` are numbers that the question
    states. `least` turns a ranking round, and names the smaller of two. `signed` says that 少 was
    asked and not 多, `directed` that one of the two was. `percent` asks growth in percent, `falls`
    is the direction that the question takes for granted, `against` the year that growth is measured
    against, None for the year before. `top` is how many places of a ranking are asked for, `nth`
    that only the last of them is. `zero` counts the operands that are 0, or those that are not;
    `kind` is the word that counts them. `across_years` divides an average by the number of years.
    `more_whole` is added to `whole` before a share divides by it; a balance holds the sum of
    `operands` against that of `more_whole`. `instead` is the row and the year of another report
    that has the same figure. `unit` is the unit asked for; `fresh` that what is asked for is new
    (新制定), which a note in the cell may count apart. `reading` are subjects that the word asked may
    hold as well (`ingest.words.Reading`).
    """

    operation: Operation
    operands: tuple[Operand, ...]
    issuers: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    whole: Operand | None = None
    divisor: int | None = None
    claims: tuple[Decimal, ...] = ()
    least: bool = False
    percent: bool = False
    against: int | None = None
    signed: bool = False
    directed: bool = False
    together: bool = False
    own_whole: bool = False
    reading: tuple[str, ...] = ()
    unit: str | None = None
    fresh: bool = False
    falls: bool | None = None
    top: int = 1
    nth: bool = False
    zero: bool = False
    kind: str = "项"
    more_whole: tuple[Operand, ...] = ()
    across_years: bool = False
    instead: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Understanding:
    """One ask of a question: a plan where the words name figures of a table, else None.

    `unknown` are words that nothing explains; `reason` says why there is no plan. `issuers` and
    `years` are what the words name, `elsewhere` places that no report in the store is of. `text` is
    the ask itself; `number` tells that a number is asked, `unit` its unit, `growth` and `share` its
    kind. `all_years` asks for every year that there is, `recent` for so many of the newest, `kin` for
    every issuer whose name ends so ("" for any). `pairs` are issuers with a year each, where the words
    say which year is whose; `premise` is a plan that tells whether what a why takes for granted holds.
    """

    text: str
    issuers: tuple[str, ...]
    years: tuple[int, ...]
    plan: Plan | None = None
    unknown: tuple[str, ...] = ()
    reason: str | None = None
    number: bool = False
    growth: bool = False
    share: bool = False
    unit: str | None = None
    concepts: tuple[str, ...] = field(default=())
    yes_no: bool = False
    elsewhere: tuple[str, ...] = ()
    all_years: bool = False
    recent: int | None = None
    kin: str | None = None
    pairs: tuple[tuple[str, int], ...] = ()
    premise: Plan | None = None
