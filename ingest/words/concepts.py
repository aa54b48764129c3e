"""Concepts: what figures measure, across forms and prose, and the words people use for them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any

from ingest.errors import FormError
from ingest.forms.form import load_forms


@dataclass(frozen=True, slots=True)
class Subject:
    """What is counted: a row of 表二 or 表三, a proceeding of 表四, or a sum of such.

    `parts` are the subjects that a group adds up, () for a subject of its own; `default` is the
    member meant when none is named; `whole` the subject that a bare share divides by.
    """

    key: str
    name: str
    words: tuple[str, ...]
    parts: tuple[str, ...]
    default: str | None
    whole: str | None
    english: str

    @property
    def table(self) -> str:
        """The table's key: `t2`, `t3`, `t4`."""
        return self.key.split(".", 1)[0]


@dataclass(frozen=True, slots=True)
class Member:
    """Which figure of a subject: an applicant, an outcome, a measure. Groups have `parts`."""

    table: str
    key: str
    name: str
    words: tuple[str, ...]
    parts: tuple[str, ...]
    english: str


@dataclass(frozen=True)
class Concepts:
    """All subjects and members, in the order of the data file.

    `patterns` are (regular expression over search text, subject key) for what people say in too
    many ways to list.
    """

    subjects: tuple[Subject, ...]
    members: tuple[Member, ...]
    patterns: tuple[tuple[re.Pattern[str], str], ...] = ()

    @cached_property
    def subject_by_key(self) -> dict[str, Subject]:
        """Subjects by key."""
        return {s.key: s for s in self.subjects}

    @cached_property
    def member_by_key(self) -> dict[tuple[str, str], Member]:
        """Members by (table, key)."""
        return {(m.table, m.key): m for m in self.members}

    def leaves(self, subject: str, member: str) -> tuple[str, ...]:
        """The concept keys of the cells that make up `subject`.`member`, summed; one for a cell."""
        s = self.subject_by_key[subject]
        m = self.member_by_key[(s.table, member)]
        subjects = s.parts or (s.key,)
        members = m.parts or (m.key,)
        return tuple(f"{a}.{b}" for a in subjects for b in members)

    def name(self, subject: str, member: str, english: bool = False) -> str:
        """A readable name: `不予公开（商业企业）`, `行政复议结果纠正`; a row's total is not said."""
        s = self.subject_by_key[subject]
        m = self.member_by_key[(s.table, member)]
        if english:
            return s.english if member == s.default else f"{s.english} ({m.english})"
        if member == s.default and s.table != "t4":
            return s.name
        return f"{s.name}（{m.name}）" if s.table == "t3" else f"{s.name}{m.name}"

    @cached_property
    def shares(self) -> tuple[tuple[str, tuple[str, ...], str], ...]:
        """(words, keys that add up, key of the whole) for what prose states as count and share."""
        out = []
        for s in self.subjects:
            if s.default is None or s.whole is None or s.key == s.whole:
                continue
            for word in s.words:
                if len(word) >= 4:
                    whole = f"{s.whole}.{s.default}"
                    out.append((word, self.leaves(s.key, s.default), whole))
        return tuple(out)


def _subject(data: dict[str, Any], all_keys: tuple[str, ...]) -> Subject:
    parts: list[str] = []
    for part in data.get("parts", ()):
        head = part.removesuffix("*")
        found = [k for k in all_keys if k == part or (part.endswith("*") and k.startswith(head))]
        if not found:
            raise FormError(f"concepts.toml: {data['key']}: the part {part!r} names no subject")
        parts += found
    return Subject(
        data["key"],
        data["name"],
        (*data["words"], *data.get("en", ())),
        tuple(parts),
        data.get("default"),
        data.get("whole"),
        (*data.get("en", ()), data["name"])[0],
    )


def _patterns(data: dict[str, Any], subjects: set[str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    out = []
    for entry in data.get("pattern", ()):
        if entry["subject"] not in subjects:
            raise FormError(f"concepts.toml: the pattern of {entry['subject']!r} names no subject")
        try:
            out.append((re.compile(entry["match"]), entry["subject"]))
        except re.error as error:
            raise FormError(f"concepts.toml: {entry['match']!r}: {error}") from error
    return tuple(out)


def parse_concepts(data: dict[str, Any]) -> Concepts:
    """Build the concepts from their data file; raises FormError naming what is wrong."""
    try:
        keys = tuple(s["key"] for s in data["subject"])
        members = [
            Member(
                m["table"],
                m["key"],
                m["name"],
                (*m["words"], *m.get("en", ())),
                tuple(m.get("parts", ())),
                (*m.get("en", ()), m["name"])[0],
            )
            for m in (*data["member"], *data.get("member_group", ()))
        ]
        subjects = [_subject(s, keys) for s in (*data["subject"], *data.get("group", ()))]
    except KeyError as error:
        raise FormError(f"concepts.toml: {error} is missing") from error
    known = {
        t.concept(r, c)
        for form in load_forms()
        for t in form.tables
        for b in t.blocks
        for r in b.rows
        for c in b.columns
    }
    concepts = Concepts(tuple(subjects), tuple(members), _patterns(data, {s.key for s in subjects}))
    for s in subjects:
        if s.default is not None:
            if (s.table, s.default) not in concepts.member_by_key:
                raise FormError(f"concepts.toml: {s.key}: {s.default!r} is no member of {s.table}")
            unknown = [k for k in concepts.leaves(s.key, s.default) if k not in known]
            if unknown:
                raise FormError(f"concepts.toml: {s.key}: no form has the cell {unknown[0]!r}")
    return concepts


@cache
def load_concepts() -> Concepts:
    """The concepts shipped with the forms."""
    text = resources.files("ingest.words").joinpath("concepts.toml").read_text(encoding="utf-8")
    return parse_concepts(tomllib.loads(text))
