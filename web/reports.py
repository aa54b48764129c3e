"""The store's reports, what an upload came to, and the progress of the vectors, as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from ingest.model import Finding, Warning_
from web.markup import escape
from web.place import place_text
from web.texts import LANGUAGE_TAGS, Language, say

if TYPE_CHECKING:
    from index import IngestResult, ReportSummary

#: a page with thousands of rows helps nobody; the command lists them all
MAX_REPORTS = 200


def reports_html(
    reports: Sequence[ReportSummary],
    warnings: Mapping[str, Sequence[Warning_]],
    findings: Mapping[str, Sequence[Finding]],
    language: Language,
) -> str:
    """The list of reports; `warnings` and `findings` by report id, for those that are shown."""
    if not reports:
        return _wrap(f'<p class="wb-none">{escape(say(language, "reports_empty"))}</p>', language)
    columns = ("issuer", "year", "title", "tables", "figures", "passages", "vectors", "notes")
    head = "".join(f'<th scope="col">{escape(say(language, f"col_{c}"))}</th>' for c in columns)
    rows = [
        _row(report, warnings.get(report.id, ()), findings.get(report.id, ()), language)
        for report in reports[:MAX_REPORTS]
    ]
    more = ""
    if len(reports) > MAX_REPORTS:
        rest = say(language, "reports_more", shown=MAX_REPORTS, n=len(reports) - MAX_REPORTS)
        more = f'<p class="wb-none">{escape(rest)}</p>'
    count = escape(say(language, "reports_count", n=len(reports)))
    return _wrap(
        f'<p class="wb-count">{count}</p>'
        f'<table class="wb-reports"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>{more}",
        language,
    )


def reports_failed_html(error: str, language: Language) -> str:
    """The list where the store could not be read."""
    text = escape(say(language, "reports_failed", error=error))
    return _wrap(f'<p class="wb-failed">{text}</p>', language)


def progress_html(done: int, total: int, language: Language) -> str:
    """How far the vectors are; empty where there is nothing to embed."""
    if total <= 0:
        return ""
    if done >= total:
        return _wrap(f"<p>{escape(say(language, 'vectors_ready', done=done))}</p>", language)
    text = escape(say(language, "vectors_going", done=done, total=total))
    return _wrap(
        f'<p>{text}</p><progress value="{done}" max="{total}">{done}/{total}</progress>', language
    )


def upload_html(results: Sequence[IngestResult], doing: str, language: Language) -> str:
    """A line for each file that was read so far, and `doing`, what is going on now."""
    items = [_result(result, language) for result in results]
    if doing:
        items.append(f'<li class="wb-doing">{escape(doing)}</li>')
    if not items:
        return ""
    return _wrap(f'<ul class="wb-uploads" aria-live="polite">{"".join(items)}</ul>', language)


def _wrap(inner: str, language: Language) -> str:
    return f'<div class="wb-list" lang="{LANGUAGE_TAGS[language]}">{inner}</div>'


def _row(
    report: ReportSummary,
    warnings: Iterable[Warning_],
    findings: Iterable[Finding],
    language: Language,
) -> str:
    issuer = report.issuer or say(language, "issuer_unknown")
    year = "" if report.year is None else str(report.year)
    cells = [
        ("issuer", "", escape(issuer)),
        ("year", "wb-number", escape(year)),
        ("title", "", f'<span title="{escape(report.source)}">{escape(report.title or "")}</span>'),
        ("tables", "wb-number", str(report.tables)),
        ("figures", "wb-number", str(report.figures)),
        ("passages", "wb-number", str(report.passages)),
        ("vectors", "wb-number", f"{report.vectors}/{report.passages}"),
        ("notes", "", _notes(report, warnings, findings, language)),
    ]
    drawn = "".join(
        f'<td class="{kind}" data-column="{name}" '
        f'data-label="{escape(say(language, f"col_{name}"))}">{inner}</td>'
        for name, kind, inner in cells
    )
    return f'<tr data-report="{escape(report.id)}">{drawn}</tr>'


def _notes(
    report: ReportSummary,
    warnings: Iterable[Warning_],
    findings: Iterable[Finding],
    language: Language,
) -> str:
    groups = [
        ("note_warnings", report.warnings, [_warning(w, language) for w in warnings]),
        ("note_findings", report.findings, [_note(f.code, f.text) for f in findings]),
    ]
    parts = [
        f"<details><summary>{escape(say(language, key, n=count))}</summary>"
        f'<ul lang="zh-CN">{"".join(items)}</ul></details>'
        for key, count, items in groups
        if count
    ]
    return "".join(parts) or f'<span class="wb-quiet">{escape(say(language, "note_none"))}</span>'


def _warning(warning: Warning_, language: Language) -> str:
    return _note(warning.code, warning.text, place_text(warning.place.to_json(), language))


def _note(code: str, text: str, place: str = "") -> str:
    where = f' <span class="wb-quiet">{escape(place)}</span>' if place else ""
    return f'<li><code class="wb-code">{escape(code)}</code> {escape(text)}{where}</li>'


def _result(result: IngestResult, language: Language) -> str:
    name = f"<b>{escape(result.label)}</b>"
    notes = "".join(_warning(warning, language) for warning in result.warnings)
    notes = f'<ul class="wb-warnings" lang="zh-CN">{notes}</ul>' if notes else ""
    if result.status == "failed":
        said = escape(say(language, "upload_failed", error=result.error or "?"))
        return f'<li class="wb-failed">{name} {said}{notes}</li>'
    if result.status == "skipped":
        said = escape(say(language, "upload_skipped", reason=result.note or "?"))
        return f'<li class="wb-done">{name} {said}</li>'
    if result.status == "unchanged":
        lines = [say(language, "upload_unchanged")]
    elif not result.reports:
        lines = [say(language, "upload_no_report")]
    else:
        lines = [
            say(
                language,
                "upload_added",
                tables=report.tables,
                figures=report.figures,
                passages=report.passages,
            )
            + f" — {report.issuer or say(language, 'issuer_unknown')} {report.year or ''}".rstrip()
            for report in result.reports
        ]
    said = "<br>".join(escape(line) for line in lines)
    return f'<li class="wb-done">{name} {said}{notes}</li>'
