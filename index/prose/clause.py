"""The clause around a figure: what stands before and behind its number, its channel, what leads to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from index.prose.words import prose_words
from ingest.model import Figure

_EDGE = re.compile(r"[,;。:()!?]")
_SENTENCE = re.compile(r"[;。!?]")
_HAN = re.compile(r"[\u3400-\u9fff]")
#: between the names and the number
_SUM = re.compile(r"(?:一共|总共|共计|合计|累计|共|近|约|超过|达到|达|各类)+$")
#: of modifiers in a row: (图表、音频)等形式的|解读
_MODIFIER = re.compile(r"^(.*?)(?:等[^的]{0,6}的|等|的)(?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Clause:
    """Search text around one figure, without its number and unit.

    `channel` is what 在… or 通过… names for it, perhaps in a clause before; `lead` are the clauses
    without figures right before its own; `groups` are names that are joined (A和B) and counted as one;
    `verb` is that of figures before it in the same row (召开例会10场、座谈会4场).
    """

    left: str
    right: str
    channel: str
    lead: str
    groups: tuple[tuple[str, ...], ...]
    verb: str = ""

    @property
    def own(self) -> str:
        """The words on both sides of the figure, `|` where it stands."""
        return f"{self.left}|{self.right}"


def clause_of(sentence: str, figures: tuple[Figure, ...], i: int) -> Clause:
    """The clause of figure `i` of a sentence."""
    spans = [f.span or (0, 0) for f in figures]
    start, end = spans[i][0], spans[i][1] + _unit_behind(sentence, figures[i])
    begin = max([0, *(m.end() for m in _EDGE.finditer(sentence, 0, start))])
    if i:
        begin = max(begin, spans[i - 1][1] + _unit_behind(sentence, figures[i - 1]))
    edge = _EDGE.search(sentence, end)
    stop = edge.start() if edge else len(sentence)
    if i + 1 < len(spans) and spans[i + 1][0] < stop:
        joint = prose_words().joints.search(sentence, end, spans[i + 1][0])
        stop = joint.start() if joint else spans[i + 1][0]
    begin = min(begin, start)
    left, right = sentence[begin:start], sentence[end : max(end, stop)]
    verb = ""
    if i and begin >= spans[i - 1][1] and not _EDGE.search(sentence, spans[i - 1][1], start):
        # 54场新闻发布会和14场…: what stands before 和 is counted by the figure before
        joint = prose_words().joints.search(left)
        left = left[joint.end() :] if joint else left
        if joint:
            verb = _verb_of_row(sentence, spans[i - 1][0])
    lead = _lead(sentence, spans, begin)
    # 11个查阅点的电脑和打印机: what is counted stands before 的
    channel = _channel(left) or _channel_before(sentence, left, begin)
    return Clause(
        left, right, channel, lead, (*_groups(left), *_groups(right.partition("的")[0])), verb
    )


def _unit_behind(sentence: str, figure: Figure) -> int:
    """How many letters of the unit stand behind the span of the number."""
    end = (figure.span or (0, 0))[1]
    unit = figure.unit or ""
    for qualifier in ("", "余", "多"):
        if unit and sentence.startswith(qualifier + unit, end):
            return len(qualifier + unit)
    return 0


def _lead(sentence: str, spans: list[tuple[int, int]], begin: int) -> str:
    """The clauses before, back to one that has a figure or to the end of a sentence."""
    said = [m.end() for m in _SENTENCE.finditer(sentence, 0, begin)]
    start = said[-1] if said else 0
    start = max([start, *(b for _, b in spans if b <= begin)])
    lead = sentence[start:begin]
    if start and spans and any(b == start for _, b in spans):
        # the rest of the clause of the figure before is not ours
        edge = _EDGE.search(lead)
        lead = lead[edge.end() :] if edge else ""
    return lead


@cache
def _verbs() -> re.Pattern[str]:
    words = sorted((v for v in prose_words().verbs if len(v) > 1), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def verbs_in(text: str) -> list[str]:
    """The verbs of doing of two letters or more in a text."""
    return _verbs().findall(text)


def _verb_of_row(sentence: str, start: int) -> str:
    """The last verb of a clause before its figure that starts at a place."""
    begin = max([0, *(m.end() for m in _EDGE.finditer(sentence, 0, start))])
    verbs = verbs_in(sentence[begin:start])
    return verbs[-1] if verbs else ""


def _channel(clause: str) -> str:
    """What 在… or 通过… names before the verb of a clause."""
    for verb in _verbs().finditer(clause):
        found = prose_words().channel.search(clause[: verb.start()])
        if found:
            return found.group(1)
    found = prose_words().channel.search(clause)
    return found.group(1) if found else ""


def _channel_before(sentence: str, left: str, begin: int) -> str:
    """A clause that begins with its verb has the channel of the clause before it."""
    while begin > 0 and sentence[begin - 1] == "," and begins_with_verb(left):
        before = sentence[: begin - 1]
        start = max([0, *(m.end() for m in _EDGE.finditer(before))])
        left, begin = before[start:], start
        channel = _channel(left)
        if channel:
            return channel
    return ""


def begins_with_verb(clause: str) -> bool:
    """Whether a clause has no subject and no channel of its own."""
    text = clause
    while text:
        verb = _verbs().match(text)
        if verb is not None:
            return True
        word = next((w for n in (4, 3, 2, 1) if (w := text[:n]) in prose_words().light), None)
        if word is None:
            return False
        text = text[len(word) :]
    return False


def _groups(text: str) -> tuple[tuple[str, ...], ...]:
    """Names that are joined: 人大代表建议和政协提案, each without the verb before it."""
    out = []
    for stretch in _verbs().split(text):
        names = [n for n in prose_words().joints.split(_SUM.sub("", stretch)) if n]
        if len(names) < 2:
            continue
        modifier = _MODIFIER.match(names[-1])
        if modifier is not None:
            names[-1] = modifier.group(1)
        named = tuple(n for n in names if _HAN.search(n))
        if len(named) > 1:
            out.append(named)
    return tuple(out)
