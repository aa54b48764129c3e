"""What people call an issuer, and which reports there are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import ReportSummary
from index.plan.catalogue import Catalogue, issuer_names, make_catalogue

Make = Callable[..., ReportSummary]


@pytest.mark.parametrize(
    ("issuer", "whole", "part"),
    [
        (
            "上海市",
            {"上海市", "上海", "上海市政府", "上海市人民政府", "上海政府", "shanghai", "shang hai"},
            set(),
        ),
        ("示例市示例区", {"示例市示例区", "示例市示例区政府"}, {"示例区", "示例"}),
        ("江苏省宿迁市泗阳县", {"江苏省宿迁市泗阳县"}, {"泗阳县", "泗阳"}),
        ("新疆维吾尔自治区", {"新疆维吾尔自治区", "新疆维吾尔"}, set()),
        ("示例市公安局", {"示例市公安局"}, set()),
        ("市", {"市"}, set()),
        ("", {""}, set()),
    ],
)
def test_names_of_an_issuer(issuer: str, whole: set[str], part: set[str]) -> None:
    found = issuer_names(issuer)
    assert whole <= {name for rank, name in found if rank == 0}
    assert part <= {name for rank, name in found if rank == 1}


def test_a_department_is_not_called_by_its_city() -> None:
    assert "示例市" not in {name for _, name in issuer_names("示例市公安局")}


def test_names_are_folded() -> None:
    assert {"示例區"} & {name for _, name in issuer_names("示例市示例區")} == set()


def test_the_whole_name_goes_before_a_part(catalogue: Catalogue) -> None:
    assert catalogue.names["示例"] == ("示例市",)
    assert catalogue.names["示例市"] == ("示例市",)
    assert catalogue.names["示例区"] == ("示例市示例区",)
    assert catalogue.names["示例市示例区"] == ("示例市示例区",)


def test_years_of_the_examples(catalogue: Catalogue) -> None:
    assert set(catalogue.issuers) == {"上海市", "示例市", "示例市示例区"}
    assert catalogue.years("示例市") == (2022, 2023)
    assert catalogue.years("上海市") == (2023,)
    assert catalogue.years("nobody") == ()
    assert catalogue.all_years == (2022, 2023)


def test_one_name_of_two_issuers(summary: Make) -> None:
    made = make_catalogue([summary("甲市朝阳区", 2023, "a"), summary("乙市朝阳区", 2023, "b")])
    assert made.names["朝阳区"] == ("甲市朝阳区", "乙市朝阳区")
    assert made.names["甲市朝阳区"] == ("甲市朝阳区",)


def test_two_reports_of_one_issuer_and_year_both_stay(summary: Make) -> None:
    made = make_catalogue([summary("甲市", 2023, "a"), summary("甲市", 2023, "b")])
    assert [r.id for r in made.reports[("甲市", 2023)]] == ["a", "b"]
    assert made.issuers == ("甲市",)


@pytest.mark.parametrize(("issuer", "year"), [(None, 2023), ("甲市", None), (None, None)])
def test_a_report_without_issuer_or_year_cannot_be_named(
    summary: Make, issuer: str | None, year: int | None
) -> None:
    made = make_catalogue([summary(issuer, year)])
    assert (made.issuers, made.reports, made.names) == ((), {}, {})


def test_an_empty_catalogue() -> None:
    made = make_catalogue([])
    assert (made.issuers, made.all_years) == ((), ())
