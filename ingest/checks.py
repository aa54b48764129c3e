"""Checks inside one report: the form's identities, and shares stated in prose against the table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from ingest.forms import Form
from ingest.model import Figure, Finding, Sentence, Status

_NOTHING = (Status.BLANK, Status.SLASH, Status.DASH, Status.TEXT)


def check_identities(form: Form, figures: tuple[Figure, ...]) -> tuple[Finding, ...]:
    """Findings for the identities of the form that fail or cannot be told; none where all hold.

    A blank, slash or dash cell makes an identity uncertain unless the rest adds up without it.
    """
    by_key = {f.key: f for f in figures if f.key is not None}
    out = []
    for identity in form.identities:
        keys = (*identity.left, *identity.right)
        present = [by_key[k] for k in keys if k in by_key]
        if len(present) < len(keys):
            continue  # a missing row has its own warning
        left, right = _sum(identity.left, by_key), _sum(identity.right, by_key)
        if left == right:
            continue
        state = "uncertain" if any(f.status in _NOTHING for f in present) else "fails"
        out.append(
            Finding(
                code="identity",
                state=state,
                text=f"勾稽关系 {identity.name}：左边合计 {left}，右边合计 {right}，相差 {left - right}",
                figures=keys,
                concept=identity.right[0],
                stated=str(right),
                computed=str(left),
            )
        )
    return tuple(out)


def _sum(keys: tuple[str, ...], by_key: dict[str, Figure]) -> Decimal:
    return sum((by_key[k].value or Decimal(0) for k in keys), Decimal(0))


@dataclass(frozen=True, slots=True)
class _Named:
    """What a phrase in prose counts: the keys whose sum it is, and the keys of its whole."""

    words: str
    parts: tuple[str, ...]
    whole: str


def check_shares(
    named: tuple[tuple[str, tuple[str, ...], str], ...],
    figures: tuple[Figure, ...],
    sentences: tuple[Sentence, ...],
    year: int | None = None,
) -> tuple[Finding, ...]:
    """Findings for sentences like `不予公开121件，占9.09%` that the table contradicts.

    `named` are (words, keys that add up to it, key of the whole). Counts and shares are both
    checked; a share is right where it is the table's, rounded half up to the printed places.
    A sentence about another year than `year`, or about a part of the whole, is not compared.
    """
    by_key = {f.key: f for f in figures if f.key is not None and f.value is not None}
    out: list[Finding] = []
    for sentence in sentences:
        if _elsewhere(sentence.text, year):
            continue
        for words, parts, whole in named:
            out += _check_sentence(sentence, _Named(words, parts, whole), by_key, figures)
    return tuple(out)


def _elsewhere(text: str, year: int | None) -> bool:
    years = {int(y) for y in re.findall(r"(?<!\d)(20\d{2})年", text)}
    if year is not None and years and year not in years:
        return True
    return re.match(r"(?:上年|去年|上一年|上年度)[,:]", text) is not None


def _check_sentence(
    sentence: Sentence,
    named: _Named,
    by_key: dict[str, Figure],
    figures: tuple[Figure, ...],
) -> list[Finding]:
    if named.words not in sentence.text:
        return []
    if any(k not in by_key for k in (*named.parts, named.whole)):
        return []
    m = re.search(
        rf"(?:^|[;,。:为了]|(?<=[件%])、|(?<![人业位门])的){re.escape(named.words)}的?(?:共|为)?([\d,]+)件(?:,占(?:比|总数的|办结数的|办理总数的)?([\d.]+)%)?",
        sentence.text,
    )
    if m is None:
        return []
    count = sum((by_key[k].value or Decimal(0) for k in named.parts), Decimal(0))
    whole = by_key[named.whole].value or Decimal(0)
    stated = Decimal(m.group(1).replace(",", ""))
    spans = {f.id for f in figures if f.sentence == sentence.index and f.span is not None}
    concept = named.parts[0] if len(named.parts) == 1 else _group(named.parts)
    prose = tuple(
        f.id
        for f in figures
        if f.id in spans and f.span is not None and m.start() <= f.span[0] < m.end()
    )
    evidence = (*named.parts, named.whole, *prose)
    if stated != count:
        text = f"正文写{named.words} {m.group(1)} 件，按表为 {count} 件"
        return [
            Finding(
                "narrative-vs-table", "fails", text, evidence, sentence.index, concept,
                m.group(1), str(count),
            )
        ]  # fmt: skip
    if m.group(2) is None or whole == 0:
        return []
    share = Fraction(count) / Fraction(whole) * 100
    places = Decimal(1).scaleb(-len(m.group(2).partition(".")[2]))
    exact = Decimal(share.numerator) / Decimal(share.denominator)
    rounded = exact.quantize(places, ROUND_HALF_UP)
    printed = Decimal(m.group(2))
    if printed == rounded:
        return []
    cut = exact.quantize(places, ROUND_DOWN)
    why = "正文的比例是截去尾数而不是四舍五入" if printed == cut else None
    text = f"正文写{named.words}占 {m.group(2)}%，按表计算 {count} ÷ {whole} = {rounded}%" + (
        f"（{why}）" if why else ""
    )
    return [
        Finding(
            "narrative-vs-table", "fails", text, evidence, sentence.index, concept,
            f"{m.group(2)}%", f"{rounded}%", why,
        )
    ]  # fmt: skip


def _group(keys: tuple[str, ...]) -> str:
    """`t3.refused.a.total`, `t3.refused.b.total` → `t3.refused.total`."""
    first = keys[0].split(".")
    same = [
        first[:i] for i in range(len(first)) if all(k.split(".")[:i] == first[:i] for k in keys)
    ]
    return ".".join([*(same[-1] if same else []), first[-1]])
