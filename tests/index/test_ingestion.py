"""Folders with good and bad files in them, read by real processes and stored."""

import io
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

import ingest.apart
from index import Assistant, IngestStage, Settings
from index.store.embedder import Embedder
from ingest.errors import StoreError
from ingest.metadata.find import Given
from ingest.model import Report

Make = Callable[..., bytes]
GBK = os.fsdecode("坏.txt".encode("gbk"))


def packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.fixture
def apart(tmp_path: Path, embedder: Embedder) -> Iterator[Assistant]:
    """An assistant on an empty store that reads in two processes, as by default."""
    settings = Settings(_env_file=None)
    assert settings.read_processes == 2
    with Assistant(tmp_path / "apart", settings=settings, embedder=embedder) as made:
        yield made


def test_bad_files_are_a_line_each_and_the_rest_goes_on(
    apart: Assistant, tmp_path: Path, report: Make
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    whole = packed({"word/document.xml": b"<x/>" * 1000, "[Content_Types].xml": b"<x/>"})
    bad = {
        "空.txt": b"",
        "白.txt": b" \n\t\n",
        "无关.txt": "今天天气很好。".encode(),
        "零.txt": b"\0" * 5_000,
        "夹零.txt": report()[:500] + b"\0\0" + report()[500:],
        "假.docx": b"%PDF-1.4 but then nothing",
        "假.pdf": b"PK\x03\x04 nor this",
        "截断.docx": whole[: len(whole) // 2],
        "截断.zip": packed({"a.txt": report()})[:-100],
        "实体.html": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
        "炸弹.zip": packed({"a.txt": bytes(50_000_000)}),
        "图.png": b"\x89PNG\r\n\x1a\n" + bytes(100),
        GBK: b"\xff\xfe",
        "快捷.url": b"[InternetShortcut]\nURL=http://example.org/",
    }  # fmt: skip
    for name, data in bad.items():
        (folder / name).write_bytes(data)
    with (folder / "大.txt").open("wb") as file:
        file.truncate(500_000_000)
    (folder / "断链.txt").symlink_to("nowhere")
    os.mkfifo(folder / "管道.txt")
    for name in "甲乙丙":
        (folder / f"好{name}.txt").write_bytes(report(f"{name}市", mark=name))
    stages: list[IngestStage] = []
    results = {r.label: r for r in apart.ingest([folder], progress=stages.append)}
    assert len(results) == len(bad) + 3 + 3
    good = {label for label, r in results.items() if r.status == "added"}
    assert good == {"好甲.txt", "好乙.txt", "好丙.txt"}
    for label, result in results.items():
        if label not in good:
            assert result.status == "failed", label
            assert result.error is not None
            # names the file, says why, in one line that can be printed
            assert f"{label}: " in result.error and "\n" not in result.error, label
            assert "a fault in wenbao" not in result.error, label
            assert len(result.error) > len(label) + 10, label
            result.error.encode()
    assert "500000000 bytes" in (results["大.txt"].error or "")
    assert "a zip bomb?" in (results["炸弹.zip/a.txt"].error or "")
    assert {r.issuer for r in apart.reports()} == {"甲市", "乙市", "丙市"}
    assert (stages[-1].done, stages[-1].total) == (len(results), len(results))


def test_results_come_in_the_order_of_files(apart: Assistant, tmp_path: Path, report: Make) -> None:
    """The first is larger than the rest together, and is read by another process than they."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "0.txt").write_bytes(report("零市") + "。此处是正文。\n".encode() * 3_000)
    for n in range(1, 12):
        (folder / f"{n:02}.txt").write_bytes(report(f"甲{n}市"))
    labels = [r.label for r in apart.ingesting([folder])]
    assert labels == ["0.txt", *(f"{n:02}.txt" for n in range(1, 12))]


def test_a_file_that_takes_too_long(
    tmp_path: Path, report: Make, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = (
        "import sys, time; sys.path[:] = sys.argv[1:]\n"
        "import ingest.apart as apart; real = apart.read_report\n"
        "def slow(data, name, given):\n"
        "    if name == 'slow.txt': time.sleep(60)\n"
        "    return real(data, name, given)\n"
        "apart.read_report = slow; apart.serve()\n"
    )
    monkeypatch.setattr(ingest.apart, "_START", script)
    for name in ("a.txt", "slow.txt", "z.txt"):
        (tmp_path / name).write_bytes(report(f"{name[0]}市"))
    # the limit counts the start of the reading process too, which a busy machine may take seconds for
    settings = Settings(_env_file=None, max_read_seconds=6, read_processes=1)
    with Assistant(tmp_path / "data", settings=settings, embedder=embedder) as made:
        paths = [tmp_path / name for name in ("a.txt", "slow.txt", "z.txt")]
        results = made.ingest(paths)
    assert [r.status for r in results] == ["added", "failed", "added"]
    assert results[1].error == "slow.txt: reading it takes more than 6 s"


def test_the_same_bytes_twice_in_a_run(empty: Assistant, tmp_path: Path, report: Make) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_bytes(report())
    (folder / "b.zip").write_bytes(packed({"甲/b.txt": report(), "c.txt": b" "}))
    (folder / "d.txt").write_bytes(b" ")
    results = empty.ingest([folder, folder / "a.txt"])
    assert [(r.label, r.status, r.note) for r in results] == [
        ("a.txt", "added", None),
        ("b.zip/甲/b.txt", "unchanged", "the same bytes as a.txt"),
        ("b.zip/c.txt", "failed", None),
        ("d.txt", "failed", None),
        ("a.txt", "unchanged", "the same bytes as a.txt"),
    ]
    assert results[3].error == "d.txt: the same bytes as b.zip/c.txt, which failed"
    assert results[1].reports == results[0].reports
    # each member is a file of the store, called by its own name
    assert [name for _, name in empty.store.files()] == ["a.txt"]


def test_members_of_archives_are_kept(empty: Assistant, tmp_path: Path, report: Make) -> None:
    (tmp_path / "x.zip").write_bytes(packed({"甲/b.txt": report()}))
    empty.ingest([tmp_path / "x.zip"])
    ((file_id, name),) = empty.store.files()
    assert (name, empty.store.content(file_id)) == ("b.txt", report())
    (tmp_path / "x.zip").unlink()
    assert [r.status for r in empty.rebuild(read=True)] == ["added"]


def test_stopping_leaves_what_is_done(empty: Assistant, tmp_path: Path, report: Make) -> None:
    paths = [tmp_path / f"{name}.txt" for name in "甲乙丙丁"]
    for path in paths:
        path.write_bytes(report(f"{path.stem}市"))
    with closing(empty.ingesting(paths)) as results:
        assert next(results).status == "added"
        assert next(results).status == "added"
    assert [r.issuer for r in empty.reports()] == ["乙市", "甲市"]
    again = [r.status for r in empty.ingest(paths)]
    assert again == ["unchanged", "unchanged", "added", "added"]


def test_memory_holds_a_few_files_only(
    tmp_path: Path, report: Make, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The walk does not run ahead of the reading, nor the reading ahead of the store."""
    opened: list[str] = []
    real = Path.open

    def counting(path: Path, *args: object, **more: object) -> object:
        opened.append(path.name)
        return real(path, *args, **more)  # type: ignore[call-overload]

    for n in range(40):
        (tmp_path / f"{n}.txt").write_bytes(report(f"甲{n}市"))
    with Assistant(tmp_path / "d", settings=Settings(_env_file=None), embedder=embedder) as made:
        monkeypatch.setattr(Path, "open", counting)
        with closing(made.ingesting([tmp_path / f"{n}.txt" for n in range(40)])) as results:
            next(results)
            assert len(opened) <= 12


# ── what the user gives ────────────────────────────────────────────────────


def summaries(assistant: Assistant) -> list[tuple[str | None, int | None]]:
    return [(r.issuer, r.year) for r in assistant.reports()]


def test_what_is_given_is_kept_with_the_bytes(empty: Assistant, report: Make) -> None:
    assert empty.ingest_bytes(report(), "a.txt").status == "added"
    assert summaries(empty) == [("甲市", 2021)]
    given = Given("乙市", 2020)
    assert empty.ingest_bytes(report(), "a.txt", given=given).status == "added"
    assert summaries(empty) == [("乙市", 2020)]
    ((file_id, _),) = empty.store.files()
    assert empty.store.given_of(file_id) == {"issuer": "乙市", "year": 2020}
    # said again, or not said: nothing new
    assert empty.ingest_bytes(report(), "a.txt", given=given).status == "unchanged"
    assert empty.ingest_bytes(report(), "a.txt").status == "unchanged"
    assert [r.status for r in empty.rebuild(read=True)] == ["added"]
    assert summaries(empty) == [("乙市", 2020)]
    # a part of it said anew
    assert empty.ingest_bytes(report(), "a.txt", given=Given(year=2019)).status == "added"
    assert summaries(empty) == [("乙市", 2019)]
    # with the report goes what was said of it
    empty.remove(empty.reports()[0].id)
    assert empty.store.given_of(file_id) == {}
    assert empty.ingest_bytes(report(), "a.txt").status == "added"
    assert summaries(empty) == [("甲市", 2021)]


# ── faults ─────────────────────────────────────────────────────────────────


def test_a_store_that_cannot_be_written(
    empty: Assistant, report: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError("the store in x cannot be written: disk full")

    monkeypatch.setattr(empty.store, "add", full)
    result = empty.ingest_bytes(report(), "a.txt")
    assert result.status == "failed"
    assert result.error == "a.txt: the store in x cannot be written: disk full"


def test_an_error_that_names_the_file_names_it_once(
    empty: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(data: bytes, name: str, given: Given) -> tuple[Report, ...]:
        raise ingest.apart.UnreadableFile(f"{name}: cut off")

    monkeypatch.setattr(ingest.apart, "read_report", broken)
    (tmp_path / "x.zip").write_bytes(packed({"甲/b.txt": b"x"}))
    (result,) = empty.ingest([tmp_path / "x.zip"])
    assert result.error == "x.zip/甲/b.txt: cut off"
