"""The assistant as a LlamaIndex chat engine."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from llama_index.core.base.llms.types import (
    ChatMessage,
    ChatResponse,
    ChatResponseAsyncGen,
    ChatResponseGen,
    MessageRole,
)
from llama_index.core.base.response.schema import Response
from llama_index.core.chat_engine.types import (
    AgentChatResponse,
    BaseChatEngine,
    StreamingAgentChatResponse,
)
from llama_index.core.tools import ToolOutput

from index.answer import Question, Turn
from index.assistant import Assistant
from index.llama.engine import WenbaoQueryEngine, pieces


class WenbaoChatEngine(BaseChatEngine):
    """A conversation about the reports: follow-ups are understood; no language model takes part.

    The source nodes of a reply are the printed figures and sentences that it rests on, the JSON of
    the contract is in `sources[0].raw_output.metadata["answer"]`. Streams come sentence by sentence.
    One engine is one conversation. Raises QuestionError where a message is empty or too long; such
    a message is not kept.
    """

    def __init__(self, assistant: Assistant, *, scope: tuple[str, ...] | None = None) -> None:
        self._engine = WenbaoQueryEngine(assistant, scope=scope)
        self._history: list[ChatMessage] = []

    @property
    def chat_history(self) -> list[ChatMessage]:
        """What was said so far, oldest first."""
        return list(self._history)

    def reset(self) -> None:
        """Begin anew."""
        self._history.clear()

    def chat(
        self, message: str, chat_history: list[ChatMessage] | None = None
    ) -> AgentChatResponse:
        """The reply to a message; `chat_history` takes the place of what was said so far."""
        response = self._reply(message, chat_history)
        return AgentChatResponse(str(response), [_output(message, response)])

    def stream_chat(
        self, message: str, chat_history: list[ChatMessage] | None = None
    ) -> StreamingAgentChatResponse:
        """The reply, to be read from `response_gen`."""
        response = self._reply(message, chat_history)
        return StreamingAgentChatResponse(
            sources=[_output(message, response)],
            chat_stream=_stream(str(response)),
            is_writing_to_memory=False,
        )

    async def achat(
        self, message: str, chat_history: list[ChatMessage] | None = None
    ) -> AgentChatResponse:
        """`chat`, in a thread."""
        return await asyncio.to_thread(self.chat, message, chat_history)

    async def astream_chat(
        self, message: str, chat_history: list[ChatMessage] | None = None
    ) -> StreamingAgentChatResponse:
        """The reply, to be read from `async_response_gen`."""
        response = await asyncio.to_thread(self._reply, message, chat_history)
        return StreamingAgentChatResponse(
            sources=[_output(message, response)],
            achat_stream=_astream(str(response)),
            is_writing_to_memory=False,
        )

    def _reply(self, message: str, chat_history: list[ChatMessage] | None) -> Response:
        if chat_history is not None:
            self._history = list(chat_history)
        turns = tuple(Turn(m.role.value, m.content or "") for m in self._history)
        response = self._engine.answer(Question(message, turns))
        self._history += [
            ChatMessage(role=MessageRole.USER, content=message),
            ChatMessage(role=MessageRole.ASSISTANT, content=str(response)),
        ]
        return response


def _output(message: str, response: Response) -> ToolOutput:
    return ToolOutput(
        content=str(response),
        tool_name="wenbao",
        raw_input={"message": message},
        raw_output=response,
    )


def _responses(text: str) -> Iterator[ChatResponse]:
    said = ""
    for piece in pieces(text):
        said += piece
        message = ChatMessage(role=MessageRole.ASSISTANT, content=said)
        yield ChatResponse(message=message, delta=piece)


def _stream(text: str) -> ChatResponseGen:
    yield from _responses(text)


async def _astream(text: str) -> ChatResponseAsyncGen:
    for response in _responses(text):
        yield response
