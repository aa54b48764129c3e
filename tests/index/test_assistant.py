import os
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

import ingest.apart
from index import Assistant, IngestStage, Question, Settings, Turn
from index.settings import load_settings
from index.store.embedder import Embedder
from ingest import read_report
from ingest.errors import QuestionError, StoreError, UnknownReport
from ingest.model import Report
from ingest.readers.text.reader import TextReader

Make = Callable[..., bytes]


@pytest.fixture
def folder(tmp_path: Path, report: Make) -> Path:
    made = tmp_path / "报告"
    made.mkdir()
    (made / "a.txt").write_bytes(report("甲市"))
    (made / "b.txt").write_bytes("今天天气很好。".encode())
    (made / "c.txt").write_bytes(b"")
    (made / "d.txt").write_bytes(report("丁市"))
    (made / ".DS_Store").write_bytes(b"\x00")
    return made


# ── reports come in ────────────────────────────────────────────────────────


def test_a_bad_file_is_one_failure_and_the_rest_goes_on(empty: Assistant, folder: Path) -> None:
    stages: list[IngestStage] = []
    results = empty.ingest([folder, folder / "no-such.txt"], progress=stages.append)
    assert [(r.path.name, r.status) for r in results] == [
        ("a.txt", "added"),
        ("b.txt", "failed"),
        ("c.txt", "failed"),
        ("d.txt", "added"),
        ("no-such.txt", "failed"),
    ]
    for result in results:
        assert (result.error is None) == (result.status == "added")
        assert result.error is None or result.path.name in result.error
    assert [r.issuer for r in empty.reports()] == ["丁市", "甲市"]
    assert [s.stage for s in stages if s.path.name == "a.txt"] == ["read", "store", "done"]
    assert (stages[-1].done, stages[-1].total) == (5, 5)


def test_the_same_bytes_again_change_nothing(empty: Assistant, folder: Path) -> None:
    empty.ingest([folder])
    revision, before = empty.store.revision(), empty.reports()
    (folder / "other name.txt").write_bytes((folder / "a.txt").read_bytes())
    results = empty.ingest([folder])
    statuses = {r.path.name: r.status for r in results}
    assert statuses["a.txt"] == statuses["other name.txt"] == statuses["d.txt"] == "unchanged"
    assert empty.store.revision() == revision and empty.reports() == before
    unchanged = next(r for r in results if r.path.name == "a.txt")
    assert [s.issuer for s in unchanged.reports] == ["甲市"]


def test_a_better_reader_reads_the_same_bytes_again(
    empty: Assistant, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty.ingest([folder])
    monkeypatch.setattr(TextReader, "version", 99)
    assert [r.status for r in empty.ingest([folder / "a.txt"])] == ["added"]
    assert len(empty.reports()) == 2
    assert [r.status for r in empty.ingest([folder / "a.txt"])] == ["unchanged"]


def test_a_fault_of_ours_costs_one_file_only(
    empty: Assistant, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(data: bytes, name: str, *more: Any) -> tuple[Report, ...]:
        if name == "a.txt":
            raise ZeroDivisionError("oops")
        return read_report(data, name, *more)

    monkeypatch.setattr(ingest.apart, "read_report", broken)
    results = {r.path.name: r for r in empty.ingest([folder])}
    assert results["a.txt"].status == "failed"
    assert results["a.txt"].error == "a.txt: a fault in wenbao: ZeroDivisionError: oops"
    assert results["d.txt"].status == "added"


def test_names_that_are_no_utf8(empty: Assistant, tmp_path: Path, report: Make) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + "甲市报告.txt".encode("gbk")))
    path.write_bytes(report())
    (result,) = empty.ingest([path])
    assert result.status == "added"
    assert [r.source for r in empty.reports()] == ["甲市报告.txt"]
    broken = path.with_name(os.fsdecode("坏.txt".encode("gbk")))
    broken.write_bytes(b"")
    (failed,) = empty.ingest([broken])
    assert failed.error is not None and "坏.txt" in failed.error


def test_what_cannot_be_read_at_all(empty: Assistant, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("nowhere")
    errors = [r.error for r in empty.ingest([tmp_path / "pipe", tmp_path / "link"])]
    assert errors == [
        f"{tmp_path}/pipe: a pipe; wanted a file",
        f"{tmp_path}/link: a broken link to nowhere",
    ]


# ── and go ─────────────────────────────────────────────────────────────────


def test_remove(assistant: Assistant) -> None:
    gone = next(r for r in assistant.reports() if r.issuer == "上海市")
    assert not assistant.ask("上海2023年新收多少申请").abstained
    assistant.remove(gone.id)
    assert gone.id not in {r.id for r in assistant.reports()}
    assert assistant.ask("上海2023年新收多少申请").abstained
    assert assistant.table(gone.id, "t3") is None
    with pytest.raises(UnknownReport, match=gone.id):
        assistant.remove(gone.id)


def test_rebuild_reads_every_kept_file_again(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [f for _, f in assistant.figures()]
    results = assistant.rebuild(read=True)
    assert [r.status for r in results] == ["added"] * 4
    assert [f for _, f in assistant.figures()] == before

    def broken(data: bytes, name: str, *_: Any) -> tuple[Report, ...]:
        raise ZeroDivisionError(name)

    monkeypatch.setattr(ingest.apart, "read_report", broken)
    assert {r.status for r in assistant.rebuild(read=True)} == {"failed"}
    assert [f for _, f in assistant.figures()] == before  # what there was stays


def test_the_bytes_are_kept(assistant: Assistant, examples: Path) -> None:
    for file_id, name in assistant.store.files():
        assert assistant.store.content(file_id) == (examples / name).read_bytes()
    with assistant.store.engine.connect() as connection:
        packed = connection.execute(text("SELECT content FROM files LIMIT 1")).scalar_one()
    assert zlib.decompress(packed)


# ── questions ──────────────────────────────────────────────────────────────


def test_scope(assistant: Assistant) -> None:
    ids = {(r.issuer, r.year): r.id for r in assistant.reports()}
    in_2022 = assistant.ask(Question("新收多少申请", scope=(ids["示例市", 2022],)))
    assert [v.value for v in in_2022.values] == ["1116"]
    assert assistant.ask(Question("上海2023年新收多少申请", scope=(ids["示例市", 2022],))).abstained
    assert assistant.ask(Question("新收多少申请", scope=())).reason == "empty-store"
    with pytest.raises(UnknownReport, match="'no-such'"):
        assistant.ask(Question("新收多少申请", scope=("no-such",)))


@pytest.mark.parametrize("question", ["", "  \n", "　"])
def test_an_empty_question(assistant: Assistant, question: str) -> None:
    with pytest.raises(QuestionError, match="empty"):
        assistant.ask(question)


def test_a_question_that_is_too_long(data: Path, embedder: Embedder) -> None:
    settings = Settings(_env_file=None, max_question=10)
    with Assistant(data, settings=settings, embedder=embedder) as small:
        assert small.ask("新" * 10).abstained
        with pytest.raises(QuestionError, match="11 characters; at most 10"):
            small.ask("新" * 11)


def test_half_letters_are_no_fault(assistant: Assistant) -> None:
    turns = (Turn("user", "上海2023年\ud800"), Turn("assistant", "\udfff"))
    answer = assistant.ask(Question("\ud800新收多少申请？", turns))
    answer.answer.encode("utf-8")
    answer.question.encode("utf-8")


def test_revisions(assistant: Assistant, report: Make) -> None:
    assert assistant.ask("甲市2021年新收多少申请").abstained
    assistant.ingest_bytes(report(received=1777), "a.txt")
    assert [v.value for v in assistant.ask("甲市2021年新收多少申请").values] == ["1777"]
    assistant.ingest_bytes(report(received=1888), "b.txt")  # another report of the same year
    answer = assistant.ask("甲市2021年新收多少申请")
    assert {v.value for v in answer.values} == {"1777", "1888"}
    assert answer.kind == "conflict"


def test_search(assistant: Assistant) -> None:
    (hit,) = assistant.search("编印《办件一本通》", limit=1)
    assert "办件一本通" in hit.passage.passage.printed
    only = assistant.search("公开", issuer="上海", year=2023, limit=50)
    ids = {r.id: r.issuer for r in assistant.reports()}
    assert {ids[h.passage.report_id] for h in only} == {"上海市"}
    assert assistant.search("公开", issuer="没有") == []
    assert assistant.search("公开", year=1999) == []
    assert assistant.search("\ud800", limit=3) == assistant.search("?", limit=3)


# ── what is in the store ───────────────────────────────────────────────────


def test_tables_paragraphs_findings(assistant: Assistant) -> None:
    report = next(r for r in assistant.reports() if (r.issuer, r.year) == ("示例市", 2023))
    table = assistant.table(report.id, "t3")
    assert table is not None and table.cells
    sentences = assistant.store.sentences(report.id)
    paragraph = assistant.paragraph(report.id, sentences[5].index)
    assert paragraph is not None
    assert sentences[5] in paragraph.sentences and paragraph.section == sentences[5].section
    assert assistant.paragraph(report.id, 10**6) is None
    assert len(assistant.findings(report.id)) == report.findings
    assert len(assistant.findings()) == sum(r.findings for r in assistant.reports())
    assert len(assistant.warnings(report.id)) == report.warnings
    assert sum(1 for r, _ in assistant.figures() if r.id == report.id) == report.figures
    assert assistant.examples("zh") and assistant.examples("en")


# ── settings ───────────────────────────────────────────────────────────────


def test_settings_come_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, embedder: Embedder
) -> None:
    monkeypatch.setenv("WENBAO_DATA", str(tmp_path / "there"))
    monkeypatch.setenv("WENBAO_DATABASE_URL", f"sqlite:///{tmp_path / 'other.db'}")
    monkeypatch.setenv("WENBAO_VECTORS", "false")
    with Assistant(embedder=embedder) as made:
        assert made.data == tmp_path / "there" and made.own_chroma() is None
    assert (tmp_path / "other.db").is_file()


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENBAO_MAX_QUESTION", "many")
    with pytest.raises(StoreError, match="WENBAO_MAX_QUESTION is 'many'"):
        load_settings()
    monkeypatch.delenv("WENBAO_MAX_QUESTION")
    monkeypatch.setenv("WENBAO_EMBEDDER", "word2vec")
    with pytest.raises(StoreError, match="WENBAO_EMBEDDER is 'word2vec'"):
        Assistant()


def test_closing_twice_does_nothing(empty: Assistant) -> None:
    empty.own_chroma()
    empty.close()
    empty.close()
