"""Answers in the report's own words: the sentence or the list that a question asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import sqrt

from index.plan.words import load_words
from index.prose.kinds import can_tell, items_asked, kind_of, lists
from index.prose.ranked import QUOTED, held_by, is_one_thing, names_stand
from index.retrieve.content import Term, terms_of
from index.retrieve.focus import Focus
from index.retrieve.sentences import RankedSentence, SentenceRanker
from index.retrieve.texts import ReportText
from ingest.model import Sentence

_ITEM_START = re.compile(r"[一二三四五六七八九十]是")
_ANNOUNCES = re.compile(
    r"(?:以下|如下|下列)|(?:[一二三四五六七八九两几]|\d)(?:个)?(?:方面|项|条|点|大)(?:问题|不足|举措|措施|工作)?[。:]?$|:$"
)
_STEP = re.compile(r"第[一二三]步")
_HEADING_ITEM = re.compile(r"^(\([一二三四五六七八九十]+\)|\d{1,2}[、.])")
_PROBLEM, _REMEDY, _ASKS_LIST = lists().problem, lists().remedy, lists().asks
#: what the report of the year before found
_BEFORE = re.compile(r"上一?年|去年|20\d\d年(?:度)?(?:年度)?(?:报告|年报)|改进情况如下")
#: what makes words a question
_QUESTION = re.compile(r"[?吗呢么]|什么|怎|如何|哪|谁|啥|是否|有没有|请|介绍|[a-z]{3}")
_LEAD = 30  # letters that tell what a paragraph is about

_FLOOR = 1.375  # standard deviations that a sentence must stand above the others
_OF_MOST = 0.6  # of what one of a few sentences can stand above the others
_HELD = 0.5  # of one term at least
_GOES_ON = 4  # ranks of a sentence that is quoted with the one before it
_ALSO = 0.4  # of the score of the one before it that it must reach
_CANDIDATES = 3  # the best sentences that are looked at for what is asked
_NEAR = 0.6  # of the best score that another one must reach
_NEAR_REMEDY = 0.35  # of a remedy: what ranks first tells of what was wrong
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
    texts: list[ReportText],
    focus: Focus,
    question: str,
    ranker: SentenceRanker,
    *,
    unsure: bool = False,
) -> Quoted | None:
    """The sentence or list that answers, or None where the reports do not support one.

    `unsure` tells that the question does not say whose report is meant.
    """
    if not focus.words:
        return None
    kind = kind_of(question)
    asks_part = _PROBLEM.search(question) or _REMEDY.search(question)
    plain = not focus.concepts and (kind is None or kind.name != "why")
    if plain and asks_part and _ASKS_LIST.search(question):
        listed = _problem_list(texts, focus, question)
        if listed is not None:
            return listed
    if _QUESTION.search(question) is None:
        return None  # 网站 访问量: what is asked of it, nobody can tell
    if not focus.must:
        return None  # every word is a table's: no sentence can be told to be meant
    ranked = ranker.rank(focus.text, texts)
    best = _best(ranked, focus, question, narrow=unsure and len(texts) > 1 and not focus.names)
    if best is None:
        return None
    if _opens_steps(best) or (_ASKS_LIST.search(question) and _announces(best)):
        return _whole_list(best)
    if _ASKS_LIST.search(question) or _only_names_item(best):
        whole = _whole_item(best)
        return whole if len(whole.sentences) > 1 else _continued(best, ranked)
    return _continued(best, ranked)


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
    ranked: list[RankedSentence], focus: Focus, question: str, *, narrow: bool
) -> Quoted | None:
    """The best of the first sentences that holds the names of the question and can tell what it asks for.

    Where `narrow`, it must hold two words that hardly any other sentence has.
    """
    terms = terms_of(focus.text)
    kind = kind_of(question)
    remedy = kind is not None and kind.name == "remedy"
    near = _NEAR_REMEDY if remedy else _NEAR
    floor = min(_FLOOR, _OF_MOST * sqrt(max(0, len(ranked) - 1)))
    for found in ranked[: _CANDIDATES + 2 * remedy]:
        if found.score < floor or found.score < near * ranked[0].score:
            break
        quoted = Quoted(found.text, (found.sentence,), (), found.score)
        if narrow and not is_one_thing(found.text, found.sentence, terms):
            continue
        if _supported(found, focus, terms) and can_tell(question, _with_next(quoted)):
            return quoted
    return None


def _continued(best: Quoted, ranked: list[RankedSentence]) -> Quoted:
    """The sentence with what goes on right behind it, where that ranks high too or it only heads it."""
    paragraph, at = _place(best)
    near = {
        r.sentence.index for r in ranked[:_GOES_ON]
        if r.text is best.text and r.score >= _ALSO * best.score
    }  # fmt: skip
    said = [best.sentences[0]]
    for sentence in paragraph[at + 1 :]:
        size = sum(len(s.text) for s in (*said, sentence))
        heads = len(said[-1].text) <= _ITEM_NAME
        if size > _LONGEST or _ITEM_START.match(sentence.text):
            break
        if sentence.index not in near and not heads:
            break
        said.append(sentence)
    return Quoted(best.text, tuple(said), (), best.score)


def _with_next(quoted: Quoted) -> str:
    """A sentence and what stands around it in its paragraph, where its answer may be."""
    sentence = quoted.sentences[0]
    said = [s.text for s in quoted.text.sentences if s.paragraph == sentence.paragraph
            and 0 <= s.index - sentence.index <= 1]  # fmt: skip
    return "".join(said)


def _supported(found: RankedSentence, focus: Focus, terms: tuple[Term, ...]) -> bool:
    """Whether a sentence is about what the question names, so far as words can tell.

    People put things in words of their own; the places and bodies that they name must be there, and one
    word at least.
    """
    if not names_stand(found.text, found.sentence, focus):
        return False
    near = _around(found)
    if any(name not in near for name in QUOTED.findall(focus.text)):
        return False
    return any(held_by(term, near) >= _HELD for term in terms)


def _around(found: RankedSentence) -> str:
    """A sentence, its headings and the rest of its paragraph."""
    text, sentence = found.text, found.sentence
    own = [text.searched[s.index] for s in text.sentences if s.paragraph == sentence.paragraph]
    return "".join(own)


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
    """Whether the unexplained words are the ordinary ones of such a question, or the asker's own.

    A word that the report has, but not here, is of something else (分局的问题).
    """
    ordinary = load_words().roles["problem_letters"][0]
    near = "".join(s.text for s in text.sentences if s.section[:1] == sentence.section[:1])
    for term in terms_of(" ".join(focus.unknown)):
        if all(c in ordinary for c in term.word) or held_by(term, near.lower()) >= _HELD:
            continue
        if any(held_by(term, other) >= _HELD for other in text.searched):
            return False
    return True


def _problems(part: list[Sentence]) -> tuple[list[Sentence], list[str]] | None:
    for paragraph in _paragraphs(part):
        text = "".join(s.text for s in paragraph)
        heading = paragraph[0].section[-1]
        about = _PROBLEM.search(text) or (_PROBLEM.search(heading) and not _REMEDY.search(heading))
        if about and not text.startswith("针对") and not _BEFORE.search(text[:_LEAD]):
            items = _inline_items(paragraph)
            if len(items) >= 2:
                return paragraph, items
    headed = _headed_list(_paragraphs(part), _PROBLEM, _REMEDY)
    if headed is not None:
        return headed
    plain = [
        p for p in _paragraphs(part)
        if not _REMEDY.search(p[0].section[-1]) or len(p[0].section) == 1
    ]  # fmt: skip
    if plain:
        return plain[0], []
    return None


def _headed_list(
    groups: list[list[Sentence]], about: re.Pattern[str], other: re.Pattern[str]
) -> tuple[list[Sentence], list[str]] | None:
    """A list whose items stand under numbered headings or in numbered paragraphs, below a heading that
    tells what it is of."""
    found: list[list[Sentence]] = []
    for group in groups:
        headings = [h for h in group[0].section[1:] if about.search(h) and not other.search(h)]
        if not headings or _BEFORE.search("".join(headings)):
            if found:
                break
            continue
        numbered = _HEADING_ITEM.match(group[0].text) is not None
        own = group[0].section[-1]
        if numbered or (own != headings[0] and _HEADING_ITEM.match(own)):
            found.append(group)
        elif found:
            found[-1] = [*found[-1], *group]
    if len(found) < 2:
        return None
    names = [
        g[0].text.rstrip("。;") if _HEADING_ITEM.match(g[0].text) else g[0].section[-1]
        for g in found
    ]
    return [s for g in found for s in g], names


def _remedies(part: list[Sentence], question: str) -> tuple[list[Sentence], list[str]] | None:
    wanted = items_asked(question)
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
