"""What one browser tab has asked so far; kept on the server by Gradio, one for each session."""

from __future__ import annotations

from dataclasses import dataclass, replace

from index.answer import Answer, Turn

#: the dialogue handed on with a question: more turns do not help, and a page may stay open for days
MAX_TURNS = 20
#: the answers whose evidence can still be looked at
MAX_EXCHANGES = 200


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question with its answer; without an answer, with the reason in `error`."""

    question: str
    answer: Answer | None = None
    error: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still being worked on."""
        return self.answer is None and self.error is None


@dataclass(frozen=True, slots=True)
class Session:
    """The conversation of one tab. `shown` is the exchange whose evidence is open.

    The language is not in here: it may be switched while a question is being answered, and neither
    may undo the other.
    """

    exchanges: tuple[Exchange, ...] = ()
    shown: int | None = None

    def dialogue(self) -> tuple[Turn, ...]:
        """The turns before the next question; failed ones are left out, they settled nothing."""
        turns: list[Turn] = []
        for exchange in self.exchanges:
            if exchange.answer is not None:
                turns.append(Turn("user", exchange.question))
                turns.append(Turn("assistant", exchange.answer.answer))
        return tuple(turns[-MAX_TURNS:])

    def asked(self, question: str) -> Session:
        """With a question that has no answer yet."""
        kept = (*self.exchanges, Exchange(question))[-MAX_EXCHANGES:]
        return replace(self, exchanges=kept, shown=len(kept) - 1)

    def answered(self, answer: Answer | None, error: str | None = None) -> Session:
        """With the last question answered, or failed for `error`."""
        last = replace(self.exchanges[-1], answer=answer, error=error)
        return replace(self, exchanges=(*self.exchanges[:-1], last))

    def showing(self, exchange: int) -> Session:
        """With the evidence of another exchange open; one that does not exist changes nothing."""
        return replace(self, shown=exchange) if 0 <= exchange < len(self.exchanges) else self

    def current(self) -> Exchange | None:
        """The exchange whose evidence is open."""
        if self.shown is None or not 0 <= self.shown < len(self.exchanges):
            return None
        return self.exchanges[self.shown]
