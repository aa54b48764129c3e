"""PDFs by Chromium. They are committed: the bytes carry dates, and another Chromium breaks lines otherwise."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path


def print_pdf(html: str, path: Path) -> None:
    with tempfile.TemporaryDirectory() as tmp:
        page = Path(tmp) / "page.html"
        page.write_text(html, encoding="utf-8")
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
             f"--user-data-dir={tmp}/profile", f"--print-to-pdf={path}", page.as_uri()],
            check=True, capture_output=True, timeout=180)  # fmt: skip
