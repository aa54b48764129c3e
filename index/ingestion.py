"""Files into the store: read (apart, several at once), stored in order, one transaction a file."""

from __future__ import annotations

import hashlib
import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from index.intake import Found, IngestResult, IngestStage, Intake, readable_name
from index.settings import Settings
from index.store.store import Store
from index.store.summary import ReportSummary
from ingest import reader_version
from ingest.apart import Job, ReadingFault, ReadingHere, ReadingPool, ReadsJobs
from ingest.archive import Limits
from ingest.errors import StoreError, UnreadableFile, WenbaoError
from ingest.metadata.find import Given
from ingest.model import Report

log = logging.getLogger(__name__)

#: files that are read before the first of them is stored, and their bytes: what memory holds
_MOST_AHEAD = 8
_MOST_BYTES_AHEAD = 64_000_000

Tell = Callable[[IngestStage], None]


@dataclass
class _Work:
    """A file between its bytes and its result: it has a `result`, or is being read (`reading`), or
    has the bytes of an earlier one (`same`)."""

    found: Found
    result: IngestResult | None = None
    file_id: str = ""
    given: dict[str, Any] | None = None
    reading: Future[tuple[Report, ...]] | None = None
    same: _Work | None = None

    @property
    def size(self) -> int:
        return len(self.found.data or b"") if self.reading else 0


@dataclass(frozen=True, slots=True)
class _Stages:
    """Tells how far one file is, number `done` of `total`."""

    to: Tell
    path: Path
    done: int
    total: int

    def tell(self, stage: str) -> None:
        self.to(IngestStage(self.path, stage, self.done + (stage == "done"), self.total))


class Ingestion:
    """Brings files into a store. One for each call: it remembers what it has seen."""

    def __init__(self, store: Store, embedder: str, settings: Settings) -> None:
        self._store = store
        self._embedder = embedder
        self._limits = Limits(
            file_bytes=int(settings.max_file),
            archive_bytes=max(int(settings.max_file), Limits().archive_bytes),
        )
        self._settings = settings
        self._reader: ReadsJobs | None = None
        self._seen: dict[str, _Work] = {}
        self.passed_over = 0

    def files(self, paths: Iterable[Path], given: Given, tell: Tell) -> Iterator[IngestResult]:
        """Files, folders and archives, in order; a result a file, as soon as it is stored.

        Closing the iterator ends the reading; what was stored stays.
        """
        intake = Intake(paths, self._limits)
        try:
            for done, work in enumerate(self._ahead(self._begin(f, given) for f in intake)):
                stage = _Stages(tell, work.found.path, done, max(intake.total, done + 1))
                result = self._finish(work, stage)
                self.passed_over = intake.passed_over
                yield result
            self.passed_over = intake.passed_over
        finally:
            self.close()

    def kept(self, tell: Tell) -> Iterator[IngestResult]:
        """Every file of the store, read again from the bytes that were kept."""
        listed = self._store.files()
        works = self._ahead(self._again(file_id, name) for file_id, name in listed)
        try:
            for done, work in enumerate(works):
                yield self._finish(work, _Stages(tell, work.found.path, done, len(listed)))
        finally:
            self.close()

    def one(self, data: bytes, path: Path, given: Given, tell: Tell) -> IngestResult:
        """The bytes of one file."""
        try:
            return self._finish(
                self._begin(Found(path, readable_name(path), data), given),
                _Stages(tell, path, 0, 1),
            )
        finally:
            self.close()

    def close(self) -> None:
        """End the processes that read."""
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.close()

    def _ahead(self, works: Iterable[_Work]) -> Iterator[_Work]:
        """The same works in the same order, some of them begun before the first is taken."""
        begun: deque[_Work] = deque()
        size = 0
        for work in works:
            begun.append(work)
            size += work.size
            while begun and (
                begun[0].reading is None
                or begun[0].reading.done()
                or len(begun) > _MOST_AHEAD
                or size > _MOST_BYTES_AHEAD
            ):
                size -= begun[0].size
                yield begun.popleft()
        yield from begun

    def _begin(self, found: Found, said: Given) -> _Work:
        work = _Work(found)
        if found.data is None:
            work.result = _unread(found)
            return work
        work.file_id = hashlib.sha256(found.data).hexdigest()
        if work.file_id in self._seen:
            work.same = self._seen[work.file_id]
            return work
        self._seen[work.file_id] = work
        try:
            before = self._store.given_of(work.file_id)
            work.given = before | _said(said)
            # asked of bytes that were read before only: nothing sniffs at strange ones in here
            known = self._store.reader_of(work.file_id)
            if known is not None and work.given == before:
                if known == reader_version(found.data, found.name):
                    reports = self._of_file(work.file_id)
                    work.result = IngestResult(
                        found.path, "unchanged", None, reports, label=found.label
                    )
                    return work
            work.reading = self._submit(found.data, found.name, work.given)
        except Exception as error:
            work.result = _failed(found, error)
        return work

    def _again(self, file_id: str, name: str) -> _Work:
        work = _Work(Found(Path(name), name), file_id=file_id)
        try:
            data = self._store.content(file_id)
            work.found = replace(work.found, data=data)
            work.given = self._store.given_of(file_id)
            work.reading = self._submit(data, name, work.given)
        except Exception as error:
            work.result = _failed(work.found, error)
        return work

    def _submit(self, data: bytes, name: str, given: dict[str, Any]) -> Future[tuple[Report, ...]]:
        if self._reader is None:
            processes, memory = self._settings.read_processes, int(self._settings.max_read_memory)
            seconds = self._settings.max_read_seconds
            self._reader = ReadingPool(processes, seconds, memory) if processes else ReadingHere()
        return self._reader.submit(Job(data, name, Given(**given)))

    def _finish(self, work: _Work, stages: _Stages) -> IngestResult:
        stages.tell("read")
        if work.result is None:
            work.result = self._same(work) if work.same else self._stored(work, stages)
        stages.tell("done")
        return work.result

    def _same(self, work: _Work) -> IngestResult:
        assert work.same is not None
        first, found = work.same.result, work.found
        assert first is not None  # it stood before this one
        if first.status == "failed":
            return _failed(found, WenbaoError(f"the same bytes as {first.label}, which failed"))
        note = f"the same bytes as {first.label}"
        return IngestResult(
            found.path, "unchanged", None, first.reports, note=note, label=found.label
        )

    def _stored(self, work: _Work, stages: _Stages) -> IngestResult:
        found = work.found
        assert work.reading is not None and found.data is not None
        try:
            reports = work.reading.result()
            stages.tell("store")
            self._store.add(
                work.file_id, found.name, found.data, reports[0].reader, reports, work.given
            )
            work.found = replace(found, data=None)  # the bytes are in the store now
            made = self._of_file(work.file_id)
        except Exception as error:  # a fault of ours must not cost the files behind this one
            return _failed(found, error)
        warnings = tuple(w for r in reports for w in r.warnings)
        return IngestResult(found.path, "added", None, made, warnings, label=found.label)

    def _of_file(self, file_id: str) -> tuple[ReportSummary, ...]:
        return tuple(self._store.summaries(self._embedder, file_id))


def _said(given: Given) -> dict[str, Any]:
    return {key: value for key, value in asdict(given).items() if value is not None}


def _unread(found: Found) -> IngestResult:
    if found.skipped:
        return IngestResult(found.path, "skipped", note=found.problem, label=found.label)
    return _failed(found, UnreadableFile(found.problem or "no bytes"))


def _failed(found: Found, error: Exception) -> IngestResult:
    """The line of a failure; it begins with the file's label, whatever the error calls the file."""
    if isinstance(error, StoreError):
        said = str(error)
    elif isinstance(error, WenbaoError):
        said = str(error).removeprefix(f"{found.name}: ")
    elif isinstance(error, ReadingFault):
        said = f"a fault in wenbao: {error}"
    else:
        log.error("ingesting %s failed", found.label, exc_info=error)
        said = f"a fault in wenbao: {type(error).__name__}: {error}"
    return IngestResult(found.path, "failed", f"{found.label}: {said}", label=found.label)
