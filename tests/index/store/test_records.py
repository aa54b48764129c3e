"""Rows and what they are made of."""

from __future__ import annotations

import pytest

from index.store.records import dump, place_from, place_text
from ingest.model import Place


@pytest.mark.parametrize(
    "place",
    [
        Place(),
        Place(line=3, start=10, end=12),
        Place(line=3, end_line=4),
        Place(page=2, bbox=(1.5, 2.0, 3.25, 4.0)),
        Place(sheet="年报\"'", cell="B3"),
        Place(element="/html/body/p[2]"),
    ],
)
def test_a_place_is_stored_as_its_json(place: Place) -> None:
    assert place_text(place) == dump(place.to_json())
    assert place_from(place_text(place)) == place
