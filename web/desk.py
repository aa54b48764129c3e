"""What the page does with the assistant: ask, show evidence, list reports, take uploads.

No Gradio in here. A failure of the store or of an answer becomes words on the page, never silence
and never a stack of red boxes; what is not the user's doing is logged with its traceback.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.answer import Question
from index.intake import IngestResult, IngestStage
from ingest.errors import WenbaoError
from web.evidence import empty_html, evidence_html, failed_html
from web.reports import (
    MAX_REPORTS,
    progress_html,
    reports_failed_html,
    reports_html,
    upload_html,
)
from web.session import Session
from web.texts import Language, say

if TYPE_CHECKING:
    from index import Assistant, ReportSummary
    from ingest.model import Finding

log = logging.getLogger(__name__)


#: with more results than these the page is not drawn anew for each: an archive has up to 2,000
_FEW = 40


class Desk:
    """The page's side of an `Assistant`; safe for several sessions at once, as that is."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        # one upload at a time: the store has one writer, and progress stays legible
        self._uploading = threading.Lock()

    def ask(self, session: Session, text: str, language: Language) -> Iterator[Session]:
        """The session with the question put, then with its answer. Blank text changes nothing."""
        text = text.strip()
        if not text:
            return
        asked = session.asked(text)
        yield asked
        try:
            answer = self._assistant.ask(Question(text, dialogue=session.dialogue()))
        except WenbaoError as error:
            yield asked.answered(None, say(language, "error_question", error=str(error)))
        except Exception as error:
            log.exception("no answer to %r", text)
            yield asked.answered(None, say(language, "error_inside", error=type(error).__name__))
        else:
            yield asked.answered(answer)

    def evidence(self, session: Session, language: Language) -> str:
        """The evidence panel for the exchange that is shown."""
        exchange = session.current()
        if exchange is None or exchange.answer is None:
            return empty_html(language)
        try:
            reports = {report.id: report for report in self._assistant.reports()}
            return evidence_html(exchange.answer, self._assistant, reports, language)
        except Exception as error:
            log.exception("no evidence for %r", exchange.question)
            return failed_html(_reason(error), language)

    def examples(self, language: Language) -> list[str]:
        """Questions that work on what is in the store; none where it cannot be read."""
        try:
            return self._assistant.examples(language)
        except Exception:
            log.exception("no example questions")
            return []

    def has_reports(self) -> bool:
        """Whether there is anything to ask; True where the store cannot be read, which is no
        reason to ask for uploads."""
        try:
            return bool(self._assistant.reports())
        except Exception:
            log.exception("no list of reports")
            return True

    def reports(self, language: Language) -> str:
        """The list of reports, with their warnings and findings."""
        try:
            reports = self._assistant.reports()
            shown = reports[:MAX_REPORTS]
            warnings = {r.id: self._assistant.warnings(r.id) for r in shown if r.warnings}
            return reports_html(reports, warnings, self._findings(shown), language)
        except Exception as error:
            log.exception("no list of reports")
            return reports_failed_html(_reason(error), language)

    def _findings(self, shown: Sequence[ReportSummary]) -> dict[str, list[Finding]]:
        found: dict[str, list[Finding]] = {}
        for report in shown:
            if report.findings:
                found[report.id] = [f for _, f in self._assistant.findings(report.id)]
        return found

    def progress(self, language: Language) -> str:
        """How far the vectors are; empty where that cannot be told: answers do not need them."""
        try:
            return progress_html(*self._assistant.vector_progress(), language)
        except Exception:
            log.exception("no progress of the vectors")
            return ""

    def upload(self, paths: Sequence[Path], language: Language) -> Iterator[str]:
        """Read the files one after another; yields the list of results as it grows."""
        results: list[IngestResult] = []
        if paths:
            with self._uploading:
                for doing in self._read(paths, results, language):
                    yield upload_html(results, doing, language)
        if any(result.status == "added" for result in results):
            try:
                self._assistant.start_vectors()
            except Exception:
                log.exception("the vectors were not started")
        yield upload_html(results, "", language)

    def _read(
        self, paths: Sequence[Path], results: list[IngestResult], language: Language
    ) -> Iterator[str]:
        """Ingest files in a thread, yielding what it is doing; what comes of them goes to `results`.

        An archive has a result for each of its members.
        """
        coming: queue.Queue[IngestStage | IngestResult | Exception | None] = queue.Queue()

        def work() -> None:
            try:
                for result in self._assistant.ingesting(paths, progress=coming.put):
                    coming.put(result)
            except Exception as error:
                log.exception("an upload was not ingested")
                coming.put(error)
            finally:
                coming.put(None)

        yield _stage_text(paths[0], "read", language)
        threading.Thread(target=work, name="wenbao-upload", daemon=True).start()
        while (come := coming.get()) is not None:
            if isinstance(come, IngestStage):
                # when it is done, its own line follows at once
                if come.stage != "done" and len(results) < _FEW:
                    yield _stage_text(come.path, come.stage, language)
            elif isinstance(come, IngestResult):
                results.append(come)
                if len(results) < _FEW or len(results) % _FEW == 0:
                    yield ""
            else:
                there = {at for r in results for at in (r.path, *r.path.parents)}
                results += [_failed(path, come) for path in paths if path not in there]


def _stage_text(path: Path, stage: str, language: Language) -> str:
    said = say(language, "stage_store" if stage == "store" else "stage_read")
    return say(language, "upload_reading", name=path.name, stage=said)


def _failed(path: Path, error: Exception) -> IngestResult:
    return IngestResult(path, "failed", _reason(error), (), ())


def _reason(error: Exception) -> str:
    """Our own errors speak to the user; of others the name will do, the log has the rest."""
    return str(error) if isinstance(error, WenbaoError) else type(error).__name__
