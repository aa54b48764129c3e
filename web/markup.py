"""Text that others wrote, made safe for HTML and for the chat's Markdown.

Reports, file names and questions are hostile until proved otherwise: nothing of theirs may become
a tag, a link, an image or a formula. Everything that goes on the page passes through here.
"""

from __future__ import annotations

import html
import re

#: all that Markdown or HTML could take for markup is ASCII punctuation; these marks alone start
#: nothing, and left as they are they keep `4.69%` legible to programs that read the source
_PUNCTUATION = re.compile(r"(?![.,;?()%/-])[!-/:-@\[-`{-~]")
#: control characters, and the marks that turn or hide the text around them
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def visible(text: str) -> str:
    """The text without characters that cannot be seen but change what is: NUL, overrides of
    direction, lone surrogates (which cannot be sent as UTF-8 at all)."""
    return _UNSEEN.sub("", text)


def escape(text: str) -> str:
    """For element content and quoted attributes of the page's own HTML."""
    return html.escape(visible(text), quote=True)


def escape_chat(text: str) -> str:
    """For the inside of a block of HTML in a chat message, which passes a Markdown renderer.

    Every mark that could be markup becomes a numeric entity, since Markdown takes none of those for
    markup; a line break becomes `<br>`, since an empty line would end the block and start Markdown
    again.
    """
    lines = visible(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "<br>".join(_PUNCTUATION.sub(lambda m: f"&#{ord(m.group())};", line) for line in lines)


def number_pattern(numbers: list[str]) -> re.Pattern[str] | None:
    """Finds these printed numbers where they stand alone: `4` is not a part of `34290` or `4.69`.

    None where there is nothing to find. Longer ones first, so that `1.5%` wins over `1.5`.
    """
    wanted = sorted({n for n in numbers if n.strip()}, key=lambda n: (-len(n), n))
    if not wanted:
        return None
    either = "|".join(re.escape(n) for n in wanted)
    return re.compile(rf"(?<!\d)(?<!\d[.,])(?:{either})(?![\d]|[.,]\d)")


def emphasise(text: str, pattern: re.Pattern[str] | None, *, chat: bool = False) -> str:
    """Escaped text with what `pattern` finds in it set in `<strong>`."""
    clean = escape_chat if chat else escape
    if pattern is None:
        return clean(text)
    text = visible(text)
    parts: list[str] = []
    end = 0
    for found in pattern.finditer(text):
        parts += [clean(text[end : found.start()]), f"<strong>{clean(found.group())}</strong>"]
        end = found.end()
    return "".join([*parts, clean(text[end:])])
