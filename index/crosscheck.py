"""Checks across the years: what the reports of one body say of each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any

from index.store.store import ReportSummary, Store
from ingest.checks import OPEN_STATES, assess_report
from ingest.checks.compare import concept_of, name_of, readings
from ingest.checks.context import Statement
from ingest.checks.figures import Amount, TableFigures
from ingest.checks.narrative import statements_of
from ingest.model import Figure, Finding, Report
from ingest.words import load_concepts

_MAYBE = "自然失效、宣布失效的文件如未计入废止，可能造成这一差额"
_BLANK = "有单元格没有数（空、/ 或 —）"


@dataclass(frozen=True, slots=True)
class CrossFinding:
    """A finding with the reports that it is about: one, or two of consecutive years.

    `reports` are their ids, the earlier year first. A finding over two reports names its `figures`
    `<report id>/<figure id>`, and its `sentence` is of the later report.
    """

    reports: tuple[str, ...]
    issuer: str | None
    years: tuple[int | None, ...]
    finding: Finding

    def to_json(self) -> dict[str, Any]:
        """One line of `wenbao check --json`; `report` and `year` are those of the later report."""
        f = self.finding
        return {
            "report": self.reports[-1],
            "reports": list(self.reports),
            "issuer": self.issuer,
            "year": self.years[-1],
            "years": list(self.years),
            "code": f.code,
            "state": f.state,
            "text": f.text,
            "stated": f.stated,
            "computed": f.computed,
            "explanation": f.explanation,
            "concept": f.concept,
            "figures": list(f.figures),
            "sentence": f.sentence,
        }

    def to_text(self) -> str:
        """One line for people; two reports are named by their ids."""
        years = "/".join(str(y or "?") for y in self.years)
        both = f" ({' '.join(self.reports)})" if len(self.reports) > 1 else ""
        f = self.finding
        return f"{self.issuer or '?'} {years}{both}  [{f.code}, {f.state}] {f.text}"


def check_store(
    store: Store, summaries: Iterable[ReportSummary], *, every: bool = False
) -> list[CrossFinding]:
    """The findings inside and across the reports of a store: what fails and what is uncertain.

    With `every` also what holds and what cannot be assessed.
    """
    listed = list(summaries)
    out = []
    for s in listed:
        inside = assess_report(load_report(store, s)) if every else store.findings(s.id)
        out += [CrossFinding((s.id,), s.issuer, (s.year,), f) for f in inside]
    across = crosscheck_stored(store, listed)
    return out + [c for c in across if every or c.finding.state in OPEN_STATES]


def load_report(store: Store, summary: ReportSummary) -> Report:
    """A stored report with its figures, sentences and findings, without its tables' cells."""
    return Report(
        id=summary.id, title=summary.title, issuer=summary.issuer, region=summary.region,
        level=summary.level, coverage=summary.coverage, year=summary.year, period=None,
        source=summary.source, reader="", form=summary.form,
        figures=tuple(store.figures(summary.id)), sentences=tuple(store.sentences(summary.id)),
        findings=tuple(store.findings(summary.id)),
    )  # fmt: skip


def crosscheck_stored(store: Store, summaries: Iterable[ReportSummary]) -> list[CrossFinding]:
    """`crosscheck` over the reports of a store; reads only those that have a neighbour in time."""
    listed = list(summaries)
    years = {(s.issuer, s.year) for s in listed}
    wanted = [
        s for s in listed
        if s.issuer and s.year
        and ((s.issuer, s.year - 1) in years or (s.issuer, s.year + 1) in years)
    ]  # fmt: skip
    out: list[CrossFinding] = []
    # an issuer at a time: a store may hold more reports than memory
    for _, own in groupby(sorted(wanted, key=lambda s: s.issuer or ""), key=lambda s: s.issuer):
        out += crosscheck([load_report(store, s) for s in own])
    return out


def crosscheck(reports: Iterable[Report]) -> list[CrossFinding]:
    """Every check over two consecutive years of the same issuer, with its state.

    `carry-over`: 结转下年度 of a year is 上年结转 of the next, by applicant. `in-force`: 现行有效 is last
    year's, with 制发 and without 废止. `year-on-year`: a rate of growth in prose against the two
    years' own counts. Reports of different coverage are `not-assessable`, and concepts that only one
    of the two forms has are not compared.
    """
    listed = sorted(
        (r for r in reports if r.issuer and r.year),
        key=lambda r: (r.issuer or "", r.year or 0, r.id),
    )
    out: list[CrossFinding] = []
    for _, group in groupby(listed, key=lambda r: r.issuer):
        own = list(group)
        for later in own:
            for earlier in own:
                if earlier.year == (later.year or 0) - 1:
                    out += _pair(earlier, later)
    return out


@dataclass(frozen=True)
class _Side:
    """A report and its tables; figures are named with the report that they stand in."""

    report: Report
    tables: TableFigures

    def ids(self, *figures: str) -> tuple[str, ...]:
        return tuple(f"{self.report.id}/{f}" for f in figures)


def _pair(earlier: Report, later: Report) -> Iterator[CrossFinding]:
    concepts = load_concepts()
    before = _Side(earlier, TableFigures(earlier.figures, concepts))
    after = _Side(later, TableFigures(later.figures, concepts))
    found: Iterable[Finding]
    if earlier.coverage != later.coverage:
        text = (
            f"{later.issuer}{earlier.year}年与{later.year}年的统计口径不同"
            f"（{earlier.coverage or '不明'}、{later.coverage or '不明'}），不作跨年核对"
        )
        found = [Finding("coverage-differs", "not-assessable", text)]
    else:
        found = [*_carry(before, after), *_in_force(before, after), *_changes(before, after)]
    years = (earlier.year or 0, later.year or 0)
    for one in found:
        yield CrossFinding((earlier.id, later.id), later.issuer, years, one)


def _carry(before: _Side, after: _Side) -> Iterator[Finding]:
    members = [m for m in load_concepts().members if m.table == "t3" and not m.parts]
    pairs = [
        (
            m,
            before.tables.cell(f"t3.carried_out.{m.key}"),
            after.tables.cell(f"t3.carried_in.{m.key}"),
        )
        for m in members
    ]
    whole = next(
        (o is not None and i is not None and o.value is not None and o.value == i.value
         for m, o, i in pairs if m.key == "total"), False,
    )  # fmt: skip
    for member, out, into in pairs:
        if out is None or into is None:
            continue
        text = (
            f"{before.report.year}年结转下年度继续办理（{member.name}）{_shown(out)}，"
            f"{after.report.year}年上年结转（{member.name}）{_shown(into)}"
        )
        why = None
        if (out.value or 0) == (into.value or 0):
            state = "holds" if out.value is not None or into.value is not None else "not-assessable"
        elif out.value is None or into.value is None:
            state, why = "uncertain", _BLANK
        else:
            state = "fails"
            text += f"，相差 {into.value - out.value} 件"
            if whole and member.key != "total":
                why = "总计两年相同，是申请人类别之间的调整"
        yield Finding(
            "carry-over", state, f"{text}（{why}）" if why else text,
            (*before.ids(out.id), *after.ids(into.id)), None, f"t3.carried_in.{member.key}",
            into.text, out.text, why,
        )  # fmt: skip


def _shown(figure: Figure) -> str:
    return f" {figure.text} 件" if figure.value is not None else f"“{figure.text}”"


def _in_force(before: _Side, after: _Side) -> Iterator[Finding]:
    for row in ("t2.rules", "t2.normative"):
        cells = [
            before.tables.cell(f"{row}.in_force"), after.tables.cell(f"{row}.made"),
            after.tables.cell(f"{row}.repealed"), after.tables.cell(f"{row}.in_force"),
        ]  # fmt: skip
        present = [c for c in cells if c is not None]
        if len(present) < len(cells):
            continue
        yield _one_in_force(row, present, before, after)


def _one_in_force(row: str, cells: list[Figure], before: _Side, after: _Side) -> Finding:
    old, made, repealed, now = cells
    name = load_concepts().subject_by_key[row].name
    ids = (*before.ids(old.id), *after.ids(made.id, repealed.id, now.id))
    said = (
        f"{name}：{before.report.year}年现行有效 {old.text or '空'}，{after.report.year}年制发 "
        f"{made.text or '空'}、废止 {repealed.text or '空'}，现行有效 {now.text or '空'}"
    )
    concept = f"{row}.in_force"
    if old.value is None or made.value is None or repealed.value is None or now.value is None:
        return Finding("in-force", "not-assessable", f"{said}；{_BLANK}", ids, None, concept)
    expected = old.value + made.value - repealed.value
    if expected == now.value:
        return Finding("in-force", "holds", said, ids, None, concept, str(now.value), str(expected))
    new, note_ids, why = _only_new(made, after)
    if new is not None and old.value + new - repealed.value == now.value:
        return Finding(
            "in-force", "holds", f"{said}（{why}）", (*ids, *note_ids), None, concept,
            str(now.value), str(now.value), why,
        )  # fmt: skip
    text = f"{said}；按上年推算为 {expected} 件，相差 {now.value - expected} 件"
    lapsed = _lapsed(after, expected - now.value)
    if lapsed is not None:
        why = f"正文另写失效 {lapsed.text} 件"
        return Finding(
            "in-force", "fails", f"{text}（{why}）", (*ids, *after.ids(lapsed.id)), lapsed.sentence,
            concept, str(now.value), str(expected), why,
        )  # fmt: skip
    if now.value < expected and "失效" not in (repealed.note or repealed.text):
        text += f"；{_MAYBE}"
    return Finding("in-force", "fails", text, ids, None, concept, str(now.value), str(expected))


def _only_new(made: Figure, after: _Side) -> tuple[Decimal | None, tuple[str, ...], str | None]:
    """`18（含新制发4件，修改14件）`: what was changed was in force before."""
    notes = after.tables.notes.get(made.id, [])
    changed = [
        n for n in notes if any(w in n.column_path[-1] for w in ("修改", "修订")) and n.value
    ]
    if not changed or made.value is None:
        return None, (), None
    part = sum((n.value for n in changed if n.value is not None), Decimal(0))
    why = f"制发数含修改 {part} 件，修改的原已有效，只有新制发的 {made.value - part} 件使总数增加"
    return made.value - part, after.ids(*(n.id for n in changed)), why


def _lapsed(after: _Side, difference: Decimal) -> Figure | None:
    """The one figure in prose that counts documents that lapsed, where it is the difference."""
    if difference <= 0:
        return None
    found = [
        f for f in after.report.figures
        if f.sentence is not None and f.value == difference and "失效" in (f.subject or "")
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


# ── 同比 ─────────────────────────────────────────────────────────────────────


def _changes(before: _Side, after: _Side) -> Iterator[Finding]:
    if not before.tables or not after.tables:
        return
    for sentence, _, statements in statements_of(after.report):
        for one in statements:
            if one is not None and one.kind == "change":
                head = statements[one.about] if one.about is not None else None
                yield _one_change(one, head, before, after, sentence.index)


def _one_change(
    one: Statement, head: Statement | None, before: _Side, after: _Side, sentence: int
) -> Finding:
    figure = one.figure
    word = "下降" if one.falls else "增长"
    printed = -(figure.value or Decimal(0)) if one.falls else figure.value or Decimal(0)
    said = f"{after.report.year}年正文写{name_of(one)}同比{word} {figure.text}%"
    stated = f"{'-' if one.falls else ''}{figure.text}%"
    pairs = list(_aligned(one, head, before, after))
    concept = concept_of(one)
    if not pairs:
        return Finding(
            "year-on-year", "not-assessable", f"{said}，两年的表中没有可比的数",
            after.ids(figure.id), sentence, concept, stated,
        )  # fmt: skip
    places = Decimal(1).scaleb(min(0, -len(figure.text.partition(".")[2])))
    for old, new in pairs:
        if _rate(old, new, places) == printed:
            other = new.name if "＋" in new.name or "－" in new.name else None
            how = f"（{other}）" if other else ""
            return _change_finding(
                "holds", f"{said}，与两年的数一致{how}", one, old, new, before, after, sentence,
                stated, stated, other,
            )  # fmt: skip
    old, new = pairs[0]
    right = _rate(old, new, places)
    why = None
    if right == -printed:
        why = "方向相反"
    elif _rate(old, new, places, ROUND_DOWN) == printed:
        why = "正文的比例是截去尾数而不是四舍五入"
    else:
        crossed = [(o, n) for o, _ in pairs for _, n in pairs if _rate(o, n, places) == printed]
        if crossed:
            o, n = crossed[0]
            why = f"正文用{n.name} {n.value} 件比上年的{o.name} {o.value} 件"
    text = f"{said}，按两年的数计算（{new.value} － {old.value}）÷ {old.value} = {right}%" + (
        f"（{why}）" if why else ""
    )
    return _change_finding(
        "fails", text, one, old, new, before, after, sentence, stated, f"{right}%", why
    )


def _change_finding(
    state: str, text: str, one: Statement, old: Amount, new: Amount, before: _Side, after: _Side,
    sentence: int, stated: str, computed: str, why: str | None,
) -> Finding:  # fmt: skip
    ids = (*before.ids(*old.figures), *after.ids(*new.figures, one.figure.id))
    return Finding(
        "year-on-year", state, text, ids, sentence, concept_of(one), stated, computed, why
    )


def _aligned(
    one: Statement, head: Statement | None, before: _Side, after: _Side
) -> Iterator[tuple[Amount, Amount]]:
    """The same reading in both years; that of the count in the sentence first, where it holds."""
    plain = replace(one, kind="count", figure=head.figure if head else one.figure)
    pairs = [
        (old, new)
        for old, new in zip(
            readings(plain, before.tables), readings(plain, after.tables), strict=False
        )
        if old.value and (plain.table != "t2" or old.name == new.name)
    ]
    if head is not None and head.figure.value is not None:
        pairs.sort(key=lambda p: p[1].value != head.figure.value)
    yield from pairs


def _rate(old: Amount, new: Amount, places: Decimal, rounding: str = ROUND_HALF_UP) -> Decimal:
    rate = (Fraction(new.value) - Fraction(old.value)) / Fraction(old.value) * 100
    return (Decimal(rate.numerator) / Decimal(rate.denominator)).quantize(places, rounding)
