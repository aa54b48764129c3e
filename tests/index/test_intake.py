import os
from pathlib import Path

import pytest

from index.intake import readable_name, walk


def test_folders_are_walked_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("乙.txt", "甲/b.txt", "甲/a.txt", ".hidden", ".git/x.txt", "甲/.x"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    (tmp_path / "in" / "broken").symlink_to("nowhere")
    (tmp_path / "in" / "空").mkdir()
    found = [str(p.relative_to(tmp_path)) for p in walk([tmp_path / "in", tmp_path / "absent"])]
    assert found == ["in/broken", "in/乙.txt", "in/甲/a.txt", "in/甲/b.txt", "absent"]
    assert list(walk([tmp_path / "in" / "空"])) == []


def test_a_hidden_folder_that_is_named_is_walked(tmp_path: Path) -> None:
    (tmp_path / ".in").mkdir()
    (tmp_path / ".in" / "a.txt").write_text("")
    assert [p.name for p in walk([tmp_path / ".in"])] == ["a.txt"]


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("报告.txt".encode(), "报告.txt"),
        ("报告.txt".encode("gbk"), "报告.txt"),
        (b"a\xff.txt", "a\ufffd.txt"),
    ],
)
def test_names_can_be_printed(raw: bytes, name: str) -> None:
    assert readable_name(Path(os.fsdecode(raw))) == name
