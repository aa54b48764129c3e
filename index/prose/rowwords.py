"""Whether a sentence speaks of the row of a table that a question names beside a place or body.

`甲县不予公开多少件`: the tables know no counties, so only prose can say it, and only where it says
不予公开 of 甲县. `甲县268件` among what was received says nothing of what was refused.
"""

from __future__ import annotations

from index.plan.lexicon import Token
from index.plan.words import word_group
from index.prose.figure import ProseFigure
from index.retrieve.focus import Focus
from ingest.words import Concepts

#: verbs that any count may come with
_LIGHT = word_group("light_prose")


def speaks_of_row(
    tokens: tuple[Token, ...], focus: Focus, found: ProseFigure, concepts: Concepts
) -> bool:
    """Whether the figure's own sentence names the rows that are asked for, and whose they are.

    True where the question names no row of a table, or nobody within the issuer.
    """
    bodies = [*focus.names, *(t.text for t in tokens if t.has("body_word"))]
    rows = [
        key
        for t in tokens
        if t.text not in _LIGHT and not t.has("filler")
        for key in t.keys("subject")
    ]
    if not bodies:
        return True
    if any(t.has("unclear") and not t.has("subject") for t in tokens):
        return False  # 甲县公开多少件
    if not rows:
        return True
    if not focus.names and any(key.startswith("t2.") for key in rows):
        return False  # 部门规范性文件: of whom the tables do not tell, nor what a gazette prints
    sentence = found.sentence.text
    said = sentence[: (found.figure.span or (0, 0))[1]]
    named = all(name in said for name in focus.names)
    words = (concepts.subject_by_key[key] for key in rows)
    return named and all(
        any(len(w) > 1 and w in said for w in (subject.name, *subject.words)) for subject in words
    )
