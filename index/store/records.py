"""Reports as rows and rows as reports."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, fields
from decimal import Decimal
from operator import attrgetter
from typing import Any

from sqlalchemy import RowMapping

from ingest.model import Cell, Figure, Finding, Passage, Place, Sentence, Status, Table, Warning_

#: a row of SQLAlchemy, or one of the driver's own
AnyRow = RowMapping | sqlite3.Row


def text_hash(text: str) -> str:
    """The key of a text's vector."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def dump(value: Any) -> str:
    """JSON without ASCII escapes or spaces, so that equal values are equal bytes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


_PLACE_PARTS = tuple(f.name for f in fields(Place))
_place_values = attrgetter(*_PLACE_PARTS)


def place_text(place: Place) -> str:
    """A place as stored: `dump` of its JSON, in a fifth of the time, for a report has a thousand."""
    parts = [
        f'"{name}":{value if type(value) is int else dump(value)}'
        for name, value in zip(_PLACE_PARTS, _place_values(place), strict=True)
        if value is not None
    ]
    return "{" + ",".join(parts) + "}"


def place_from(text: str) -> Place:
    """The inverse of `place_text`."""
    return Place.from_json(json.loads(text))


def cell_row(report_id: str, table: Table, cell: Cell) -> dict[str, Any]:
    """A row of `cells`."""
    return {
        "report_id": report_id,
        "table_id": table.id,
        "row": cell.row,
        "column": cell.column,
        "text": cell.text,
        "row_span": cell.row_span,
        "column_span": cell.column_span,
        "header": int(cell.header),
        "place": place_text(cell.place),
    }


def cell_from(row: RowMapping) -> Cell:
    """A cell from its row."""
    return Cell(
        row["row"],
        row["column"],
        row["text"],
        row["row_span"],
        row["column_span"],
        bool(row["header"]),
        place_from(row["place"]),
    )


def figure_row(
    report_id: str, position: int, figure: Figure, paths: Mapping[tuple[str, ...], int]
) -> dict[str, Any]:
    """A row of `figures`; `paths` maps header paths to their ids."""
    return {
        "report_id": report_id,
        "id": figure.id,
        "position": position,
        "text": figure.text,
        "value": None if figure.value is None else str(figure.value),
        "status": figure.status.value,
        "unit": figure.unit,
        "qualifier": figure.qualifier,
        "note": figure.note,
        "note_of": figure.note_of,
        "key": figure.key,
        "table_id": figure.table,
        "row": figure.row,
        "column": figure.column,
        "row_path": paths[figure.row_path],
        "column_path": paths[figure.column_path],
        "printed_row_path": paths[figure.printed_row_path],
        "printed_column_path": paths[figure.printed_column_path],
        "sentence": figure.sentence,
        "span_start": figure.span[0] if figure.span else None,
        "span_end": figure.span[1] if figure.span else None,
        "place": place_text(figure.place),
        "subject": figure.subject,
    }


def figure_from(row: AnyRow, paths: Mapping[int, tuple[str, ...]]) -> Figure:
    """A figure from its row; `paths` maps ids to header paths."""
    return Figure(
        id=row["id"],
        text=row["text"],
        value=None if row["value"] is None else Decimal(row["value"]),
        status=Status(row["status"]),
        unit=row["unit"],
        qualifier=row["qualifier"],
        note=row["note"],
        note_of=row["note_of"],
        key=row["key"],
        table=row["table_id"],
        row=row["row"],
        column=row["column"],
        row_path=paths[row["row_path"]],
        column_path=paths[row["column_path"]],
        printed_row_path=paths[row["printed_row_path"]],
        printed_column_path=paths[row["printed_column_path"]],
        sentence=row["sentence"],
        span=None if row["span_start"] is None else (row["span_start"], row["span_end"]),
        subject=row["subject"],
        place=place_from(row["place"]),
    )


def sentence_row(
    report_id: str, s: Sentence, paths: Mapping[tuple[str, ...], int]
) -> dict[str, Any]:
    """A row of `sentences`."""
    return {
        "report_id": report_id,
        "position": s.index,
        "paragraph": s.paragraph,
        "section": paths[s.section],
        "printed": s.printed,
        "text": s.text,
        "place": place_text(s.place),
    }


def sentence_from(row: AnyRow, paths: Mapping[int, tuple[str, ...]]) -> Sentence:
    """A sentence from its row."""
    return Sentence(
        row["position"],
        row["paragraph"],
        paths[row["section"]],
        row["printed"],
        row["text"],
        place_from(row["place"]),
    )


def passage_row(report_id: str, p: Passage, paths: Mapping[tuple[str, ...], int]) -> dict[str, Any]:
    """A row of `passages`."""
    return {
        "report_id": report_id,
        "position": p.index,
        "section": paths[p.section],
        "printed": p.printed,
        "text": p.text,
        "sentences": dump(list(p.sentences)),
        "place": place_text(p.place),
        "text_hash": text_hash(embedded_text(p)),
        "table_id": p.table,
        "rows": None if p.rows is None else dump(list(p.rows)),
    }


def embedded_text(p: Passage) -> str:
    """What is embedded for a passage: its cleaned text, without headings, which many share."""
    return p.text


def passage_from(row: RowMapping, paths: Mapping[int, tuple[str, ...]]) -> Passage:
    """A passage from its row."""
    return Passage(
        row["position"],
        paths[row["section"]],
        row["printed"],
        row["text"],
        tuple(json.loads(row["sentences"])),
        place_from(row["place"]),
        row["table_id"],
        None if row["rows"] is None else tuple(json.loads(row["rows"])),
    )


def finding_text(finding: Finding) -> str:
    """A finding as stored."""
    return dump(asdict(finding))


def finding_from(text: str) -> Finding:
    """The inverse of `finding_text`."""
    data = json.loads(text)
    data["figures"] = tuple(data["figures"])
    return Finding(**data)


def warning_row(report_id: str, position: int, warning: Warning_) -> dict[str, Any]:
    """A row of `warnings`."""
    return {
        "report_id": report_id,
        "position": position,
        "code": warning.code,
        "text": warning.text,
        "place": place_text(warning.place),
    }


def warning_from(row: RowMapping) -> Warning_:
    """A warning from its row."""
    return Warning_(row["code"], row["text"], place_from(row["place"]))
