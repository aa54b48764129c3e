"""How right the answers are: question sets, a judge, runs and reports on them.

`judge()` and `run()` are taken from their modules, `eval.judge` and `eval.run`: exported here they
would hide the modules of their names.
"""

from eval.cases import AnswerKind, Case, load_cases, load_sets
from eval.command import evaluate
from eval.judge import Outcome, Verdict
from eval.report import print_report, report_json
from eval.run import CaseResult, Run

__all__ = [
    "AnswerKind",
    "Case",
    "CaseResult",
    "Outcome",
    "Run",
    "Verdict",
    "evaluate",
    "load_cases",
    "load_sets",
    "print_report",
    "report_json",
]
