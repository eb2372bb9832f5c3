"""Who wishes to be told hears what is usual now, alone; the wish is kept where its figure may be shown to them."""

from __future__ import annotations

from sqlalchemy import Engine

from bot.questions.answers.answer import Status
from storage.engine import reading_engine
from storage.keep import watches
from tests.bot.questions.plans.conftest import Asked

ENGINEER = "oluwaseun.castillo@larkspur.example"


def kept(store: str) -> list[tuple[str, str]]:
    engine: Engine = reading_engine(store)
    with engine.connect() as connection:
        found = [(watch.email, watch.title) for watch in watches.active(connection, 1)]
    engine.dispose()
    return found


def test_a_wish_is_kept_for_who_may_see_its_figure(ask: Asked, larkspur: str) -> None:
    wish = "tell me when cost per employee of Checkout leaves its usual range"
    found = ask(wish, ENGINEER)
    ask(wish, ENGINEER)
    hidden = ask("tell me when cost of Counsel changes", ENGINEER)

    assert found.status is Status.ANSWERED
    assert "usual range" in found.text
    assert hidden.status is Status.DENIED
    assert kept(larkspur) == [(ENGINEER, "cost per employee, Checkout, leaves its usual range")]


def test_the_operator_is_nobody_to_tell(ask: Asked, larkspur: str) -> None:
    found = ask("keep an eye on tokens per employee")

    assert found.status is Status.UNSUPPORTED
    assert "--as EMAIL" in found.text
    assert kept(larkspur) == []
