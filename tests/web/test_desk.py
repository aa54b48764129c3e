from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from index import Assistant, IngestResult, IngestStage, Question
from index.answer import Answer, Kind, Turn
from ingest.errors import QuestionError, StoreError
from ingest.model import Finding, Warning_
from web.desk import Desk
from web.session import Session


class Clerk:
    """Stands for the assistant; what is put into `broken` raises instead."""

    def __init__(self, summary: Callable[..., Any]) -> None:
        self.summary = summary
        self.asked: list[Question] = []
        self.started = 0
        self.broken: dict[str, Exception] = {}

    def _maybe(self, name: str) -> None:
        if name in self.broken:
            raise self.broken[name]

    def ask(self, question: Question) -> Answer:
        self._maybe("ask")
        self.asked.append(question)
        return Answer(question.text, f"答{len(self.asked)}", Kind.ABSTAIN)

    def reports(self) -> list[Any]:
        self._maybe("reports")
        return [self.summary(), self.summary(id="r2", issuer="乙市", warnings=1, findings=1)]

    def warnings(self, report_id: str) -> list[Warning_]:
        assert report_id == "r2"
        return [Warning_("cut", "断行")]

    def findings(self, report_id: str) -> list[Any]:
        assert report_id == "r2"
        return [(self.summary(id="r2"), Finding("sum", "fails", "不等"))]

    def examples(self, language: str) -> list[str]:
        self._maybe("examples")
        return [f"问 {language}"]

    def vector_progress(self) -> tuple[int, int]:
        self._maybe("vector_progress")
        return 1, 4

    def start_vectors(self) -> None:
        self.started += 1
        self._maybe("start_vectors")

    def ingesting(
        self, paths: Iterable[Path], *, progress: Callable[[IngestStage], None]
    ) -> Iterator[IngestResult]:
        for path in paths:
            progress(IngestStage(path, "read", 0, 1))
            if path.suffix == ".zip":
                for name in ("甲/一.txt", "二.txt"):
                    yield IngestResult(path / name, "added", label=f"{path.name}/{name}")
            elif path.suffix == ".txt":
                self._maybe("ingest")
                progress(IngestStage(path, "store", 0, 1))
                progress(IngestStage(path, "done", 1, 1))
                yield IngestResult(path, "added", None, (self.summary(),))
            elif path.suffix == ".link":
                yield IngestResult(path, "skipped", note="a link")
            else:
                yield IngestResult(path, "failed", "不认识")


@pytest.fixture
def clerk(summary: Callable[..., Any]) -> Clerk:
    return Clerk(summary)


@pytest.fixture
def desk(clerk: Clerk) -> Desk:
    return Desk(cast(Assistant, clerk))


def last(desk: Desk, session: Session, text: str) -> Session:
    *_, final = desk.ask(session, text, "zh")
    return final


def test_a_question_is_shown_before_its_answer(desk: Desk) -> None:
    first, second = desk.ask(Session(), "  几件？ ", "zh")
    assert first.exchanges[-1].question == "几件？"
    assert first.exchanges[-1].is_open
    assert second.exchanges[-1].answer is not None


def test_the_dialogue_goes_with_a_follow_up(desk: Desk, clerk: Clerk) -> None:
    session = last(desk, last(desk, Session(), "几件？"), "那企业呢？")
    assert clerk.asked[0].dialogue == ()
    assert clerk.asked[1].dialogue == (Turn("user", "几件？"), Turn("assistant", "答1"))
    assert len(session.exchanges) == 2


@pytest.mark.parametrize("text", ["", "  ", "\n\t"])
def test_blank_asks_nothing(desk: Desk, clerk: Clerk, text: str) -> None:
    assert list(desk.ask(Session(), text, "zh")) == []
    assert not clerk.asked


def test_our_errors_speak_to_the_reader(desk: Desk, clerk: Clerk) -> None:
    clerk.broken["ask"] = QuestionError("too long")
    failed = last(desk, Session(), "几件？").exchanges[-1]
    assert failed.answer is None
    assert failed.error == "这个问题没有回答：too long"


def test_other_errors_are_named_and_logged(
    desk: Desk, clerk: Clerk, caplog: pytest.LogCaptureFixture
) -> None:
    clerk.broken["ask"] = ZeroDivisionError("/secret/path")
    with caplog.at_level(logging.ERROR):
        error = last(desk, Session(), "几件？").exchanges[-1].error
    assert error is not None
    assert "ZeroDivisionError" in error
    assert "/secret/path" not in error
    assert "/secret/path" in caplog.text


def test_evidence_of_the_shown_exchange(desk: Desk, clerk: Clerk) -> None:
    assert "标亮" in desk.evidence(Session(), "zh")
    session = last(desk, last(desk, Session(), "问甲"), "问乙")
    assert "问乙" in desk.evidence(session, "zh")
    assert "问甲" in desk.evidence(session.showing(0), "zh")
    clerk.broken["reports"] = StoreError("locked")
    assert "出处没有显示出来（locked）" in desk.evidence(session, "zh")


def test_the_list_asks_for_notes_only_where_there_are_some(desk: Desk) -> None:
    drawn = desk.reports("zh")
    assert "断行" in drawn
    assert "不等" in drawn


def test_a_store_that_fails_is_said(
    desk: Desk, clerk: Clerk, caplog: pytest.LogCaptureFixture
) -> None:
    clerk.broken = dict.fromkeys(
        ["reports", "examples", "vector_progress"], cast(Exception, OSError("disk"))
    )
    with caplog.at_level(logging.CRITICAL):
        assert "报告列表没有读出来（OSError）" in desk.reports("zh")
        assert desk.examples("zh") == []
        assert desk.progress("zh") == ""
        assert desk.has_reports()


def test_lists(desk: Desk) -> None:
    assert desk.examples("en") == ["问 en"]
    assert "1 / 4" in desk.progress("zh")
    assert desk.has_reports()


def test_an_upload_says_what_it_does_and_what_came_of_it(desk: Desk, clerk: Clerk) -> None:
    steps = list(desk.upload([Path("甲.txt"), Path("乙.xyz")], "zh"))
    assert "正在读取：甲.txt（读文件）" in steps[0]
    assert any("甲.txt（写入）" in step for step in steps)
    assert any("已收入" in step and "正在读取：乙.xyz" in step for step in steps)
    assert "正在读取" not in steps[-1]
    assert "<b>甲.txt</b> 已收入" in steps[-1]
    assert "<b>乙.xyz</b> 没有读成：不认识" in steps[-1]
    assert clerk.started == 1


def test_an_archive_has_a_line_for_each_member(desk: Desk) -> None:
    *_, final = desk.upload([Path("x.zip"), Path("快捷.link")], "zh")
    assert "<b>x.zip/甲/一.txt</b>" in final and "<b>x.zip/二.txt</b>" in final
    assert "<b>快捷.link</b> 没有读：a link" in final


def test_many_files_are_not_drawn_anew_for_each(desk: Desk) -> None:
    steps = list(desk.upload([Path(f"{n}.txt") for n in range(200)], "zh"))
    assert len(steps) < 150
    assert steps[-1].count("<li") == 200


def test_an_upload_that_fails_inside_is_said(
    desk: Desk, clerk: Clerk, caplog: pytest.LogCaptureFixture
) -> None:
    clerk.broken["ingest"] = RuntimeError("boom")
    paths = [Path("x.zip"), Path("乙.xyz"), Path("甲.txt"), Path("丙.txt")]
    with caplog.at_level(logging.CRITICAL):
        *_, final = desk.upload(paths, "zh")
    # neither the file nor those behind it are passed over in silence
    assert "<b>甲.txt</b> 没有读成：RuntimeError" in final
    assert "<b>丙.txt</b> 没有读成：RuntimeError" in final
    assert final.count("<li") == 5


def test_vectors_that_do_not_start_do_not_hide_the_result(
    desk: Desk, clerk: Clerk, caplog: pytest.LogCaptureFixture
) -> None:
    clerk.broken["start_vectors"] = StoreError("other embedder")
    with caplog.at_level(logging.CRITICAL):
        *_, final = desk.upload([Path("甲.txt")], "zh")
    assert "已收入" in final


def test_no_files_no_lines(desk: Desk) -> None:
    assert list(desk.upload([], "zh")) == [""]
