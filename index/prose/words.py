"""The words of sentences that count things (`words.toml`): verbs, units, qualifiers, synonyms."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class ProseWords:
    """`verbs` are the classes of each verb; `plain` and `general` are names of classes.

    `marked` change what a figure counts, `light` say nothing of it; the patterns are over search text.
    """

    units: dict[str, frozenset[str]]
    near: dict[str, frozenset[str]]
    counted: tuple[str, ...]
    implied: dict[str, frozenset[str]]
    verbs: dict[str, frozenset[str]]
    plain: frozenset[str]
    marked: tuple[str, ...]
    light: frozenset[str]
    tails: frozenset[str]
    afterwards: tuple[str, ...]
    generic: frozenset[str]
    synonyms: dict[str, tuple[str, ...]]
    joints: re.Pattern[str]
    bodies: re.Pattern[str]
    channel: re.Pattern[str]

    def fits(self, asked: str, unit: str | None) -> bool:
        """Whether a figure in `unit` answers a question that asks for `asked`."""
        return (unit or "") in self.units.get(asked, frozenset((asked,)))

    def fits_nearly(self, asked: str, unit: str | None) -> bool:
        """Whether it may answer one where no figure has a better unit."""
        return self.fits(asked, unit) or (unit or "") in self.near.get(asked, frozenset())

    def classes(self, verb: str) -> frozenset[str]:
        """What a verb may mean; empty where it is not known, or says only that something was done."""
        return self.verbs.get(verb, frozenset()) - {"general"}


@cache
def prose_words() -> ProseWords:
    """The words of `words.toml`, read once."""
    text = resources.files("index.prose").joinpath("words.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    verbs: dict[str, set[str]] = {}
    for kind in ("plain", "telling"):
        for name, words in data["verbs"][kind].items():
            for word in words:
                verbs.setdefault(word, set()).add(name)
    for word in data["verbs"]["alone"]["words"]:
        verbs.setdefault(word, set()).add(word)
    for word in data["verbs"]["general"]["words"]:
        verbs.setdefault(word, set()).add("general")
    units = {asked: frozenset(fit) for asked, fit in data["units"].items()}
    return ProseWords(
        units=units,
        near={asked: frozenset(fit) for asked, fit in data["units_near"].items()},
        counted=_longest((*units, *data["counted"]["units"])),
        implied={unit: frozenset(words) for unit, words in data["implied"].items()},
        verbs={verb: frozenset(names) for verb, names in verbs.items()},
        plain=frozenset(data["verbs"]["plain"]),
        marked=_longest(data["marked"]["words"]),
        light=frozenset(data["light"]["words"]),
        tails=frozenset(data["tails"]["words"]),
        afterwards=tuple(data["afterwards"]["words"]),
        generic=frozenset(data["generic"]["words"]),
        synonyms={
            word: tuple(w for w in line if w != word)
            for line in data["synonyms"]["lines"] for word in line
        },
        joints=re.compile(data["joints"]["pattern"]),
        bodies=re.compile(data["bodies"]["pattern"]),
        channel=re.compile(data["channel"]["pattern"]),
    )  # fmt: skip


def _longest(words: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(words), key=lambda w: (-len(w), w)))
