"""Render the corpus: data in, wild files and their gold out. `--pdf` prints the PDFs again (Chromium)."""

from __future__ import annotations

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import registry  # noqa: E402
from model import report_gold  # noqa: E402


def main() -> None:
    for module in ("national21", "national19", "sheets", "hard", "more"):
        try:
            __import__(module)
        except ModuleNotFoundError as e:
            if e.name != module:
                raise
    registry.REMAKE_PDF[0] = "--pdf" in sys.argv
    files, gold = HERE / "files", HERE / "gold"
    only = [a for a in sys.argv[1:] if not a.startswith("-")]
    for e in registry.FILES:
        if only and not any(e.name.startswith(o) for o in only):
            continue
        made = e.make(files / e.name)
        reports, convert = made if isinstance(made, tuple) else (made, lambda s: s)
        whole = {
            "file": e.name,
            "reports": [report_gold(r, convert) for r in reports],
            "notes": e.notes,
        }
        # one figure a line
        (gold / f"{e.name}.json").write_text(_compact(whole) + "\n", encoding="utf-8")
    known = {e.name for e in registry.FILES}
    for path in [*files.iterdir(), *gold.iterdir()]:
        if path.name.removesuffix(".json") not in known and path.name not in known:
            print("stray:", path.name)
    print(len(registry.FILES), "files")


def _compact(whole: dict) -> str:
    def line(x: object) -> str:
        return json.dumps(x, ensure_ascii=False)

    out = ["{", f' "file": {line(whole["file"])},', ' "reports": [']
    for i, r in enumerate(whole["reports"]):
        out.append("  {")
        keys = list(r)
        for k, key in enumerate(keys):
            comma = "," if k < len(keys) - 1 else ""
            if isinstance(r[key], list) and r[key] and isinstance(r[key][0], dict):
                out.append(f'   "{key}": [')
                out += [
                    f"    {line(x)}" + ("," if j < len(r[key]) - 1 else "")
                    for j, x in enumerate(r[key])
                ]
                out.append(f"   ]{comma}")
            else:
                out.append(f'   "{key}": {line(r[key])}{comma}')
        out.append("  }" + ("," if i < len(whole["reports"]) - 1 else ""))
    return "\n".join([*out, " ],", f' "notes": {line(whole["notes"])}', "}"])


if __name__ == "__main__":
    main()
