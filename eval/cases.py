"""Question sets: one JSON object a line, read and checked before anything is asked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from eval.amount import has_number, read_tolerance
from index.answer import Turn
from ingest.errors import EvaluationError

TYPES = (
    "lookup",
    "derived",
    "comparison",
    "narrative_figure",
    "narrative",
    "followup",
    "conflict",
    "unanswerable",
)
LANGUAGES = ("zh-Hans", "zh-Hant", "en")
CONTEXTS = ("all", "single")
_ROLES = ("user", "assistant")


class AnswerKind(StrEnum):
    """How an answer to the case is judged."""

    NUMBER = "number"
    PHRASES = "phrases"
    ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what is expected of its answer.

    A `NUMBER` case has `values` (as written in the set, at least one), their `unit` ("" where none
    is stated), `accept` (other right forms) and `tolerance` (as written); a `PHRASES` case has
    `phrases`. `must_include` has to be in the words of any right answer. `reports` are file names
    without form and say where the answer stands; only a `single` case is asked within them.
    `expected` is the answer in words, for people. Cases of one `group` ask for the same figure in
    other words.
    """

    id: str
    question: str
    type: str
    kind: AnswerKind
    expected: str = ""
    lang: str = "zh-Hans"
    context: str = "all"
    reports: tuple[str, ...] = ()
    dialogue: tuple[Turn, ...] = ()
    values: tuple[str, ...] = ()
    unit: str = ""
    accept: tuple[str, ...] = ()
    tolerance: str | None = None
    phrases: tuple[str, ...] = ()
    must_include: tuple[str, ...] = ()
    source: str = ""
    behaviour: str = ""
    group: str = ""
    origin: str = ""


def load_cases(path: Path) -> list[Case]:
    """The cases of one question file, in its order.

    Raises EvaluationError, with file, line, field and value, at the first thing that is not as the
    format wants it: a set that is half right gives an accuracy that is all wrong.
    """
    return load_sets([path])


def load_sets(paths: Iterable[Path]) -> list[Case]:
    """The cases of several question files; an id may stand only once in all of them."""
    cases: list[Case] = []
    seen: dict[str, str] = {}
    for path in paths:
        before = len(cases)
        for number, line in _lines(path):
            case = _case(line, f"{path}:{number}")
            if case.id in seen:
                raise EvaluationError(
                    f"{case.origin}: field 'id' is {case.id!r}, which {seen[case.id]} already has; "
                    "wanted an id of its own"
                )
            seen[case.id] = case.origin
            cases.append(case)
        if len(cases) == before:
            raise EvaluationError(f"{path}: holds no question; wanted one JSON object a line")
    return cases


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise EvaluationError(
            f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8"
        ) from error
    except OSError as error:
        raise EvaluationError(
            f"{path}: cannot be read ({error.strerror}); wanted a question file"
        ) from error
    # not splitlines(): U+2028 may stand inside a JSON string
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line


def _case(line: str, origin: str) -> Case:
    try:
        data = json.loads(line, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise EvaluationError(f"{origin}: not JSON ({error}); wanted one object a line") from error
    if not isinstance(data, dict):
        raise EvaluationError(f"{origin}: is {_shown(data)}; wanted a JSON object")
    fields = _Fields(data, origin)
    kind = AnswerKind(fields.one_of("answer_kind", tuple(AnswerKind)))
    case = Case(
        id=fields.text("id"),
        question=fields.text("question"),
        type=fields.one_of("type", TYPES),
        kind=kind,
        expected=fields.words("answer"),
        lang=fields.one_of("lang", LANGUAGES, "zh-Hans"),
        context=fields.one_of("context", CONTEXTS, "all"),
        reports=fields.texts("reports"),
        dialogue=fields.dialogue(),
        values=fields.values() if kind is AnswerKind.NUMBER else (),
        unit=fields.text("unit", ""),
        accept=fields.texts("accept"),
        tolerance=fields.tolerance(),
        phrases=fields.texts("answer", required=True) if kind is AnswerKind.PHRASES else (),
        must_include=fields.texts("must_include"),
        source=fields.text("source", ""),
        behaviour=fields.text("behaviour", ""),
        group=fields.text("group", ""),
        origin=origin,
    )
    if case.context == "single" and not case.reports:
        raise fields.wrong("reports", "the report to load, because 'context' is 'single'")
    return case


@dataclass(frozen=True, slots=True)
class _Fields:
    """The object of one line; every method reads one field or raises EvaluationError."""

    data: dict[str, Any]
    origin: str

    def wrong(self, field: str, wanted: str) -> EvaluationError:
        if field not in self.data:
            return EvaluationError(f"{self.origin}: field {field!r} is missing; wanted {wanted}")
        shown = _shown(self.data[field])
        return EvaluationError(f"{self.origin}: field {field!r} is {shown}; wanted {wanted}")

    def get(self, field: str) -> Any:
        """The field; null and missing are the same, as people leave out either way."""
        return self.data.get(field)

    def text(self, field: str, default: str | None = None) -> str:
        value = self.get(field)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.wrong(field, "a text" if default is not None else "a text that is not empty")
        return value

    def one_of(self, field: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        value = self.get(field)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or value not in allowed:
            raise self.wrong(field, f"one of {', '.join(allowed)}")
        return value

    def texts(self, field: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of texts; a lone text is a list of one."""
        value = self.get(field)
        if value is None and not required:
            return ()
        found = [value] if isinstance(value, str) else value
        if (
            not isinstance(found, list)
            or (required and not found)
            or not all(isinstance(v, str) and v.strip() for v in found)
        ):
            raise self.wrong(field, "a list of texts, none of them empty")
        return tuple(found)

    def words(self, field: str) -> str:
        value = self.get(field)
        if isinstance(value, list):
            return "、".join(map(str, value))
        return "" if value is None else str(value)

    def values(self) -> tuple[str, ...]:
        """The figures of a number case, from `value` or `value_list`."""
        if self.get("value") is not None and self.get("value_list") is not None:
            raise self.wrong("value_list", "no 'value_list' beside 'value', or the other way round")
        field = "value" if self.get("value_list") is None else "value_list"
        found = self.get(field)
        many = found if field == "value_list" else [found]
        if not isinstance(many, list) or not many:
            raise self.wrong(field, "a list of figures, at least one")
        return tuple(self._figure(field, v) for v in many)

    def _figure(self, field: str, value: Any) -> str:
        if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            return f"{value:f}" if isinstance(value, Decimal) else str(value)
        if not isinstance(value, str) or not has_number(value):
            raise self.wrong(field, 'a figure, such as "74.75%" or "18万余"')
        return value

    def tolerance(self) -> str | None:
        value = self.get("tolerance")
        if value is None or value == "":
            return None
        if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            value = f"{value:f}" if isinstance(value, Decimal) else str(value)
        if not isinstance(value, str) or read_tolerance(value) is None:
            raise self.wrong("tolerance", 'a distance, such as "±0.05个百分点" or "±0.01"')
        return value

    def dialogue(self) -> tuple[Turn, ...]:
        """The turns before the question."""
        turns = self.get("dialogue") or []
        wanted = 'a list of {"role": "user" or "assistant", "content": text}'
        if not isinstance(turns, list):
            raise self.wrong("dialogue", wanted)
        for turn in turns:
            if (
                not isinstance(turn, dict)
                or turn.get("role") not in _ROLES
                or not isinstance(turn.get("content"), str)
            ):
                raise self.wrong("dialogue", wanted)
        return tuple(Turn(turn["role"], turn["content"]) for turn in turns)


def _shown(value: Any) -> str:
    """A value for a message, short."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 80 else f"{text[:77]}..."
