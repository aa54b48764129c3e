"""The figures that an ask lists, and what its words around them say of them."""

from __future__ import annotations

from dataclasses import replace

from index.plan.lexicon import Token
from index.plan.plan import Operand, Operation, Plan
from index.plan.slots import Slots, Unresolved, operands, read_slots
from ingest.words import Concepts

#: whatever became of them, applications are among these
_ALL_APPLICATIONS = ("t3.handled", "t3.received", "t3.due", "t3.carried_in", "t3.carried_out")


def either_or(tokens: tuple[Token, ...], concepts: Concepts) -> int | None:
    """予以公开多还是部分公开多: the word between the two figures that are compared."""
    for i, token in enumerate(tokens):
        if token.has("compare_ask"):
            sides = (read_slots(x, concepts) for x in (tokens[:i], tokens[i + 1 :]))
            if all(side.subjects or side.members for side in sides):
                return i
    return None


def trend_plan(here: Slots, before: Slots | None, concepts: Concepts) -> Plan | Unresolved:
    """One figure over several years."""
    found = listed(here, before, concepts)
    if isinstance(found, Unresolved):
        return found
    if len(found) != 1 or len(here.issuers) > 1:
        return Unresolved("trend-of-what")
    return Plan(Operation.TREND, found)


def takes_away(plan: Plan, left_out: tuple[Token, ...], concepts: Concepts) -> bool:
    """Whether an exception (不含…) is a part of what is asked: then the figure is another one."""
    apart = read_slots(left_out, concepts)
    if apart.empty:
        return False
    if apart.other or (apart.members and not _columns_apart(plan, apart, concepts)):
        return True
    wanted = {k for o in plan.operands for k in concepts.leaves(o.subject, o.member)}
    for subject in apart.subjects:
        default = concepts.subject_by_key[subject].default
        if default is None or wanted & set(concepts.leaves(subject, default)):
            return True
        if any(o.subject in _ALL_APPLICATIONS for o in plan.operands):
            return True
    return False


def _columns_apart(plan: Plan, apart: Slots, concepts: Concepts) -> bool:
    """已有结果的（不算没审结的）: the column that is left out is none of those that are asked for."""
    if apart.subjects:
        return False
    for operand in plan.operands:
        table = concepts.subject_by_key[operand.subject].table
        column = concepts.member_by_key[(table, operand.member)]
        whole = not column.parts and concepts.subject_by_key[operand.subject].default == column.key
        if whole or any(k in (column.key, *column.parts) for _, k in apart.members):
            return False
    return True


def listed(
    here: Slots, before: Slots | None, concepts: Concepts
) -> tuple[Operand, ...] | Unresolved:
    """The figures that slots name; what they leave open is taken from the slots of the ask before."""
    if here.empty and before is None:
        return Unresolved("no-row")
    if here.notes:
        return _notes(here, before, concepts)
    if here.unclear and not here.pairs_complete and not _spread(here):
        return Unresolved("several-rows")
    return operands(here, concepts, before)


def _spread(here: Slots) -> bool:
    """Several rows each with an issuer, year or column of its own."""
    return len(here.issuers) > 1 or len(here.years) > 1


def _notes(
    here: Slots, before: Slots | None, concepts: Concepts
) -> tuple[Operand, ...] | Unresolved:
    """Figures in a cell's note: the cell itself too where its column is asked for."""
    found = operands(here, concepts, before)
    if isinstance(found, Unresolved) or len(found) != 1:
        return Unresolved("no-row")
    noted = tuple(replace(found[0], note=word) for word in here.notes)
    return (*found, *noted) if here.members else noted


def other_reading(
    tokens: tuple[Token, ...], operand: Operand, concepts: Concepts
) -> tuple[str, ...]:
    """The subjects that the word for a figure may hold as well: 拒绝 may mean 无法提供 too."""
    said = {t.text for t in tokens if operand.subject in t.keys("subject")}
    for reading in concepts.readings:
        if reading.subject == operand.subject and (not reading.words or said & set(reading.words)):
            return reading.more
    return ()
