"""The conversation as messages for `gr.Chatbot`: every word escaped, a chip under each answer."""

from __future__ import annotations

from typing import TypedDict

from index.answer import Answer, Kind
from web.evidence import BESIDE
from web.markup import emphasise, escape_chat, number_pattern
from web.session import Exchange, Session
from web.texts import Language, say


class Message(TypedDict):
    """The shape that Gradio takes; `content` is one block of our own HTML."""

    role: str
    content: str


def messages(session: Session, language: Language) -> list[Message]:
    """Two messages for each exchange: the question, and the answer or what became of it."""
    out: list[Message] = []
    for number, exchange in enumerate(session.exchanges):
        question = f'<div class="wb-question">{escape_chat(exchange.question)}</div>'
        out.append({"role": "user", "content": question})
        shown = number == session.shown
        reply = _reply(exchange, language, shown=shown)
        out.append({"role": "assistant", "content": reply})
    return out


#: reasons of abstentions that do say that the reports hold nothing
ABSENT = (
    None, "not-in-reports", "no-report", "empty-store", "blank", "slash", "dash", "text", "no-row",
    "no-note",
)  # fmt: skip


def chip(answer: Answer) -> str:
    """The key of the text that says where this answer comes from."""
    by_kind = {
        Kind.ABSTAIN: "chip_abstain",
        Kind.CLARIFY: "chip_clarify",
        Kind.CONFLICT: "chip_conflict",
        Kind.COMPUTE: "chip_formula",
    }
    if answer.kind is Kind.ABSTAIN and answer.reason not in ABSENT:
        return "chip_unsure"  # it was not understood, which is not to say that it is not there
    if answer.kind in by_kind:
        return by_kind[answer.kind]
    # a look-up may say a sum beside its figure: what was asked for still comes from its cell
    if answer.kind not in BESIDE and any(figure.formula is not None for figure in answer.figures):
        return "chip_formula"
    if any(figure.cell is not None for figure in answer.figures):
        return "chip_cell"
    if answer.citations or any(figure.sentence is not None for figure in answer.figures):
        return "chip_text"
    return "chip_none"


def _reply(exchange: Exchange, language: Language, *, shown: bool) -> str:
    if exchange.error is not None:
        text = escape_chat(exchange.error)
        return f'<div class="wb-answer">{text}{_foot("chip_error", "", language)}</div>'
    if exchange.answer is None:
        text = escape_chat(say(language, "working"))
        return f'<div class="wb-answer wb-working">{text}</div>'
    answer = exchange.answer
    pattern = number_pattern([t for v in answer.values for t in (v.text, v.value)])
    text = emphasise(answer.answer, pattern, chat=True)
    mark = " wb-shown" if shown else ""
    foot = _foot(chip(answer), answer.understood.words, language)
    return f'<div class="wb-answer{mark}">{text}{foot}</div>'


def _foot(key: str, words: str, language: Language) -> str:
    label = escape_chat(say(language, key))
    understood = ""
    if words.strip():
        said = escape_chat(say(language, "understood", words=words.strip()))
        understood = f' <span class="wb-understood">{said}</span>'
    return f'<div class="wb-foot"><span class="wb-chip {key}">{label}</span>{understood}</div>'
