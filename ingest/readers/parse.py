"""Markup → a tree, within limits: nothing is fetched, run or expanded, and nothing is cut off."""

from __future__ import annotations

import re

import lxml.html

from ingest.errors import UnreadableFile
from ingest.readers.markup import Element

_MAX_TAGS = 120_000  # a page of a report has some thousand
_DATA_URI = re.compile(r"data:[\w/+.;=-]{0,100},[^\"'\s)>]{200,}")


def parse(text: str, name: str) -> Element:
    """The tree of a page or of a piece of one; nothing in it is fetched, run or expanded.

    Raises UnreadableFile where it is empty, or larger or deeper than a page can be.
    """
    if not text.strip():
        raise UnreadableFile(f"{name}: the page is empty")
    tags = text.count("<")
    if tags > _MAX_TAGS:
        raise UnreadableFile(f"{name}: {tags} tags; a page of a report has at most {_MAX_TAGS}")
    if "data:" in text:
        text = _DATA_URI.sub("data:", text)
    parser = lxml.html.HTMLParser(
        huge_tree=False, no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except lxml.etree.ParserError as error:
        raise UnreadableFile(f"{name}: the page holds no text ({error})") from error
    for entry in parser.error_log:
        if "RESOURCE" in entry.type_name or "resource limit" in entry.message.lower():
            reason = entry.message.strip().split(", use")[0].split(", try")[0]
            raise UnreadableFile(
                f"{name}: the page cannot be parsed whole: {reason}; "
                "wanted at most 255 elements inside each other and 10 MB without data: addresses"
            )
    return root
