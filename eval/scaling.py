"""Whether planning and look-up get slower with the number of reports: the same questions, two stores.

The small store's three reports are also in the large one, so both must give the same figures. A time is
that of `Assistant.ask` on the clock, in a warm process; both stores are asked in turn, so that what
else the machine does falls on both.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from eval.metrics import percentile
from eval.stencil import Stamped
from eval.synthetic import LAST_YEAR, add_to, make_reports, write_store
from index.assistant import Assistant
from index.settings import load_settings
from index.store.store import Store
from ingest.errors import EvaluationError

REPORTS = 20_000
#: what is aimed at: milliseconds with three reports, and how many times that with all
P50_MS, P95_MS, RATIO = 5.0, 15.0, 2.0
_SEED = 1
_SMALL = 3
#: the reports of the small store are among the first
_FIRST = 60
_FEWEST = 2 * _FIRST
_MB = 1_000_000

#: {a} and {b} are issuers, {y} is a year of both, {x} the year before it, of which {a} has a report
QUESTIONS = (
    "{a}{y}年新收到多少件政府信息公开申请？",
    "{a}{y}年不予公开总共多少件？",
    "{a}{y}年商业企业的申请里，本机关不掌握的有多少件？",
    "{a}{y}年予以公开的申请有几件",
    "{a}{y}年行政处罚多少件",
    "{a}{y}年行政许可处理决定数量是多少？",
    "{a}{y}年行政事业性收费多少万元？",
    "{a}{y}年规章现行有效多少件？",
    "{a}{y}年规范性文件制发了多少件？",
    "{a}{y}年信息公开行政复议结果纠正几件？",
    "{a}{y}年复议后起诉总计多少件？",
    "{a}{y}年自然人的重复申请有多少件？",
    "{a}{y}年结转下年度继续办理的有多少件？",
    "{b}{y}年科研机构新收申请多少件？",
    "{b}{y}年属于国家秘密不予公开的有几件？",
    "{b}{y}年无法提供的总计多少件？",
    "{a}{y}年予以公开、部分公开、不予公开各多少件？",
    "{a}{y}年行政处罚和行政强制分别多少件？",
    "{a}{y}年自然人、商业企业各提出多少件申请？",
    "{a}{y}年予以公开和部分公开一共多少件？",
    "{a}{y}年行政复议和行政诉讼合计多少件？",
    "{a}{y}年不予公开占办理总数的百分之几？",
    "{a}{y}年自然人申请占新收总数的比例是多少？",
    "{a}{y}年行政复议结果纠正的比例是多少？",
    "{a}{y}年行政处罚比行政许可多多少件？",
    "{a}{y}年自然人的申请比商业企业多多少件？",
    "{a}{y}年行政处罚是行政强制的几倍？",
    "{a}{y}年平均每个月新收多少件申请？",
    "{a}{y}年新收申请比{x}年增长百分之几？",
    "{a}{y}年行政许可同比变化多少？",
    "{a}{y}年新收申请比上年多了多少件？",
    "{a}{x}年到{y}年新收申请趋势",
    "{a}{x}年和{y}年新收申请分别多少件？",
    "{a}{y}年不予公开的各种理由里哪种最多？",
    "{a}{y}年办理结果里数量最少的是哪一种？",
    "{a}和{b}{y}年哪个新收申请多？",
    "{a}与{b}{y}年的行政处罚各多少件？",
    "{a}{y}年新收申请比{b}多多少件？",
    "{a}{y}年有没有因国家秘密不予公开的？",
    "{a}{y}年不予公开的理由中有多少项为零？",
    "{a}{y}年新收申请是100件，对吗？",
)


@dataclass(frozen=True)
class StoreSpeed:
    """What was measured of a store, in seconds and MB.

    `asking` has a time a question; `once` are those of questions about issuers that nobody has asked
    about; `load` is the first question in a new assistant, `changed` the first one after a report was
    added.
    """

    reports: int
    asking: tuple[float, ...]
    once: tuple[float, ...]
    load: float
    changed: float
    disk: float
    memory: float | None

    def at(self, q: float) -> float:
        """The `q`-th percentile of `asking`, in milliseconds."""
        return (percentile(self.asking, q) or 0.0) * 1000

    def once_at(self, q: float) -> float | None:
        """The same of `once`; None where there are no other issuers."""
        found = percentile(self.once, q)
        return None if found is None else found * 1000


@dataclass(frozen=True)
class LookupSpeed:
    """What `wenbao benchmark lookup` prints. `differ` are questions that two stores answer differently."""

    rounds: int
    small: StoreSpeed
    large: StoreSpeed
    slowest: tuple[tuple[str, float, float], ...]
    refused: tuple[str, ...] = ()
    differ: tuple[str, ...] = ()

    def to_text(self) -> str:
        """The slowest questions, then a line a measure with its target."""
        lines = [f"{b * 1000:9.1f} ms ({a * 1000:.1f})  {q}" for q, a, b in self.slowest]
        lines += ["", f"{'':34}{self.small.reports:>10}{self.large.reports:>10}  ratio  target"]
        for q, aim in ((50, P50_MS), (95, P95_MS)):
            a, b = self.small.at(q), self.large.at(q)
            ratio = b / a if a else 0.0
            lines.append(
                f"{f'planning + look-up, p{q} (ms)':34}{a:10.2f}{b:10.2f}  {ratio:5.2f}  "
                f"≤ {aim:g} {_said(a <= aim)}; under {RATIO:g} times {_said(ratio < RATIO)}"
            )
        rows: tuple[tuple[str, Callable[[StoreSpeed], float | None]], ...] = (
            ("other issuers, once each, p50 (ms)", lambda s: s.once_at(50)),
            ("other issuers, once each, p95 (ms)", lambda s: s.once_at(95)),
            ("first question (ms)", lambda s: s.load * 1000),
            ("first after a report came in (ms)", lambda s: s.changed * 1000),
            ("store (MB)", lambda s: s.disk),
            ("memory of the process (MB)", lambda s: s.memory),
        )
        for name, measure in rows:
            one, two = (_number(measure(s)) for s in (self.small, self.large))
            lines.append(f"{name:34}{one:>10}{two:>10}".rstrip())
        lines += [f"no figure: {question}" for question in self.refused]
        lines += [f"DIFFERENT ANSWERS: {question}" for question in self.differ]
        lines.append(
            f"lookup: n={len(self.small.asking)}, median of {self.rounds} rounds after one to warm up"
        )
        return "\n".join(lines)


def _said(reached: bool) -> str:
    return "ok" if reached else "MISSED"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def time_lookup(
    console: Console, data: Path | None = None, reports: int = REPORTS, rounds: int = 5
) -> LookupSpeed:
    """Ask the questions of a store of three reports and of one of `reports`.

    The large store is made in `data` and kept, or is there already from a run before (then with as many
    reports as it has); without `data` it is made and thrown away. `told` hears how far the making is.
    Raises EvaluationError where `data` holds another store, or `reports` are too few.
    """
    if reports < _FEWEST:
        raise EvaluationError(f"{reports} reports are no large store; wanted {_FEWEST} or more")
    with TemporaryDirectory() as folder:
        base = Path(folder)
        first = list(islice(make_reports(_FIRST, _SEED), _FIRST))
        kept, questions = _questions(first)
        with _store(base / "small") as store:
            for made in kept:
                add_to(store, made)
        large = data or base / "large"
        with _store(large) as store:
            listed = {r.id for r in store.summaries("")}
            if not listed:
                _make(store, reports, console)
            elif not {made.report.id for made in first} <= listed:
                raise EvaluationError(f"the store in {large} was not made by this benchmark")
        spare = next(iter(make_reports(1, _SEED + 1)))
        return _measured(base / "small", large, questions, rounds, spare)


def _make(store: Store, reports: int, console: Console) -> None:
    columns = (
        TextColumn("making reports"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=reports)
        write_store(store, reports, _SEED, lambda done: bar.update(task, completed=done))


def _questions(first: Sequence[Stamped]) -> tuple[list[Stamped], list[str]]:
    """Three reports of two issuers, and the questions about them."""
    by_key = {(made.report.issuer, made.report.year): made for made in first}
    # those with the most to tell: of a small town, half of the figures are 0
    issuers = {
        issuer: len(made.data) for made in first
        if (issuer := made.report.issuer) and (issuer, LAST_YEAR) in by_key
    }  # fmt: skip
    a, b = sorted(issuers, key=issuers.__getitem__, reverse=True)[:2]
    wanted = [(a, LAST_YEAR - 1), (a, LAST_YEAR), (b, LAST_YEAR)]
    return [by_key[key] for key in wanted], [_asked(q, a, b) for q in QUESTIONS]


@contextmanager
def _store(folder: Path) -> Iterator[Store]:
    store = Store(folder)
    try:
        yield store
    finally:
        store.close()


def _measured(
    small: Path, large: Path, questions: Sequence[str], rounds: int, spare: Stamped
) -> LookupSpeed:
    settings = load_settings()
    with Assistant(small, settings=settings, vectors=False) as warm:
        for question in questions:  # what is read once in a process, whatever the store
            warm.ask(question)
    loads, memories = [], []
    with (
        Assistant(small, settings=settings, vectors=False) as one,
        Assistant(large, settings=settings, vectors=False) as two,
    ):
        for assistant in (one, two):
            gc.collect()
            loads.append(_timed(assistant, questions[0]))
            memories.append(_memory())
        differ, refused = [], []
        for question in questions:
            said = [assistant.ask(question) for assistant in (one, two)]
            if said[0].values != said[1].values:
                differ.append(question)
            elif not said[0].values:
                refused.append(question)
        times: list[list[list[float]]] = [[[] for _ in questions] for _ in range(2)]
        for _ in range(rounds):
            for n, question in enumerate(questions):
                for which, assistant in enumerate((one, two)):
                    times[which][n].append(_timed(assistant, question))
        once = [tuple(_timed(assistant, q) for q in _others(assistant)) for assistant in (one, two)]
        asking = [tuple(median(taken) for taken in each) for each in times]
        changed = []
        for assistant in (one, two):
            add_to(assistant.store, spare)
            changed.append(_timed(assistant, questions[0]))
            assistant.remove(spare.report.id)
        counts = [len(assistant.reports()) for assistant in (one, two)]
    speeds = [
        StoreSpeed(counts[n], asking[n], once[n], loads[n], changed[n], _disk(folder), memories[n])
        for n, folder in enumerate((small, large))
    ]
    pairs = sorted(zip(questions, *asking, strict=True), key=lambda p: -p[2])
    return LookupSpeed(rounds, speeds[0], speeds[1], tuple(pairs), tuple(refused), tuple(differ))


def _others(assistant: Assistant) -> list[str]:
    """The questions about issuers from all over the store, another pair each; [] for a small store."""
    listed = assistant.store.listed()
    having = {(r.issuer, r.year) for r in listed}
    issuers: list[str] = [
        r.issuer for r in listed
        if r.issuer and r.year == LAST_YEAR and (r.issuer, LAST_YEAR - 1) in having
    ]  # fmt: skip
    Random(_SEED).shuffle(issuers)
    others = zip(issuers[::2], issuers[1::2], strict=False)
    if len(issuers) < _FEWEST:
        return []
    return [_asked(q, *pair) for q, pair in zip(QUESTIONS, others, strict=False)]


def _asked(question: str, a: str, b: str) -> str:
    return question.format(a=a, b=b, y=LAST_YEAR, x=LAST_YEAR - 1)


def _timed(assistant: Assistant, question: str) -> float:
    began = time.perf_counter()
    assistant.ask(question)
    return time.perf_counter() - began


def _disk(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.glob("wenbao.db*")) / _MB


def _memory() -> float | None:
    """MB that this process holds now, None where the system does not say."""
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    line = next(s for s in status.read_text().splitlines() if s.startswith("VmRSS"))
    return int(line.split()[1]) / 1000
