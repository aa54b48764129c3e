"""Changes against the year before whose two counts the sentence prints: no table is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from ingest.model import Figure, Finding, Sentence

_YEAR = r"(?:20\d\d年|上年|去年|上一年)(?:度|同期)*"
_THAN = re.compile(rf"[,]?(?:比|较){_YEAR}的?")
_MOVES = r"(?:(?P<up>增加|增长|上升|增|多)|(?P<down>减少|下降|降低|减|少))(?:了|幅?为|率为|约?达)?"
_BY = re.compile(rf"[,]?{_MOVES}")
_RATE = re.compile(rf"[,]?(?:同比)?{_MOVES}")
_RATE_OF_YEAR = re.compile(rf"[,](?:同比|比上年|较上年|比去年|较去年)(?:有所)?{_MOVES}")
_ASIDE = re.compile(rf"\({_YEAR}(?:为|共|是)?")


def assess_changes(sentence: Sentence, figures: tuple[Figure, ...]) -> Iterator[Finding]:
    """`1116件，比2021年的1002件增加114件，增长11.38%`; `1204条，同比增长20.4%（2021年1000条）`."""
    for i in range(len(figures) - 2):
        now, second, third = figures[i : i + 3]
        if not (_plain(now) and _plain(second) and _plain(third)):
            continue
        gaps = [_gap(sentence, figures, j) for j in (i + 1, i + 2)]
        if _THAN.fullmatch(gaps[0]) and second.unit == now.unit and second.value:
            if (by := _BY.fullmatch(gaps[1])) is None:
                continue
            yield _change(sentence, now, second, third, by["up"] is not None)
            if i + 3 < len(figures) and _plain(figures[i + 3]) and third.unit != "%":
                by = _RATE.fullmatch(_gap(sentence, figures, i + 3))
                if by is not None and figures[i + 3].unit == "%":
                    yield _change(sentence, now, second, figures[i + 3], by["up"] is not None)
        elif second.unit == "%" and third.unit == now.unit and third.value:
            by = _RATE_OF_YEAR.fullmatch(gaps[0])
            if by is not None and _ASIDE.fullmatch(gaps[1]):
                yield _change(sentence, now, third, second, by["up"] is not None)


def _change(sentence: Sentence, now: Figure, then: Figure, said: Figure, up: bool) -> Finding:
    new, old = now.value or Decimal(0), then.value or Decimal(0)
    stated = (said.value or Decimal(0)) * (1 if up else -1)
    if said.unit == "%":
        places = Decimal(1).scaleb(min(0, -len(said.text.partition(".")[2])))
        share = Fraction(new - old) / Fraction(old) * 100
        exact = Decimal(share.numerator) / Decimal(share.denominator)
        right = exact.quantize(places, ROUND_HALF_UP)
        same = stated in (right, exact.quantize(places, ROUND_DOWN))
    else:
        right, same = new - old, stated == new - old
    unit = said.unit or ""
    word = "增加" if right >= 0 else "减少"
    text = (
        f"正文写{'增加' if up else '减少'} {said.text}{unit}，"
        f"按正文 {now.text} 与 {then.text} 计算为{word} {abs(right)}{unit}"
    )
    shown = "%" if unit == "%" else ""
    return Finding(
        "narrative-sum", "holds" if same else "fails", text, (said.id, now.id, then.id),
        sentence.index, None, said.text + shown, f"{abs(right)}{shown}",
    )  # fmt: skip


def _plain(figure: Figure) -> bool:
    return (
        figure.qualifier is None
        and figure.note is None
        and figure.value is not None
        and figure.span is not None
    )


def _gap(sentence: Sentence, figures: tuple[Figure, ...], i: int) -> str:
    return sentence.text[(figures[i - 1].span or (0, 0))[1] : (figures[i].span or (0, 0))[0]]
