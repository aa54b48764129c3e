"""Checks inside one report: the form's identities, and what its sentences say of its tables."""

from __future__ import annotations

from ingest.checks.identities import assess_identities
from ingest.checks.narrative import assess_narrative
from ingest.forms import Form, load_forms
from ingest.model import Figure, Finding, Report

#: the states of a finding that a reader must look at
OPEN_STATES = ("fails", "uncertain")

__all__ = [
    "OPEN_STATES",
    "assess_identities",
    "assess_narrative",
    "assess_report",
    "check_identities",
    "check_narrative",
    "check_report",
    "open_findings",
]


def open_findings(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Those that a reader must look at: what fails, and what is uncertain."""
    return tuple(f for f in findings if f.state in OPEN_STATES)


def check_identities(form: Form, figures: tuple[Figure, ...]) -> tuple[Finding, ...]:
    """The identities of the form that fail or are uncertain."""
    return open_findings(assess_identities(form, figures))


def check_narrative(report: Report) -> tuple[Finding, ...]:
    """The statements in prose that fail or are uncertain."""
    return open_findings(assess_narrative(report))


def assess_report(report: Report) -> tuple[Finding, ...]:
    """All checks of one report with their states, also what holds and what cannot be assessed."""
    forms = [form for form in load_forms() if form.name == report.form]
    identities = tuple(f for form in forms for f in assess_identities(form, report.figures))
    return (*identities, *assess_narrative(report))


def check_report(report: Report) -> tuple[Finding, ...]:
    """What a report contradicts itself in; stored with it."""
    return open_findings(assess_report(report))
