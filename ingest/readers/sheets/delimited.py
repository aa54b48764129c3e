"""Comma separated values and their kin: rows of cells, with the tables and the prose of a report.

Told by name or by structure: a text with commas in its sentences is no table. Tab-separated text without
such a name stays with the text reader, which knows how crawls are flattened.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from ingest.errors import UnreadableFile
from ingest.model import Place
from ingest.numbers import looks_like_value
from ingest.readers.base import Document, Grid, GridCell, Reader, TextLine
from ingest.readers.encoding import decode
from ingest.readers.kinds import kind_of
from ingest.readers.sheets.sheet import is_paragraph, is_title

_MOST_BYTES = 20_000_000
_MOST_CELLS = 60_000
_NAMES = (".csv", ".tsv", ".tab.csv")
_BY_NAME = ",\t;，|"  # what parts the cells of a file that calls itself so
_BY_CONTENT = ",;"
_SAMPLE = 200  # records
_FEWEST = 5
_MOST_ALIKE = 0.8  # of the records, with the same number of cells
_PROSE = re.compile(r"[。；！？]")
_SEPARATOR_LINE = re.compile(r"^sep=(.)\r?\n", re.IGNORECASE)
_MARKUP = re.compile(r"^\s*<(?:!doctype|html|\?xml|table|body|head|meta)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Record:
    """A row: its cells with where they stand in the text, its first line, counted from 1."""

    cells: tuple[GridCell, ...]
    line: int


class DelimitedReader(Reader):
    """Reads CSV and TSV."""

    name = "csv"
    version = 1

    def accepts(self, data: bytes, name: str) -> bool:
        if len(data) > _MOST_BYTES and not name.lower().endswith(_NAMES):
            return False
        if kind_of(data, name) is not None or data.startswith((b"PK", b"%PDF")):
            return False
        named = name.lower().endswith(_NAMES)
        if not named and not re.search(rb"[,;]", data[:4096]):
            return False
        try:
            text = decode(data[: _MOST_BYTES + 1], name).text
        except UnreadableFile:
            return False
        if _MARKUP.match(text):
            return False
        return named or _delimiter(text, _BY_CONTENT, strict=True) is not None

    def read(self, data: bytes, name: str) -> Document:
        if len(data) > _MOST_BYTES:
            raise UnreadableFile(
                f"{name}: {len(data)} bytes; a table in text is read up to {_MOST_BYTES}"
            )
        decoded = decode(data, name)
        text = decoded.text
        if not text.strip():
            raise UnreadableFile(f"{name}: the file holds no text")
        delimiter = _delimiter(text, _BY_NAME, strict=False) or ","
        records = _records(text, delimiter, name)
        return Document(name, text, tuple(_lay(records)), decoded.warnings)


def _delimiter(text: str, among: str, *, strict: bool) -> str | None:
    """What parts the cells, None where nothing does; with `strict` only a clear table counts."""
    if (m := _SEPARATOR_LINE.match(text)) is not None:
        return m[1]
    best: tuple[float, str] | None = None
    for delimiter in among:
        rows = _sample(text, delimiter)
        sizes = Counter(len(row) for row in rows)
        size, times = sizes.most_common(1)[0] if sizes else (1, 0)
        if size < 2:
            wide = [n for n in sizes if n > 1]
            size = max(wide, key=lambda n: sizes[n], default=1)
            times = sizes[size]
        if size < 2:
            continue
        alike = times / len(rows)
        if strict:
            if len(rows) < _FEWEST or alike < _MOST_ALIKE or size < 3 or not _is_table(rows):
                continue
        rank = alike * (1 + 0.01 * size)
        if best is None or rank > best[0]:
            best = (rank, delimiter)
    return best[1] if best else None


def _is_table(rows: list[list[str]]) -> bool:
    """Whether rows are labels with values behind them, and not sentences or `1,234` cut in two."""
    if sum(any(_PROSE.search(c) for c in row) for row in rows) > 0.2 * len(rows):
        return False
    if sum(any(c in "|\t" for c in "".join(row)) for row in rows) > 0.1 * len(rows):
        return False
    valued = [row for row in rows if any(looks_like_value(c) for c in row[1:])]
    behind = [c for row in valued for c in row[1:]]
    values = sum(not c.strip() or looks_like_value(c) for c in behind)
    labelled = sum(not looks_like_value(row[0]) for row in valued)
    return (
        len(valued) >= 0.4 * len(rows)
        and values >= 0.8 * len(behind)
        and labelled >= 0.5 * len(valued)
    )


def _sample(text: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(text[:200_000].split("\n"), delimiter=delimiter):
            if "".join(row).strip():
                rows.append(row)
            if len(rows) == _SAMPLE:
                break
    except csv.Error:
        return []
    return rows


def _records(text: str, delimiter: str, name: str) -> list[_Record]:
    """The rows by the csv module, each cell with its place in the text."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    skip = 1 if _SEPARATOR_LINE.match(text) else 0
    reader = csv.reader((line + "\n" for line in lines[skip:]), delimiter=delimiter)
    out: list[_Record] = []
    count = 0
    at = skip
    try:
        for row in reader:
            cells = _placed(row, text, starts[at], starts[skip + reader.line_num], at + 1)
            out.append(_Record(cells, at + 1))
            at = skip + reader.line_num
            count += len(row)
            if count > _MOST_CELLS:
                raise UnreadableFile(
                    f"{name}: more than {_MOST_CELLS} cells; a report has some thousand"
                )
    except csv.Error as e:
        raise UnreadableFile(f"{name}: line {at + 1} is no row of cells ({e})") from e
    return out


def _placed(row: list[str], text: str, at: int, end: int, line: int) -> tuple[GridCell, ...]:
    """The cells of a record that stands at `text[at:end]`; `start` is behind an opening quote."""
    out = []
    for cell in row:
        quoted = text[at : at + 1] == '"'
        written = cell.replace('"', '""') if quoted else cell
        begin = at + quoted
        if not text.startswith(written, begin):  # a quote in the middle of a cell
            found = text.find(written, at, end) if written else -1
            begin = found if found >= 0 else begin
        stop = begin + len(written)
        own = cell.strip()
        lead = len(cell) - len(cell.lstrip()) if own else 0
        exact = text.startswith(own, begin + lead)
        place = Place(line=line, start=begin + lead, end=begin + lead + len(own) if exact else stop)
        out.append(GridCell(own, place))
        at = min(stop + (1 if quoted else 0) + 1, end)
    return tuple(out)


def _lay(records: list[_Record]) -> list[TextLine | Grid]:
    """Rows with several cells in use are grids; paragraphs, titles and lone rows are lines.

    Such a file does not say which cells were merged, so its grids are not `spanned`.
    """
    blocks: list[TextLine | Grid] = []
    group: list[_Record] = []
    table = False  # whether the group holds a row of several cells
    for n, record in enumerate(records):
        filled = [c for c in record.cells if c.text]
        if not filled:
            if group and not (table and _goes_on(records, n)):
                blocks += _closed(group)
                group, table = [], False
        elif len(filled) == 1 and (
            is_paragraph(filled[0].text)
            or (is_title(filled[0].text) and not (table and _goes_on(records, n)))
        ):
            blocks += _closed(group)
            group, table = [], False
            blocks += _lines(filled[0])
        else:
            group.append(record)
            table = table or len(filled) > 1
    return blocks + _closed(group)


def _goes_on(records: list[_Record], n: int) -> bool:
    """Whether values follow before another header, within a few rows."""
    for record in records[n + 1 : n + 12]:
        filled = [c for c in record.cells if c.text]
        if len(filled) > 1:
            return any(looks_like_value(c.text) for c in filled[1:])
        if filled and is_paragraph(filled[0].text):
            return False
    return False


def _closed(group: list[_Record]) -> list[TextLine | Grid]:
    if not group:
        return []
    if all(sum(bool(c.text) for c in r.cells) == 1 for r in group):
        return [line for r in group for c in r.cells if c.text for line in _lines(c)]
    first, last = group[0], group[-1]
    place = Place(
        line=first.line,
        end_line=last.line,
        start=first.cells[0].place.start,
        end=last.cells[-1].place.end,
    )
    return [Grid(tuple(r.cells for r in group), place)]


def _lines(cell: GridCell) -> list[TextLine | Grid]:
    """The lines of a cell; they have its own place where it is one line."""
    pieces = cell.text.split("\n")
    if len(pieces) == 1:
        return [TextLine(cell.text, cell.place)]
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + len(piece) + 1)
    begin, line = cell.place.start or 0, cell.place.line or 0
    return [
        TextLine(piece, Place(line=line + n, start=begin + a, end=begin + a + len(piece)))
        for n, (piece, (a, _)) in enumerate(zip(pieces, pairwise(starts), strict=True))
    ]
