"""Does the gold agree with the rendered files? Reads the files by its own means, never by the program's.

For every report: the number of figures its form has; the sums that the form demands (a failing one must
stand under "findings"); every printed value, row by row, in the order of the file; every sentence.
"""

from __future__ import annotations

import csv
import io
import json
import logging
import re
import sys
import unicodedata
import zipfile
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import docx
import lxml.html
import openpyxl
import pdfplumber
import xlrd
from docx.oxml.ns import qn

logging.disable(logging.WARNING)
HERE = Path(__file__).resolve().parent
COUNT = {
    "national-2021": 200,
    "national-2019": 198,
    "indicators-2014": 58,
    "annex-2008": 72,
    "none": 0,
}


def decode(data: bytes) -> str:
    if data[:2] == b"\xff\xfe":
        return data.decode("utf-16")
    for name in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    raise AssertionError("no encoding")


def page(text: str) -> tuple[str, list[str]]:
    text = re.sub(r"<meta[^>]*charset[^>]*>", "", text, flags=re.I)  # already decoded
    text = re.sub(r"<!--\[if.*?endif\]-->", "", text, flags=re.S)
    tree = lxml.html.document_fromstring(text)
    for bad in tree.xpath('//script|//style|//comment()|//*[contains(@style,"display:none")]'):
        bad.drop_tree()
    cells = [re.sub(r"\s", "", td.text_content()) for td in tree.xpath("//td[not(.//td)]|//th")]
    return tree.text_content(), cells


def word(path: Path) -> tuple[str, list[str]]:
    body = docx.Document(str(path)).element.body

    def said(e) -> str:
        return "".join(t.text or "" for t in e.iter(qn("w:t")))

    cells = []
    for tc in body.iter(qn("w:tc")):
        merge = tc.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        if tc.find(f".//{qn('w:tbl')}") is None and not (
            merge is not None and merge.get(qn("w:val")) != "restart"
        ):
            cells.append(re.sub(r"\s", "", said(tc)))
    return "\n".join(said(p) for p in body.iter(qn("w:p"))), cells


def book(path: Path) -> tuple[str, list[str]]:
    out = []
    for ws in openpyxl.load_workbook(path):
        if ws.sheet_state != "visible":
            continue
        for row in ws.iter_rows():
            for c in row:
                v = c.value
                if v is None:
                    continue
                if isinstance(v, int | float) and "元" in c.number_format:
                    v = f"{v:,.2f}元"
                elif isinstance(v, int | float) and "#,##0" in c.number_format:
                    v = f"{v:,}"
                out.append(str(v))
    return "\n".join(out), [re.sub(r"\s", "", x) for x in out]


def old_book(path: Path) -> tuple[str, list[str]]:
    out = []
    for ws in xlrd.open_workbook(str(path)).sheets():
        for i in range(ws.nrows):
            for v in ws.row_values(i):
                if v != "":
                    out.append(str(int(v)) if isinstance(v, float) and v == int(v) else str(v))
    return "\n".join(out), [re.sub(r"\s", "", x) for x in out]


def load(name: str, data: bytes, path: Path) -> tuple[str, list[str]]:
    if name.endswith(".docx"):
        return word(path)
    if name.endswith(".xlsx"):
        return book(path)
    if name.endswith(".xls") and data[:1] != b"<":
        return old_book(path)
    if name.endswith(".pdf"):
        with pdfplumber.open(path) as pdf:
            text = "\n".join(p.extract_text() or "" for p in pdf.pages)
            halves = ""
            if name.startswith(("a25", "f02")):  # two columns: read each by itself
                for p in pdf.pages:
                    x = p.width / 2
                    for box in ((0, 0, x, p.height), (x, 0, p.width, p.height)):
                        halves += p.crop(box).extract_text() or ""
        return text + halves, text.split()
    text = data.decode("big5hkscs") if name.startswith("a18") else decode(data)
    if name.endswith((".html", ".htm", ".xls")):
        return page(text)
    if name.endswith(".csv"):
        cells = [c for row in csv.reader(io.StringIO(text)) for c in row]
        return "\n".join(cells), [re.sub(r"\s", "", c) for c in cells]
    if name.endswith(".md") and "<td" in text:
        return text, page(text)[1]
    spaces = name.startswith(("a27", "g02"))
    cells = [c.strip() for c in re.split(r"[|│\t\n]" + (r"|\s+" if spaces else ""), text)]
    return text, [re.sub(r"\s", "", c) for c in cells]


def squeeze(s: str) -> str:
    """Without blanks, and with radicals read as the letters they look like."""
    s = re.sub("[\u2f00-\u2fdf]", lambda m: unicodedata.normalize("NFKC", m[0]), s)
    return re.sub(r"\s", "", s.translate(str.maketrans("⺠⻅⻓", "民见长")))


def sums(report: dict) -> list[str]:
    bad = []
    t3: dict = defaultdict(dict)
    t4 = {}
    for f in report["figures"]:
        v = None if f["value"] is None else Decimal(f["value"])
        if f["table"] == "表三":
            t3[tuple(f["row_path"])][f["column_path"][-1]] = v
        elif f["table"] == "表四":
            t4[tuple(f["column_path"])] = v

    def check(what: str, parts: list, whole) -> None:
        # a blank cell counts as nothing; a blank whole is not checked
        if whole is not None and sum(p or 0 for p in parts) != whole:
            bad.append(f"{what}: {sum(p or 0 for p in parts)} != {whole}")

    for row, cols in t3.items():
        check("/".join(row), [v for c, v in cols.items() if c != "总计"], cols["总计"])
    if t3:
        rows = list(t3)
        leaves = [r for r in rows if r[0].startswith("三") and not r[-1].startswith("（七）")]
        whole = next(r for r in rows if r[-1].startswith("（七）"))
        for c in t3[whole]:
            check(f"{c} （七）", [t3[r][c] for r in leaves], t3[whole][c])
            a, b, d = t3[rows[0]][c], t3[rows[1]][c], t3[rows[-1]][c]
            check(f"{c} 一＋二＝三＋四", [a, b], (t3[whole][c] or 0) + (d or 0))
    for head in {k[:-1] for k in t4}:
        check(
            "/".join(head),
            [v for k, v in t4.items() if k[:-1] == head and k[-1] != "总计"],
            t4[(*head, "总计")],
        )
    if report["form"] == "indicators-2014":
        v = {
            tuple(f["row_path"]): Decimal(f["value"])
            for f in report["figures"]
            if f["value"] is not None
        }
        for path in v:
            kids = [k for k in v if len(k) == len(path) + 1 and k[: len(path)] == path]
            if len(kids) > 2 and "公开政府信息数" not in path[-1]:
                check("/".join(path), [v[k] for k in kids], v[path])
    return bad


def label_fits(label: str, cells: list[str], k: int) -> bool:
    """Where a cell of the file is the official label, it must stand before its row."""
    return not label or label not in cells or label in cells[max(0, k - 3) : k]


def in_order(report: dict, cells: list[str], loose: bool) -> list[str]:
    """Each row of gold must stand in the file as a run of cells, the rows in order."""
    rows: list[list[str]] = []
    labels: list[str] = []
    last = None
    for f in report["figures"]:
        key = (f["table"], tuple(f["row_path"]))
        if key != last:
            rows.append([])
            labels.append(squeeze(f["row_path"][-1]) if f["row_path"] else "")
            last = key
        rows[-1].append(squeeze(f["text"]))
    bad, at = [], 0
    cells = [c for c in cells if c not in ("", "\u00a0", "NaN")]
    for row, label in zip(rows, labels, strict=True):
        want = [t for t in row if t]
        if not want:
            continue
        if loose:
            k = at
            for t in want:
                while k < len(cells) and cells[k] != t:
                    k += 1
                k += 1
            if k > len(cells):
                bad.append(f"not found: {want}")
            continue
        found = next(
            (
                k
                for k in range(at, len(cells))
                if cells[k : k + len(want)] == want and label_fits(label, cells, k)
            ),
            None,
        )
        if found is None:
            bad.append(f"not found in order: {want}")
        else:
            at = found + len(want)
    return bad


def main() -> int:
    wrong = 0
    golds = sorted((HERE / "gold").glob("*.json"))
    files = sorted(p.name for p in (HERE / "files").iterdir())
    assert files == [g.name.removesuffix(".json") for g in golds], "files and gold differ"
    totals: dict[str, int] = defaultdict(int)
    for g in golds:
        gold = json.loads(g.read_text(encoding="utf-8"))
        path = HERE / "files" / gold["file"]
        data = path.read_bytes()
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as z:
                by = {i.filename.encode("cp437").decode("gbk"): z.read(i) for i in z.infolist()}
        loaded = None if path.suffix == ".zip" else load(path.name, data, path)
        for i, r in enumerate(gold["reports"]):
            text, cells = loaded or load(r["member"], by[r["member"]], path)
            bad = []
            totals[r["form"]] += 1
            if len(r["figures"]) != COUNT[r["form"]]:
                bad.append(f"{len(r['figures'])} figures")
            keys = [
                (f["table"], tuple(f["row_path"]), tuple(f["column_path"])) for f in r["figures"]
            ]
            if len(set(keys)) != len(keys):
                bad.append("a path stands twice")
            listed = [f for f in r["findings"] if f["code"] == "identity"]
            failing = sums(r)
            if bool(failing) != bool(listed):
                bad += failing or ["a finding, but all sums hold"]
            flat = squeeze(text)
            for p in r["prose_figures"]:
                if squeeze(p["sentence_contains"]) not in flat:
                    bad.append("no such sentence: " + p["sentence_contains"])
                if p["text"] not in p["sentence_contains"]:
                    bad.append("text not in its sentence: " + p["text"])
            if squeeze(r["title"]) not in flat and path.stem[:3] not in (
                "a08",
                "g06",
                "a22",
                "c05",
                "f04",
            ):
                bad.append("no such title: " + r["title"])
            # columns 科研、公益 and rows 7, 8 stand in another order
            if path.name.startswith("a36"):
                figs = r["figures"]
                order = [k for k, _ in enumerate(figs)]
                for k in range(10, 185, 7):
                    order[k + 2], order[k + 3] = order[k + 3], order[k + 2]
                k = 10 + 7 * 10
                order[k : k + 14] = order[k + 7 : k + 14] + order[k : k + 7]
                r = {**r, "figures": [figs[k] for k in order]}
            clean = {**r, "figures": [f for f in r["figures"] if not f.get("refuse_ok")]}
            if path.name.startswith("g07"):  # the bad cells still stand in the file, as printed
                clean = r
            loose = path.suffix == ".pdf" or path.name.startswith(("a27", "f02", "f04"))
            bad += in_order(clean, cells, loose)
            for b in bad:
                print(f"{gold['file']} [{i}] {b}")
            wrong += len(bad)
    print(dict(totals), "reports;", len(golds), "files;", wrong, "faults")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
