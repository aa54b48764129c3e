"""For whom and for when."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import ReportSummary
from index.plan.catalogue import Catalogue, make_catalogue
from index.plan.plan import Understanding
from index.plan.scope import Scope, resolve

#: what an ask before was about
BEFORE = Scope(("示例市",), (2023,))


def _asked(issuers: tuple[str, ...] = (), years: tuple[int, ...] = ()) -> Understanding:
    return Understanding("", issuers, years)


@pytest.mark.parametrize(
    ("asked", "context", "scope"),
    [
        (_asked(("上海市",), (2023,)), None, Scope(("上海市",), (2023,))),
        # the only year there is need not be named
        (_asked(("上海市",)), None, Scope(("上海市",), (2023,))),
        # the newest of several is taken, and said
        (_asked(("示例市",)), None, Scope(("示例市",), (2023,), assumed_year=True)),
        (_asked(("示例市",), (2022, 2023)), None, Scope(("示例市",), (2022, 2023))),
        (_asked(("示例市", "上海市"), (2023,)), None, Scope(("示例市", "上海市"), (2023,))),
        # nobody is named
        (_asked(), None, Scope((), (), problem="which-issuer")),
        (_asked(years=(2023,)), None, Scope((), (2023,), problem="which-issuer")),
        # what the ask before was about
        (_asked(), BEFORE, BEFORE),
        (_asked(years=(2022,)), BEFORE, Scope(("示例市",), (2022,))),
        (_asked(("上海市",)), BEFORE, Scope(("上海市",), (2023,))),
        (_asked(("上海市",)), Scope(("示例市",), (2022,)),
         Scope(("上海市",), (2022,), problem="no-report", missing_years=(2022,))),
        # no such report
        (_asked(("上海市",), (2024,)), None,
         Scope(("上海市",), (2024,), problem="no-report", missing_years=(2024,))),
        (_asked(("上海市",), (2022, 2023)), None,
         Scope(("上海市",), (2022, 2023), problem="no-report", missing_years=(2022,))),
        (_asked(("示例市", "上海市"), (2022,)), None,
         Scope(("示例市", "上海市"), (2022,), problem="no-report", missing_years=(2022,))),
        (_asked(("北京市",), (2023,)), None,
         Scope(("北京市",), (2023,), problem="no-report", missing_years=(2023,))),
    ],
)  # fmt: skip
def test_resolve(
    catalogue: Catalogue, asked: Understanding, context: Scope | None, scope: Scope
) -> None:
    assert resolve(asked, catalogue, context) == scope


@pytest.mark.parametrize(
    ("asked", "context", "words", "years", "problem"),
    [
        (_asked(), BEFORE, "last_year", (2022,), None),
        (_asked(), BEFORE, "next_year", (2024,), "no-report"),
        (_asked(), Scope(("示例市",), (2022,)), "next_year", (2023,), None),
        (_asked(), Scope(("示例市",), (2022,)), "last_year", (2021,), "no-report"),
        # the year before which? the newest report of a store is not of this year
        (_asked(("示例市",)), None, "last_year", (), "which-year"),
        (_asked(("上海市",)), None, "last_year", (), "which-year"),
    ],
)
def test_the_year_before_and_after(
    catalogue: Catalogue,
    asked: Understanding,
    context: Scope | None,
    words: str,
    years: tuple[int, ...],
    problem: str | None,
) -> None:
    found = resolve(
        asked,
        catalogue,
        context,
        last_year=words == "last_year",
        next_year=words == "next_year",
    )
    assert (found.years, found.problem) == (years, problem)


def test_the_only_issuer_need_not_be_named(summary: Callable[..., ReportSummary]) -> None:
    catalogue = make_catalogue([summary("甲市", 2023)])
    assert resolve(_asked(), catalogue, None) == Scope(("甲市",), (2023,))


def test_an_empty_store() -> None:
    assert resolve(_asked(), make_catalogue([]), None).problem == "empty-store"


def test_two_issuers_of_different_newest_years(summary: Callable[..., ReportSummary]) -> None:
    """The newest year that both have."""
    catalogue = make_catalogue(
        [summary("甲市", 2022, "a"), summary("甲市", 2023, "b"), summary("乙市", 2022, "c")]
    )
    found = resolve(_asked(("甲市", "乙市")), catalogue, None)
    assert (found.years, found.problem, found.assumed_year) == ((2022,), None, True)


def test_pairs_are_in_the_order_asked() -> None:
    pairs = Scope(("乙", "甲"), (2023, 2022)).pairs
    assert pairs == (("乙", 2023), ("乙", 2022), ("甲", 2023), ("甲", 2022))
    assert Scope((), (2023,)).pairs == ()
