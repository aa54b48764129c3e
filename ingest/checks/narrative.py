"""What the sentences of a report say of its own tables, statement by statement."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.checks.changes import assess_changes
from ingest.checks.compare import CODE, compare_count, compare_share
from ingest.checks.context import Context, Statement
from ingest.checks.figures import TableFigures
from ingest.checks.sheet import assess_sheet, sheet_cells
from ingest.checks.statements import read_statements
from ingest.checks.sums import assess_parts, assess_sums
from ingest.checks.wording import load_wording
from ingest.model import Figure, Finding, Report, Sentence
from ingest.words import load_concepts

_ALL = r"[,]?(?:已|均|都|全部|全)+(?:被|为|已|依法|予以|按期|按时)*"
_ALL_UPHELD = re.compile(rf"{_ALL}(?:结果)?维持")
_ALL_DONE = re.compile(rf"{_ALL}(?:办结|办理完毕|办理完成)(?=[,;。]|$)")
_NONE = re.compile(
    r"(?:未发生|没有发生|未出现|没有|无)(?:因(?:政府)?信息公开(?:工作|申请)?(?:引发|引起|导致|产生|被申请|被提起|被)?的?)?"
    r"(?:被)?(?:申请|提起)?(行政复议|行政诉讼)(?:(?:和|、|及|或|与)(?:被)?(?:申请|提起)?(行政诉讼|行政复议))?"
    r"(?:案件|案|情况|的情况)?(?=[,;。]|$)"
)
_ALL_NATURAL = re.compile(
    r"[,]?(?:均|都|全部|全)(?:为|是|由|系)自然人(?:的)?(?:申请|提出|提交)?(?=[,;。]|$)"
)
# (row, a word, what says with it that it is nothing), where a sentence speaks of the whole year and all bodies
_NOTHING = (
    ("t3.received", "申请", re.compile(
        r"(?:未|没有|无)(?:收到|接到|受理)?(?:过)?(?:任何)?(?:政府信息公开|信息公开|依申请公开)(?:的)?申请(?:件|案件)?(?=[,;。]|$)"
    )),
    ("t3.carried_out", "转", re.compile(
        r"(?:没有|无)(?:结转|转入)(?:至|到)?(?:下一?年度?)(?:继续)?(?:办理)?的?(?:申请|案件|事项)?(?=[,;。]|$)"
    )),
    ("t4.reconsideration", "零", re.compile(r"零(?:行政)?复议(?=[,;。、]|$)")),
    ("t4.litigation", "零", re.compile(r"零(?:行政)?诉讼(?=[,;。]|$)")),
)  # fmt: skip
_MAY_BE_NOTHING = re.compile("[未没无零]")
_WHOLLY = re.compile(
    r"(?:20\d\d年度?|全年|本年度?|年内|今年|当年|[我本全][市省县区州旗镇乡局委办厅]|我?单位|本?机关|各级行政机关|实现|继续|保持|了|共|,|、"
    r"|因?(?:政府)?信息公开(?:工作)?|行政|复议|零)*"
)
_ONE_BODY = re.compile(r"[我本](?:局|委|办|厅|单位|机关)|单位|本机关")
_SUBJECTS = {"行政复议": "t4.reconsideration", "行政诉讼": "t4.litigation"}


def assess_narrative(report: Report) -> tuple[Finding, ...]:
    """Each statement of a sentence that the tables or the sentence itself can answer, with its state.

    `narrative-vs-table`: counts, shares, rates, 全部维持, 未发生行政诉讼; `narrative-sum`: parts and the
    total beside them; `narrative-share`: a share of two figures of the sentence. A sentence about
    another year, another body, a quarter, a channel or a part is not compared.
    """
    tables = TableFigures(report.figures, load_concepts())
    sheet = sheet_cells(tables)
    out: list[Finding] = []
    paragraph, before = -1, tuple[Figure, ...]()
    totals = tuple(
        a.value for s in ("t3.received", "t3.handled") if (a := tables.total((s,), ("total",)))
    )
    for sentence, figures, statements in statements_of(report):
        found: list[Finding] = []
        if tables:
            found += _compare(sentence, statements, tables)
            found += _all(sentence, statements, tables)
            found += _none(report, sentence, tables)
            found += assess_sheet(report, sentence, figures, sheet)
        if len(figures) > 1:
            done = frozenset(i for f in found for i in f.figures)
            found += assess_sums(sentence, figures)
            found += assess_changes(sentence, figures)
            wholes = before if paragraph == sentence.paragraph else ()
            found += assess_parts(sentence, figures, done, totals, wholes)
        out += found
        paragraph, before = sentence.paragraph, figures
    return tuple(out)


def statements_of(
    report: Report,
) -> Iterator[tuple[Sentence, tuple[Figure, ...], list[Statement | None]]]:
    """Each sentence with its figures and what they state (None where that is not sure)."""
    by_sentence: dict[int, list[Figure]] = {}
    for figure in report.figures:
        if figure.sentence is not None:
            by_sentence.setdefault(figure.sentence, []).append(figure)
    paragraph = -1
    last: Context | None = None
    for sentence in report.sentences:
        figures = tuple(by_sentence.get(sentence.index, ()))
        lead = last if paragraph == sentence.paragraph else None
        statements, last = read_statements(report, sentence, figures, lead)
        paragraph = sentence.paragraph
        yield sentence, figures, statements


def _compare(
    sentence: Sentence, statements: list[Statement | None], tables: TableFigures
) -> Iterator[Finding]:
    for one in statements:
        if one is None:
            continue
        if one.kind == "count":
            yield compare_count(one, tables, sentence.index)
        elif one.kind != "change":  # against the year before: not of this report alone
            head = statements[one.about] if one.about is not None else None
            yield compare_share(one, tables, sentence.index, head)


def _all(
    sentence: Sentence, statements: list[Statement | None], tables: TableFigures
) -> Iterator[Finding]:
    """全部维持 where some were not; 均已办结 where some went on to the next year."""
    for one in statements:
        if one is None or one.kind != "count" or one.members != ("total",):
            continue
        end = (one.figure.span or (0, 0))[1]
        rest = sentence.text[end:]
        if one.table == "t4" and _ALL_UPHELD.match(rest):
            whole, upheld = (
                tables.total(one.subjects, ("total",)), tables.total(one.subjects, ("upheld",))
            )  # fmt: skip
            pending = tables.total(one.subjects, ("pending",))
            if whole is None or upheld is None:
                continue
            ids = (*whole.figures, *upheld.figures, one.figure.id)
            said = f"正文写{one.figure.text}件全部维持，按表维持 {upheld.value} 件"
            same = upheld.value == whole.value
            why = None
            if pending and pending.value and upheld.value + pending.value == whole.value:
                why = f"另有 {pending.value} 件尚未审结"
                ids = (*ids, *pending.figures)
            yield Finding(
                CODE, "holds" if same else "fails", f"{said}（{why}）" if why else said, ids,
                sentence.index, f"{one.subjects[0]}.upheld", one.figure.text, str(upheld.value), why,
            )  # fmt: skip
        if one.subjects == ("t3.received",) and _ALL_NATURAL.match(rest):
            own = tables.total(("t3.received",), ("natural",))
            if own is None or one.figure.value is None:
                continue
            yield Finding(
                CODE, "holds" if own.value == one.figure.value else "fails",
                f"正文写{one.figure.text}件均为自然人申请，按表自然人 {own.value} 件",
                (*own.figures, one.figure.id), sentence.index, "t3.received.natural",
                one.figure.text, str(own.value),
            )  # fmt: skip
        if one.subjects == ("t3.received",) and _ALL_DONE.match(rest):
            left = tables.total(("t3.carried_out",), ("total",))
            if left is None:
                continue
            why = f"{left.value} 件结转下年度继续办理" if left.value else None
            said = f"正文写{one.figure.text}件均已办结，按表结转下年度 {left.value} 件"
            yield Finding(
                CODE, "fails" if left.value else "holds", said, (*left.figures, one.figure.id),
                sentence.index, "t3.carried_out.total", "0", str(left.value), why,
            )  # fmt: skip


def _none(report: Report, sentence: Sentence, tables: TableFigures) -> Iterator[Finding]:
    """未发生行政诉讼, 未收到政府信息公开申请 against the totals of the tables."""
    yield from _nothing(report, sentence, tables)
    if "行政" not in sentence.text:
        return
    wording = load_wording()
    for m in _NONE.finditer(sentence.text):
        before = sentence.text[: m.start()]
        years = {int(y) for y in re.findall(r"(?<!\d)(20\d\d)年", before)}
        other = report.year is not None and bool(years - {report.year})
        if other or wording.years.search(before) or wording.parts.search(before):
            continue
        for word in dict.fromkeys(w for w in m.groups() if w):
            total = tables.total((_SUBJECTS[word],), ("total",))
            if total is None:
                continue
            state = "fails" if total.value else "holds"
            yield Finding(
                CODE, state, f"正文写没有{word}，按表为 {total.value} 件", total.figures,
                sentence.index, f"{_SUBJECTS[word]}.total", "0", str(total.value),
            )  # fmt: skip


def _nothing(report: Report, sentence: Sentence, tables: TableFigures) -> Iterator[Finding]:
    if not _MAY_BE_NOTHING.search(sentence.text):
        return
    for row, word, pattern in _NOTHING:
        for m in pattern.finditer(sentence.text) if word in sentence.text else ():
            before = re.split(r"[;。]", sentence.text[: m.start()])[-1]
            years = {int(y) for y in re.findall(r"(?<!\d)(20\d\d)年", before)}
            if report.year is None or years - {report.year} or not _WHOLLY.fullmatch(before):
                continue
            alone = report.coverage == "本机关" or report.level == "部门"
            if _ONE_BODY.search(before) and not alone:  # the office of a city, not the city
                continue
            total = tables.total((row,), ("total",))
            if total is None:
                continue
            yield Finding(
                CODE, "fails" if total.value else "holds",
                f"正文写“{m[0]}”，按表为 {total.value} 件", total.figures, sentence.index,
                f"{row}.total", "0", str(total.value),
            )  # fmt: skip
