"""What the `<style>` blocks and `style` attributes of a page say of an element.

Enough of CSS for text that a page hides: selectors of element, class and id, also below one another;
of two rules the more specific one, then the later one. Other selectors, and rules for print or for a
width of the window, are passed over. Nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Element = Any  # lxml.html.HtmlElement; lxml has no types

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
class _Rule:
    weight: tuple[int, int, int, int]
    last: _Compound
    above: tuple[_Compound, ...]  # the nearest first
    needs: frozenset[str]  # names that elements around must have
    said: Declarations

    def fits(self, element: Element, around: frozenset[str]) -> bool:
        if not self.needs <= around or not self.last.fits(element):
            return False
        ancestors = element.iterancestors()
        return all(any(c.fits(a) for a in ancestors) for c in self.above)


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
    """The rules of a page. `outside`: it has others that the file does not hold."""

    outside: bool = False
    _by_name: dict[str, list[_Rule]] = field(default_factory=dict)
    _count: int = 0
    _around: dict[Element, frozenset[str]] = field(default_factory=dict)
    _known: dict[Element, Declarations] = field(default_factory=dict)
    _written: dict[object, _Rule] = field(default_factory=dict)
    _alike: dict[object, Declarations] = field(default_factory=dict)

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
                for selectors, said in _blocks(text):
                    out._add(selectors, said)
        return out

    def __call__(self, element: Element) -> Declarations:
        """What is said of this element itself; nothing that it inherits."""
        own = element.get("style")
        if not self._by_name:
            return declarations(own) if own else _NONE
        known = self._known.get(element)
        if known is None:
            known = self._known[element] = self._said(element, own)
        return known

    def _said(self, element: Element, own: str | None) -> Declarations:
        names = ("*", *_names(element))
        asked = [r for n in dict.fromkeys(names) for r in self._by_name.get(n, ())]
        if any(r.above for r in asked):
            return self._cascade(element, asked, own)
        # what stands around it does not matter: elements of one name and style are alike
        key = (names, own)
        if key not in self._alike:
            self._alike[key] = self._cascade(element, asked, own)
        return self._alike[key]

    def _cascade(self, element: Element, asked: list[_Rule], own: str | None) -> Declarations:
        parent = element.getparent()
        around = frozenset() if parent is None else self._names_to(parent)
        rules = [r for r in asked if r.fits(element, around)]
        if not rules:
            return declarations(own) if own else _NONE
        out: dict[str, str] = {}
        for rule in sorted(rules, key=lambda r: r.weight):
            for name, value in rule.said.items():
                _say(out, name, value)
        for name, value in declarations(own or "").items():
            _say(out, name, value)
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
        said = declarations(text)
        if not said:
            return
        for selector in selectors.split(","):
            chain = [_compound(part) for part in re.split(r"[\s>]+", selector.strip())]
            self._count += 1
            if any(c is None for c in chain) or self._count > _MOST_RULES:
                continue
            last, *above = [c for c in reversed(chain) if c is not None]
            weight = (
                sum(len(c.ids) for c in (last, *above)),
                sum(len(c.classes) for c in (last, *above)),
                sum(bool(c.tag) for c in (last, *above)),
                self._count,
            )
            key = next(iter("#" + i for i in last.ids), None) or next(
                iter("." + c for c in sorted(last.classes)), last.tag or "*"
            )
            needs = frozenset(name for c in above for name in c.names)
            rules = self._by_name.setdefault(key, [])
            # a rule that is written again stands where it is written last: the cascade is the same
            same = (last, tuple(above), tuple(said.items()))
            if (before := self._written.get(same)) is not None:
                rules.remove(before)
            rule = self._written[same] = _Rule(weight, last, tuple(above), needs, said)
            rules.append(rule)


def _names(element: Element) -> list[str]:
    out = [element.tag]
    if found := element.get("class"):
        out += ["." + c for c in found.split()]
    if found := element.get("id"):
        out.append("#" + found)
    return out


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
