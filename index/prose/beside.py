"""What stands in the clause of a figure beside the words of a question, and whether it matters."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.prose.clause import Clause, verbs_in
from index.prose.counted import Counted
from index.prose.cover import Cover, zone
from index.prose.words import prose_words
from ingest.model import Figure

_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_MOST_STRANGE = 8  # letters of a name that the question may leave out
_MASK = "·"


def names_it(
    counted: Counted, cover: Cover, clause: Clause, figure: Figure, bare: bool, lead: str
) -> bool:
    """Whether the thing that is counted is named at the figure, not only something beside it."""
    own = zone(clause.left, clause.right)
    words = prose_words()
    names = [p for p in cover.pieces if p not in words.verbs and p not in words.light]
    if not names:
        return False
    nearest = _nearest(counted, names)
    if bare:
        return nearest in lead or nearest in own
    if nearest not in own:
        # 通过公众号发布…条: what is counted has no name of its own
        return nearest in clause.channel and not _names_behind_verb(clause)
    if counted.unit is not None:
        return not all(n in words.generic for n in names) or not rest_of(own, cover.pieces)
    # 公安局15件，收取1500元: without a unit a body alone tells nothing
    return not words.bodies.search(nearest) and _touches(clause, nearest)


def _nearest(counted: Counted, names: list[str]) -> str:
    """The name behind the question word, or the last one before it."""
    behind = "".join(r.text for r in counted.after)
    return next((n for n in names[::-1] if n in behind), names[-1])


def _names_behind_verb(clause: Clause) -> bool:
    verbs = verbs_in(clause.left)
    if not verbs:
        return True
    tail = clause.left[clause.left.rfind(verbs[-1]) + len(verbs[-1]) :]
    return bool(rest_of(tail, ())) or bool(rest_of(clause.right, ()))


def _touches(clause: Clause, name: str) -> bool:
    """Whether a name stands right before the number, or right behind its unit."""
    left = clause.left[clause.left.rfind(name) + len(name) :] if name in clause.left else None
    if left is not None and not rest_of(left, ()) and not verbs_in(left):
        return True
    return name in clause.right and not rest_of(clause.right[: clause.right.find(name)], ())


def _masked(text: str, pieces: Iterable[str]) -> str:
    for piece in sorted(pieces, key=len, reverse=True):
        text = text.replace(piece, _MASK * len(piece))
    return text


def rest_of(text: str, pieces: Iterable[str]) -> list[str]:
    """The names of a text that are no piece of the question, no verb and no light word."""
    left = _masked(text, pieces)
    return [r for run in _HAN_RUN.findall(left) for r in _unknown(run)]


def _unknown(run: str) -> list[str]:
    """A run of letters without the words that say nothing, of two letters or more."""
    words = prose_words()
    out, now, at = [], "", 0
    while at < len(run):
        known = next(
            (n for n in (4, 3, 2, 1)
             if (w := run[at : at + n]) in words.light or (n > 1 and w in words.verbs)), 0,
        )  # fmt: skip
        if known == 1 and now and at + 1 < len(run) and run[at : at + 1] not in "的了":
            known = 0  # a letter inside a name
        if known:
            out.append(now)
            now, at = "", at + known
        else:
            now += run[at]
            at += 1
    return [r for r in (*out, now) if len(r) > 1]


def strange_letters(clause: Clause, cover: Cover, figure: Figure, bare: bool) -> int | None:
    """How many letters name more than the question does; None where they change what is counted."""
    words = prose_words()
    own = f"{clause.left}|{clause.right}"
    masked = _masked(own, cover.pieces)
    if any(w in masked or w == clause.verb for w in words.marked):
        return None
    if bare:
        return 0
    left, right = masked.split("|", 1)
    after = _right(right)
    if after is None:
        return None
    if another_behind(clause, cover, figure):
        return None
    at = left.rfind(_MASK)
    ahead = left[: at + 1] if at >= 0 else left
    if not _ahead_is_fine(ahead, clause.left[: len(ahead)], clause.verb):
        return None
    rest = [r for r in rest_of(_modified(ahead), ()) if r not in clause.channel]
    count = sum(map(len, [*rest, *after]))
    return count if count <= _MOST_STRANGE else None


def another_behind(clause: Clause, cover: Cover, figure: Figure) -> list[str]:
    """建议办理|结果31件: the names between that of the question and the number, which are counted."""
    words = prose_words()
    left, right = _masked(f"{clause.left}|{clause.right}", cover.pieces).split("|", 1)
    at = left.rfind(_MASK)
    if at < 0 or _MASK in right:  # the name stands behind the number
        return []
    implied = words.implied.get(figure.unit or "", frozenset())
    tail = rest_of(left[at + 1 :], ())
    return [r for r in tail if r not in words.tails and r not in implied]


def _modified(ahead: str) -> str:
    """图表、音频等形式的|解读: the modifier is no name of what is counted."""
    cut = ahead.rfind("的")
    verbs = verbs_in(ahead)
    start = ahead.rfind(verbs[-1]) + len(verbs[-1]) if verbs else 0
    return ahead[:start] + ahead[cut + 1 :] if cut >= start and "等" in ahead[start:cut] else ahead


def _right(right: str) -> list[str] | None:
    """The strange names behind the number; None where another thing is counted there."""
    words = prose_words()
    at = right.find(_MASK)
    if at < 0:
        if not rest_of(right, ()) or right.startswith(words.afterwards):
            return []
        return None
    end = right.rfind(_MASK)
    behind = rest_of(right[end + 1 :], ())
    if any(r not in words.tails for r in behind):
        return None
    return rest_of(right[:at], ())


def _ahead_is_fine(ahead: str, printed: str, row: str) -> bool:
    """Before the name: a subject and its verb, or a verb and a modifier; no other body that acts.

    `ahead` has the pieces of the question masked, `printed` has not; `row` is the verb of figures
    before it.
    """
    words = prose_words()
    verbs = verbs_in(printed)
    if not rest_of(ahead, ()):
        return True
    if not verbs and row:
        return not any(words.bodies.search(r) for r in rest_of(ahead, ()))
    if not verbs:
        # no verb is known here: 采纳|意见 and 业务|培训 look alike, so the name must begin the clause
        return False
    subject = ahead[: printed.find(verbs[0])].strip(_MASK)
    return not any(words.bodies.search(r) for r in rest_of(subject, ()))


def verbs_agree(counted: Counted, cover: Cover, clause: Clause, strange: int) -> bool:
    """The verbs of the question and of the figure's clause say the same doing."""
    words = prose_words()
    here = [v for v in verbs_in(clause.own) or [clause.verb] if words.classes(v)]
    asked = [v for v in cover.verbs if words.classes(v)]
    said = [v for v in here if any(v in p for p in cover.pieces)]
    if any(v in cover.pieces for v in said):
        asked = [v for v in asked if len(v) > 1]  # 发过提醒, 做了清理: the doing is named itself
    if not asked:
        telling = [v for v in here if v not in said and not words.classes(v) & words.plain]
        return not telling
    if not here:
        return strange == 0 and counted.unit is not None
    classes = frozenset(c for v in here for c in words.classes(v))
    return all(words.classes(v) & classes for v in asked)


def whole_groups(cover: Cover, clause: Clause) -> bool:
    """A和B are counted as one: the question names both of them or neither."""
    return names_all_or_none(clause, cover.pieces)


def names_all_or_none(clause: Clause, said: tuple[str, ...]) -> bool:
    """Whether, of names that share their end (法治和教育专栏), all were asked for or none: a figure of all is not one
    of some.
    """
    for group in clause.groups:
        tail = _common_end(group)
        own = [name[: max(2, len(name) - tail)] for name in group]  # 法治|专栏和教育|专栏
        named = [any(_overlap(name, text) for text in said) for name in own]
        if any(named) and not all(named):
            return False
    return True


def _overlap(name: str, text: str) -> bool:
    return any(text[k : k + 2] in name for k in range(len(text) - 1))


def _common_end(names: tuple[str, ...]) -> int:
    """How many letters all names end with."""
    shortest = min(map(len, names))
    return next((n for n in range(shortest) if len({name[-n - 1] for name in names}) > 1), shortest)


def does_another(counted: Counted, cover: Cover, clause: Clause) -> bool:
    """接听来电…个 is not 回复多少个: a verb of the question is neither said nor another word for it."""
    asked = [v for v in cover.verbs if prose_words().classes(v)]
    left_out = rest_of(clause.own, cover.pieces)
    return bool(asked) and bool(left_out) and not verbs_agree(counted, cover, clause, 1)


def is_part_of_name(cover: Cover, clause: Clause) -> bool:
    """规划文件 are not all 文件: a word for many things, and a modifier that the question has not."""
    words = prose_words()
    names = [p for p in cover.pieces if p not in words.verbs and p not in words.light]
    only = bool(names) and all(n in words.generic for n in names)
    return only and bool(rest_of(clause.own, cover.pieces))
