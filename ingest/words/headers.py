"""The words that tell what the cells of a table are, from their data file."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


@cache
def header_words(kind: str) -> frozenset[str]:
    """The words of one `kind`, a key of `headers.toml`, in search text and lower case."""
    return frozenset(_load()[kind])


@cache
def endings(kind: str) -> tuple[str, ...]:
    """The words of one `kind` for `str.endswith` and `str.startswith`."""
    return tuple(sorted(header_words(kind)))


@cache
def _load() -> dict[str, list[str]]:
    text = resources.files("ingest.words").joinpath("headers.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
