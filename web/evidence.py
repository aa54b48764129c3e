"""The evidence of an answer as HTML: tables with their cells lit, sentences in their paragraphs,
formulas with every operand, and what else the reader should know.

Pure: what stands in the store comes through `Sources`. All text is escaped here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from index.answer import Answer, Citation, FigureRef, Kind
from ingest.model import Table
from web.markup import emphasise, escape, number_pattern
from web.place import path_text, place_text
from web.table import Lit, table_html
from web.texts import LANGUAGE_TAGS, Language, say

if TYPE_CHECKING:
    from index import Paragraph, ReportSummary

#: so many blocks are drawn open; of a trend over ten years the others show their head only
OPEN_BLOCKS = 3
#: what these ask for is printed; a formula in them is said beside it, and shown after it
BESIDE = (Kind.LOOKUP, Kind.NARRATIVE)
#: up to so many operands their list is drawn open
OPEN_OPERANDS = 4


class Sources(Protocol):
    """What the evidence is drawn from; `Assistant` is one. Both give None for what is gone."""

    def table(self, report_id: str, table_id: str, /) -> Table | None:
        """The table, with its cells."""

    def paragraph(self, report_id: str, sentence: int, /) -> Paragraph | None:
        """The paragraph around a sentence."""


@dataclass(slots=True)
class _TableBlock:
    report: str
    table_id: str
    figures: list[FigureRef] = field(default_factory=list)


@dataclass(slots=True)
class _TextBlock:
    """Cited sentences of one paragraph, with the figures that stand in them."""

    report: str
    section: tuple[str, ...]
    paragraph: Paragraph | None
    sentences: dict[int, str | None] = field(default_factory=dict)
    figures: list[FigureRef] = field(default_factory=list)
    place: Mapping[str, object] = field(default_factory=dict)


def evidence_html(
    answer: Answer,
    sources: Sources,
    reports: Mapping[str, ReportSummary],
    language: Language,
) -> str:
    """The whole panel for one answer. `reports` are the summaries by report id."""
    tables, texts = _table_blocks(answer.figures), _text_blocks(answer, sources)
    aside = _aside_ids(answer)
    is_beside = answer.kind in BESIDE
    told = aside if is_beside else _operand_ids(answer)
    computed = _formulas(answer, reports, language)
    question = say(language, "evidence_for", question=answer.question)
    copy = _copy_button(answer, reports, language) if tables or texts else ""
    parts = [
        f'<div class="wb-evidence" lang="{LANGUAGE_TAGS[language]}">',
        f'<div class="wb-for"><span>{escape(question)}</span>{copy}</div>',
        _notices(answer, language),
        "" if is_beside else computed,
    ]
    blocks = [
        *(_table_block(block, sources, reports, told, aside, language) for block in tables),
        *(_text_block(block, reports, language) for block in texts),
    ]
    for number, (head, body) in enumerate(blocks):
        opened = " open" if number < OPEN_BLOCKS else ""
        parts.append(f'<details class="wb-block"{opened}>{head}{body}</details>')
    if is_beside:
        parts.append(computed)
    if not blocks:
        parts.append(f'<p class="wb-none">{escape(say(language, "evidence_none"))}</p>')
    return "".join([*parts, "</div>"])


def empty_html(language: Language) -> str:
    """The panel before any answer."""
    return _message(say(language, "evidence_empty"), language)


def failed_html(error: str, language: Language) -> str:
    """The panel where the store could not give the evidence."""
    return _message(say(language, "evidence_failed", error=error), language)


def _message(text: str, language: Language) -> str:
    tag = LANGUAGE_TAGS[language]
    return f'<div class="wb-evidence" lang="{tag}"><p class="wb-none">{escape(text)}</p></div>'


def report_name(
    report: str | None, reports: Mapping[str, ReportSummary], language: Language
) -> str:
    """`上海市 2023年`, or the id where the report is gone. Not escaped."""
    summary = reports.get(report or "")
    if summary is None:
        return say(language, "report_unknown", id=report or "?")
    issuer = summary.issuer or say(language, "issuer_unknown")
    if summary.year is None:
        return issuer
    return f"{issuer} {say(language, 'year_of', year=summary.year)}"


def _table_blocks(figures: Sequence[FigureRef]) -> list[_TableBlock]:
    blocks: dict[tuple[str, str], _TableBlock] = {}
    for figure in figures:
        if figure.formula is None and figure.report and figure.table_id:
            key = (figure.report, figure.table_id)
            blocks.setdefault(key, _TableBlock(*key)).figures.append(figure)
    return list(blocks.values())


def _text_blocks(answer: Answer, sources: Sources) -> list[_TextBlock]:
    """One block for a paragraph, however many of its sentences are cited."""
    blocks: dict[tuple[object, ...], _TextBlock] = {}
    cited: list[Citation | FigureRef] = [*answer.citations]
    cited += [
        f for f in answer.figures if f.formula is None and f.sentence is not None and f.report
    ]
    for one in cited:
        if one.report is None or one.sentence is None:
            continue
        paragraph = sources.paragraph(one.report, one.sentence)
        if paragraph is not None and paragraph.sentences:
            key: tuple[object, ...] = (one.report, paragraph.sentences[0].index)
            section = paragraph.section
        else:
            key = (one.report, "gone", one.sentence)
            section = one.section if isinstance(one, Citation) else ()
        block = blocks.setdefault(key, _TextBlock(one.report, section, paragraph, place=one.place))
        if isinstance(one, Citation):
            block.sentences[one.sentence] = one.text
        else:
            block.sentences.setdefault(one.sentence, None)
            block.figures.append(one)
    return list(blocks.values())


def _notices(answer: Answer, language: Language) -> str:
    if not answer.findings:
        return ""
    items = "".join(
        f'<li>{escape(notice.text)} <code class="wb-code">{escape(notice.code)}</code></li>'
        for notice in answer.findings
    )
    head = escape(say(language, "notices"))
    return f'<section class="wb-notices"><h3>{head}</h3><ul>{items}</ul></section>'


def _formulas(answer: Answer, reports: Mapping[str, ReportSummary], language: Language) -> str:
    computed = [(figure, figure.formula) for figure in answer.figures if figure.formula]
    if not computed:
        return ""
    lines = []
    for figure, formula in computed:
        # a share is kept exact in its figure; what the answer rounds it to is said there
        result = "" if figure.value is None else f" = {figure.value}{figure.unit or ''}"
        shown = escape(formula.text)
        if "=" not in formula.text:
            shown += escape(result)
        lines.append(f'<p class="wb-formula">{shown}</p>')
    used = _operand_ids(answer)
    operands = [f for f in answer.figures if f.id in used]
    # of one report only, its name stands above its table
    is_one_report = len({f.report for f in operands}) == 1
    rows = "".join(
        _operand_row(figure, None if is_one_report else reports, language) for figure in operands
    )
    head = "".join(
        f'<th scope="col">{escape(say(language, key))}</th>'
        for key in ("operand_name", "operand_value", "operand_place")
    )
    table = ""
    if rows:
        # a long list would push the table out of sight where the same figures are lit
        opened = " open" if len(operands) <= OPEN_OPERANDS else ""
        label = escape(say(language, "operands", n=len(operands)))
        table = (
            f'<details{opened}><summary>{label}</summary><table class="wb-operands">'
            f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></details>"
        )
    is_beside = answer.kind in BESIDE
    title = escape(say(language, "formulas_aside" if is_beside else "formulas"))
    return f'<section class="wb-formulas"><h3>{title}</h3>{"".join(lines)}{table}</section>'


def _operand_ids(answer: Answer) -> set[str]:
    """The figures that a formula of the answer takes as they are printed."""
    used = {name for figure in answer.figures if figure.formula for name in figure.formula.args}
    return {f.id for f in answer.figures if f.id in used and f.formula is None}


def _aside_ids(answer: Answer) -> set[str]:
    """The operands of a sum that a look-up says beside the figure that was asked for."""
    if answer.kind is not Kind.LOOKUP:
        return set()
    asked = {(value.value, value.issuer, value.year) for value in answer.values}
    used = _operand_ids(answer)
    return {f.id for f in answer.figures if f.id in used} - {
        f.id for f in answer.figures if (f.value, f.issuer, f.year) in asked
    }


def _operand_row(
    figure: FigureRef, reports: Mapping[str, ReportSummary] | None, language: Language
) -> str:
    name = _path(figure) or figure.table or say(language, "sentence")
    place = " · ".join(
        part
        for part in (
            "" if reports is None else report_name(figure.report, reports, language),
            place_text(figure.place, language),
        )
        if part
    )
    return (
        f'<tr><th scope="row" lang="zh-CN">{escape(name)}</th>'
        f'<td class="wb-number">{_printed(figure, language)}</td>'
        f'<td class="wb-place">{escape(place)}</td></tr>'
    )


def _path(figure: FigureRef) -> str:
    return path_text(
        figure.printed_row_path or figure.row_path,
        figure.printed_column_path or figure.column_path,
    )


def _printed(figure: FigureRef, language: Language) -> str:
    """The figure as printed, and in words what stands there if it is not a plain number."""
    printed = escape((figure.text or "").strip())
    if figure.status == "number":
        unit = escape(figure.unit or "")
        carries_unit = bool(figure.unit) and (figure.text or "").strip().endswith(figure.unit or "")
        return printed if carries_unit or not unit else f"{printed} <small>{unit}</small>"
    status = escape(say(language, f"status_{figure.status}"))
    return f"{printed} <small>{status}</small>".strip()


def _summary(
    report: str, reports: Mapping[str, ReportSummary], what: str, language: Language
) -> str:
    name = escape(report_name(report, reports, language))
    return (
        f'<summary><span class="wb-report">{name}</span> '
        f'<span class="wb-what" lang="zh-CN">{escape(what)}</span></summary>'
    )


def _source_line(
    report: str,
    reports: Mapping[str, ReportSummary],
    places: Sequence[str],
    language: Language,
) -> str:
    summary = reports.get(report)
    parts = [p for p in dict.fromkeys(places) if p][:4]
    if summary is not None:
        parts = [
            *([summary.title] if summary.title else []),
            say(language, "source_file", name=summary.source),
            *parts,
        ]
    return f'<p class="wb-source">{escape(" · ".join(parts))}</p>' if parts else ""


def _table_block(
    block: _TableBlock,
    sources: Sources,
    reports: Mapping[str, ReportSummary],
    told: set[str],
    aside: set[str],
    language: Language,
) -> tuple[str, str]:
    """Summary and body; `told` are figures that stand in the list of operands already."""
    table = sources.table(block.report, block.table_id)
    caption = next((f.table for f in block.figures if f.table), None)
    caption = caption or (table.caption if table else "") or block.table_id
    rest = [figure for figure in block.figures if figure.id not in told]
    items = "".join(
        f'<li><span lang="zh-CN">{escape(_path(figure))}</span> '
        f"<b>{_printed(figure, language)}</b></li>"
        for figure in rest
    )
    parts = [f'<ul class="wb-paths">{items}</ul>'] if items else []
    if table is None:
        parts.append(f'<p class="wb-none">{escape(say(language, "table_gone"))}</p>')
    else:
        if table.unit:
            unit = say(language, "table_unit", unit=table.unit)
            parts.append(f'<p class="wb-unit">{escape(unit)}</p>')
        lit = [
            Lit(*f.cell, f.printed_row_path, f.printed_column_path, aside=f.id in aside)
            for f in block.figures
            if f.cell is not None
        ]
        drawn = table_html(table, lit, language)
        parts.append(f'<div class="wb-scroll" tabindex="0">{drawn}</div>')
    places = [place_text(figure.place, language) for figure in rest]
    parts.append(_source_line(block.report, reports, places, language))
    what = say(language, "table", caption=caption)
    return _summary(block.report, reports, what, language), "".join(parts)


def _text_block(
    block: _TextBlock, reports: Mapping[str, ReportSummary], language: Language
) -> tuple[str, str]:
    """Summary and body."""
    pattern = number_pattern([f.text for f in block.figures if f.text])
    if block.paragraph is None:
        pieces = [
            f'<mark class="lit">{emphasise(text or "", pattern)}</mark>'
            for text in block.sentences.values()
        ]
    else:
        pieces = [
            f'<mark class="lit">{emphasise(sentence.printed, pattern)}</mark>'
            if sentence.index in block.sentences
            else escape(sentence.printed)
            for sentence in block.paragraph.sentences
        ]
    what = " ".join([say(language, "sentence"), " › ".join(block.section)])
    body = [
        '<div class="wb-scroll" tabindex="0"><p class="wb-paragraph" lang="zh-CN">',
        *pieces,
        "</p></div>",
        _source_line(block.report, reports, [place_text(block.place, language)], language),
    ]
    return _summary(block.report, reports, what, language), "".join(body)


def _copy_button(answer: Answer, reports: Mapping[str, ReportSummary], language: Language) -> str:
    """A button whose `data-copy` is the answer with its sources, as plain text for an article."""
    lines = [answer.answer, ""]
    for figure in answer.figures:
        if figure.formula is not None:
            lines.append(figure.formula.text)
            continue
        parts = [
            report_name(figure.report, reports, language),
            figure.table or "",
            _path(figure),
            (figure.text or "").strip(),
            place_text(figure.place, language),
        ]
        lines.append(" | ".join(part for part in parts if part))
    for citation in answer.citations:
        parts = [
            report_name(citation.report, reports, language),
            " › ".join(citation.section),
            f"“{citation.text.strip()}”",
            place_text(citation.place, language),
        ]
        lines.append(" | ".join(part for part in parts if part))
    text = escape("\n".join(lines)).replace("\n", "&#10;")
    label, done = escape(say(language, "copy")), escape(say(language, "copied"))
    return (
        f'<button type="button" class="wb-copy" data-copy="{text}" data-done="{done}">'
        f"{label}</button>"
    )
