"""Sums and shares that a sentence states of its own figures, without any table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from ingest.model import Figure, Finding, Sentence

_TOTAL = re.compile(r"[,、;]?(?:总|合)?共?计?(?:为|有|是|:)?$")
_SAYS_TOTAL = re.compile(r"[共计]")
_ITEM = re.compile(r"^[、,][^,;:。()、\d]{0,24}$")
_LIST_ITEM = re.compile(r"^(?:[、]|和|及|以及|与)[^,;:。()、\d]{0,24}$")
_BRACKET = re.compile(r"^\((?!.*[)])")
_AMONG = re.compile(r"^[,;。(]*其中[,:]?[^,;:。()、]{0,24}$")
_PERCENT_JOINT = re.compile(r"[、,和及与]")
# kinds that one thing may be of at once: channels, media, copies, levels inside each other
_OVERLAP = re.compile(
    r"网站|网页|门户|微信|微博|公众号|新媒体|媒体|平台|客户端|[Aa][Pp][Pp]|抖音|头条|短视频|报纸|报刊|电视|广播|公告栏|公开栏"
    r"|文字|图片|图解|视频|音频|动漫|动画|海报|长图|漫画|H5|PDF|Word|WORD|OFD|版$|[一二三四]级"
    r"|重复|同一|同步|交叉|兼|多渠道|多平台|部分(?:内容)?相同"
)
_PARTIAL = re.compile(r"含|包括|其中|主要|等")


def assess_sums(sentence: Sentence, figures: tuple[Figure, ...]) -> list[Finding]:
    """Findings with states for `A1件、B2件，共3件`, `3件（A1件、B2件）`, `其中…占86.92%`, `分别占…`."""
    plain = [f for f in figures if f.note is None and f.value is not None and f.span is not None]
    if len(plain) != len(figures) or len(figures) < 2:
        return []
    out = [*_closing(sentence, figures), *_opening(sentence, figures)]
    return [*out, *_percents(sentence, figures)]


def _gap(sentence: Sentence, figures: tuple[Figure, ...], i: int) -> str:
    """The text between figure `i` and the one before it."""
    before = (figures[i - 1].span or (0, 0))[1] if i else 0
    return sentence.text[before : (figures[i].span or (0, 0))[0]]


def _exact(figure: Figure) -> bool:
    return figure.qualifier is None


def _value(figure: Figure) -> Decimal:
    return figure.value or Decimal(0)


def _finding(
    sentence: Sentence, state: str, whole: Figure, items: tuple[Figure, ...], why: str | None = None
) -> Finding:
    total = sum((_value(f) for f in items), Decimal(0))
    unit = whole.unit or ""
    added = "＋".join(f.text for f in items)
    text = f"正文写共 {whole.text}{unit}，各项相加 {added} = {total}{unit}" + (
        f"（{why}）" if why else ""
    )
    ids = (whole.id, *(f.id for f in items))
    return Finding(
        "narrative-sum", state, text, ids, sentence.index, None, whole.text, str(total), why
    )


def _closing(sentence: Sentence, figures: tuple[Figure, ...]) -> Iterator[Finding]:
    """当面1件、网络30件，共31件."""
    for i in range(2, len(figures)):
        whole, gap = figures[i], _gap(sentence, figures, i)
        if not (_SAYS_TOTAL.search(gap) and _TOTAL.fullmatch(gap) and _exact(whole)):
            continue
        first = i - 1
        while (
            first > 0
            and _same(figures[first - 1], whole)
            and _ITEM.match(_gap(sentence, figures, first))
        ):
            first -= 1
        items = figures[first:i]
        lead = sentence.text[: (figures[first].span or (0, 0))[0]]
        if len(items) < 2 or not all(_same(f, whole) for f in items):
            continue
        between = sentence.text[(items[0].span or (0, 0))[0] : (whole.span or (0, 0))[0]]
        if _PARTIAL.search(between):
            continue
        fits = next(
            (n for n in range(2, len(items) + 1)
             if sum((_value(f) for f in items[-n:]), Decimal(0)) == whole.value), None,
        )  # fmt: skip
        if fits is not None:
            yield _finding(sentence, "holds", whole, items[-fits:])
        elif all(_value(f) <= _value(whole) for f in items) and not re.search(r"[中]$", lead):
            if _overlap(sentence, figures, first, i):
                yield _finding(sentence, "not-assessable", whole, items, "各项可能有重复")
            else:
                yield _finding(sentence, "fails", whole, items)


def _overlap(sentence: Sentence, figures: tuple[Figure, ...], first: int, last: int) -> bool:
    """Whether what figures `first` to `last` count may be the same things twice."""
    start = (figures[first - 1].span or (0, 0))[1] if first else 0
    end = (figures[last - 1].span or (0, 0))[1]
    behind = re.match(r"[,]?\([^()]*\)", sentence.text[end:])
    return bool(_OVERLAP.search(sentence.text[start:end] + (behind[0] if behind else "")))


def _same(figure: Figure, other: Figure) -> bool:
    return figure.unit == other.unit and figure.unit != "%" and _exact(figure)


def _opening(sentence: Sentence, figures: tuple[Figure, ...]) -> Iterator[Finding]:
    """35件（当面1件、网络34件）; after 其中 the list may leave things out, but never be more."""
    for i in range(len(figures) - 2):
        whole, gap = figures[i], _gap(sentence, figures, i + 1)
        bracket = _BRACKET.match(gap)
        among = _AMONG.match(gap)
        if not (bracket or among) or not _exact(whole):
            continue
        last = i + 1
        while last + 1 < len(figures) and _LIST_ITEM.match(_gap(sentence, figures, last + 1)):
            last += 1
        items = figures[i + 1 : last + 1]
        if len(items) < 2 or not all(_same(f, whole) for f in items):
            continue
        behind = sentence.text[(items[-1].span or (0, 0))[1] :][:1]
        total = sum((_value(f) for f in items), Decimal(0))
        partial = bool(among) or bool(_PARTIAL.search(gap))
        if total == whole.value:
            yield _finding(sentence, "holds", whole, items)
        elif total > _value(whole) and _overlap(sentence, figures, i + 1, last + 1):
            yield _finding(sentence, "not-assessable", whole, items, "各项可能有重复")
        elif total > _value(whole) or (not partial and behind == ")" and len(items) > 2):
            yield _finding(sentence, "fails", whole, items)
        else:
            yield _finding(sentence, "not-assessable", whole, items, "列出的可能不是全部")


def _percents(sentence: Sentence, figures: tuple[Figure, ...]) -> Iterator[Finding]:
    """分别占41.2%、30.5%和28.3%: together no more than 100, but for rounding."""
    i = 0
    while i < len(figures):
        last = i
        while last + 1 < len(figures) and _PERCENT_JOINT.fullmatch(
            _gap(sentence, figures, last + 1)
        ):
            last += 1
        run = figures[i : last + 1]
        lead = sentence.text[: (figures[i].span or (0, 0))[0]]
        i = last + 1
        if len(run) < 2 or any(f.unit != "%" or not _exact(f) for f in run):
            continue
        if not re.search(r"分别(?:约)?占[^,;。]{0,12}$", lead):
            continue
        total = sum((_value(f) for f in run), Decimal(0))
        places = max(len(f.text.partition(".")[2]) for f in run)
        slack = Decimal(len(run)) / 2 * Decimal(1).scaleb(-places)
        text = f"正文的各项比例相加 {'＋'.join(f.text for f in run)} = {total}%"
        ids = tuple(f.id for f in run)
        if abs(total - 100) <= slack:
            why = None if total == 100 else "相差在四舍五入之内"
            yield Finding(
                "narrative-sum", "holds", text, ids, sentence.index, None, "100%", f"{total}%", why
            )
        elif total > 100:
            yield Finding(
                "narrative-sum", "fails", f"{text}，超过 100%", ids, sentence.index, None, "100%",
                f"{total}%",
            )  # fmt: skip


def assess_parts(
    sentence: Sentence, figures: tuple[Figure, ...], done: frozenset[str],
    totals: tuple[Decimal, ...], before: tuple[Figure, ...] = (),
) -> list[Finding]:  # fmt: skip
    """`…1499件，其中通过网络1303件，占86.92%`: a share that the sentence's own figures give.

    `done` are figures that the tables have answered for; `totals` more wholes that it may be of;
    `before` the figures of the sentence before, which a sentence with 其中 at its head goes on.
    """
    out: list[Finding] = []
    goes_on = len(before) == 1 and re.match(r"\(?其中", sentence.text) is not None
    shown = (*before, *figures) if goes_on else figures
    for i in range(1, len(figures)):
        share, part = figures[i], figures[i - 1]
        gap = _gap(sentence, figures, i)
        if share.unit != "%" or share.id in done or not _exact(share) or not _exact(part):
            continue
        if not re.fullmatch(r"[,]?(?:约|合计)?占(?:比|总数的|总量的|全部的)?(?:为|达)?", gap):
            continue
        wholes = [
            f for f in shown[: shown.index(part)]
            if f.unit == part.unit and _exact(f) and _value(f) >= _value(part) and f.value
        ]  # fmt: skip
        if len(wholes) != 1 or part.unit == "%" or not part.value:
            continue
        begin = 0 if wholes[0] in before else (wholes[0].span or (0, 0))[1]
        between = sentence.text[begin : (part.span or (0, 0))[0]]
        if "其中" not in between or ";" in between:
            continue
        out.append(_part_of(sentence, share, part, wholes[0], totals))
    return out


def _part_of(
    sentence: Sentence, share: Figure, part: Figure, whole: Figure, totals: tuple[Decimal, ...]
) -> Finding:
    places = Decimal(1).scaleb(min(0, -len(share.text.partition(".")[2])))
    right = _percent(_value(part), _value(whole), places)
    said = f"正文写 {part.text}{part.unit or ''} 占 {share.text}%"
    others = (_percent(_value(part), t, places) for t in totals if t)
    if share.value in (right, *others):
        state, text = "holds", f"{said}，与正文的数一致"
    else:
        state = "fails"
        text = f"{said}，按正文计算 {part.text} ÷ {whole.text} = {right}%"
    return Finding(
        "narrative-share", state, text, (part.id, whole.id, share.id), sentence.index, None,
        f"{share.text}%", f"{right}%",
    )  # fmt: skip


def _percent(part: Decimal, whole: Decimal, places: Decimal) -> Decimal:
    share = Fraction(part) / Fraction(whole) * 100
    return (Decimal(share.numerator) / Decimal(share.denominator)).quantize(places, ROUND_HALF_UP)
