from __future__ import annotations

import pytest

from ingest.model import Place
from web.place import path_text, place_text


@pytest.mark.parametrize(
    ("place", "zh", "en"),
    [
        (Place(), "", ""),
        (Place(line=231, start=5, end=9), "第 231 行", "line 231"),
        (Place(page=3, bbox=(1.0, 2.0, 3.0, 4.0)), "第 3 页", "page 3"),
        (Place(sheet="表", cell="B3"), "工作表 表 · 单元格 B3", "sheet 表 · cell B3"),
        (Place(element="t3.r2.c4"), "位置 t3.r2.c4", "at t3.r2.c4"),
        (Place(line=53, element="td[9]"), "第 53 行", "line 53"),
    ],
)
def test_place_text(place: Place, zh: str, en: str) -> None:
    assert place_text(place.to_json(), "zh") == zh
    assert place_text(place.to_json(), "en") == en


def test_path_text() -> None:
    assert path_text(("三、结果", "1.秘密"), ("总计",)) == "三、结果 › 1.秘密 × 总计"
    assert path_text((), ("行政复议", "总计")) == "行政复议 › 总计"
    assert path_text((), ()) == ""
