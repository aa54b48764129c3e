"""Questions that nobody would write, thousands of them: none may crash, none may bring forth a figure
that cannot be checked.

Each question is made from the run's seed and its own number, so that any of them can be made again.
"""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from eval.cases import load_sets
from eval.evidence import Stock, faults
from eval.generated import Stocked, generate
from eval.wordings import load_wordings, traditional
from index import Question, Turn
from index.lookup import figure_ref
from ingest.errors import QuestionError
from ingest.model import Sentence

_LONGEST = 2100  # a little more than is taken
_SLOW = 5.0  # seconds of one question; on any machine, more than this is a fault
_MEMORY = 3 << 30  # bytes that questions may need above what the process has at the start
_CONTROLS = "\x00\x07\x08\x1b\x7f\x85\u200b\u200d\u202e\u2028\ufeff\r\n\t\ud800"
_BLOCKS = (
    (0x20, 0x7E), (0xA1, 0x24F), (0x370, 0x5FF), (0x2150, 0x218B), (0x2460, 0x24FF),
    (0x3000, 0x30FF), (0x3220, 0x33FF), (0x4E00, 0x9FFF), (0xAC00, 0xAFFF), (0xF900, 0xFAFF),
    (0xFF00, 0xFFEF), (0x1F300, 0x1F6FF), (0x20000, 0x203FF), (0x0660, 0x0669), (0x0966, 0x096F),
)  # fmt: skip


class Paragraphed(Protocol):
    """The sentences of a paragraph; `index.assistant.Paragraph` is one."""

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """In order."""
        ...


class Fuzzed(Stocked, Protocol):
    """An assistant whose reports can be read; `index.Assistant` is one."""

    def paragraph(self, report_id: str, sentence: int, /) -> Paragraphed | None:
        """The paragraph that holds a sentence."""
        ...


@dataclass(frozen=True, slots=True)
class Failure:
    """A question (with `number` in its run) and what went wrong."""

    number: int
    question: Question
    faults: tuple[str, ...]


@dataclass
class FuzzReport:
    """What became of a run: counts by outcome, the slowest question, the failures."""

    seed: int
    counts: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, str] = (0.0, "")
    failures: list[Failure] = field(default_factory=list)

    def to_text(self) -> str:
        """Counts, then each failure: what is wrong, and the question as a line for `ask --batch`."""
        counts = ", ".join(f"{self.counts[name]} {name}" for name in sorted(self.counts))
        lines = [f"seed {self.seed}: {sum(self.counts.values())} questions: {counts}"]
        lines.append(f"slowest {self.slowest[0] * 1000:.0f} ms: {self.slowest[1][:80]!r}")
        for failure in self.failures:
            lines += [f"\nseed {self.seed}, question {failure.number}:", *failure.faults]
            lines.append(_batch_line(f"{self.seed}:{failure.number}", failure.question))
        lines.append(f"{len(self.failures)} failures")
        return "\n".join(lines)


def _batch_line(name: str, question: Question) -> str:
    line: dict[str, Any] = {"id": name, "question": question.text}
    if question.dialogue:
        line["dialogue"] = [{"role": t.role, "content": t.content} for t in question.dialogue]
    # ASCII: control characters and half letters survive a terminal only as escapes
    return json.dumps(line)


def fuzz(assistant: Fuzzed, paths: Sequence[Path], count: int, seed: int) -> FuzzReport:
    """Ask `count` questions made from the store, and from question files where some are given.

    Raises EvaluationError where a question file cannot be read.
    """
    maker = QuestionMaker(assistant, paths, seed)
    stock = take_stock(assistant)
    report = FuzzReport(seed)
    with _bounded_memory():
        for number in range(count):
            question = maker.make(number)
            began = time.perf_counter()
            outcome, wrong = examine(assistant, question, stock)
            taken = time.perf_counter() - began
            report.slowest = max(report.slowest, (taken, question.text))
            report.counts[outcome] += 1
            if taken > _SLOW:
                wrong = (*wrong, f"took {taken:.1f} s")
            if wrong:
                report.failures.append(Failure(number, question, wrong))
    return report


@contextmanager
def _bounded_memory() -> Iterator[None]:
    """A question that takes all memory then fails with MemoryError instead of ending the machine."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (ImportError, OSError):  # no Linux: nothing is bounded
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_AS)
    wanted = pages * resource.getpagesize() + _MEMORY
    hard = before[1]
    bound = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_AS, (bound, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def examine(assistant: Fuzzed, question: Question, stock: Stock) -> tuple[str, tuple[str, ...]]:
    """(outcome, faults) of one question: `answered`, `refused`, `not taken` or `crashed`."""
    try:
        answer = assistant.ask(question).to_json()
        json.dumps(answer, ensure_ascii=False).encode()
    except QuestionError:
        return "not taken", ()
    except Exception as error:  # whatever it is, it is what this run is for
        return "crashed", (f"{type(error).__name__}: {error}",)
    asked = [question.text, *(turn.content for turn in question.dialogue)]
    return "refused" if answer["abstained"] else "answered", tuple(faults(answer, stock, asked))


def take_stock(assistant: Fuzzed) -> Stock:
    """All figures and sentences of the store."""
    refs = (figure_ref(figure, report, {}) for report, figure in assistant.figures())
    return Stock(
        {ref.id: (ref.text, ref.value, ref.unit) for ref in refs},
        {(report, s.index): s.printed for report, s in _sentences(assistant)},
        frozenset(Fraction(r.year) for r in assistant.reports() if r.year is not None),
    )


def _sentences(assistant: Fuzzed) -> Iterator[tuple[str, Sentence]]:
    for report in assistant.reports():
        number = 0
        while (paragraph := assistant.paragraph(report.id, number)) is not None:
            yield from ((report.id, s) for s in paragraph.sentences if s.index >= number)
            number = paragraph.sentences[-1].index + 1


@dataclass(frozen=True)
class QuestionMaker:
    """Makes questions; the one with a number is the same whenever store, files and seed are."""

    assistant: Fuzzed
    paths: Sequence[Path]
    seed: int

    @cached_property
    def _whole(self) -> list[str]:
        """Questions as people write them: the generated ones, and those of the files."""
        own = [case.question for case in generate(self.assistant).cases]
        # as often as the generated ones, which are many and alike
        given = [case.question for case in load_sets(self.paths)] if self.paths else []
        return own + given * (len(own) // len(given) + 1 if given else 0) or ["2023年新收多少件？"]

    @cached_property
    def _prose(self) -> list[str]:
        return [s.printed for _, s in _sentences(self.assistant)] or ["本年度没有数据。"]

    @cached_property
    def _words(self) -> dict[str, list[str]]:
        words: dict[str, list[str]] = load_wordings()["fuzz"]
        return words

    def make(self, number: int) -> Question:
        """The question with a number, from 0."""
        rng = random.Random(f"{self.seed}:{number}")
        turns: tuple[Turn, ...] = ()
        if rng.random() < 0.25:
            roles = [rng.choice(("user", "user", "assistant")) for _ in range(rng.randint(1, 5))]
            turns = tuple(Turn(role, self._text(rng)) for role in roles)
        text = rng.choice(self._words["follow_ups"]) if turns and rng.random() < 0.6 else ""
        return Question(text or self._text(rng), turns)

    def _text(self, rng: random.Random) -> str:
        made = rng.choices(
            (self._asked, self._combined, self._cut, _unicode, self._long),
            weights=(10, 8, 6, 2, 1),
        )[0](rng)
        while rng.random() < 0.45:
            made = rng.choice(_MUTATIONS)(made, rng)
        return made[:_LONGEST]

    def _asked(self, rng: random.Random) -> str:
        return rng.choice(self._whole)

    def _combined(self, rng: random.Random) -> str:
        """A question with an operation, with a head, with another question."""
        text = self._asked(rng)
        match rng.randrange(4):
            case 0:
                return text.rstrip("？?是多少件几") + rng.choice(self._words["tails"])
            case 1:
                return rng.choice(self._words["heads"]) + text
            case 2:
                return text + rng.choice(("，", "和", "比", " ", "；", "")) + self._asked(rng)
            case _:
                other = self._asked(rng)
                return text[: rng.randrange(len(text) + 1)] + other[rng.randrange(len(other) + 1) :]

    def _cut(self, rng: random.Random) -> str:
        """A piece of a report's text, as it is or asked about."""
        text = rng.choice(self._prose)
        start = rng.randrange(len(text))
        piece = text[start : start + rng.randint(2, 60)]
        return piece + rng.choice(("", "？", "是多少？", "多少件", *self._words["tails"]))

    def _long(self, rng: random.Random) -> str:
        text = self._combined(rng) if rng.random() < 0.7 else self._cut(rng)
        text = text or " "  # a cut may have nothing in it
        return (text * (_LONGEST // len(text) + 1))[: rng.randint(300, _LONGEST)]


def _unicode(rng: random.Random) -> str:
    letters = []
    for _ in range(rng.randint(0, 60)):
        first, last = rng.choice(_BLOCKS) if rng.random() < 0.9 else (0, 0x10FFFF)
        letters.append(chr(rng.randint(first, last)))
    return "".join(letters)


# ── mutations: (text, rng) → text ────────────────────────────────────────────────────────────────


def _left_out(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + text[at + rng.randint(1, 4) :]


def _swapped(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


def _doubled(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + text[at : at + 3] * rng.randint(2, 4) + text[at + 3 :]


def _controls(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(_CONTROLS) * rng.randint(1, 3) + text[at:]


def _other_digits(text: str, rng: random.Random) -> str:
    return "".join(
        rng.choice("0123456789") if c.isdecimal() and rng.random() < 0.4 else c for c in text
    )


def _other_script(text: str, rng: random.Random) -> str:
    """Traditional script, full width or capitals, in a part of the text."""
    at = rng.randrange(len(text) + 1)
    part = text[at:]
    match rng.randrange(3):
        case 0:
            # OpenCC takes no half letters
            part = traditional(part.encode("utf-8", "replace").decode())
        case 1:
            part = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in part)
        case _:
            part = part.upper()
    return text[:at] + part


def _mixed_in(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + _unicode(rng)[: rng.randint(1, 6)] + text[at:]


def _turned(text: str, rng: random.Random) -> str:
    """The parts between punctuation in another order."""
    parts = text.replace("？", "，").split("，")
    rng.shuffle(parts)
    return "，".join(parts)


_MUTATIONS = (
    _left_out, _swapped, _doubled, _controls, _other_digits, _other_script, _mixed_in, _turned,
)  # fmt: skip
