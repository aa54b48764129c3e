"""Reports in, answers out: the store, the understanding of questions, look-up, retrieval."""

from index.answer import Answer, Question, Turn
from index.assistant import Assistant, Paragraph
from index.intake import IngestResult, IngestStage
from index.request import Cell, Request
from index.settings import Settings
from index.store.store import ReportSummary

__all__ = [
    "Answer",
    "Assistant",
    "Cell",
    "IngestResult",
    "IngestStage",
    "Paragraph",
    "Question",
    "ReportSummary",
    "Request",
    "Settings",
    "Turn",
]
