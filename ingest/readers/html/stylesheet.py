"""What the `<style>` blocks and `style` attributes of a page say of an element.

Enough of CSS for text that a page hides: selectors of element, class and id, also below one another;
of two rules the more specific one, then the later one. Other selectors, and rules for print or for a
width of the window, are passed over. Nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.quick import quick

Element = Any  # lxml.etree._Element; lxml has no types

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_COMPOUND = re.compile(r"(\*|[a-z][\w-]*)?((?:[.#][\w-]+)*)", re.IGNORECASE)
_NAME = re.compile(r"([.#])([\w-]+)")
_OTHER_MEDIA = re.compile(r"print|width|height|speech|orientation|prefers|aural", re.IGNORECASE)
_MOST_RULES = 5_000
_TOLD = frozenset(
    ("display", "visibility", "opacity", "filter", "color", "background", "background-color",
     "background-image", "font-size", "left", "right", "top", "bottom", "margin-left", "text-indent", "clip",
     "clip-path", "position", "overflow", "width", "height", "max-width", "max-height", "transform",
     "text-decoration", "text-decoration-line", "vertical-align", "mso-hide", "mso-text-raise")
)  # fmt: skip

Declarations = Mapping[str, str]
_NONE: Declarations = {}


@dataclass(frozen=True, slots=True)
class _Compound:
    """`td.a#b`: what one element must be."""

    tag: str
    classes: frozenset[str]
    ids: frozenset[str]

    @property
    def names(self) -> list[str]:
        tag = [self.tag] if self.tag else []
        return [*tag, *("." + c for c in self.classes), *("#" + i for i in self.ids)]

    def fits(self, element: Element) -> bool:
        if self.tag and self.tag != element.tag:
            return False
        if self.ids and self.ids != {element.get("id")}:
            return False
        return not self.classes or self.classes <= set((element.get("class") or "").split())


@dataclass(frozen=True, slots=True)
class _Selector:
    """`#b td.a`: what an element must be, and what must be around it."""

    weight: tuple[int, int, int]
    last: _Compound
    above: tuple[_Compound, ...]  # the nearest first
    key: str  # a name that the element must have
    needs: frozenset[str]  # names that elements around must have

    def fits_around(self, element: Element, around: frozenset[str]) -> bool:
        """Whether what it wants above stands around the element."""
        if not self.needs <= around:
            return False
        ancestors = element.iterancestors()
        return all(any(c.fits(a) for a in ancestors) for c in self.above)


@quick
@dataclass(frozen=True, slots=True)
class _Rule:
    selector: _Selector
    order: int  # no two rules have the same
    said: Declarations

    @property
    def weight(self) -> tuple[int, int, int, int]:
        return *self.selector.weight, self.order


@dataclass(frozen=True, slots=True)
class _Asked:
    """The rules whose selectors end in what an element is."""

    rules: tuple[_Rule, ...]
    above: bool  # some of them want something around it


def declarations(text: str) -> dict[str, str]:
    """`a: b; c: d` as a mapping, names and values in lower case; of two with one name the last.

    One that is `!important` is not undone by a later one that is not; its value keeps the word.
    """
    out: dict[str, str] = {}
    for part in text.split(";"):
        name, colon, value = part.partition(":")
        name = name.strip().lower()
        if colon and name in _TOLD:
            _say(out, name, " ".join(value.lower().split()))
    return out


def _say(out: dict[str, str], name: str, value: str) -> None:
    if "!important" in value or "!important" not in out.get(name, ""):
        out[name] = value


@dataclass
class Styles:
    """The rules of a page. `outside`: it has others that the file does not hold.

    Pages say the same of thousands of elements: what is said alike is one and the same object.
    """

    outside: bool = False
    _by_name: dict[str, dict[tuple[str, int, int], _Rule]] = field(default_factory=dict)
    _count: int = 0
    _around: dict[Element, frozenset[str]] = field(default_factory=dict)
    _known: dict[Element, Declarations] = field(default_factory=dict)
    _selectors: dict[str, list[_Selector | None]] = field(default_factory=dict)
    _declared: dict[str, Declarations] = field(default_factory=dict)
    # whether any rule asks for the class, or the id, of the element itself
    _by_class: bool = False
    _by_id: bool = False
    _asked: dict[object, _Asked] = field(default_factory=dict)
    _alike: dict[object, Declarations] = field(default_factory=dict)
    _said: dict[object, Declarations] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Element) -> Styles:
        """The rules of the page that `root` is part of."""
        page = root.getroottree().getroot()
        out = cls(any("stylesheet" in (e.get("rel") or "").lower() for e in page.iter("link")))
        for block in page.iter("style"):
            media = block.get("media") or ""
            text = _COMMENT.sub(" ", block.text or "")
            out.outside = out.outside or "@import" in text
            if not _OTHER_MEDIA.search(media):
                # of rules that are written again and again the last one counts
                blocks = dict.fromkeys(reversed([*_blocks(text)]))
                for selectors, said in reversed(blocks):
                    out._add(selectors, said)
        return out

    def __call__(self, element: Element) -> Declarations:
        """What is said of this element itself; nothing that it inherits."""
        own = element.get("style")
        if not self._by_name:
            return self._declare(own) if own else _NONE
        known = self._known.get(element) if self._known else None
        if known is not None:
            return known
        kind = (
            element.tag,
            element.get("class") if self._by_class else None,
            element.get("id") if self._by_id else None,
            own,
        )
        said = self._alike.get(kind)
        return self._find(element, kind) if said is None else said

    def hangs_on_others(self, element: Element) -> bool:
        """Whether what was said of an element may not be said of one that is alike."""
        return element in self._known

    def keep(self, element: Element) -> None:
        """What is said of an element now stays, though its name be changed."""
        self._known[element] = self(element)

    def _declare(self, text: str) -> Declarations:
        said = self._declared.get(text)
        if said is None:
            said = self._declared[text] = declarations(text)
        return said

    def _find(
        self, element: Element, kind: tuple[str, str | None, str | None, str | None]
    ) -> Declarations:
        asked = self._asked.get(kind[:3])
        if asked is None:
            asked = self._asked[kind[:3]] = self._ask(element)
        rules = asked.rules
        if asked.above:
            parent = element.getparent()
            around = frozenset() if parent is None else self._names_to(parent)
            rules = tuple(r for r in rules if r.selector.fits_around(element, around))
        said = self._cascade(rules, kind[3])
        if asked.above:
            self._known[element] = said
        else:  # what stands around it does not matter
            self._alike[kind] = said
        return said

    def _ask(self, element: Element) -> _Asked:
        """The rules for elements of one name, class and id, whatever stands around them."""
        names = dict.fromkeys(("*", *_names(element)))
        asked = [r for name in names for r in self._by_name.get(name, {}).values()]
        rules = tuple(r for r in asked if r.selector.last.fits(element))
        return _Asked(rules, any(r.selector.above for r in rules))

    def _cascade(self, rules: Sequence[_Rule], own: str | None) -> Declarations:
        if not rules:
            return self._declare(own) if own else _NONE
        key = own, *(r.order for r in rules)
        known = self._said.get(key)
        if known is not None:
            return known
        out: dict[str, str] = {}
        for rule in sorted(rules, key=lambda r: r.weight):
            for name, value in rule.said.items():
                _say(out, name, value)
        for name, value in self._declare(own or "").items():
            _say(out, name, value)
        self._said[key] = out
        return out

    def _names_to(self, element: Element) -> frozenset[str]:
        """The names of an element and of all around it."""
        names = self._around.get(element)
        if names is None:
            parent = element.getparent()
            above = frozenset() if parent is None else self._names_to(parent)
            own = _names(element)
            names = self._around[element] = above if above.issuperset(own) else above.union(own)
        return names

    def _add(self, selectors: str, text: str) -> None:
        said = self._declare(text)
        if not said:
            return
        known = self._selectors.get(selectors)
        if known is None:
            known = self._selectors[selectors] = [_selector(s) for s in selectors.split(",")]
        for n, selector in enumerate(known):
            self._count += 1
            if selector is None or self._count > _MOST_RULES:
                continue
            self._by_class = self._by_class or bool(selector.last.classes)
            self._by_id = self._by_id or bool(selector.last.ids)
            # a rule that is written again stands where it is written last: the cascade is the same
            rules = self._by_name.setdefault(selector.key, {})
            rules[selectors, n, id(said)] = _Rule(selector, self._count, said)


def _names(element: Element) -> list[str]:
    out = [element.tag]
    if found := element.get("class"):
        out += ["." + c for c in found.split()]
    if found := element.get("id"):
        out.append("#" + found)
    return out


def _selector(text: str) -> _Selector | None:
    chain = [_compound(part) for part in re.split(r"[\s>]+", text.strip())]
    whole = [c for c in reversed(chain) if c is not None]
    if len(whole) < len(chain):
        return None
    last, *above = whole
    weight = (
        sum(len(c.ids) for c in whole),
        sum(len(c.classes) for c in whole),
        sum(bool(c.tag) for c in whole),
    )
    key = next(iter("#" + i for i in last.ids), None) or next(
        iter("." + c for c in sorted(last.classes)), last.tag or "*"
    )
    needs = frozenset(name for c in above for name in c.names)
    return _Selector(weight, last, tuple(above), key, needs)


def _compound(text: str) -> _Compound | None:
    m = _COMPOUND.fullmatch(text)
    if not m or not text:
        return None
    names = _NAME.findall(m.group(2))
    return _Compound(
        "" if m.group(1) in (None, "*") else m.group(1).lower(),
        frozenset(name for kind, name in names if kind == "."),
        frozenset(name for kind, name in names if kind == "#"),
    )


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of each rule; rules inside `@media screen` too."""
    at, end = 0, len(text)
    while at < end:
        opened = text.find("{", at)
        if opened < 0:
            return
        # what stands before the last `;` is a statement such as `@import`
        selector = text[at:opened].rpartition(";")[2].rpartition("}")[2].strip()
        if selector.startswith("@"):
            close = _closing(text, opened)
            if selector.lower().startswith("@media") and not _OTHER_MEDIA.search(selector):
                yield from _blocks(text[opened + 1 : close])
        else:
            close = text.find("}", opened)
            close = end if close < 0 else close
            yield selector, text[opened + 1 : close]
        at = close + 1


def _closing(text: str, opened: int) -> int:
    depth = 0
    for m in re.finditer(r"[{}]", text[opened:]):
        depth += 1 if m.group() == "{" else -1
        if depth == 0:
            return opened + m.start()
    return len(text)
