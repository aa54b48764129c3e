"""Slips of the hand in a question: homophones, a letter left out, doubled or swapped.

Another letter that does not sound alike is no slip: 行政处分 must not become 行政处罚.
"""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=20000)
def sounds(word: str) -> tuple[str, ...]:
    """The usual reading of each letter of a Chinese word, tones and near sounds folded."""
    from pypinyin import lazy_pinyin

    return tuple(_merge(s) for s in lazy_pinyin(word))


def _merge(sound: str) -> str:
    """Fold what southern speakers and sloppy typing do not tell apart."""
    for long, short in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        if sound.startswith(long):
            sound = short + sound[2:]
    return sound.replace("ing", "in").replace("eng", "en").replace("ang", "an")


@lru_cache(maxsize=4000)
def homophones(letter: str) -> str:
    """The usual Chinese letters that sound like this one, without itself."""
    return _by_sound().get(sounds(letter), "").replace(letter, "")


@lru_cache(maxsize=1)
def _by_sound() -> dict[tuple[str, ...], str]:
    """The 3,755 letters of the first level of GB 2312 by their sound."""
    out: dict[tuple[str, ...], str] = {}
    for row in range(0xB0, 0xD8):
        for cell in range(0xA1, 0xFF):
            letter = bytes((row, cell)).decode("gb2312", errors="ignore")
            if letter:
                out[sounds(letter)] = out.get(sounds(letter), "") + letter
    return out


_NEGATIONS = "不没未无非"


def sounds_alike(typed: str, word: str) -> bool:
    """Whether two words of the same length differ only in letters that sound alike.

    A word of two letters must share one of them: 宿豫 is a place, not a slip for 诉语.
    """
    if len(typed) != len(word) or typed == word or sounds(typed) != sounds(word):
        return False
    return len(word) > 2 or any(a == b for a, b in zip(typed, word, strict=True))


def is_slip(typed: str, word: str) -> bool:
    """Whether `typed` is `word` with one letter left out, doubled or swapped with the next."""
    if len(word) < 4 or typed == word:
        return False
    if len(typed) == len(word) - 1:
        return typed in shortened(word)
    if len(typed) == len(word) + 1:
        return any(
            typed[:i] + typed[i + 1 :] == word and i > 0 and typed[i] == typed[i - 1]
            for i in range(len(typed))
        )
    if len(typed) == len(word):
        differ = [i for i in range(len(word)) if typed[i] != word[i]]
        return (
            len(differ) == 2
            and differ[1] == differ[0] + 1
            and typed[differ[0]] == word[differ[1]]
            and typed[differ[1]] == word[differ[0]]
        )
    return False


def shortened(word: str) -> set[str]:
    """`word` with one letter left out, in every way but the one that turns it into its opposite."""
    return {word[:i] + word[i + 1 :] for i in range(len(word)) if word[i] not in _NEGATIONS}
