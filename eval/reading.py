"""How fast files are read, format by format, beside what is aimed at; where the time goes; memory.

Parsing alone: no store, no process of its own. A time is the median of several rounds after one to
warm up, in seconds of a core (what else the machine does must not count); a format's rate is that of
all its files together.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from types import FrameType

from eval.samples import Sample, can_draw, make_long_pdf, make_samples
from index.intake import Intake
from ingest import read_report
from ingest.archive import Limits
from ingest.errors import EvaluationError, ReadError
from ingest.readers import reader_for

#: what is aimed at (docs/formats.md): reports a second on one core; for PDF seconds a page
REPORTS_A_SECOND = {"text": 50.0, "html": 50.0, "docx": 10.0}
SECONDS_A_PAGE = 0.25
LONG_PDF_PAGES, LONG_PDF_MB = 100, 300
_SAMPLE_SECONDS = 0.001
#: each is timed for so long when it is asked where the time goes
_PROFILE_SECONDS = 1.0
#: what `read_report` calls, by the module that it stands in
_STAGES = (
    ("decode and parse", ("readers/",)),
    ("tables", ("tables/", "forms/")),
    ("figures in sentences", ("prose", "numbers", "words/")),
    ("checks", ("checks",)),
)
_OTHER_STAGE = "narrative, metadata"
# Text and not a function: the package that a function stood in would be measured too. And not
# `ru_maxrss` where there is better: it counts the parent's memory at the fork as well.
_MEMORY = """
import sys
from pathlib import Path
path, sys.path[:] = Path(sys.argv[1]), sys.argv[2:]
from ingest import read_report
read_report(path.read_bytes(), path.name)
status = Path("/proc/self/status")
if status.exists():
    peak = next(s for s in status.read_text().splitlines() if s.startswith("VmHWM"))
    print(int(peak.split()[1]) / 1000)
else:
    import resource
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(used / (1_000_000 if sys.platform == "darwin" else 1000))
"""


@dataclass(frozen=True, slots=True)
class FormatSpeed:
    """The files of one format: `seconds` by file, `pages` of all together (None: it has none)."""

    name: str
    seconds: dict[str, float]
    pages: int | None
    shares: dict[str, float]

    def rate(self) -> tuple[float, str, str, bool | None]:
        """(value, unit, target as text, whether it is reached: None without a target)."""
        total = sum(self.seconds.values())
        if self.pages is not None:
            value = total / max(self.pages, 1)
            return value, "s/page", f"≤ {SECONDS_A_PAGE:g}", value <= SECONDS_A_PAGE
        value = len(self.seconds) / total if total else 0.0
        target = REPORTS_A_SECOND.get(self.name)
        if target is None:
            return value, "reports/s", "", None
        return value, "reports/s", f"≥ {target:g}", value >= target


@dataclass(frozen=True)
class ReadingSpeed:
    """What `wenbao benchmark reading` prints."""

    rounds: int
    formats: tuple[FormatSpeed, ...]
    memory: tuple[str, float, bool] | None = None
    notes: tuple[str, ...] = field(default=())

    def to_text(self) -> str:
        """A line a file, then a table of formats with their targets, where the time goes, memory."""
        lines = [
            f"{seconds * 1000:9.1f} ms  {name}"
            for speed in self.formats
            for name, seconds in speed.seconds.items()
        ]
        lines += ["", f"{'format':10}{'files':>6}  {'measured':>17}  {'target':>8}"]
        for speed in self.formats:
            value, unit, target, reached = speed.rate()
            said = {True: "ok", False: "MISSED", None: ""}[reached]
            measured = f"{value:.3g} {unit}"
            lines.append(
                f"{speed.name:10}{len(speed.seconds):6}  {measured:>17}  {target:>8}  {said}".rstrip()
            )
        if self.memory:
            name, megabytes, reached = self.memory
            lines.append(
                f"{name:16}  {f'{megabytes:.0f} MB':>17}  {f'≤ {LONG_PDF_MB}':>8}  "
                f"{'ok' if reached else 'MISSED'}"
            )
        lines += ["", "where the time goes"]
        for speed in self.formats:
            shares = sorted(speed.shares.items(), key=lambda item: -item[1])
            said = ", ".join(f"{stage} {share:.0%}" for stage, share in shares)
            lines.append(f"{speed.name:10}{said or 'not measured'}")
        lines += [*self.notes]
        files = sum(len(f.seconds) for f in self.formats)
        lines.append(
            f"reading: n={files}, time of one core, median of {self.rounds} rounds after one to warm up"
        )
        return "\n".join(lines)


def time_reading(paths: Sequence[Path], rounds: int) -> ReadingSpeed:
    """Time files (folders and archives are opened), or samples of our own where there are none.

    Raises EvaluationError where nothing can be read.
    """
    samples, notes = _given(paths) if paths else _own()
    by_format: dict[str, list[Sample]] = {}
    for sample in samples:
        try:
            name = reader_for(sample.data, sample.name).name
            read_report(sample.data, sample.name)
        except ReadError as error:
            notes.append(f"left out: {error}")
        else:
            by_format.setdefault(name, []).append(sample)
    if not by_format:
        raise EvaluationError("; ".join(notes) or "no file to time; wanted reports")
    formats = tuple(_time_format(name, those, rounds) for name, those in by_format.items())
    memory = None
    if not paths and can_draw():
        peak = peak_memory(make_long_pdf(LONG_PDF_PAGES))
        memory = f"{LONG_PDF_PAGES} pages of PDF", peak, peak <= LONG_PDF_MB
    return ReadingSpeed(rounds, formats, memory, tuple(notes))


def _given(paths: Sequence[Path]) -> tuple[list[Sample], list[str]]:
    samples, notes = [], []
    for found in Intake(paths, Limits()):
        if found.data is None:
            notes.append(f"left out: {found.label}: {found.problem}")
        else:
            samples.append(Sample(found.name, found.data))
    return samples, notes


def _own() -> tuple[list[Sample], list[str]]:
    samples = make_samples()
    if not samples:
        raise EvaluationError("the example reports are not here; give the files to time")
    return samples, [] if can_draw() else ["no PDF: reportlab, which would draw it, is not here"]


def _time_format(name: str, samples: list[Sample], rounds: int) -> FormatSpeed:
    seconds: dict[str, float] = {}
    for sample in samples:
        taken = []
        for _ in range(rounds):
            began = time.process_time()
            read_report(sample.data, sample.name)
            taken.append(time.process_time() - began)
        seconds[sample.name] = seconds.get(sample.name, 0.0) + median(taken)
    pages = sum(_pages(s.data) for s in samples) if name == "pdf" else None
    return FormatSpeed(name, seconds, pages, _shares(samples))


def _pages(data: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return len(document)
    finally:
        document.close()


def _shares(samples: list[Sample]) -> dict[str, float]:
    """The share of each stage, by looking a thousand times a second what is being done.

    A profiler that counts calls would make whatever calls much look slow. {} where the system has
    no such clock, or where this is not the main thread.
    """
    seen: Counter[str] = Counter()

    def look(_: int, frame: FrameType | None) -> None:
        stage = _stage_of(frame)
        if stage is not None:
            seen[stage] += 1

    try:
        before = signal.signal(signal.SIGALRM, look)
    except (AttributeError, ValueError):
        return {}
    try:
        signal.setitimer(signal.ITIMER_REAL, _SAMPLE_SECONDS, _SAMPLE_SECONDS)
        ends = time.perf_counter() + _PROFILE_SECONDS
        while time.perf_counter() < ends:
            for sample in samples:
                read_report(sample.data, sample.name)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    total = seen.total()
    return {stage: count / total for stage, count in seen.items()}


def _stage_of(frame: FrameType | None) -> str | None:
    """The stage that a frame belongs to: the module that `ingest/read.py` has called."""
    called = None
    while frame is not None:
        module = frame.f_code.co_filename.replace("\\", "/").rpartition("/ingest/")[2]
        if module == "read.py":
            break
        called = module
        frame = frame.f_back
    if frame is None or called is None:
        return None if frame is None else _OTHER_STAGE
    for stage, modules in _STAGES:
        if called.startswith(modules):
            return stage
    return _OTHER_STAGE


def peak_memory(sample: Sample) -> float:
    """Megabytes that a fresh process takes at most to read a file.

    Raises EvaluationError where the file cannot be read.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / sample.name
        path.write_bytes(sample.data)
        done = subprocess.run(
            [sys.executable, "-P", "-c", _MEMORY, str(path), *sys.path],
            capture_output=True,
            text=True,
        )
    if done.returncode:
        raise EvaluationError(f"{sample.name} was not read: {done.stderr.strip()[-500:]}")
    return float(done.stdout.split()[-1])
