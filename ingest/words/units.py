"""The units that reports count in, from their data file."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


@cache
def unit_words() -> tuple[str, ...]:
    """Units of sentences and tables, longest first (`units.toml`)."""
    text = resources.files("ingest.words").joinpath("units.toml").read_text(encoding="utf-8")
    units: list[str] = tomllib.loads(text)["units"]
    return tuple(sorted(units, key=len, reverse=True))
