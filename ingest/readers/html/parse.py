"""Markup → a tree, within limits: nothing is fetched, run or expanded, and nothing is cut off."""

from __future__ import annotations

import re

from ingest.errors import UnreadableFile
from ingest.readers.html.markup import Element

_MAX_TAGS = 80_000  # a page of a report has some thousand
_MAX_BYTES = 12_000_000  # without pictures
_PICTURE = re.compile(rb"data:[\w/+.;=-]{0,100},[^\"'\s)>]{200,}")


def without_pictures(data: bytes, name: str) -> bytes:
    """The bytes of a page without the pictures that are written into its `data:` addresses.

    Raises UnreadableFile where more is left than any page has.
    """
    rest = _PICTURE.sub(b"data:", data) if b"data:" in data else data
    if len(rest) > _MAX_BYTES:
        raise UnreadableFile(
            f"{name}: {len(rest)} bytes without pictures; a page has at most {_MAX_BYTES}"
        )
    return rest


def blank_comments(text: str) -> str:
    """`text` with its comments as blanks: offsets and lines stay what they are."""
    parts = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts += [text[at:start], re.sub(r"[^\n]", " ", text[start : end + 3])]
        at = end + 3
    return "".join((*parts, text[at:]))


def parse(text: str, name: str) -> Element:
    """The tree of a page or of a piece of one; nothing in it is fetched, run or expanded.

    Raises UnreadableFile where it is empty, or larger or deeper than a page can be.
    """
    if not text.strip():
        raise UnreadableFile(f"{name}: the page is empty")
    tags = text.count("<")
    if tags > _MAX_TAGS:
        raise UnreadableFile(f"{name}: {tags} tags; a page of a report has at most {_MAX_TAGS}")
    import lxml.etree  # no text needs it

    # the plain elements of lxml: those of `lxml.html` ask a function in Python what each of them is
    parser = lxml.etree.HTMLParser(
        huge_tree=False, no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    root = lxml.etree.fromstring(text.encode("utf-8", "replace"), parser)
    if root is None:
        raise UnreadableFile(f"{name}: the page holds no text (Document is empty)")
    for entry in parser.error_log:
        if "RESOURCE" in entry.type_name or "resource limit" in entry.message.lower():
            reason = entry.message.strip().split(", use")[0].split(", try")[0]
            raise UnreadableFile(
                f"{name}: the page cannot be parsed whole: {reason}; "
                "wanted at most 255 elements inside each other"
            )
    return root
