"""The page: its components and how they hang together. What they show comes from `web.desk`."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from web.chat import messages
from web.desk import Desk
from web.language import known_language, preferred_language
from web.session import Session
from web.texts import LANGUAGE_NAMES, LANGUAGE_TAGS, LANGUAGES, Language, say

if TYPE_CHECKING:
    from index import Assistant

#: how often an open page looks for reports that another process ingested
REFRESH_SECONDS = 5.0
#: as many example questions as there are buttons
EXAMPLES = 6

Updates = dict[Any, Any]


def build_page(assistant: Assistant) -> gr.Blocks:
    """The page on `assistant`, not yet served; `web.serve.serve` launches it.

    The caller keeps the assistant open for as long as the page is served.
    """
    return _Page(Desk(assistant)).blocks


class _Page:
    """One instance for the server; what belongs to a reader is in the `Session` of their tab."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        # the browser's language arrives with the load event; until then the reports' language
        first: Language = "zh"
        self.blocks: gr.Blocks = gr.Blocks(
            title=f"{say(first, 'title')} wenbao",
            analytics_enabled=False,
            fill_width=True,
            # uploads are kept in the store; the copies that Gradio makes are not needed
            delete_cache=(3600, 3600),
        )
        with self.blocks:
            self.session = gr.State(Session())
            self.language = gr.State(first)
            self.seen = gr.State("")
            self.stored = gr.BrowserState("", storage_key="wenbao-language", secret="wenbao-page")
            self.timer = gr.Timer(REFRESH_SECONDS)
            self._lay_out_head(first)
            with gr.Row(elem_id="wb-main", equal_height=False):
                with gr.Column(scale=5, min_width=420, elem_id="wb-left"):
                    self._lay_out_chat(first)
                with gr.Column(scale=6, min_width=500, elem_id="wb-right"):
                    self._lay_out_evidence(first)
            with gr.Row(elem_id="wb-store", equal_height=False):
                with gr.Column(scale=7, min_width=600):
                    self.reports_head = _html()
                    self.progress = _html()
                    self.reports = _html(elem_id="wb-reports")
                with gr.Column(scale=4, min_width=320):
                    self._lay_out_upload(first)
            self._wire()

    def _lay_out_head(self, language: Language) -> None:
        with gr.Row(elem_id="wb-head", equal_height=False):
            self.head = _html(_head(language), js_on_load=_script("head.js"))
            self.switch = gr.Radio(
                [(LANGUAGE_NAMES[code], code) for code in LANGUAGES],
                value=language,
                show_label=False,
                container=False,
                elem_id="wb-language",
                scale=0,
                min_width=190,
            )

    def _lay_out_chat(self, language: Language) -> None:
        self.chat = gr.Chatbot(
            show_label=False,
            container=False,
            elem_id="wb-chat",
            height="min(460px, 60vh)",
            layout="bubble",
            buttons=[],
            latex_delimiters=[],
            allow_tags=False,
            sanitize_html=True,
            feedback_options=None,
        )
        with gr.Row(elem_id="wb-ask", equal_height=True):
            self.box = gr.Textbox(
                show_label=False,
                container=False,
                lines=1,
                max_lines=5,
                # the assistant says what is too long; this only stops a pasted book
                max_length=5000,
                scale=1,
                elem_id="wb-question",
                autofocus=True,
            )
            self.send = gr.Button(
                say(language, "ask"), variant="primary", scale=0, min_width=80, elem_id="wb-send"
            )
        with gr.Row(elem_id="wb-below", equal_height=False):
            self.examples_head = _html()
            self.restart = gr.Button(
                say(language, "new_talk"),
                size="sm",
                scale=0,
                min_width=90,
                elem_id="wb-restart",
                visible=False,
            )
        with gr.Row(elem_id="wb-examples"):
            self.examples = [
                gr.Button("", visible=False, size="sm", min_width=0, elem_classes=["wb-example"])
                for _ in range(EXAMPLES)
            ]

    def _lay_out_evidence(self, language: Language) -> None:
        self.evidence_head = _html()
        self.evidence = _html(elem_id="wb-evidence", js_on_load=_script("evidence.js"))

    def _lay_out_upload(self, language: Language) -> None:
        self.upload_head = _html()
        # Gradio's words in the box follow the browser, not our switch: the style sheet hides them
        # and shows what `_head` carries instead
        self.upload = gr.File(
            label=say(language, "upload_drop"),
            show_label=False,
            file_count="multiple",
            type="filepath",
            height=110,
            elem_id="wb-upload",
        )
        self.results = _html(elem_id="wb-results")

    def _wire(self) -> None:
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        state = [self.session, self.language]
        words = [*self._worded(), self.switch, self.language, self.seen]
        self.blocks.load(self._load, [self.stored, self.session], words, **quiet)
        self.switch.input(self._switch, [self.switch, self.session], [*words, self.stored], **quiet)
        talk = [self.session, self.chat, self.evidence, self.box, self.restart]
        asking: dict[str, Any] = {"concurrency_limit": 8, "concurrency_id": "ask", **quiet}
        gr.on([self.box.submit, self.send.click], self._ask, [self.box, *state], talk, **asking)
        for button in self.examples:
            button.click(self._ask, [button, *state], talk, **asking)
        self.chat.select(self._show, state, [self.session, self.chat, self.evidence], **quiet)
        gr.on([self.chat.clear, self.restart.click], self._restart, [self.language], talk, **quiet)
        listed = [*self._listed(), self.seen]
        refreshing: dict[str, Any] = {
            "concurrency_limit": 8,
            "concurrency_id": "refresh",
            **quiet,
        }
        self.timer.tick(self._refresh, [self.language, self.seen], listed, **refreshing)
        self.upload.upload(
            self._take,
            [self.upload, self.language],
            [self.upload, self.results],
            concurrency_limit=4,
            **quiet,
        ).then(self._refresh, [self.language, self.seen], listed, **refreshing)

    def _worded(self) -> list[Any]:
        """The components whose words depend on the language."""
        return [
            self.head,
            self.box,
            self.send,
            self.restart,
            self.evidence_head,
            self.evidence,
            self.reports_head,
            self.upload_head,
            self.upload,
            self.results,
            *self._listed(),
        ]

    def _listed(self) -> list[Any]:
        """The components that show what is in the store."""
        return [self.chat, self.reports, self.progress, self.examples_head, *self.examples]

    def _load(self, stored: str, session: Session, request: gr.Request) -> Updates:
        """A page is opened: `?lang=` first, then the reader's last choice, then the browser's."""
        language = (
            known_language(request.query_params.get("lang"))
            or known_language(stored)
            or preferred_language(request.headers.get("accept-language"))
        )
        return self._words(session, language) | {self.switch: language}

    def _switch(self, code: str, session: Session) -> Updates:
        language = known_language(code) or "zh"
        return self._words(session, language) | {self.stored: language, self.switch: language}

    def _words(self, session: Session, language: Language) -> Updates:
        """Everything that is said in a language, and what is in the store."""
        words: Updates = {
            self.language: language,
            self.head: _head(language),
            self.box: gr.update(placeholder=say(language, "ask_hint")),
            self.send: gr.update(value=say(language, "ask")),
            self.restart: gr.update(value=say(language, "new_talk")),
            self.evidence_head: _heading(language, "evidence"),
            self.evidence: self._desk.evidence(session, language),
            self.reports_head: _heading(language, "reports"),
            self.upload_head: _heading(language, "upload"),
            self.upload: gr.update(label=say(language, "upload_drop")),
            self.results: "",
        }
        words |= self._refresh(language, "")
        words[self.chat] = gr.update(
            value=messages(session, language), placeholder=self._placeholder(language)
        )
        return words

    def _placeholder(self, language: Language) -> str:
        key = "chat_empty" if self._desk.has_reports() else "chat_no_reports"
        tag = LANGUAGE_TAGS[language]
        return f'<div class="wb-empty" lang="{tag}">{say(language, key)}</div>'

    def _refresh(self, language: Language, seen: str) -> Updates:
        """What is in the store now; nothing is sent where nothing changed since `seen`."""
        reports, progress = self._desk.reports(language), self._desk.progress(language)
        examples = self._desk.examples(language)[:EXAMPLES]
        now = "\n".join([language, reports, progress, *examples])
        if now == seen:
            return {self.seen: gr.skip()}
        updates: Updates = {
            self.seen: now,
            self.reports: reports,
            self.progress: progress,
            # not its messages: a tick may be older than the answer that has come meanwhile
            self.chat: gr.update(placeholder=self._placeholder(language)),
            self.examples_head: _heading(language, "examples") if examples else "",
        }
        for number, button in enumerate(self.examples):
            here = number < len(examples)
            updates[button] = gr.update(value=examples[number] if here else "", visible=here)
        return updates

    def _ask(self, text: str, session: Session, language: Language) -> Iterator[Updates]:
        for step in self._desk.ask(session, text or "", language):
            updates: Updates = {self.session: step, self.chat: messages(step, language)}
            if step.exchanges[-1].is_open:
                updates |= {self.box: "", self.restart: gr.update(visible=True)}
            else:
                # the box is not touched again: the reader may have begun the next question
                updates[self.evidence] = self._desk.evidence(step, language)
            yield updates

    def _show(self, session: Session, language: Language, event: gr.SelectData) -> Updates:
        """An earlier answer (or its question) was selected: two messages are one exchange."""
        index = event.index[0] if isinstance(event.index, list | tuple) else event.index
        session = session.showing(int(index) // 2)
        return {
            self.session: session,
            self.chat: messages(session, language),
            self.evidence: self._desk.evidence(session, language),
        }

    def _restart(self, language: Language) -> Updates:
        session = Session()
        return {
            self.session: session,
            self.chat: [],
            self.evidence: self._desk.evidence(session, language),
            self.restart: gr.update(visible=False),
        }

    def _take(self, names: list[str] | None, language: Language) -> Iterator[Updates]:
        for shown in self._desk.upload([Path(name) for name in names or []], language):
            yield {self.results: shown}
        # an empty box says that it is ready for more, and the same file can be chosen again
        yield {self.upload: None}


def _html(value: str = "", **options: Any) -> gr.HTML:
    """Our own HTML without Gradio's typography, which would draw its own table borders."""
    return gr.HTML(value, apply_default_css=False, **options)


def _script(name: str) -> str:
    return files("web").joinpath(name).read_text(encoding="utf-8")


def _head(language: Language) -> str:
    tag = LANGUAGE_TAGS[language]
    return (
        f'<header class="wb-title" lang="{tag}" data-language="{tag}" '
        f'data-drop="{say(language, "upload_drop")}">'
        f"<h1>{say(language, 'title')}</h1><p>{say(language, 'tagline')}</p></header>"
    )


def _heading(language: Language, key: str) -> str:
    return f'<h2 class="wb-h2" lang="{LANGUAGE_TAGS[language]}">{say(language, key)}</h2>'
