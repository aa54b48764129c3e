"""Files on their way into the store: which there are, what they are called, what became of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.store.summary import ReportSummary
from ingest.model import Warning_


@dataclass(frozen=True, slots=True)
class IngestStage:
    """Progress of an ingestion: file number `done` of `total` is at `stage` (read, store, done)."""

    path: Path
    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What became of one file: `added`, `unchanged` or `failed` (then `error` says why)."""

    path: Path
    status: str
    error: str | None = None
    reports: tuple[ReportSummary, ...] = ()
    warnings: tuple[Warning_, ...] = ()


def walk(paths: Iterable[Path]) -> Iterator[Path]:
    """Files as given, folders walked in the order of names; hidden files are passed over."""
    for path in paths:
        if path.is_dir():
            for found in sorted(path.rglob("*")):
                hidden = any(p.startswith(".") for p in found.relative_to(path).parts)
                if not hidden and not found.is_dir():  # a broken link is named as a failure too
                    yield found
        else:
            yield path


def readable_name(path: Path) -> str:
    """A path as text that can be printed and stored.

    A name in GBK (of an archive unpacked on Linux) has bytes that are no UTF-8; it is decoded.
    """
    name = str(path)
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        raw = os.fsencode(path)
        try:
            return raw.decode("gb18030")
        except UnicodeDecodeError:
            return raw.decode("utf-8", "replace")
    return name
