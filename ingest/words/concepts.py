"""Concepts: what figures measure, across forms and prose, and the words people use for them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib import resources
from typing import Any

from ingest.errors import FormError
from ingest.forms.form import load_forms


@dataclass(frozen=True, slots=True)
class Subject:
    """What is counted: a row of 表二 or 表三, a proceeding of 表四, or a sum of such.

    `parts` are the subjects that a group adds up, () for a subject of its own; `default` is the
    member meant when none is named; `whole` the subject that a bare share divides by; `kinds` what is
    compared where its kinds are ranked or counted, the parts of a group.
    """

    key: str
    name: str
    words: tuple[str, ...]
    parts: tuple[str, ...]
    default: str | None
    whole: str | None
    english: str
    kinds: tuple[str, ...] = ()

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


@dataclass(frozen=True, slots=True)
class Reading:
    """Another figure that words for `subject` may mean: that of it and of all of `more` together.

    `words` are those that may mean it; () for all words of the subject.
    """

    subject: str
    words: tuple[str, ...]
    more: tuple[str, ...]


@dataclass(frozen=True)
class Concepts:
    """All subjects and members, in the order of the data file.

    `patterns` are (regular expression over search text, subject key) for what people say in too
    many ways to list, `member_patterns` the same with the table and
    key of a member. `cells` are the keys of all cells of all forms. `stand_ins` map a concept key
    (`t3.otherwise.total`) to the cell that has its figure in reports on a form with other cells.
    `readings` are what else a word may be taken to mean.
    """

    subjects: tuple[Subject, ...]
    members: tuple[Member, ...]
    patterns: tuple[tuple[re.Pattern[str], str], ...] = ()
    member_patterns: tuple[tuple[re.Pattern[str], tuple[str, str]], ...] = ()
    cells: frozenset[str] = frozenset()
    stand_ins: dict[str, str] = field(default_factory=dict)
    readings: tuple[Reading, ...] = ()

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

    def spoken(self, forms: frozenset[str]) -> tuple[Subject | Member, ...]:
        """The subjects and members whose words mean something where reports are on these forms.

        Those of the newest form always do. The words of an old form would only mislead where no
        report has its cells: what they say stands in prose there.
        """
        newest = max(load_forms(), key=lambda form: form.years)
        cells = {
            key
            for form in load_forms()
            if form is newest or form.name in forms
            for key in form.cells
        }
        rows = {key.rpartition(".")[0] for key in cells}
        columns = {(key.split(".", 1)[0], key.rpartition(".")[2]) for key in cells}
        return (
            *(s for s in self.subjects if rows.intersection(s.parts or (s.key,))),
            *(
                m
                for m in self.members
                if columns.intersection((m.table, part) for part in m.parts or (m.key,))
            ),
        )

    def exists(self, subject: str, member: str) -> bool:
        """Whether any form has the cells of `subject`.`member`."""
        return self.cells.issuperset(self.leaves(subject, member))

    def alternatives(self, subject: str, member: str) -> tuple[tuple[str, ...], ...]:
        """The cells that have the figure of `subject`.`member`, by form: its own, then stand-ins."""
        own = self.leaves(subject, member)
        parts = self.member_by_key[(self.subject_by_key[subject].table, member)].parts
        others = [self.stand_ins.get(f"{subject}.{m}") for m in parts or (member,)]
        known = tuple(key for key in others if key is not None)
        return (own, known) if len(known) == len(others) else (own,)

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
                    out += [(word, keys, whole) for keys in self.alternatives(s.key, s.default)]
        return tuple(out)


def _subject(data: dict[str, Any], single: tuple[str, ...], all_keys: tuple[str, ...]) -> Subject:
    parts: list[str] = []
    for part in data.get("parts", ()):
        head = part.removesuffix("*")
        found = [k for k in single if k == part or (part.endswith("*") and k.startswith(head))]
        if not found:
            raise FormError(f"concepts.toml: {data['key']}: the part {part!r} names no subject")
        parts += found
    kinds = tuple(data.get("kinds", parts))
    if unknown := set(kinds) - set(all_keys):
        raise FormError(f"concepts.toml: {data['key']}: {sorted(unknown)} are no subjects")
    return Subject(
        data["key"],
        data["name"],
        (*data["words"], *data.get("en", ())),
        tuple(parts),
        data.get("default"),
        data.get("whole"),
        (*data.get("en", ()), data["name"])[0],
        kinds,
    )


def _patterns(data: dict[str, Any], of: str, known: set[str]) -> list[tuple[re.Pattern[str], str]]:
    """The patterns of subjects or members (`of`); `known` are their keys."""
    out = []
    for entry in data.get("pattern", ()):
        if of not in entry:
            continue
        if entry[of] not in known:
            raise FormError(f"concepts.toml: the pattern of {entry[of]!r} names no {of}")
        try:
            out.append((re.compile(entry["match"]), entry[of]))
        except re.error as error:
            raise FormError(f"concepts.toml: {entry['match']!r}: {error}") from error
    return out


def parse_concepts(data: dict[str, Any]) -> Concepts:
    """Build the concepts from their data file; raises FormError naming what is wrong."""
    try:
        keys = tuple(s["key"] for s in data["subject"])
        all_keys = (*keys, *(g["key"] for g in data.get("group", ())))
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
        subjects = [_subject(s, keys, all_keys) for s in (*data["subject"], *data.get("group", ()))]
    except KeyError as error:
        raise FormError(f"concepts.toml: {error} is missing") from error
    known = frozenset(key for form in load_forms() for key in form.cells)
    patterns = tuple(_patterns(data, "subject", {s.key for s in subjects}))
    by_name = {f"{m.table}.{m.key}": (m.table, m.key) for m in members}
    of_members = tuple((p, by_name[k]) for p, k in _patterns(data, "member", set(by_name)))
    concepts = Concepts(tuple(subjects), tuple(members), patterns, of_members, known)
    for s in subjects:
        if s.default is not None:
            if (s.table, s.default) not in concepts.member_by_key:
                raise FormError(f"concepts.toml: {s.key}: {s.default!r} is no member of {s.table}")
            unknown = [k for k in concepts.leaves(s.key, s.default) if k not in known]
            if unknown:
                raise FormError(f"concepts.toml: {s.key}: no form has the cell {unknown[0]!r}")
    readings = _readings(data, concepts)
    return replace(concepts, stand_ins=_stand_ins(data, concepts), readings=readings)


def _readings(data: dict[str, Any], concepts: Concepts) -> tuple[Reading, ...]:
    out = []
    for entry in data.get("reading", ()):
        made = Reading(entry["subject"], tuple(entry.get("words", ())), tuple(entry["more"]))
        unknown = {made.subject, *made.more} - set(concepts.subject_by_key)
        if unknown:
            raise FormError(f"concepts.toml: a reading names no subject: {sorted(unknown)}")
        out.append(made)
    return tuple(out)


def _stand_ins(data: dict[str, Any], concepts: Concepts) -> dict[str, str]:
    out: dict[str, str] = {}
    for entry in data.get("stand_in", ()):
        of, by = entry["of"], entry["by"]
        subject = of.rpartition(".")[0]
        if subject not in concepts.subject_by_key:
            raise FormError(f"concepts.toml: the stand-in of {of!r} names no subject")
        table = concepts.subject_by_key[subject].table
        members = [m.key for m in concepts.members if m.table == table and not m.parts]
        named = {of.replace("{member}", m): by.replace("{member}", m) for m in members}
        unknown = [key for key in named.values() if key not in concepts.cells]
        if unknown:
            raise FormError(f"concepts.toml: {of}: no form has the cell {unknown[0]!r}")
        out |= named
    return out


@cache
def load_concepts() -> Concepts:
    """The concepts shipped with the forms."""
    text = resources.files("ingest.words").joinpath("concepts.toml").read_text(encoding="utf-8")
    return parse_concepts(tomllib.loads(text))
