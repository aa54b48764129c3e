"""Plans that misread their question: what was refused taken for what was published, who asks for what is asked.

Pure predicates of the tokens of an ask and its plan.
"""

from __future__ import annotations

import re
from itertools import pairwise

from index.plan.lexicon import Token
from index.plan.plan import Operation, Plan
from index.plan.words import word_group

_DECIDED = word_group("decided_words")
_PUBLISHED = frozenset(word_group("published"))
_TURNS_DOWN = ("t3.refused.", "t3.unavailable.", "t3.unprocessed.")
_OBJECTS = frozenset(word_group("objects_of_requests"))
_ACTS = frozenset(word_group("acts_of_applicants"))
_MADE = frozenset(word_group("made_by_applicants"))
_INCLUDING = frozenset(word_group("including"))
_PART_IN_WHOLE = re.compile(r".(?:中|里|内|中的|里的|下的)其他$")
_TO = frozenset(word_group("up_to_year"))


def turned_over(tokens: tuple[Token, ...], plan: Plan) -> bool:
    """公开的执法案卷, 公开行政处罚: what was refused for that reason was not made public.

    Also 行政复议决定 and decided cases, of which those that are pending are none.
    """
    said = [t for t in tokens if t.text.strip() and t.text not in ("的", "了", "过")]
    rows = (*_TURNS_DOWN, "t2.")
    asked = {o.subject for o in plan.operands}
    told = any("t3.refused" in t.keys("subject") or t.has("unhandled") for t in tokens)
    for a, b in pairwise(said):
        for word, name in ((a, b), (b, a)):
            named = [k for k in name.keys("subject") if k in asked and k.startswith(rows)]
            if named and word.text in _PUBLISHED and not told:
                columns = {o.member for o in plan.operands}
                if not columns & {"disclosed", "newly_disclosed"}:
                    return True
    decided = any(
        w in t.text for t in tokens for w in _DECIDED if "t4.after" not in t.keys("subject")
    )
    cases = [o for o in plan.operands if o.subject.startswith("t4.")]
    if decided and cases and all(o.member == "total" for o in cases):
        return True
    received = any("t3.received" in t.keys("subject") for t in tokens)
    petitions = asked == {"t3.unprocessed.petition"}
    return petitions and received and not any(t.has("request") for t in tokens)


def of_information(tokens: tuple[Token, ...]) -> bool:
    """个人信息, company information: what is asked for, and not who asks."""
    said = [t for t in tokens if t.text.strip()]
    return any(
        a.has("member")
        and not a.has("subject", "filler")
        and b.text in _OBJECTS
        and not b.has("subject")  # how many did companies file
        for a, b in pairwise(said)
    )


def includes(tokens: tuple[Token, ...]) -> bool:
    """公开（含部分公开）: what is included is not what is asked for."""
    said = [t for t in tokens if t.text.strip() and not t.has("break")]
    return any(a.text in _INCLUDING and b.has("subject", "member") for a, b in pairwise(said))


def own_part(tokens: tuple[Token, ...], plan: Plan) -> bool:
    """其他处理中其他占比: a share of the group that the words name, and not of everything; or 甲占甲."""
    assert plan.whole is not None
    own = {o.subject for o in plan.operands}
    named = [set(t.keys("subject")) & {*own, plan.whole.subject} for t in tokens]
    if any(_PART_IN_WHOLE.search(t.text) for t in tokens) and plan.whole.subject not in set().union(
        *named
    ):
        return True
    at = next((i for i, t in enumerate(tokens) if t.has("share")), 0)
    left, right = set().union(*named[:at]), set().union(*named[at + 1 :])
    return len(own) == 1 and left == own == right != {plan.whole.subject}


def acts_itself(tokens: tuple[Token, ...], plan: Plan) -> bool:
    """How many requests did Suqian file: it is asked what the body did, not what it received."""
    if not any(o.subject.startswith(("t3.", "t4.")) for o in plan.operands):
        return False
    said = [t for t in tokens if t.text.strip()]
    for i, token in enumerate(said):
        if token.has("issuer") and any(t.has("request") for t in said):
            behind = [
                t
                for t in said[i + 1 : i + 5]
                if not t.has("year") and (not t.has("filler") or t.has("subject"))
            ]
            if len(behind) > 1 and behind[0].text in _MADE and behind[1].has("ask_number"):
                return True  # 市政府提出了多少申请
        if token.text == "did":
            behind = said[i + 1 : i + 5]
            named = next((k for k, t in enumerate(behind) if t.has("issuer")), None)
            if named is not None:
                acts = behind[named + 1 : named + 3]
                through = acts[1:] and acts[1].text == "through"  # see through, and not see
                return any(t.text in _ACTS and (t.text != "see" or through) for t in acts)
    return False


def divides(tokens: tuple[Token, ...]) -> bool:
    """予以公开/新收: one by the other, which a stroke may mean."""
    for i, token in enumerate(tokens):
        if token.has("break") and set(token.text) & set("/÷"):
            near = [*tokens[max(0, i - 1) : i], *tokens[i + 1 : i + 2]]
            if len(near) == 2 and all(t.has("subject") for t in near):
                return True
    return False


def turns_time_round(tokens: tuple[Token, ...], plan: Plan) -> bool:
    """从2023年到2022年增长: against the order of time, and growth is of the later year."""
    if plan.operation is not Operation.GROWTH or any(t.has("than") for t in tokens):
        return False
    years = [int(k) for t in tokens for k in t.keys("year")]
    return years != sorted(years) and any(t.text in _TO for t in tokens)
