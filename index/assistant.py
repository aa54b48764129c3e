"""The one object that the page, the command and the evaluation use."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from types import TracebackType

from index.answer import Answer, Question
from index.answerer import Answerer
from index.intake import IngestResult, IngestStage, readable_name, walk
from index.naming import Naming
from index.plan.catalogue import Catalogue, make_catalogue
from index.plan.lexicon import Lexicon, Sense, make_lexicon
from index.plan.understand import Planner
from index.plan.words import fold, load_words
from index.request import Request, RequestAnswerer
from index.retrieve.passages import Hit, PassageRetriever
from index.retrieve.texts import TextCache
from index.settings import Settings, load_settings
from index.store import vectors
from index.store.chroma import ChromaProjection
from index.store.embedder import Embedder, make_embedder
from index.store.store import ReportSummary, Store
from index.store.worker import VectorWorker
from ingest import read_report, reader_version
from ingest.errors import QuestionError, StoreError, UnknownReport, WenbaoError
from ingest.model import Figure, Finding, Sentence, Table, Warning_
from ingest.words import load_concepts

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a report: its headings and its sentences in order."""

    section: tuple[str, ...]
    sentences: tuple[Sentence, ...]


class Assistant:
    """Answers questions over one store. Thread-safe; use as a context manager or call `close`."""

    def __init__(
        self,
        data: Path | None = None,
        *,
        settings: Settings | None = None,
        vectors: bool | None = None,
        embedder: Embedder | None = None,
    ) -> None:
        self.settings = settings or load_settings()
        self.data = data or self.settings.data
        self.embedder = embedder or make_embedder(self.settings.embedder)
        self.store = Store(self.data, self.settings.database_url)
        self._use_vectors = self.settings.vectors if vectors is None else vectors
        self._projection: ChromaProjection | None = None
        self._lock = Lock()
        self._chroma_lock = Lock()
        self._texts = TextCache(self.store)
        self._known: tuple[int, list[ReportSummary]] = (-1, [])
        self._answerers: dict[tuple[str, ...] | None, Answerer] = {}
        self._requests: RequestAnswerer | None = None
        self._retriever = PassageRetriever(
            self.store, self.embedder, lambda: self._projection, use_vectors=self._use_vectors
        )
        self._worker = VectorWorker(self.store, self.embedder, self.own_chroma)

    def __enter__(self) -> Assistant:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop embedding, give up Chroma, close the database."""
        self._worker.stop()
        with self._chroma_lock:
            self._let_go_of_chroma()
        self.store.close()

    # ── questions ──────────────────────────────────────────────────────────

    def ask(self, question: str | Question) -> Answer:
        """Answer a question. Raises QuestionError where it is empty or too long."""
        asked = Question(question) if isinstance(question, str) else question
        # half a letter (a lone surrogate of a shell or of JSON) can be neither searched nor printed
        turns = tuple(replace(t, content=_whole_letters(t.content)) for t in asked.dialogue)
        asked = replace(asked, text=_whole_letters(asked.text), dialogue=turns)
        if not asked.text.strip():
            raise QuestionError("the question is empty; write what you want to know")
        if len(asked.text) > self.settings.max_question:
            raise QuestionError(
                f"the question has {len(asked.text)} characters; "
                f"at most {self.settings.max_question} are taken"
            )
        return self._answerer(asked.scope).answer(asked)

    def look_up(self, request: Request) -> Answer:
        """Answer a request whose arguments are given one by one; never reads a question."""
        whole = replace(
            request,
            issuer=_whole_letters(request.issuer),
            row=_whole_letters(request.row),
            column=None if request.column is None else _whole_letters(request.column),
            whole=None if request.whole is None else _whole_letters(request.whole),
        )
        return self._request_answerer().answer(whole)

    def search(
        self,
        words: str,
        *,
        issuer: str | None = None,
        year: int | None = None,
        limit: int = 10,
    ) -> list[Hit]:
        """The passages nearest to some words, best first.

        Issuer and year are filters; those that are not given are taken from the words.
        """
        answerer = self._request_answerer()
        words = _whole_letters(words)
        named, rest = answerer.naming.scope(words)
        issuers = named.issuers if issuer is None else answerer.issuers(issuer)
        years = named.years if year is None else (year,)
        ids = [
            r.id
            for r in self.reports()
            if ((not issuers and issuer is None) or r.issuer in issuers)
            and (not years or r.year in years)
        ]
        return self._retriever.search(rest or words, ids, limit)

    def _request_answerer(self) -> RequestAnswerer:
        with self._lock:
            self._refresh()
            if self._requests is None:
                catalogue = make_catalogue(self._known[1])
                naming = Naming(load_concepts(), self._lexicon(catalogue))
                self._requests = RequestAnswerer(self.store, load_concepts(), catalogue, naming)
            return self._requests

    def _refresh(self) -> int:
        """Forget what was made for an older state of the store; returns its revision."""
        revision = self.store.revision()
        if self._known[0] != revision:
            self._known = (revision, self.store.summaries(self.embedder.name))
            self._answerers.clear()
            self._requests = None
        return revision

    def _answerer(self, scope: tuple[str, ...] | None) -> Answerer:
        """The answerer for a scope, made anew when the store has changed."""
        with self._lock:
            revision = self._refresh()
            found = self._answerers.get(scope)
            if found is None:
                found = self._make_answerer(scope, revision)
                self._answerers[scope] = found
            return found

    def _make_answerer(self, scope: tuple[str, ...] | None, revision: int) -> Answerer:
        reports = self._known[1]
        if scope is not None:
            known = {r.id for r in reports}
            unknown = [s for s in scope if s not in known]
            if unknown:
                raise UnknownReport(
                    f"no report has the id {unknown[0]!r}; `wenbao reports` lists them"
                )
            reports = [r for r in reports if r.id in scope]
        concepts = load_concepts()
        catalogue = make_catalogue(reports)
        planner = Planner(self._lexicon(catalogue), concepts)
        return Answerer(
            self.store, concepts, catalogue, planner, self._texts, self._retriever, revision
        )

    def _lexicon(self, catalogue: Catalogue) -> Lexicon:
        lexicon = make_lexicon(load_concepts(), load_words(), catalogue)
        entries = dict(lexicon.entries)
        for word in self.store.note_words():
            folded = fold(word)
            if folded and len(folded) > 1:
                entries[folded] = (*entries.get(folded, ()), Sense("note_word", word))
        return replace(lexicon, entries=entries)

    # ── reports ────────────────────────────────────────────────────────────

    def ingest(
        self,
        paths: Iterable[Path],
        *,
        progress: Callable[[IngestStage], None] | None = None,
    ) -> list[IngestResult]:
        """Read files and folders into the store; one result a file, a bad file never stops the rest.

        Each report is written in one transaction; vectors follow in the background.
        """
        files = list(walk(paths))
        tell = progress or (lambda _: None)
        out = []
        for number, path in enumerate(files):
            tell(IngestStage(path, "read", number, len(files)))
            out.append(self._ingest_one(path, lambda stage, n=number, p=path: tell(  # type: ignore[misc]
                IngestStage(p, stage, n, len(files)))))  # fmt: skip
            tell(IngestStage(path, "done", number + 1, len(files)))
        self._worker.wake()
        return out

    def _ingest_one(self, path: Path, tell: Callable[[str], None]) -> IngestResult:
        name = readable_name(path)
        try:
            if not path.is_file():
                there = "not a file" if path.exists() else "no such file"
                return IngestResult(path, "failed", f"{name}: {there}")
            data = path.read_bytes()
        except OSError as error:
            return IngestResult(path, "failed", f"{name}: cannot be read: {error.strerror}")
        return self.ingest_bytes(data, readable_name(Path(path.name)), path, tell)

    def ingest_bytes(
        self,
        data: bytes,
        name: str,
        path: Path | None = None,
        tell: Callable[[str], None] | None = None,
    ) -> IngestResult:
        """Read the bytes of one file called `name` into the store.

        Never raises for what is in the file: the result then is `failed` and says why.
        """
        where = path or Path(name)
        file_id = hashlib.sha256(data).hexdigest()
        try:
            version = reader_version(data, name)
            if self.store.reader_of(file_id) == version:
                return IngestResult(where, "unchanged", None, self._of_file(file_id))
            reports = read_report(data, name)
            if tell is not None:
                tell("store")
            self.store.add(file_id, name, data, version, reports)
        except WenbaoError as error:
            return IngestResult(where, "failed", str(error))
        except Exception as error:  # a fault of ours must not cost the files behind this one
            log.exception("reading %s failed", name)
            return IngestResult(
                where, "failed", f"{name}: a fault in wenbao: {type(error).__name__}: {error}"
            )
        warnings = tuple(w for r in reports for w in r.warnings)
        return IngestResult(where, "added", None, self._of_file(file_id), warnings)

    def _of_file(self, file_id: str) -> tuple[ReportSummary, ...]:
        return tuple(self.store.summaries(self.embedder.name, file_id))

    def reports(self) -> list[ReportSummary]:
        """All reports, also those that another process has just ingested."""
        return self.store.summaries(self.embedder.name)

    def remove(self, report_id: str) -> None:
        """Remove a report; raises UnknownReport."""
        self.store.remove(report_id)
        self._worker.wake()

    def table(self, report_id: str, table_id: str) -> Table | None:
        """A table of a report with all its cells."""
        return self.store.table(report_id, table_id)

    def paragraph(self, report_id: str, sentence: int) -> Paragraph | None:
        """The paragraph that holds a sentence."""
        sentences = self.store.sentences(report_id)
        wanted = next((s for s in sentences if s.index == sentence), None)
        if wanted is None:
            return None
        same = tuple(s for s in sentences if s.paragraph == wanted.paragraph)
        return Paragraph(wanted.section, same)

    def warnings(self, report_id: str) -> list[Warning_]:
        """What could not be read of a report."""
        return self.store.warnings(report_id)

    def findings(self, report_id: str | None = None) -> list[tuple[ReportSummary, Finding]]:
        """What reports contradict themselves in, of one report or of all."""
        wanted = [r for r in self.reports() if report_id in (None, r.id)]
        return [(r, f) for r in wanted for f in self.store.findings(r.id)]

    def figures(self) -> Iterator[tuple[ReportSummary, Figure]]:
        """Every figure in the store, report by report."""
        for report in self.reports():
            for figure in self.store.figures(report.id):
                yield report, figure

    def examples(self, language: str) -> list[str]:
        """Questions that can be asked of what is in the store; `language` is `zh` or `en`."""
        from index.write.examples import example_questions

        return example_questions(self.reports(), language)

    def rebuild(self, *, read: bool = False) -> list[IngestResult]:
        """Empty Chroma, to be filled from SQL anew; with `read`, read every kept file again first.

        Raises StoreError where another process owns Chroma.
        """
        with self._chroma_lock:
            self._let_go_of_chroma()
            if self._use_vectors:
                self._projection = ChromaProjection.open(
                    self.data, self.embedder, self.settings.chroma_url, reset=True
                )
                if self._projection is None:
                    raise StoreError(
                        f"the vectors in {self.data} belong to another wenbao that is running: "
                        "end it, then run `wenbao rebuild`"
                    )
        out = []
        if read:
            for file_id, name in self.store.files():
                out.append(self._read_again(file_id, name))
        self._worker.wake()
        return out

    def _read_again(self, file_id: str, name: str) -> IngestResult:
        try:
            data = self.store.content(file_id)
            reports = read_report(data, name)
            self.store.add(file_id, name, data, reader_version(data, name), reports)
        except WenbaoError as error:
            return IngestResult(Path(name), "failed", str(error))
        except Exception as error:  # what is stored of this file stays as it is
            log.exception("reading %s again failed", name)
            return IngestResult(
                Path(name), "failed", f"{name}: a fault in wenbao: {type(error).__name__}: {error}"
            )
        warnings = tuple(w for r in reports for w in r.warnings)
        return IngestResult(Path(name), "added", None, self._of_file(file_id), warnings)

    # ── vectors ────────────────────────────────────────────────────────────

    def own_chroma(self) -> ChromaProjection | None:
        """Chroma, opened if need be; None where vectors are off or another process owns it.

        Raises EmbedderMismatch or StoreError.
        """
        with self._chroma_lock:
            if self._projection is None and self._use_vectors:
                self._projection = ChromaProjection.open(
                    self.data, self.embedder, self.settings.chroma_url
                )
            return self._projection

    def _let_go_of_chroma(self) -> None:
        projection, self._projection = self._projection, None
        if projection is not None:
            projection.close()

    def start_vectors(self) -> None:
        """Embed in the background what has no vector yet, now and whenever reports come in."""
        if self._use_vectors:
            self._worker.start()

    def vector_progress(self) -> tuple[int, int]:
        """(passages with a vector, all passages)."""
        return vectors.progress(self.store.engine, self.embedder.name)

    def wait_for_vectors(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Embed everything that is missing, here and now, telling (done, all) on the way."""
        if not self._use_vectors:
            return
        while self._worker.step():
            if progress is not None:
                progress(*self.vector_progress())


def _whole_letters(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
