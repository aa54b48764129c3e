"""Which of the page's two languages a reader wants."""

from __future__ import annotations

from web.texts import LANGUAGES, Language


def known_language(code: object) -> Language | None:
    """`zh` or `en` where `code` is one of them, else None; takes anything, as browsers send it."""
    return next((language for language in LANGUAGES if code == language), None)


def preferred_language(accept_language: str | None) -> Language:
    """The better of the two by an `Accept-Language` header; Chinese where there is no header.

    A header that names neither gets English: who asks for French alone more likely reads that.
    """
    if not accept_language or not accept_language.strip():
        return "zh"
    ranked: list[tuple[float, int, str]] = []
    for position, part in enumerate(accept_language.split(",")):
        tag, _, parameters = part.strip().partition(";")
        weight = _weight(parameters)
        if tag and weight > 0:
            ranked.append((-weight, position, tag.lower()))
    for _, _, tag in sorted(ranked):
        primary = tag.split("-")[0]
        # `yue`, `wuu`… are Chinese as well, and `*` says that anything will do
        if primary in ("zh", "yue", "wuu", "cmn", "*"):
            return "zh"
        if primary == "en":
            return "en"
    return "en" if ranked else "zh"


def _weight(parameters: str) -> float:
    for parameter in parameters.split(";"):
        name, _, value = parameter.strip().partition("=")
        if name.strip().lower() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
