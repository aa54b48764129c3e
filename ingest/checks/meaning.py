"""The words of one clause read as a table, its subjects and its members."""

from __future__ import annotations

import re

from ingest.checks.context import Context
from ingest.checks.wording import Token, load_wording
from ingest.words import load_concepts

Meaning = tuple[str, tuple[str, ...], tuple[str, ...], str | None]


def meaning(tokens: tuple[tuple[Token, ...], ...], words: str, context: Context) -> Meaning | None:
    """Table, subjects, members and verb of the words of one clause; None where they are not clear."""
    flat = [t for t in tokens if not any(x.kind in ("filler",) for x in t)]
    subjects: list[str] = []
    members: list[tuple[str, str]] = []
    verb: str | None = None
    concluded = False
    joined = 0
    for meanings in flat:
        kinds = {t.kind for t in meanings}
        concluded = concluded or "concluded" in kinds
        if "rate" in kinds:
            return None
        if "joint" in kinds:
            joined += 1
        elif "subject" in kinds:
            subjects.append(next(t.key for t in meanings if t.kind == "subject"))
        elif "member" in kinds:
            members += [(t.table, t.key) for t in meanings if t.kind == "member"][:3]
        elif "verb" in kinds:
            verb = "any"
    subjects = list(dict.fromkeys(subjects))
    tables = {s.split(".")[0] for s in subjects}
    if "t4" in tables or (concluded and context.last_t4 and tables <= {"t3"} and not members):
        subjects = [s for s in subjects if s.startswith("t4")]
        tables = {"t4"}
    if "t4" in tables and any(w in words for w in load_wording().strict):
        return None
    if "t2" in tables and subjects[0:1] == ["t3.received"]:
        return None
    received = "t3.received" in subjects
    if len(subjects) > 1 and tables == {"t3"}:
        narrow = [s for s in subjects if s not in ("t3.received", "t3.handled")]
        subjects = narrow or ["t3.handled"]
        if narrow and received and "t3.carried_in" in narrow and joined:
            subjects = ["t3.received", "t3.carried_in"]
    if len(subjects) > 1 and joined < len(subjects) - 1:
        return None
    if len(tables) > 1:
        return None
    table = next(iter(tables), None) or _table_of(members, verb, context)
    if table is None:
        return None
    keys = list(dict.fromkeys(k for t, k in members if t == table))
    if members and not keys:
        return None
    match table:
        case "t2":
            return _in_t2(subjects, keys, context)
        case "t3":
            return _in_t3(subjects, keys, verb, words, context)
        case _:
            return _in_t4(subjects, keys, concluded, words, context)


def _table_of(members: list[tuple[str, str]], verb: str | None, context: Context) -> str | None:
    tables = {t for t, _ in members}
    if not tables:
        return "t3" if verb else None
    if tables == {"t3"}:
        return "t3"
    if tables == {"t4"} and context.last_t4:
        return "t4"
    if tables == {"t2"} and context.last_t2_subject:
        return "t2"
    last = context.last
    return last.table if last is not None and last.table in tables else None


def _in_t2(subjects: list[str], keys: list[str], context: Context) -> Meaning | None:
    concepts = load_concepts()
    if not subjects:
        subjects = list(context.last_t2_subject)
    if not subjects or len(keys) > 1:
        return None
    defaults = {concepts.subject_by_key[s].default for s in subjects}
    default = next(iter(defaults)) if len(defaults) == 1 else None
    member = keys[0] if keys else default or context.last_t2_member
    if member is None or (default is not None and member != default):
        return None
    if default is None and member in ("decisions", "amount"):
        return None
    return "t2", tuple(subjects), (member,), None


def _in_t3(
    subjects: list[str], keys: list[str], verb: str | None, words: str, context: Context
) -> Meaning | None:
    if (
        not context.applications
        and "申请" not in words
        and (not subjects or subjects[0] in ("t3.received", "t3.handled", "t3.carried_in"))
    ):
        return None
    wording = load_wording()
    if not subjects and verb is None:
        if not keys:
            return None
        if context.last_row:
            return "t3", context.last_row, tuple(keys), context.row_verb
        return "t3", ("t3.received",), tuple(keys), "received"
    if subjects == ["t3.received"]:
        strict = any(s in words for s in wording.strict)
        verb = "strict" if strict and "结转" not in words else "received"
    elif subjects:
        verb = None
    else:
        subjects = ["t3.received"]
    return "t3", tuple(subjects), tuple(keys) or context.within or ("total",), verb


def _in_t4(
    subjects: list[str], keys: list[str], concluded: bool, words: str, context: Context
) -> Meaning | None:
    verb = None
    if not subjects:
        subjects = list(context.last_t4)
        if subjects in (["t4.direct"], ["t4.after"]):  # 直接起诉3件、复议后起诉2件，合计纠正1件
            verb = "loose"
            if re.search(r"[共总]计?|合计", words):
                subjects = ["t4.litigation"]
    if not subjects:
        return None
    verb = "concluded" if concluded and not keys else verb
    return "t4", tuple(subjects), tuple(keys) or ("total",), verb
