"""How well passages are found: lexical, by vectors and fused, where a set marks the answering place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from typing import Any

from index import Assistant
from ingest.errors import EvaluationError

_POOL = 60  # passages asked for; those behind count as not found
_WAYS = ("lexical", "vector", "fused", "answer")


@dataclass(frozen=True, slots=True)
class Ranking:
    """Where the first right passage stands in a ranking (1 is first, 0 not found) for each question,
    and the discounted gain of all right ones."""

    ranks: tuple[int, ...]
    gains: tuple[float, ...]

    def hit(self, n: int) -> float:
        """The share of questions with a right passage among the first `n`; 0.0 of no question."""
        return _mean(0 < r <= n for r in self.ranks)

    @property
    def mrr(self) -> float:
        """The mean of 1 / rank, 0 where nothing right was found."""
        return _mean(1 / r if r else 0.0 for r in self.ranks)

    @property
    def ndcg(self) -> float:
        """The mean discounted gain, 1.0 where all right ones come first; 0.0 where none was retrieved."""
        return _mean(self.gains)


@dataclass(frozen=True, slots=True)
class RetrievalReport:
    """Rankings by way (lexical, vector, fused) and by kind of question; `answer` is the sentence that
    the answer itself quotes."""

    name: str
    by_way: dict[str, dict[str, Ranking]]

    def to_text(self) -> str:
        """A line for each kind and way."""
        lines = []
        for kind, ways in self.by_way.items():
            for way, ranking in ways.items():
                lines.append(
                    f"{kind:18} {way:8} n={len(ranking.ranks):<4} hit@1 {ranking.hit(1):.3f}  "
                    f"hit@5 {ranking.hit(5):.3f}  MRR {ranking.mrr:.3f}  nDCG {ranking.ndcg:.3f}"
                )
        return "\n".join([f"{self.name}: the first right passage, of {_POOL}", *lines])


def measure_retrieval(paths: Sequence[Path], assistant: Assistant) -> RetrievalReport:
    """Search for each question of the sets that marks its `passages` (file, start, end in characters).

    Raises EvaluationError where no question does, or a file that is named is not in the store.
    """
    cases = [case for path in paths for case in _marked(path)]
    if not cases:
        raise EvaluationError(f"no question of {[str(p) for p in paths]} marks its passages")
    sources = {Path(r.source).name: r.id for r in assistant.reports()}
    found: dict[str, dict[str, list[tuple[int, float]]]] = {}
    for case in cases:
        wanted = _right(case, assistant, sources)
        hits = assistant.search(case["question"], limit=_POOL)
        orders = {
            "lexical": [h for h in hits if h.lexical_rank is not None],
            "vector": [h for h in hits if h.vector_rank is not None],
            "fused": hits,
        }
        orders["lexical"].sort(key=lambda h: h.lexical_rank or 0)
        orders["vector"].sort(key=lambda h: h.vector_rank or 0)
        ways: dict[str, list[bool]] = {
            way: [
                any((h.passage.report_id, s) in wanted for s in h.passage.passage.sentences)
                for h in order
            ]
            for way, order in orders.items()
        }
        right = sum(
            any((p.report_id, s) in wanted for s in p.passage.sentences)
            for p in assistant.store.passages({report for report, _ in wanted})
        )
        answer = assistant.ask(case["question"])
        ways["answer"] = [(c.report, c.sentence) in wanted for c in answer.citations]
        for kind in ("all", f"{case['type']} {case.get('lang', '')}".strip()):
            for way in _WAYS:
                there = len(wanted) if way == "answer" else right
                found.setdefault(kind, {}).setdefault(way, []).append(_scored(ways[way], there))
    made = {
        kind: {
            way: Ranking(tuple(r for r, _ in scored), tuple(g for _, g in scored))
            for way, scored in by_way.items()
        }
        for kind, by_way in found.items()
    }
    return RetrievalReport("retrieval", made)


def _marked(path: Path) -> Iterable[dict[str, Any]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            case = json.loads(line) if line.strip() else {}
        except json.JSONDecodeError as error:
            raise EvaluationError(f"{path}, line {number}: no JSON object: {error}") from error
        if case.get("passages"):
            yield case


def _right(
    case: dict[str, Any], assistant: Assistant, sources: dict[str, str]
) -> set[tuple[str, int]]:
    """(report, sentence) of the sentences that a case marks."""
    out = set()
    for place in case["passages"]:
        report = sources.get(place["file"])
        if report is None:
            raise EvaluationError(
                f"{case['id']}: {place['file']} is not in the store; there are {sorted(sources)}"
            )
        for sentence in assistant.store.sentences(report):
            start, end = sentence.place.start, sentence.place.end
            if start is not None and end is not None:
                if min(end, place["end"]) - max(start, place["start"]) > (end - start) / 2:
                    out.add((report, sentence.index))
    return out


def _scored(right: list[bool], there: int) -> tuple[int, float]:
    """The rank of the first right one (0: none) and the gain, by that of all `there` are in the first places."""
    first = next((i for i, r in enumerate(right, 1) if r), 0)
    gain = sum(1 / log2(i + 1) for i, r in enumerate(right, 1) if r)
    best = sum(1 / log2(i + 1) for i in range(1, there + 1))
    return first, gain / best if best else 0.0


def _mean(values: Iterable[float]) -> float:
    listed = [float(v) for v in values]
    return sum(listed) / len(listed) if listed else 0.0
