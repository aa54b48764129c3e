"""What `import ingest` costs: every command pays for it, look-ups too."""

from __future__ import annotations

import subprocess
import sys

import pytest

_FORMATS = {
    "openpyxl": "sheets",
    "numpy": "openpyxl",
    "xlrd": "old sheets",
    "lxml": "HTML, DOCX, XLSX",
    "pypdfium2": "PDF",
    "docx": "DOCX",
    "email": "MHTML",
    "cn2an": "numerals",
    "pypinyin": "left-behind readings",
    "opencc": "texts",
    "rapidfuzz": "labels with a slip",
}
_SAY = "import sys; sys.path[:] = sys.argv[1:]; import ingest; print(*sys.modules, sep='\\n')"
_READ = """
import sys; sys.path[:] = sys.argv[1:]
import ingest
report, = ingest.read_report("某市2023年政府信息公开工作年度报告\\n一、总体情况\\n".encode(), "a.txt")
print(report.issuer, report.year)
print(*sys.modules, sep='\\n')
"""


def _modules(program: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program, *sys.path],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def imported() -> frozenset[str]:
    return frozenset(_modules(_SAY))


@pytest.mark.parametrize("library", _FORMATS)
def test_libraries_wait_until_something_needs_them(library: str, imported: frozenset[str]) -> None:
    assert library not in imported, f"only {_FORMATS[library]} need it"


def test_the_package_itself_is_there(imported: frozenset[str]) -> None:
    assert {"ingest", "ingest.readers.pdf.reader", "ingest.tables.build"} <= imported


def test_a_text_is_read_without_the_libraries_of_other_formats() -> None:
    said, *modules = _modules(_READ)
    assert said == "某市 2023"
    assert not {"openpyxl", "numpy", "xlrd", "lxml", "pypdfium2", "email"} & set(modules)
