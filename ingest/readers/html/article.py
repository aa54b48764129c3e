"""Which part of a saved page is its article, what it is called, and what is furniture around it.

By general rules only: the smallest element that holds all headings of sections, all tables with
figures and nearly all sentences is the article, whatever its site calls it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources

from ingest.normalise import clean
from ingest.readers.html.markup import Element, Printed, innermost

_SPACE = re.compile(r"\s+")
_HEADING = re.compile(r"\s*[一二三四五六七八九十]{1,3}、")
_SENTENCE = 15  # a piece of text with a full stop and this many letters counts as a sentence
_MOST_OF_THE_TEXT = 0.9
_VALUE = re.compile(r"[^\w\u4e00-\u9fff]*\d[\d,，.．]*\s*\w{0,3}[^\w]*")
_LABEL = re.compile(r"[\u4e00-\u9fff]{3}")
_FEWEST_VALUES = 3  # of a table with figures
_FEWEST_LABELS = 4  # of a table whose values may all be blank
_LINK_LINE = 0.8  # a line with more of it in links is a link
_FURNITURE_LINE = 120
_TITLE = re.compile(
    r"(20\d\d|二[〇零○O0][〇零一二三四五六七八九]{2}).{0,40}信息公开.{0,12}(报告|年报)"
)
_LONGEST_TITLE = 80
_TITLE_PARTS = re.compile(r"\s*[_|｜—–>»]+\s*|\s+-+\s+|-(?=[^-]*$)")
_CELLS = frozenset(("td", "th"))
_COUNTED = frozenset(("a", "table"))  # what has a weight of its own beside that of its contents
_ASIDE = frozenset(("nav", "footer", "aside"))
_INSIDE = frozenset(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "a", "span", "font", "b", "strong")
)


@dataclass(slots=True)
class _Weight:
    """What an element holds, its descendants included; text in links is counted apart."""

    headings: int = 0
    sentences: int = 0  # letters
    data: int = 0  # cells of tables with figures
    values: int = 0  # cells of the innermost table around, while it is not known what that is
    labels: int = 0
    letters: int = 0
    linked: int = 0
    links: int = 0
    tables: int = 0

    def take(self, other: _Weight) -> None:
        """Add what a child holds; most hold little, so that little is added."""
        self.letters += other.letters
        if other.links or other.linked:
            self.links += other.links
            self.linked += other.linked
        if other.headings or other.sentences or other.data:
            self.headings += other.headings
            self.sentences += other.sentences
            self.data += other.data
        if other.values or other.labels:
            self.values += other.values
            self.labels += other.labels
        if other.tables:
            self.tables += other.tables

    @property
    def tells(self) -> bool:
        """Whether there is anything of a report in it."""
        return bool(self.headings or self.sentences or self.data)


@dataclass(frozen=True)
class Article:
    """The element of the article, and what to pass over: furniture inside it.

    `lost` are the sentences of the page outside the article, as far as they are no footer.
    """

    element: Element
    left_out: frozenset[Element]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Furniture:
    begins: tuple[str, ...]
    contains: tuple[str, ...]
    tools: re.Pattern[str]
    title_tags: tuple[str, ...] = field(default=())
    source_tags: tuple[str, ...] = field(default=())


@cache
def _furniture() -> _Furniture:
    text = (
        resources.files("ingest.readers.html")
        .joinpath("furniture.toml")
        .read_text(encoding="utf-8")
    )
    data = tomllib.loads(text)
    tools = "|".join(re.escape(t) for t in sorted(data["tools"], key=len, reverse=True))
    return _Furniture(
        tuple(data["begins"]),
        tuple(word.replace(" ", "") for word in data["contains"]),
        re.compile(rf"(?:(?:{tools})[\W_]*)+", re.IGNORECASE),
        tuple(t.lower() for t in data["title_tags"]),
        tuple(t.lower() for t in data["source_tags"]),
    )


@lru_cache(maxsize=4096)
def is_furniture(text: str) -> bool:
    """Whether a line of text belongs to the page and not to its article."""
    words = _furniture()
    dense = _SPACE.sub("", text).lstrip("[【(（|·•>")
    if any(word in dense for word in words.contains):
        return True
    if len(dense) > _FURNITURE_LINE or "。" in dense[:-1]:
        return False
    return dense.startswith(words.begins) or words.tools.fullmatch(dense) is not None


def is_link(line: Printed) -> bool:
    """Whether a line is a link to something else, and no title or sentence."""
    return line.linked >= _LINK_LINE and "。" not in line.text


def find_article(body: Element) -> Article:
    """The part of `body` that holds the report, or all of it where nothing tells."""
    weights = _weigh(body)
    at = body
    here = whole = weights[body]
    while whole.tells:
        here = weights.get(at, here)
        inner = next((c for c in _inner(at) if _holds(weights.get(c, here), here, whole)), None)
        if inner is None:
            break
        at = inner
    # a text alone in its boxes is no menu
    menus = [e for e in at.iter() if (w := weights.get(e)) and (w.links > 1 or e.tag in _ASIDE)]
    left_out = frozenset([e for e in menus if _is_menu(e, weights[e]) and e is not at])
    return Article(at, left_out, tuple(_lost(body, at)))


def _inner(element: Element) -> list[Element]:
    """The elements to look into next; of a table its cells, because rows are no articles."""
    out = []
    for child in element:
        if child.tag == "table":
            out += child.iter("td", "th")
        elif child.tag not in _INSIDE:
            out.append(child)
    return out


def _holds(inner: _Weight, outer: _Weight, whole: _Weight) -> bool:
    return (
        inner.headings == outer.headings
        and inner.data == outer.data
        and inner.sentences >= _MOST_OF_THE_TEXT * whole.sentences
    )


def _weigh(body: Element) -> dict[Element, _Weight]:
    """What each element holds; what is not among them holds all that its parent holds."""
    weights: dict[Element, _Weight] = {}
    linked = {element for link in body.iter("a") for element in link.iter()}
    elements, plain = _outermost(body)
    for element in reversed(elements):  # children before their parents
        own = weights.get(element)
        if own is None:
            own = weights[element] = _Weight()
        text = plain.get(element)
        if text is None:
            text = element.text
        if text:
            _count(own, text, element in linked)
        tag = element.tag
        if tag == "a":
            own.links += 1
        elif tag in _CELLS:
            if own.letters and not own.linked and not own.tables and own.letters <= 200:
                text = plain.get(element)
                text = ("".join(element.itertext()) if text is None else text).strip()
                own.values += _VALUE.fullmatch(text[:20]) is not None
                own.labels += _LABEL.search(text) is not None
        elif tag == "table":
            blank_form = own.labels >= _FEWEST_LABELS
            with_values = own.labels and own.values >= _FEWEST_VALUES
            own.data += own.values + own.labels if blank_form or with_values else 0
            own.values = own.labels = 0
            own.tables += 1
        if element is body:
            break
        parent = element.getparent()
        tail = element.tail
        around = weights.get(parent)
        if around is None:
            if _is_box(parent, tail):
                weights[parent] = own
                continue
            around = weights[parent] = _Weight()
        around.take(own)
        if tail:
            _count(around, tail, parent in linked)
    return weights


def _outermost(body: Element) -> tuple[list[Element], dict[Element, str]]:
    """All elements but the boxes that a cell's one text stands in; the texts of such cells."""
    elements: list[Element] = []
    plain: dict[Element, str] = {}
    all_of_them = body.iter()
    for element in all_of_them:
        elements.append(element)
        if element.tag not in _CELLS:
            continue
        inside = innermost(element)
        if inside is None:
            continue
        plain[element] = inside.text or ""
        while element is not inside:
            element = next(all_of_them)
    return elements, plain


def _is_box(element: Element, tail: str | None) -> bool:
    """Whether an element, of whose last child this is the tail, is a box around that child alone."""
    return (
        len(element) == 1
        and element.tag not in _COUNTED
        and (not tail or tail.isspace())
        and (not (text := element.text) or text.isspace())
    )


def _count(weight: _Weight, text: str, linked: bool) -> None:
    letters = len(text.strip())
    if not letters:
        return
    weight.letters += letters
    if linked:
        weight.linked += letters
        return
    if letters >= _SENTENCE and "。" in text and not is_furniture(text):
        weight.sentences += letters
    if "、" in text and _HEADING.match(text):
        weight.headings += 1


def _is_menu(element: Element, weight: _Weight) -> bool:
    """Whether an element is a list of links or a footer: nothing of a report is in it."""
    tag = element.tag
    if tag in _ASIDE:
        return not weight.headings and not weight.data
    if weight.links < 2 or weight.tells or tag in ("h1", "h2", "h3", "tr"):
        return False
    return weight.linked > 0.6 * weight.letters


def _lost(body: Element, article: Element) -> list[str]:
    if body is article:
        return []
    inside = set(article.iter())
    out = []
    for element in body.iter():
        if element in inside or element.tag == "a" or element.tag in _ASIDE:
            continue
        for text in (element.text, *(c.tail for c in element)):
            text = (text or "").strip()
            if len(text) >= _SENTENCE and "。" in text and not is_furniture(text):
                out.append(text)
    return out


def looks_like_title(text: str) -> bool:
    """Whether a line could be the title of a report of this kind: short, with a year."""
    if len(text) > _LONGEST_TITLE or "。" in text or is_furniture(text):
        return False
    return _TITLE.search(clean(text)) is not None


def head_titles(head: list[tuple[str, str]]) -> list[str]:
    """Titles that the head of a page gives, the surest first: (name of the tag, content) pairs."""
    order = _furniture().title_tags
    known = [(order.index(name), text) for name, text in head if name in order]
    texts = [text.strip() for _, text in sorted(known, key=lambda pair: pair[0])]
    parts = [part for text in texts for part in (text, *_TITLE_PARTS.split(text))]
    titles = [p for p in parts if looks_like_title(p)]
    # `2023年…年度报告_某市财政局` is the title with the name of its site
    exact = [t for t in titles if not _TITLE_PARTS.search(t)]
    return exact or titles or texts


def head_source(head: list[tuple[str, str]]) -> str | None:
    """The body that published the article, as the head of the page says."""
    tags = _furniture().source_tags
    return next((text.strip() for name, text in head if name in tags and text.strip()), None)
