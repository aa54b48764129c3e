"""The one object that the page, the command and the evaluation use."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING

from index.answer import Answer, Question
from index.answerer import Answerer
from index.ingestion import Ingestion
from index.intake import IngestResult, IngestStage
from index.naming import Naming
from index.plan.catalogue import Catalogue, make_catalogue
from index.plan.lexicon import Lexicon, make_lexicon
from index.plan.understand import Planner
from index.plan.words import load_words
from index.request import Request, RequestAnswerer, whole_letters
from index.retrieve.passages import Hit, PassageRetriever
from index.retrieve.sentences import SentenceRanker
from index.retrieve.texts import TextCache
from index.settings import Settings, load_settings
from index.store import vectors
from index.store.chroma import ChromaProjection
from index.store.embedder import Embedder, make_embedder
from index.store.store import ReportSummary, Store
from index.store.worker import VectorWorker
from ingest.errors import QuestionError, StoreError, UnknownReport
from ingest.metadata.find import NOTHING_GIVEN, Given
from ingest.model import Figure, Finding, Sentence, Table, Warning_
from ingest.words import load_concepts

if TYPE_CHECKING:
    from index.llama import WenbaoChatEngine, WenbaoQueryEngine

_MOST_SCOPES = 64  # selections of reports that are kept ready at a time


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
        self._known: tuple[int, tuple[ReportSummary, ...]] = (-1, ())
        #: kept over a change of the store, for what of it stays the same
        self._catalogue: Catalogue | None = None
        self._words: Lexicon | None = None
        self._answerers: dict[tuple[str, ...] | None, Answerer] = {}
        self._requests: RequestAnswerer | None = None
        self._retriever = PassageRetriever(
            self.store, self.embedder, lambda: self._projection, use_vectors=self._use_vectors
        )
        self._ranker = SentenceRanker(self.store, self.embedder, use_vectors=self._use_vectors)
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
        turns = tuple(replace(t, content=whole_letters(t.content)) for t in asked.dialogue)
        asked = replace(asked, text=whole_letters(asked.text), dialogue=turns)
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
        return self._request_answerer().answer(request)

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
        words = whole_letters(words)
        named, rest = answerer.naming.scope(words)
        issuers = named.issuers if issuer is None else answerer.issuers(issuer)
        years = named.years if year is None else (year,)
        ids = [
            r.id
            for r in self.store.listed()
            if ((not issuers and issuer is None) or r.issuer in issuers)
            and (not years or r.year in years)
        ]
        return self._retriever.search(rest or words, ids, limit)

    def as_query_engine(
        self, *, scope: tuple[str, ...] | None = None, streaming: bool = False
    ) -> WenbaoQueryEngine:
        """The whole as a LlamaIndex query engine."""
        from index.llama.engine import WenbaoQueryEngine

        return WenbaoQueryEngine(self, scope=scope, streaming=streaming)

    def as_chat_engine(self, *, scope: tuple[str, ...] | None = None) -> WenbaoChatEngine:
        """The whole as a LlamaIndex chat engine: one conversation."""
        from index.llama.chat import WenbaoChatEngine

        return WenbaoChatEngine(self, scope=scope)

    def _request_answerer(self) -> RequestAnswerer:
        with self._lock:
            self._refresh()
            if self._requests is None:
                catalogue, lexicon = self._whole()
                naming = Naming(load_concepts(), lexicon)
                self._requests = RequestAnswerer(self.store, load_concepts(), catalogue, naming)
            return self._requests

    def _refresh(self) -> int:
        """Forget what was made for an older state of the store; returns its revision."""
        revision = self.store.revision()
        if self._known[0] != revision:
            self._known = (revision, self.store.listed())
            self._answerers.clear()
            self._requests = None
            self._words = None
        return revision

    def _answerer(self, scope: tuple[str, ...] | None) -> Answerer:
        """The answerer for a scope, made anew when the store has changed."""
        with self._lock:
            revision = self._refresh()
            found = self._answerers.get(scope)
            if found is None:
                found = self._make_answerer(scope, revision)
                if len(self._answerers) >= _MOST_SCOPES:
                    self._answerers.pop(next(iter(self._answerers)))
                self._answerers[scope] = found
            return found

    def _make_answerer(self, scope: tuple[str, ...] | None, revision: int) -> Answerer:
        catalogue, lexicon = self._whole() if scope is None else self._part(scope)
        concepts = load_concepts()
        return Answerer(
            self.store, concepts, catalogue, Planner(lexicon, concepts), self._texts,
            self._retriever, self._ranker, revision,
        )  # fmt: skip

    def _whole(self) -> tuple[Catalogue, Lexicon]:
        """The reports of the store and the words of questions about them."""
        if self._words is None or self._catalogue is None:
            self._catalogue = make_catalogue(self._known[1], self._catalogue)
            self._words = self._lexicon(self._catalogue)
        return self._catalogue, self._words

    def _part(self, scope: tuple[str, ...]) -> tuple[Catalogue, Lexicon]:
        """The same of some reports; raises UnknownReport."""
        wanted = set(scope)
        reports = [r for r in self._known[1] if r.id in wanted]
        unknown = wanted - {r.id for r in reports}
        if unknown:
            first = next(s for s in scope if s in unknown)
            raise UnknownReport(f"no report has the id {first!r}; `wenbao reports` lists them")
        catalogue = make_catalogue(reports)
        return catalogue, self._lexicon(catalogue)

    def _lexicon(self, catalogue: Catalogue) -> Lexicon:
        return make_lexicon(load_concepts(), load_words(), catalogue, self.store.note_words())

    # ── reports ────────────────────────────────────────────────────────────

    def ingest(
        self,
        paths: Iterable[Path],
        *,
        given: Given = NOTHING_GIVEN,
        progress: Callable[[IngestStage], None] | None = None,
    ) -> list[IngestResult]:
        """All results of `ingesting`."""
        return list(self.ingesting(paths, given=given, progress=progress))

    def ingesting(
        self,
        paths: Iterable[Path],
        *,
        given: Given = NOTHING_GIVEN,
        progress: Callable[[IngestStage], None] | None = None,
        passed_over: Callable[[int], None] | None = None,
    ) -> Generator[IngestResult]:
        """Read files, folders and ZIP archives into the store; a result a file, as soon as it is in.

        A bad file never stops the rest. Each file is written in one transaction; closing the
        iterator leaves what was written. `given` is said of every file, and kept with it: later
        runs that say nothing read it with the same. Vectors follow in the background.
        `passed_over` is told how many hidden and system files were left out.
        """
        ingestion = self._ingestion()
        try:
            yield from ingestion.files(paths, given, progress or _nobody)
        finally:
            self._worker.wake()
            if passed_over is not None:
                passed_over(ingestion.passed_over)

    def ingest_bytes(self, data: bytes, name: str, *, given: Given = NOTHING_GIVEN) -> IngestResult:
        """Read the bytes of one file called `name` into the store.

        Never raises for what is in the file: the result then is `failed` and says why.
        """
        return self._ingestion().one(data, Path(name), given, _nobody)

    def _ingestion(self) -> Ingestion:
        return Ingestion(self.store, self.embedder.name, self.settings)

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
        out = list(self.read_again()) if read else []
        self._worker.wake()
        return out

    def read_again(
        self, progress: Callable[[IngestStage], None] | None = None
    ) -> Generator[IngestResult]:
        """Read every kept file again, with what was given of it; a result a file, as it is stored.

        A file that now fails keeps what is stored of it.
        """
        try:
            yield from self._ingestion().kept(progress or _nobody)
        finally:
            self._worker.wake()

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


def _nobody(_: IngestStage) -> None:
    """Where nobody wants to know how far it is."""
