"""Pages that a browser saved into one file (`.mht`, `.mhtml`): a mail with the page as a part."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.errors import UnreadableFile

if TYPE_CHECKING:
    from email.message import Message

_HEADERS = re.compile(
    rb"(?:from|to|subject|date|mime-version|content-[\w-]+|message-id|snapshot-[\w-]+|x-[\w-]+) ?:",
    re.IGNORECASE,
)
_HOLDS_PAGE = re.compile(
    rb"content-type:\s*(?:multipart/(?:related|mixed|alternative)|text/html)", re.I
)
_MOST_PAGES = 20


@dataclass(frozen=True, slots=True)
class Part:
    """One HTML part: its bytes and the encoding that its headers name."""

    data: bytes
    charset: str | None


def is_mhtml(data: bytes) -> bool:
    """Whether `data` begins like a mail that holds a page."""
    head = data[:8192].lstrip(b"\xef\xbb\xbf \t\r\n")
    return _HEADERS.match(head) is not None and _HOLDS_PAGE.search(head) is not None


def html_parts(data: bytes, name: str) -> list[Part]:
    """The HTML parts of a saved page, the page itself first, frames in it after.

    Raises UnreadableFile where there is none.
    """
    import email  # with all that it imports, only for such a page

    try:
        message = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf \t\r\n"))
        parts = [_part(p) for p in message.walk() if p.get_content_type() == "text/html"]
    except (RecursionError, ValueError, LookupError) as error:
        raise UnreadableFile(f"{name}: a saved page (MHTML) that is broken: {error}") from error
    found = [p for p in parts[:_MOST_PAGES] if p.data.strip()]
    if not found:
        raise UnreadableFile(f"{name}: a saved page (MHTML) without any text/html part")
    return found


def _part(part: Message) -> Part:
    payload = part.get_payload(decode=True)
    charset = part.get_content_charset()
    return Part(payload if isinstance(payload, bytes) else b"", charset)
