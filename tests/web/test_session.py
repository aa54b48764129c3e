from __future__ import annotations

from index.answer import Answer, Kind, Turn
from web.session import MAX_EXCHANGES, MAX_TURNS, Session


def answered(session: Session, number: int) -> Session:
    return session.asked(f"问{number}").answered(Answer(f"问{number}", f"答{number}", Kind.LOOKUP))


def test_the_dialogue_is_what_was_answered() -> None:
    session = answered(Session(), 1).asked("坏问题").answered(None, "太长")
    session = answered(session, 2).asked("问3")
    assert session.dialogue() == (
        Turn("user", "问1"),
        Turn("assistant", "答1"),
        Turn("user", "问2"),
        Turn("assistant", "答2"),
    )


def test_the_dialogue_and_the_talk_do_not_grow_without_end() -> None:
    session = Session()
    for number in range(MAX_EXCHANGES + 5):
        session = answered(session, number)
    assert len(session.exchanges) == MAX_EXCHANGES
    assert len(session.dialogue()) == MAX_TURNS
    assert session.dialogue()[0].role == "user"
    current = session.current()
    assert current is not None
    assert current.question == f"问{MAX_EXCHANGES + 4}"


def test_an_exchange_is_open_until_answered_or_failed() -> None:
    asked = Session().asked("问")
    assert asked.exchanges[-1].is_open
    assert not asked.answered(None, "太长").exchanges[-1].is_open
    assert not answered(Session(), 1).exchanges[-1].is_open


def test_showing_an_exchange_that_is_there() -> None:
    session = answered(answered(Session(), 1), 2)
    assert session.shown == 1
    assert session.showing(0).shown == 0
    assert session.showing(7).shown == 1
    assert session.showing(-1).shown == 1
    assert Session().current() is None
