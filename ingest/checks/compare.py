"""A statement against the tables: every reading that its words allow, and why a wrong one is so."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from ingest.checks.context import Statement
from ingest.checks.figures import Amount, TableFigures
from ingest.model import Finding
from ingest.words import load_concepts

CODE = "narrative-vs-table"
_RESULTS = (
    "t3.granted", "t3.partly_granted", "t3.refused", "t3.unavailable", "t3.unprocessed",
    "t3.otherwise", "t3.handled", "t3.received", "t3.carried_in", "t3.carried_out",
)  # fmt: skip


def name_of(statement: Statement) -> str:
    """`不予公开`, `自然人`, `行政复议结果纠正`: what a statement counts."""
    concepts = load_concepts()
    names = [concepts.name(s, m) for s in statement.subjects for m in statement.members]
    return "、".join(names)


def concept_of(statement: Statement) -> str:
    """The concept of a statement, the first where it adds up several."""
    if set(statement.subjects) == {"t3.granted", "t3.partly_granted"}:
        return f"t3.disclosed.{statement.members[0]}"
    members = statement.members
    if set(members) == {"natural", "org"}:
        members = ("total",)
    return f"{statement.subjects[0]}.{members[0]}"


def readings(statement: Statement, tables: TableFigures) -> list[Amount]:
    """The amounts that the words may mean, the likeliest first; none where a cell is missing."""
    base = tables.total(statement.subjects, statement.members)
    out = [base] if base is not None else []
    if statement.table == "t3" and statement.subjects == ("t3.received",):
        new, old = base, tables.total(("t3.carried_in",), statement.members)
        if new is not None and old is not None and statement.verb != "strict":
            out.append(new.plus(old, "新收＋上年结转"))
        handled = tables.total(("t3.handled",), statement.members)
        if handled is not None and statement.verb == "any":
            out.append(handled)
    if statement.table == "t4" and statement.members == ("total",):
        pending = tables.total(statement.subjects, ("pending",))
        if base is not None and pending is not None and statement.verb == "concluded":
            out = [base.less(pending, "总计－尚未审结")]
    if statement.also and (one := tables.total(statement.subjects, statement.also)):
        who = "、".join(load_concepts().member_by_key[("t3", m)].name for m in statement.also)
        out.append(Amount(one.value, one.figures, who))
    if statement.verb == "loose" and (
        all_of := tables.total(("t4.litigation",), statement.members)
    ):
        out.append(all_of)
    if statement.table == "t2":
        for key in (f"{s}.{m}" for s in statement.subjects for m in statement.members):
            for note in tables.notes.get(key, []):
                if note.value is not None:
                    out.append(Amount(note.value, (note.id,), note.column_path[-1]))
    return out


def compare_count(statement: Statement, tables: TableFigures, sentence: int) -> Finding:
    """A count in a sentence against its cells."""
    figure = statement.figure
    stated = figure.value or Decimal(0)
    if figure.unit == "元":  # the form counts 万元
        stated = stated / 10_000
    allowed = readings(statement, tables)
    name = name_of(statement)
    said = f"正文写{name} {figure.text}{figure.unit or ''}"
    concept = concept_of(statement)
    if not allowed:
        return Finding(
            CODE, "not-assessable", f"{said}，表中没有可比的数", (figure.id,), sentence, concept,
            figure.text, None,
        )  # fmt: skip
    default = allowed[0]
    for reading in allowed:
        if reading.value == stated:
            how = "" if reading is default else f"（{reading.name}）"
            return Finding(
                CODE, "holds", f"{said}，与表一致{how}", (*reading.figures, figure.id), sentence,
                concept, figure.text, str(reading.value), reading.name if how else None,
            )  # fmt: skip
    why, ids = explain_count(statement, stated, tables)
    unit = "万元" if figure.unit == "元" else "件"
    text = f"{said}，按表为 {default.value} {unit}" + (f"（{why}）" if why else "")
    return Finding(
        CODE, "fails", text, tuple(dict.fromkeys((*default.figures, *ids, figure.id))), sentence,
        concept, figure.text, str(default.value), why,
    )  # fmt: skip


def explain_count(
    statement: Statement, stated: Decimal, tables: TableFigures
) -> tuple[str | None, tuple[str, ...]]:
    """The reading of the tables that gives the stated number, in words, with its figures."""
    found = [(amount, why) for amount, why in _near(statement, tables) if amount.value == stated]
    if not found:
        return None, ()
    amount, why = found[0]
    return why, amount.figures


def _near(statement: Statement, tables: TableFigures) -> Iterator[tuple[Amount, str]]:
    """Amounts that a writer takes for the right one, each with words that say what it is."""
    subjects, members = statement.subjects, statement.members
    concepts = load_concepts()
    get = tables.total
    if statement.table == "t3":
        new, old = get(("t3.received",), members), get(("t3.carried_in",), members)
        handled = get(("t3.handled",), members)
        if subjects == ("t3.received",) and new and old:
            yield new.plus(old), f"正文的数含上年结转 {old.value} 件"
        if subjects == ("t3.handled",) and new and old:
            whole = new.plus(old)
            if handled:
                left = whole.value - handled.value
                yield whole, f"正文的数是新收与上年结转之和，含结转下年度的 {left} 件"
            yield new, "正文的数是新收的件数，不是办结的件数"
        if subjects == ("t3.granted",) and (part := get(("t3.partly_granted",), members)):
            own = get(subjects, members)
            if own:
                yield own.plus(part), f"正文的数含部分公开 {part.value} 件"
        yield from _columns(statement, tables, "t3")
        yield from _rows(statement, tables)
    elif statement.table == "t4":
        base, pending = get(subjects, ("total",)), get(subjects, ("pending",))
        if members == ("total",) and base and pending:
            yield base.less(pending, ""), f"正文的数不含尚未审结的 {pending.value} 件"
        if subjects == ("t4.litigation",):
            for half in ("t4.direct", "t4.after"):
                if one := get((half,), members):
                    yield one, f"正文的数只是{concepts.subject_by_key[half].name}的件数"
        yield from _columns(statement, tables, "t4")
        for other in ("t4.reconsideration", "t4.litigation"):
            if subjects != (other,) and (one := get((other,), members)):
                yield one, f"正文的数是{concepts.subject_by_key[other].name}的件数"
    else:
        for other in ("made", "repealed", "in_force"):
            if members != (other,) and members[0] in ("made", "repealed", "in_force"):
                if one := get(subjects, (other,)):
                    yield one, f"正文的数是表中的{concepts.member_by_key[('t2', other)].name}"


def _columns(
    statement: Statement, tables: TableFigures, table: str
) -> Iterator[tuple[Amount, str]]:
    for member in load_concepts().members:
        if member.table == table and (member.key,) != statement.members:
            one = tables.total(statement.subjects, (member.key,))
            if one and one.value:
                yield one, f"正文的数是“{member.name}”一列的数"


def _rows(statement: Statement, tables: TableFigures) -> Iterator[tuple[Amount, str]]:
    by_key = load_concepts().subject_by_key
    for key in (*_RESULTS, *(s.key for s in load_concepts().subjects if s.key.startswith("t3."))):
        if (key,) != statement.subjects and key in by_key:
            one = tables.total((key,), statement.members)
            if one and one.value:
                yield one, f"正文的数是“{by_key[key].name}”的数"


# ── shares and rates ────────────────────────────────────────────────────────


def compare_share(
    statement: Statement, tables: TableFigures, sentence: int, head: Statement | None
) -> Finding:
    """A share or a rate in a sentence against the quotients of the tables that it may be."""
    figure = statement.figure
    name = name_of(statement)
    word = "率" if statement.kind == "rate" else "占"
    printed = figure.value or Decimal(0)
    said = f"正文写{name}{word} {figure.text}%"
    concept = concept_of(statement)
    quotients = list(_quotients(statement, tables, head))
    if not quotients:
        return Finding(
            CODE, "not-assessable", f"{said}，表中没有可比的数", (figure.id,), sentence, concept,
            f"{figure.text}%", None,
        )  # fmt: skip
    places = Decimal(1).scaleb(min(0, -len(figure.text.partition(".")[2])))
    for i, (part, whole) in enumerate(quotients):
        if _rounded(part, whole, places) == printed:
            how = f"（{part.value} ÷ {whole.value}，{whole.name}）" if i else ""
            return Finding(
                CODE, "holds", f"{said}，与表一致{how}", (*part.figures, *whole.figures, figure.id),
                sentence, concept, f"{figure.text}%", f"{printed}%",
            )  # fmt: skip
    part, whole = quotients[0]
    right = _rounded(part, whole, places)
    why = None
    if _rounded(part, whole, places, ROUND_DOWN) == printed:
        why = "正文的比例是截去尾数而不是四舍五入"
    if why is None and statement.whole:
        for one, of in _quotients(statement, tables, head, named=False):
            if _rounded(one, of, places) == printed:
                why = f"正文的比例以{of.name} {of.value} 件为分母"
                break
    text = f"{said}，按表计算 {part.value} ÷ {whole.value} = {right}%" + (
        f"（{why}）" if why else ""
    )
    return Finding(
        CODE, "fails", text, (*part.figures, *whole.figures, figure.id), sentence, concept,
        f"{figure.text}%", f"{right}%", why,
    )  # fmt: skip


def _rounded(
    part: Amount, whole: Amount, places: Decimal, rounding: str = ROUND_HALF_UP
) -> Decimal:
    share = Fraction(part.value) / Fraction(whole.value) * 100
    # enough digits that a half is a half
    exact = Decimal(share.numerator) / Decimal(share.denominator)
    return exact.quantize(places, rounding)


def _quotients(
    statement: Statement, tables: TableFigures, head: Statement | None, *, named: bool = True
) -> Iterator[tuple[Amount, Amount]]:
    get = tables.total
    if statement.kind == "rate":
        rated = get(statement.subjects, statement.members)
        whole, pending = get(statement.subjects, ("total",)), get(statement.subjects, ("pending",))
        for of in (whole, whole.less(pending, "总计－尚未审结") if whole and pending else None):
            if rated and of and of.value:
                yield rated, of
        return
    parts = readings(statement, tables)
    if head is not None and head.figure.value is not None and parts:
        value = head.figure.value
        parts = [p for p in parts if p.value == value] or [
            *parts, Amount(value, (head.figure.id,), "正文的数")
        ]  # fmt: skip
    wholes = [w for w in _wholes(statement, tables, named=named) if w.value]
    if statement.subjects == ("t3.received",) and head is None:
        rows = _parts_of_rows(statement, tables)
        yield from ((p, w) for p, w in rows if p.value <= w.value and w in wholes)
        if statement.whole == "t3.handled":  # of all that were open: new ones and old ones
            yield from ((rows[0][0], w) for w in wholes if rows and w.name == "新收＋上年结转")
        return
    for whole in wholes:
        for part in parts:
            if part.value <= whole.value:
                yield part, whole


def _parts_of_rows(statement: Statement, tables: TableFigures) -> list[tuple[Amount, Amount]]:
    """New applications of new ones, all open ones of all open ones, handled ones of handled ones."""
    get, total = tables.total, ("total",)
    rows = [(get((s,), statement.members), get((s,), total)) for s in
            ("t3.received", "t3.carried_in", "t3.handled")]  # fmt: skip
    (new, all_new), (old, all_old), (done, all_done) = rows
    out = [(new, all_new)] if new and all_new else []
    if new and all_new and old and all_old:
        out.append((new.plus(old, "新收＋上年结转"), all_new.plus(all_old, "新收＋上年结转")))
    if done and all_done:
        out.append((done, all_done))
    return out


def _wholes(statement: Statement, tables: TableFigures, *, named: bool) -> Iterator[Amount]:
    get, total = tables.total, ("total",)
    new, old, done = get(("t3.received",), total), get(("t3.carried_in",), total), get(
        ("t3.handled",), total
    )  # fmt: skip
    both = new.plus(old, "新收＋上年结转") if new and old else None
    if named and statement.whole:
        one = get((statement.whole,), total) if statement.table != "t2" else None
        yield from (w for w in (one,) if w)
        if both and (
            statement.whole == "t3.received"
            or (statement.whole == "t3.handled" and statement.subjects == ("t3.received",))
        ):
            yield both
        return
    if statement.table == "t4":
        own = get(statement.subjects, total)
        pending = get(statement.subjects, ("pending",))
        if own:
            yield own
            if pending:
                yield own.less(pending, "总计－尚未审结")
            if one := get(("t4.litigation",), total):
                yield one
        return
    if statement.table != "t3":
        return
    if statement.subjects == ("t3.received",):
        yield from (w for w in (new, both, done) if w)
        return
    if statement.members != total and (own := get(statement.subjects, total)):
        yield own
    yield from (w for w in (done, new, both) if w)
    for who in (statement.also, statement.members):  # 自然人申请1011件中，予以公开412件，占40.75%
        if who not in ((), total):
            mine = [get((s,), who) for s in ("t3.handled", "t3.received", "t3.carried_in")]
            yield from (w for w in mine[:2] if w)
            if mine[1] and mine[2]:
                yield mine[1].plus(mine[2], "新收＋上年结转")
    if len(statement.subjects) == 1 and statement.subjects[0].count(".") == 2:
        if group := get((statement.subjects[0].rpartition(".")[0],), total):
            yield group
