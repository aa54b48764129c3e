"""docs/formats.md lists every warning code that the code has, and no other."""

import ast
import re
from pathlib import Path

import pytest

from index import Settings
from ingest.archive import Limits

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
_CODE = re.compile(r"[a-z]+(-[a-z]+)+")
#: words of this shape in the code that are no codes: properties of styles, encodings, formats of dates
OTHER_WORDS = {
    "background-color", "background-image", "clip-path", "font-size", "line-through", "margin-left",
    "max-height", "max-width", "mso-hide", "mso-text-raise", "text-decoration",
    "text-decoration-line", "text-indent", "vertical-align", "x-large", "x-small", "xx-large",
    "xx-small", "d-mmm-yy", "euc-cn", "m-d-yy", "not-assessable", "own-time",
    "us-ascii", "wenbao-read", "x-gbk", "xls-xml",
}  # fmt: skip
FINDINGS = {"narrative-vs-table", "narrative-sum", "narrative-share"}


def documented() -> list[str]:
    """The codes in the first column of the tables under Warnings."""
    part = PAGE.partition("## Warnings")[2].partition("\n## ")[0]
    rows = [line for line in part.splitlines() if line.startswith("| `")]
    return [code for row in rows for code in re.findall(r"`([^`]+)`", row.split("|")[1])]


def used() -> dict[str, str]:
    """Every string in the code of `ingest` that has the shape of a code, with the file it is in."""
    found = {}
    for path in sorted((ROOT / "ingest").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if _CODE.fullmatch(node.value):
                    found[node.value] = path.relative_to(ROOT).as_posix()
    return found


def test_every_code_is_documented() -> None:
    codes = {c: where for c, where in used().items() if c not in OTHER_WORDS | FINDINGS}
    absent = {c: where for c, where in codes.items() if c not in documented()}
    assert not absent, "give each a line under Warnings in docs/formats.md"


def test_every_documented_code_exists() -> None:
    listed = documented()
    assert len(listed) > 50 and len(listed) == len(set(listed))
    assert set(listed) <= set(used())
    assert set(used()) >= FINDINGS | OTHER_WORDS


def test_every_warning_says_what_to_do() -> None:
    part = PAGE.partition("## Warnings")[2].partition("\n## ")[0]
    for row in part.splitlines():
        if row.startswith("| `"):
            cells = [cell.strip() for cell in row.strip("|").split("|")]
            assert len(cells) == 3 and all(cells), row


@pytest.mark.parametrize("finding", sorted(FINDINGS | {"identity"}))
def test_findings_are_documented(finding: str) -> None:
    assert f"| `{finding}` |" in PAGE.partition("## Findings")[2]


def test_limits_are_those_of_the_code() -> None:
    settings, limits = Settings(_env_file=None), Limits()
    assert (settings.max_file, limits.file_bytes) == (200_000_000, 200_000_000)
    assert f"{limits.members:,} members" in PAGE and f"{limits.depth} levels" in PAGE
    assert limits.archive_bytes == 1_000_000_000 and f"{limits.ratio} times" in PAGE
    row = {s: line for line in PAGE.splitlines() for s in re.findall(r"WENBAO_\w+", line)}
    assert "200 MB" in row["WENBAO_MAX_FILE"] and "2 GB" in row["WENBAO_MAX_READ_MEMORY"]
    assert settings.max_read_memory == 2_000_000_000
    assert f"{settings.max_read_seconds:g} s" in row["WENBAO_MAX_READ_SECONDS"]
    assert f"| {settings.read_processes} |" in row["WENBAO_READ_PROCESSES"]
    assert f"{settings.max_upload_mb} MB" in row["WENBAO_MAX_UPLOAD_MB"]
    for setting in row:
        assert setting.removeprefix("WENBAO_").lower() in Settings.model_fields
