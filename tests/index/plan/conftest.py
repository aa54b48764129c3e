"""What questions mean to the planner of the examples."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.plan.lexicon import Lexicon, Token
from index.plan.plan import Plan, Understanding
from index.plan.understand import Planner


@pytest.fixture(scope="session")
def cut(lexicon: Lexicon) -> Callable[[str], tuple[Token, ...]]:
    """The tokens of a text."""
    return lexicon.cut


@pytest.fixture(scope="session")
def understood(planner: Planner) -> Callable[[str], Understanding]:
    """The last ask of a question, each understood after the one before."""

    def understand(question: str) -> Understanding:
        meant: Understanding | None = None
        for tokens in planner.asks(question):
            meant = planner.understand(tokens, meant)
        assert meant is not None
        return meant

    return understand


@pytest.fixture(scope="session")
def plan(understood: Callable[[str], Understanding]) -> Callable[[str], Plan]:
    """The plan of the last ask of a question."""

    def make(question: str) -> Plan:
        meant = understood(question)
        assert meant.plan is not None, meant
        return meant.plan

    return make
