"""Frozen dataclasses that are made quickly are otherwise what they were."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace
from inspect import signature
from typing import Any, Generic, TypeVar

import pytest

from ingest.model import Figure, Place, Status
from ingest.quick import maker, quick
from ingest.readers import TextLine

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Usual:
    """As `dataclasses` makes it."""

    first: str
    second: int = 2
    third: tuple[int, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Quick:
    """The same, quick."""

    first: str
    second: int = 2
    third: tuple[int, ...] = ()


@pytest.mark.parametrize(
    ("given", "named"),
    [(("a",), {}), (("a", 5), {}), (("a", 5, (1,)), {}), ((), {"third": (3,), "first": "b"})],
)
def test_it_holds_what_it_is_given_and_the_defaults(
    given: tuple[Any, ...], named: dict[str, Any]
) -> None:
    usual, made = Usual(*given, **named), Quick(*given, **named)
    assert [getattr(made, f.name) for f in fields(made)] == [
        getattr(usual, f.name) for f in fields(usual)
    ]
    assert repr(made) == repr(usual).replace("Usual", "Quick")
    assert list(signature(Quick).parameters) == list(signature(Usual).parameters)


def test_a_maker_makes_what_its_class_makes() -> None:
    for cls, given in ((Quick, ("a",)), (QuickPair, ("a", 5)), (QuickThree, ("a", 5, 6))):
        made, usual = maker(cls)(*given), cls(*given)
        assert type(made) is cls
        assert made == usual
        assert hash(made) == hash(usual)
        with pytest.raises(FrozenInstanceError):
            made.second = 4  # type: ignore[misc]
        with pytest.raises(TypeError):
            maker(cls)(*given, fourth=1)
    with pytest.raises(KeyError):
        maker(Usual)


@pytest.mark.parametrize(
    ("given", "named"), [((), {}), (("a", 1, (), 4), {}), (("a",), {"fourth": 1})]
)
def test_wrong_arguments_are_refused(given: tuple[Any, ...], named: dict[str, Any]) -> None:
    for cls in (Usual, Quick):
        with pytest.raises(TypeError):
            cls(*given, **named)


def test_it_is_as_frozen_and_as_equal_as_before() -> None:
    place = Place(line=3, end=9)
    with pytest.raises(FrozenInstanceError):
        place.line = 4  # type: ignore[misc]
    assert place == Place(3, None, None, 9) != Place(3)
    assert hash(place) == hash(Place(3, None, None, 9))
    assert replace(place, line=5) == Place(line=5, end=9)
    assert pickle.loads(pickle.dumps(place)) == copy.deepcopy(place) == place


@quick
@dataclass(frozen=True, slots=True)
class QuickPair(Generic[T]):
    """A quick class that is generic."""

    first: T
    second: int = 2


@quick
@dataclass(frozen=True, slots=True)
class QuickThree(QuickPair[str]):
    """A quick class that inherits another."""

    third: int = 3


def test_generic_and_inherited_classes_are_what_they_are() -> None:
    pair, three = QuickPair("a"), QuickThree("a", 5)
    assert (type(pair), pair.first, pair.second) == (QuickPair, "a", 2)
    assert (type(three), three.first, three.second, three.third) == (QuickThree, "a", 5, 3)
    for made in (pair, three):
        with pytest.raises(FrozenInstanceError):
            made.second = 4  # type: ignore[misc]


def test_values_of_reports_survive_a_pipe() -> None:
    figure = Figure("t2.a", "18", None, Status.TEXT, row_path=("规章",), place=Place(line=1))
    line = TextLine("规章", Place(line=1), 4)
    assert pickle.loads(pickle.dumps((figure, line))) == (figure, line)


def test_offsets_of_a_place_change_and_nothing_else() -> None:
    place = Place(1, 2, 3, 4, 5, (0.0, 1.0, 2.0, 3.0), "表", "B2", "p[1]")
    moved = place.between(7, 8, 9)
    assert moved == replace(place, start=7, end=8, end_line=9)


def test_what_it_cannot_do_is_refused_when_the_class_is_made() -> None:
    @dataclass(frozen=True, slots=True)
    class Made:
        parts: list[int] = field(default_factory=list)

    @dataclass(frozen=True, slots=True)
    class Checked:
        part: int

        def __post_init__(self) -> None:
            pass

    for cls in (Made, Checked):
        with pytest.raises(TypeError, match=cls.__name__):
            quick(cls)
