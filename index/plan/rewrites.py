"""Tokens put another way before an ask is read: what is left out, compared, worked out, or not asked."""

from __future__ import annotations

from dataclasses import replace

from index.plan.bodies import ends_in_body, place_parts
from index.plan.issuernames import IssuerNames
from index.plan.lexicon import Sense, Token
from index.plan.signals import first_index
from index.plan.slots import read_slots
from index.plan.words import fold, word_group
from ingest.words import Concepts, load_concepts

_COMPARING = word_group("compares")
_LESS = word_group("compares_less")
_NOT = word_group("leaves_out")
_HELD_AGAINST = word_group("held_against")
_COUNTED_IN_ITEMS = ("t2.licensing", "t2.penalty", "t2.coercion", "t2.fees", "t2.services")
_IS = word_group("is_words")
_DASHES = ("-", "−", "—")
_APART = word_group("left_apart")
_BODIES_AS_APPLICANTS = word_group("bodies_as_applicants")


def without_exceptions(
    tokens: tuple[Token, ...],
) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """Part a question at 不算…, 不含…: what it asks, and what it leaves out."""
    at = first_index(tokens, "except")
    if at is None:
        return tokens, ()
    end = next((i for i in range(at, len(tokens)) if tokens[i].has("break")), len(tokens))
    if read_slots(tokens[at:end], load_concepts()).empty:
        return tokens, ()  # 不含示例区: whose figures are left out cannot be told; this blocks it
    return (*tokens[:at], *tokens[end:]), tokens[at + 1 : end]


def with_comparing_bounds(tokens: tuple[Token, ...], concepts: Concepts) -> tuple[Token, ...]:
    """是否多于, 有没有超过 between two figures compares them: no bound is asked for.

    By how many did A exceed B, A超过B多少: how much more the one is.
    """
    whether = any(t.has("ask_yes_no", "ask_exists") for t in tokens)
    by_how_much = any(t.has("more", "less", "difference") for t in tokens)
    for i, token in enumerate(tokens):
        if by_how_much and token.text in _HELD_AGAINST:
            sides = [read_slots(side, concepts) for side in (tokens[:i], tokens[i + 1 :])]
            if all(not s.empty for s in sides):  # 年初积压对比年末积压，少了几件
                changed = replace(token, senses=(Sense("than"),))
                return (*tokens[:i], changed, *tokens[i + 1 :])
    for i, token in enumerate(tokens):
        if token.text not in _COMPARING:
            continue
        sides = [read_slots(side, concepts) for side in (tokens[:i], tokens[i + 1 :])]
        out = list(tokens)
        if whether and all(not s.empty or s.issuers for s in sides):
            senses = (Sense("than"), Sense("compare_ask"), Sense("ask_yes_no"))
            out[i] = replace(token, senses=senses)
            return tuple(t for t in out if not t.has("ask_exists"))
        held = not sides[0].empty and (not sides[1].empty or sides[1].issuers or sides[1].years)
        if not whether and held and _by_how_many(out, i):
            more = "less" if token.text in _LESS else "more"
            out[i] = replace(token, senses=(Sense("than"), Sense(more)))
            return tuple(out)
    return tokens


def _by_how_many(tokens: list[Token], at: int) -> bool:
    """Whether the number is asked for behind the second figure, or by how many in front."""
    asked = next((i for i, t in enumerate(tokens) if t.has("ask_number")), None)
    if asked is None:
        return False
    if asked > at:
        return not any(t.has("subject", "member", "request") for t in tokens[asked + 1 :])
    before = [t.text for t in tokens[:asked] if not t.has("break")]
    return bool(before) and before[-1] == "by"


def without_counting_share(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """占了几件 asks how many, not for a share."""
    for i, token in enumerate(tokens):
        if not token.has("share") or not token.text.startswith("占"):
            continue
        following = [t for t in tokens[i + 1 :] if not t.has("break")][:2]
        if len(following) == 2 and following[0].text in ("几", "多少"):
            if following[1].has("units_neutral") and following[1].text in ("件", "宗", "起", "份"):
                return (*tokens[:i], *tokens[i + 1 :])
    return tokens


def with_stated_share(tokens: tuple[Token, ...], concepts: Concepts) -> tuple[Token, ...]:
    """部分公开是办结数的11.14%，对吗: a number of percents that is stated is a share.

    Of what stands between 是 and the number, else of the figure's own whole.
    """
    asked = [i for i, t in enumerate(tokens) if t.has("share")]
    if len(asked) == 1 and not any(t.has("growth", "than", "inside") for t in tokens):
        # 予以公开是新收的百分之几
        end = asked[0]
        for i in (i for i in range(1, end) if tokens[i].text in _IS):
            sides = [read_slots(side, concepts) for side in (tokens[:i], tokens[i + 1 : end])]
            if all(s.subjects or s.members for s in sides) and tokens[end].has("percent"):
                is_share = replace(tokens[i], senses=(Sense("share"),))
                return (*tokens[:i], is_share, *tokens[i + 1 : end], *tokens[end + 1 :])
    if any(t.has("share", "growth", "than") and t.text != "%" for t in tokens):
        return tokens
    at = next(
        (i for i, t in enumerate(tokens[:-1]) if t.has("number") and tokens[i + 1].text == "%"),
        None,
    )
    if at is None:
        return tokens
    between = [i for i in range(1, at) if tokens[i].text in _IS]
    share = (Sense("share"),)
    for i in between:
        sides = [read_slots(side, concepts) for side in (tokens[:i], tokens[i + 1 : at])]
        if all(s.subjects for s in sides):
            return (*tokens[:i], replace(tokens[i], senses=share), *tokens[i + 1 :])
    return (*tokens[:at], replace(tokens[at - 1], senses=share), *tokens[at:])


def with_arithmetic(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """`A－B＝？`, `A÷B`: a dash is a minus where the question is a sum to be worked out.

    A ÷ beside 百分比 asks for a share, else for how many times.
    """
    at = first_index(tokens, "divided")
    if at is not None:
        leads = tokens[0].has("member") and not any(t.has("member") for t in tokens[at:])
        if leads:  # 自然人 予以公开÷办结: a column in front of both is that of both
            tokens = (*tokens[: at + 1], tokens[0], *tokens[at + 1 :])
        shared = any(t.has("share", "percent") for t in tokens)
        role = Sense("share" if shared else "ratio")
        rest = [t for t in tokens if not (shared and t.has("share", "percent"))]
        return tuple(replace(t, senses=(role,)) if t.has("divided") else t for t in rest)
    if not any(t.has("break") and "=" in t.text for t in tokens):
        return tokens
    return tuple(
        replace(t, senses=(Sense("minus"),)) if t.has("break") and t.text.strip() in _DASHES else t
        for t in tokens
    )


def with_items_change(tokens: tuple[Token, ...], concepts: Concepts) -> tuple[Token, ...]:
    """处罚项目比上年增了几项, 收费项目少了几个: the form of 2019 has that change in a column of its own.

    Unchanged where another year or issuer is named that it could be held against.
    """
    items = any(t.has("items_word") for t in tokens)
    rows = {s for t in tokens for s in t.keys("subject")}
    counted = len(rows) == 1 and rows <= set(_COUNTED_IN_ITEMS)
    said = [t for t in tokens if t.has("more", "less", "growth", "compare_ask")]
    years = {k for t in tokens for k in t.keys("year")}
    if (
        not (items and counted and said)
        or len(years) > 1
        or any(t.has("percent", "share", "ratio", "member") for t in tokens)
    ):
        return tokens
    change = Sense("member", "items_change", "t2")
    out = []
    for token in tokens:
        if token.has("than", "last_year") or (token in said and token is not said[0]):
            continue
        out.append(replace(token, senses=(change,)) if token is said[0] else token)
    return tuple(out)


def with_whole_names(
    tokens: tuple[Token, ...], names: IssuerNames, *, alone: bool = True
) -> tuple[Token, ...]:
    """平川的两个局，民政局跟市场监管局: bodies whose place stands elsewhere in the ask are issuers.

    A body alone is one where it is the only one of its kind, no place or issuer is named, and (`alone`)
    none was before.
    """
    bodies = [t for t in tokens if t.has("half_body")]
    if not bodies:
        return tokens
    halves = names.halves()
    places = [t for t in tokens if t.has("half_place")]
    named = {k for t in tokens for k in t.keys("issuer")}
    around = [halves.places.get(t.text, set()) for t in places]
    around += [halves.places.get(fold(issuer), set()) for issuer in named]
    out: dict[Token, str] = {}
    for token in bodies:
        found = halves.bodies.get(token.text, set())
        if around:
            found = set().union(*(found & place for place in around))
        if len(found) == 1 and (around or alone):
            out[token] = next(iter(found))
    if len(out) < len(bodies):
        return tokens
    whole = set(out.values())
    said = {i for i in named if halves.places.get(fold(i), set()) & whole}  # 澄湖市…气象局
    kept = [t for t in tokens if not t.has("half_place") and not set(t.keys("issuer")) & said]
    return tuple(replace(t, senses=(Sense("issuer", out[t]),)) if t in out else t for t in kept)


def without_names_said_again(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """梧溪县国税…（税务局那份年报）: the body of the issuer that is named, once more."""
    issuers = {k for t in tokens for k in t.keys("issuer")}
    if len(issuers) != 1 or any(place_parts(i) for i in issuers):
        return tokens
    issuer = issuers.pop()
    return tuple(
        t
        for t in tokens
        if t.explained or not (len(t.text) > 2 and t.text in issuer and ends_in_body(t.text))
    )


def _other_applicants(token: Token) -> bool:
    return token.text in _BODIES_AS_APPLICANTS and (token.has("body_word") or not token.senses)


def without_natural_persons(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """除自然人以外, 不是个人提的: all other applicants are what the form calls 法人或其他组织."""
    if any(t.keys("member") == ("natural",) for t in tokens):
        # 个人的比单位的多: beside natural persons these are all the others
        org = (Sense("member", "org", "t3"),)
        tokens = tuple(replace(t, senses=org) if _other_applicants(t) else t for t in tokens)
    for i, token in enumerate(tokens):
        if token.keys("member") != ("natural",):
            continue
        before = i - 1
        while before >= 0 and tokens[before].has("filler") and not tokens[before].has("except"):
            before -= 1
        if before < 0 or tokens[before].text not in _NOT:
            continue
        end = i + 1
        while end < len(tokens) and tokens[end].text in _APART:
            end += 1
        # 除开个人，单位一共提了多少: the same once more
        rest = tuple(t for t in tokens[end:] if t.text not in _BODIES_AS_APPLICANTS)
        return (*tokens[:before], replace(token, senses=(Sense("member", "org", "t3"),)), *rest)
    return tokens
