"""What is a slip of the hand, and what is another word."""

from __future__ import annotations

import pytest

from index.plan.homophones import homophones, is_slip, shortened, sounds, sounds_alike


@pytest.mark.parametrize(
    ("typed", "word", "alike"),
    [
        ("新授", "新收", True),
        ("行政付议", "行政复议", True),
        ("不於公开", "不予公开", True),
        ("自燃人", "自然人", True),
        ("商业起业", "商业企业", True),
        ("行政诉送", "行政诉讼", True),  # song, song
        ("科研机够", "科研机构", True),
        ("建收", "监收", True),
        ("行镇许可", "行政许可", True),  # zhen, zheng: not told apart in the south
        # another word
        ("行政处分", "行政处罚", False),
        ("宿豫", "诉语", False),  # no letter in common
        ("新收", "新收", False),
        ("新收了", "新收", False),
        ("", "", False),
        ("", "新收", False),
        ("维持", "纠正", False),
        ("予以公开", "不予公开", False),
        ("规章", "规定", False),
        ("😀收", "新收", False),
        ("abcd", "行政复议", False),
    ],
)
def test_sounds_alike(typed: str, word: str, alike: bool) -> None:
    assert sounds_alike(typed, word) is alike


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("张", "脏", True),
        ("城", "层", True),
        ("是", "四", True),
        ("英", "因", True),
        ("纠", "维", False),
    ],
)
def test_near_sounds_are_folded(a: str, b: str, same: bool) -> None:
    assert (sounds(a) == sounds(b)) is same


@pytest.mark.parametrize(
    ("typed", "word", "slip"),
    [
        ("行政许", "行政许可", True),
        ("规范性件", "规范性文件", True),
        ("行政政许可", "行政许可", True),
        ("行政许可可", "行政许可", True),
        ("行政可许", "行政许可", True),
        ("政行许可", "行政许可", True),
        # no slip
        ("行政许可", "行政许可", False),
        ("行大政许可", "行政许可", False),  # a letter added that is not doubled
        ("可政许行", "行政许可", False),  # swapped with another than the next
        ("许可行政", "行政许可", False),
        ("行政处分", "行政处罚", False),
        ("行政", "行政许可", False),
        ("自人", "自然人", False),  # too short to tell
        ("然自人", "自然人", False),
        ("", "行政许可", False),
        ("行政许可", "", False),
    ],
)
def test_is_slip(typed: str, word: str, slip: bool) -> None:
    assert is_slip(typed, word) is slip


@pytest.mark.parametrize(
    ("word", "less"),
    [
        ("行政许可", {"政许可", "行许可", "行政可", "行政许"}),
        ("公公", {"公"}),
        ("一", {""}),
        ("", set()),
    ],
)
def test_shortened(word: str, less: set[str]) -> None:
    assert shortened(word) == less


@pytest.mark.parametrize(
    ("letter", "sounds_like", "not_like"),
    [
        ("主", "住煮", "居"),
        ("居", "局举", "主"),
        ("税", "水睡", "务"),
        ("a", "", "b"),
        ("😀", "", "主"),
    ],
)
def test_letters_that_sound_alike(letter: str, sounds_like: str, not_like: str) -> None:
    found = homophones(letter)
    assert set(sounds_like) <= set(found)
    assert letter not in found and not set(not_like) & set(found)
