"""The list of files, and how text reaches the disk."""

# fmt: off
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from model import Report, Val

Maker = Callable[[Path], "list[Report] | tuple[list[Report], Callable[[str], str]]"]


@dataclass
class Entry:
    name: str
    notes: str
    make: Maker


FILES: list[Entry] = []
REMAKE_PDF = [False]


def file(name: str, notes: str) -> Callable[[Maker], Maker]:
    def keep(fn: Maker) -> Maker:
        assert name not in [e.name for e in FILES], name
        FILES.append(Entry(name, notes, fn))
        return fn

    return keep


def put(out: Path, text: str, encoding: str = "utf-8", newline: str = "\n") -> None:
    data = text.replace("\n", newline)
    if encoding == "utf-16":
        out.write_bytes(b"\xff\xfe" + data.encode("utf-16-le"))
    else:
        out.write_bytes(data.encode(encoding))


def needs_printing(out: Path) -> bool:
    return REMAKE_PDF[0] or not out.exists()


def refuse(r: Report, table: str, rows: set[str] | None = None, cols: set[str] | None = None) -> None:
    """These figures cannot be read from the file any more: refusing is right, another value is wrong."""
    r.must_refuse = True
    for (t, row, col), cell in r.cells.items():
        if t == table and (rows is None or row in rows) and (cols is None or col in cols):
            cell.refuse_ok = True


def variants(table: dict[str, str]) -> Callable[[str], str]:
    return lambda label: table.get(label, label)


__all__ = ["FILES", "Entry", "Report", "Val", "file", "needs_printing", "put", "refuse", "variants"]
