"""What a number in a sentence counts, in the sentence's own words."""

from __future__ import annotations

import re

_EDGE = re.compile(r"[,;。:()!?]")
_BEHIND_EDGE = re.compile(r"[,;。:()、!?]|和(?=\d)")
_ASIDE = re.compile(r"\([^()]*\)$")
_LEAD = re.compile(
    r"^(?:[、和及与以]|以及|并|其中|包括|包含|含|同时|此外|另有|另|截至目前|目前|年内|(?:19|20)\d\d年(?:度)?|共计|合计|总计|共(?!有|享|同))+"
)
_TAIL = re.compile(
    r"(?:共计|合计|总计|总共|累计|共|计|为|达到|达|已|是|有|约|的|分别|各|则|:|,|由|从|仅|近|就|数量为)+$"
)
_NEARLY = re.compile(r"(?:不到|不足|将近|接近|近|超过|突破|逾|超|大约|约|达到|至少|多达)$")
_JOINT = re.compile(r"[、和及与]")
# the last letters of words that _TAIL and _NEARLY find
_TAILS = frozenset("计共为到达已是有约的别各则:,由从仅近就")
_NEARLY_ENDS = frozenset("到足近过破逾超约少达")
# what follows a number and is no noun
_NO_NOUN = re.compile(
    r"^(?:[并均已较比都占且经由被未无在为以将、和及与或等,;。:()]|全部|同(?!志|学|类|事|行)|以及|其中|左右|上下|次数|增|减|上升|下降|后|前|内|中(?!小)|时)"
)
_VERB = re.compile(
    r"参加|参与|开展|作出|进行|被|建立|实现|得到|获得|完成|列席|上网|落实|予以|提供|举办|工作的|接受|逐一|受到|分别|共同"
)
_RELATION = re.compile(
    r"^(?:(?:合计|共|约|分别)?占(?:比)?"
    r"|(?:同比|环比|(?:比|较|与)(?:上年|去年|上一年|上年度|20\d\d年)(?:度|同期)*(?:相比)?)?"
    r"(?:有所)?(?:增长|增加|上升|提高|提升|上涨|下降|减少|降低|回落|多|少)?(?:了)?"
    r"|(?:增|升|提高|上升|增加|降|减|下降|减少|回落|扩大|缩短|压减)(?:加|少|高|低)?(?:至|到|为))$"
)
_DIRECTION = re.compile(r"增|升|提高|上涨|降|减|回落|多|少|占|比")


def subjects_of(
    text: str, figures: tuple[tuple[tuple[int, int], str | None], ...]
) -> tuple[str | None, ...]:
    """For each figure (span, unit) of a sentence the words that say what is counted, or None.

    These are the words before the number in its clause (`通过网络申请` of `通过网络申请1303件`), or
    the noun behind it (`12场新闻发布会`). A bare relation (`同比增长`, `占`) is joined to the subject of
    the figure that it is about: `收到申请，同比增长`.
    """
    out: list[str | None] = []
    for i, (_, unit) in enumerate(figures):
        own = _before(text, figures, i)
        noun = _behind(text, figures, i, unit)
        if _RELATION.match(own) and _DIRECTION.search(own):
            head = i - 1 if i and own[-1] in "至到为" else _head(text, figures, i)
            above = out[head] if head is not None else None
            out.append(f"{above}，{own}" if above else own)
        elif noun and (not own or not _NO_NOUN.match(noun)):
            out.append(_cut(noun, unit))
        else:
            out.append(own or noun or None)
    return tuple(out)


def _before(text: str, figures: tuple[tuple[tuple[int, int], str | None], ...], i: int) -> str:
    start = figures[i][0][0]
    previous = figures[i - 1][0][1] if i else 0
    lead = text[previous:start] if previous <= start else ""
    if lead[-1:] in _NEARLY_ENDS:
        lead = _NEARLY.sub("", lead)
    lead = lead.rstrip(":")
    if lead.endswith(")"):
        lead = _ASIDE.sub("", lead)
    edges = [m.end() for m in _EDGE.finditer(lead)]
    own = lead[edges[-1] :] if edges else lead
    if i and not edges:  # 12家单位、36名: what stands before the joint belongs to the figure before
        own = _JOINT.split(own)[-1]
    if (opened := _LEAD.match(own)) is not None:
        own = own[opened.end() :]
    if own[-1:] in _TAILS:
        own = _TAIL.sub("", own)
    return own.removeprefix("的").strip("、 ")


def _behind(
    text: str,
    figures: tuple[tuple[tuple[int, int], str | None], ...],
    i: int,
    unit: str | None,
) -> str:
    end = figures[i][0][1]
    stop = figures[i + 1][0][0] if i + 1 < len(figures) else len(text)
    rest = text[end : max(stop, end)]
    edge = _BEHIND_EDGE.search(rest)
    rest = rest[: edge.start()] if edge else ("" if stop < len(text) else rest)
    return rest.removeprefix("的").strip()


def _cut(noun: str, unit: str | None) -> str | None:
    """`申请作出不予公开决定` → `申请`; a share (`八成申请来自…`) keeps its whole clause."""
    if unit in ("成", "%", None):
        return noun
    verb = _VERB.search(noun)
    return noun[: verb.start()] if verb and verb.start() else noun


def _head(text: str, figures: tuple[tuple[tuple[int, int], str | None], ...], i: int) -> int | None:
    """The figure that a share or a change is about: the last one not deeper in brackets."""
    depth = _depth(text, figures[i][0][0])
    for j in range(i - 1, -1, -1):
        between = text[figures[j][0][1] : figures[i][0][0]]
        if ";" in between or "。" in between:
            return None
        if _depth(text, figures[j][0][0]) <= depth and figures[j][1] not in ("%", "个百分点"):
            return j
    return None


def _depth(text: str, at: int) -> int:
    before = text[:at]
    return before.count("(") - before.count(")")
