"""Answers in the report's own words: the sentence or the list that a question asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.plan.words import load_words
from index.prose.kinds import can_tell, kind_of
from index.retrieve.focus import Focus
from index.retrieve.passages import PassageRetriever
from index.retrieve.texts import ReportText
from index.store.lexical import words_of
from ingest.model import Sentence

_ITEM_START = re.compile(r"[一二三四五六七八九十]是")
_ANNOUNCES = re.compile(
    r"(?:以下|如下|下列)|(?:[一二三四五六七八九两几]|\d)(?:个)?(?:方面|项|条|点|大)(?:问题|不足|举措|措施|工作)?[。:]?$|:$"
)
_STEP = re.compile(r"第[一二三]步")
_HEADING_ITEM = re.compile(r"^(\([一二三四五六七八九十]+\)|\d{1,2}[、.])")
_ASKS_LIST = re.compile(
    r"(哪些|哪几|哪三|哪两|哪四|哪五|什么问题|问题|不足|措施|改进|做法|方面|list|what)"
)
_PROBLEM = re.compile(r"(问题|不足|差距|短板|薄弱|problem|shortcoming|challenge)")
_REMEDY = re.compile(r"(改进|措施|整改|举措|改善|采取|怎么改|如何改|解决|improve|measure|remed)")
_COUNT = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}

_LEAST = 0.22  # of the question's weight that a quoted sentence must hold
_SUPPORT = 0.2  # of the weight of the words that no word of ours explains
_NAMES = 0.6  # of the letters of the places and bodies that it names
_CANDIDATES = 3  # the best sentences that are looked at for what is asked
_NEAR = 0.75  # of the best score that another one must reach
_ITEM_NAME = 32  # letters of a sentence that only names an item
_LONGEST = 300


@dataclass(frozen=True)
class Quoted:
    """Sentences of one report that answer a question, in their order; `items` for a list."""

    text: ReportText
    sentences: tuple[Sentence, ...]
    items: tuple[str, ...]
    score: float


def find_text(
    texts: list[ReportText], focus: Focus, question: str, retriever: PassageRetriever
) -> Quoted | None:
    """The sentence or list that answers, or None where the reports do not support one."""
    if not focus.words:
        return None
    kind = kind_of(question)
    asks_part = _PROBLEM.search(question) or _REMEDY.search(question)
    plain = not focus.concepts and (kind is None or kind.name != "why")
    if plain and asks_part and _ASKS_LIST.search(question):
        listed = _problem_list(texts, focus, question)
        if listed is not None:
            return listed
    if not focus.must:
        return None  # every word is a table's: no sentence can be told to be meant
    best = _best(texts, focus, question, retriever)
    if best is None:
        return None
    if _opens_steps(best) or (_ASKS_LIST.search(question) and _announces(best)):
        return _whole_list(best)
    if _ASKS_LIST.search(question) or _only_names_item(best):
        return _whole_item(best)
    return best


def _announces(quoted: Quoted) -> bool:
    """Whether a sentence says that a list follows: 以下三个方面, a colon at its end."""
    return _ANNOUNCES.search(quoted.sentences[-1].text) is not None


def _only_names_item(quoted: Quoted) -> bool:
    """二是加强监督考核。 says what the item is about; what is told of it follows."""
    text = quoted.sentences[0].text
    starts = [m.start() for m in _ITEM_START.finditer(text)]
    return bool(starts) and len(text) - starts[-1] <= _ITEM_NAME


def _opens_steps(quoted: Quoted) -> bool:
    """Whether the next sentence spells out steps (第一步…) that this one announces."""
    at = quoted.sentences[-1].index + 1
    sentences = quoted.text.sentences
    return at < len(sentences) and bool(_STEP.match(sentences[at].text))


def _best(
    texts: list[ReportText], focus: Focus, question: str, retriever: PassageRetriever
) -> Quoted | None:
    """The sentence that says most of what the question names, and can tell what it asks for."""
    bonus = _passage_bonus(texts, focus, retriever)
    found: list[Quoted] = []
    for text in texts:
        whole = sum(text.weight(w) for w in focus.words)
        for sentence in text.sentences:
            present = text.words[sentence.index]
            held = sum(text.weight(w) for w in focus.words if w in present)
            if not whole or held / whole < _LEAST or not _supported(text, focus, present):
                continue
            score = held / whole + bonus.get((text.report.id, sentence.index), 0.0)
            found.append(Quoted(text, (sentence,), (), score))
    found.sort(key=lambda q: -q.score)
    near = [q for q in found[:_CANDIDATES] if q.score >= _NEAR * found[0].score]
    return next((q for q in near if can_tell(question, _with_next(q))), None)


def _with_next(quoted: Quoted) -> str:
    """A sentence and what stands around it in its paragraph, where its answer may be."""
    sentence = quoted.sentences[0]
    said = [s.text for s in quoted.text.sentences if s.paragraph == sentence.paragraph
            and 0 <= s.index - sentence.index <= 1]  # fmt: skip
    return "".join(said)


def _supported(text: ReportText, focus: Focus, present: frozenset[str]) -> bool:
    """Whether a sentence holds enough of what the question names in words that are not ours.

    People put things in words of their own; the names they quote, and places, must be there.
    """
    in_names = {w for name in focus.names for w in words_of(name)}
    if in_names and sum(w in present for w in in_names) < _NAMES * len(in_names):
        return False
    must = [w for w in focus.must if len(w) > 1]
    whole = sum(text.weight(w) for w in must)
    held = sum(text.weight(w) for w in must if w in present or w[::-1] in present)
    return not whole or held / whole >= _SUPPORT


def _passage_bonus(
    texts: list[ReportText], focus: Focus, retriever: PassageRetriever
) -> dict[tuple[str, int], float]:
    """A little for the sentences of passages that the retriever ranks high: it settles near ties."""
    hits = retriever.search(focus.text, [t.report.id for t in texts], limit=5, tables=False)
    out: dict[tuple[str, int], float] = {}
    for rank, hit in enumerate(hits):
        for sentence in hit.passage.passage.sentences:
            out[(hit.passage.report_id, sentence)] = 0.05 / (1 + rank)
    return out


def _whole_list(quoted: Quoted) -> Quoted:
    """The list around the sentence: what follows it where it opens one, else the list it opens with."""
    sentence = quoted.sentences[0]
    paragraph, at = _place(quoted)
    if _STEP.search("".join(s.text for s in paragraph[at + 1 : at + 2])):
        steps = _until_item(paragraph[at + 1 :])
        items = [i for s in steps for i in _steps(s.text)]
        return Quoted(quoted.text, (sentence, *steps), tuple(items), quoted.score)
    if _is_item(sentence):
        return _whole_item(quoted)
    items = _inline_items(paragraph)
    if len(items) < 2 or sum(map(len, items)) > 4 * _LONGEST:
        return quoted
    return Quoted(quoted.text, tuple(paragraph), tuple(items), quoted.score)


def _whole_item(quoted: Quoted) -> Quoted:
    """One item of a list whose other items are about something else, to its end."""
    sentence = quoted.sentences[0]
    if not _is_item(sentence):
        return quoted
    paragraph, at = _place(quoted)
    rest = _until_item(paragraph[at + 1 :])
    if sum(len(s.text) for s in (sentence, *rest)) <= 2 * _LONGEST:
        return Quoted(quoted.text, (sentence, *rest), (), quoted.score)
    return quoted


def _is_item(sentence: Sentence) -> bool:
    return bool(_ITEM_START.search(sentence.text)) and len(_inline_items([sentence])) < 2


def _place(quoted: Quoted) -> tuple[list[Sentence], int]:
    """The paragraph of the first sentence, and where it stands in it."""
    sentence = quoted.sentences[0]
    paragraph = [s for s in quoted.text.sentences if s.paragraph == sentence.paragraph]
    return paragraph, next(i for i, s in enumerate(paragraph) if s.index == sentence.index)


def _until_item(sentences: list[Sentence]) -> list[Sentence]:
    """Sentences up to the next item of the list around them."""
    out: list[Sentence] = []
    for sentence in sentences:
        if _ITEM_START.match(sentence.text):
            break
        out.append(sentence)
    return out


def _steps(text: str) -> list[str]:
    return [
        part.strip("。;；,， ")
        for part in re.split(r"(?=第[一二三四五六七八九]步)", text)
        if part.strip()
    ]


def _inline_items(sentences: list[Sentence]) -> list[str]:
    """The items of `一是…；二是…；三是…` in some sentences: each up to its first full stop."""
    text = "".join(s.text for s in sentences)
    starts = [m.start() for m in re.finditer(r"[一二三四五六七八九十]是", text)]
    wanted = "一二三四五六七八九十"
    kept: list[int] = []
    for start in starts:
        if text[start] == wanted[len(kept)] if len(kept) < 10 else False:
            kept.append(start)
    out = []
    for i, start in enumerate(kept):
        end = kept[i + 1] if i + 1 < len(kept) else len(text)
        piece = text[start:end]
        stop = re.search(r"[。;；]", piece)
        out.append(piece[: stop.start()] if stop else piece.rstrip(",，"))
    return out


def _problem_list(texts: list[ReportText], focus: Focus, question: str) -> Quoted | None:
    """The list of problems, or of improvements, in the part that is headed by them."""
    remedy = bool(_REMEDY.search(question))
    for text in texts:
        part = [
            s
            for s in text.sentences
            if s.section and _PROBLEM.search(s.section[0]) and unknown_near(focus, text, s)
        ]
        if not part:
            continue
        found = _remedies(part, question) if remedy else _problems(part)
        if found is not None:
            sentences, items = found
            return Quoted(text, tuple(sentences), tuple(items), 1.0)
    return None


def unknown_near(focus: Focus, text: ReportText, sentence: Sentence) -> bool:
    """Whether the unexplained words are the ordinary ones of such a question."""
    ordinary = load_words().roles["problem_letters"][0]
    present = text.words[sentence.index]
    for unknown in focus.unknown:
        rest = [c for c in unknown if c not in ordinary]
        if rest and not any(w in present for w in words_of(unknown)):
            return False
    return True


def _problems(part: list[Sentence]) -> tuple[list[Sentence], list[str]] | None:
    for paragraph in _paragraphs(part):
        text = "".join(s.text for s in paragraph)
        heading = paragraph[0].section[-1]
        about = _PROBLEM.search(text) or (_PROBLEM.search(heading) and not _REMEDY.search(heading))
        if about and not text.startswith("针对"):
            items = _inline_items(paragraph)
            if len(items) >= 2:
                return paragraph, items
    plain = [
        p for p in _paragraphs(part)
        if not _REMEDY.search(p[0].section[-1]) or len(p[0].section) == 1
    ]  # fmt: skip
    if plain:
        return plain[0], []
    return None


def _remedies(part: list[Sentence], question: str) -> tuple[list[Sentence], list[str]] | None:
    wanted = next(
        (n for c, n in _COUNT.items() if f"哪{c}" in question or f"{c}方面" in question), 0
    )
    options: list[tuple[list[Sentence], list[str]]] = []
    groups = _paragraphs(part)
    for i, paragraph in enumerate(groups):
        text = "".join(s.text for s in paragraph)
        heading = paragraph[0].section[-1]
        if _REMEDY.search(text[:60]) or (len(paragraph[0].section) > 1 and _REMEDY.search(heading)):
            items = _inline_items(paragraph)
            if len(items) >= 2:
                options.append((paragraph, items))
            headed = _headed(groups[i + 1 :])
            if len(headed) >= 2:
                options.append(([s for g in headed for s in g], [g[0].section[-1] for g in headed]))
    if not options:
        headed = [
            g for g in groups if len(g[0].section) > 1 and not _PROBLEM.search(g[0].section[-1])
        ]
        if len(headed) >= 2:
            options.append(([s for g in headed for s in g], [g[0].section[-1] for g in headed]))
    if not options:
        return None
    return next((o for o in options if len(o[1]) == wanted), options[0])


def _headed(groups: list[list[Sentence]]) -> list[list[Sentence]]:
    """The run of paragraphs that each stand under a numbered heading of their own."""
    out: list[list[Sentence]] = []
    for group in groups:
        section = group[0].section
        if len(section) < 2 or not _HEADING_ITEM.match(section[-1]):
            break
        if out and out[-1][0].section == section:
            out[-1] = [*out[-1], *group]
        else:
            out.append(group)
    return out


def _paragraphs(sentences: list[Sentence]) -> list[list[Sentence]]:
    out: list[list[Sentence]] = []
    for sentence in sentences:
        if out and out[-1][0].paragraph == sentence.paragraph:
            out[-1].append(sentence)
        else:
            out.append([sentence])
    return out
