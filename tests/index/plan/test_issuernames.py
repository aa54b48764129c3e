"""Names of issuers, found when they are looked for."""

from __future__ import annotations

import pytest

from index.plan import issuernames
from index.plan.issuernames import IssuerNames, issuer_names

ISSUERS = ("360街道", "上海市", "吉林市", "吉林省", "甲市朝阳区", "乙市朝阳区", "ABC局")


def slowly(issuers: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The same, all names at once: who is called so as a whole goes before who is in part."""
    whole: dict[str, str] = {}
    part: dict[str, tuple[str, ...]] = {}
    for issuer in issuers:
        for rank, name in issuer_names(issuer):
            if rank == 0:
                whole.setdefault(name, issuer)
            else:
                part[name] = tuple(dict.fromkeys((*part.get(name, ()), issuer)))
    return part | {name: (issuer,) for name, issuer in whole.items()}


def test_the_same_as_all_names_at_once() -> None:
    assert dict(IssuerNames(ISSUERS)) == slowly(ISSUERS)
    names = IssuerNames(ISSUERS)
    assert {name: names[name] for name in slowly(ISSUERS)} == slowly(ISSUERS)
    assert len(names) == len(slowly(ISSUERS)) and names == slowly(ISSUERS)


@pytest.mark.parametrize(
    ("name", "issuers"),
    [
        ("朝阳区", ("甲市朝阳区", "乙市朝阳区")),
        ("吉林", ("吉林市",)),
        ("shanghai", ("上海市",)),
        ("shang hai", ("上海市",)),
        ("360街道办", ("360街道",)),
        ("abc局", ("ABC局",)),
    ],
)
def test_a_name(name: str, issuers: tuple[str, ...]) -> None:
    assert IssuerNames(ISSUERS)[name] == issuers


@pytest.mark.parametrize("name", ["", "a", "北京", "shang"])
def test_no_name(name: str) -> None:
    names = IssuerNames(ISSUERS)
    assert name not in names and names.get(name) is None
    with pytest.raises(KeyError):
        names[name]


@pytest.mark.parametrize("letter", ["上", "朝", "3", "s", "a", "x", "京"])
def test_lengths(letter: str) -> None:
    wanted = sorted({len(n) for n in slowly(ISSUERS) if n[0] == letter})
    assert list(IssuerNames(ISSUERS).lengths(letter)) == wanted


def test_nothing_is_read_aloud_for_a_chinese_question(monkeypatch: pytest.MonkeyPatch) -> None:
    names = IssuerNames(("上海市", "宿迁市"))
    heard: list[str] = []
    monkeypatch.setattr(issuernames, "_sounds", lambda issuer: heard.append(issuer) or ())
    assert names["上海"] == ("上海市",) and names.lengths("2") == () and names.lengths("宿")
    assert heard == []
    assert names.get("suqian") is None and heard == ["上海市", "宿迁市"]
    names.get("x")
    assert len(heard) == 2  # once
