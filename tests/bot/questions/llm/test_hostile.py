"""Hostile questions, names and models: nobody sees what is not theirs, and no query leaves their organisation."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from itertools import chain, cycle
from typing import Any

import pytest

from bot.questions import read as reading_rules
from bot.questions.answers.answer import Answer, Audience
from bot.questions.llm.breaker import Breaker
from bot.slack.questions.blocks import render
from tests.bot.questions.llm.attacks import MODELS, QUESTIONS, Model
from tests.bot.questions.llm.conftest import Setup
from tests.bot.questions.llm.world import ASKER, NAMES, SIZES, STRANGERS, Store, email, secret
from tests.sampling import sampled, some

PEOPLE = [(team, number) for team, size in SIZES.items() for number in range(size) if email(team, number) != ASKER]
DAYS = range(1, 31)
# What one person used over any number of days, what the small team did, and what strangers did.
HIDDEN = (
    {secret(*person) * days for person in PEOPLE for days in DAYS}
    | {(secret("Tiny", 0) + secret("Tiny", 1)) * days for days in DAYS}
    | {55_555_555 * people for people in range(1, 9)}
)
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def parts(answer: Answer) -> Iterator[Answer]:
    yield answer
    for part in answer.answers:
        yield from parts(part)


def everything(answer: Answer) -> str:
    """All that any reader could see of an answer."""
    shown = [json.dumps(answer.to_json(), ensure_ascii=False)]
    for part in parts(answer):
        shown += [part.title, part.public_text or "", repr(part.receipt), repr(part.facts), repr(part.options)]
    return "\n".join(shown)


def check(answer: Answer, text: str) -> None:
    """Assert that an answer holds nothing that is not the asker's to see."""
    numbers = {round(float(number.replace(",", "").rstrip("."))) for number in NUMBER.findall(figures(answer))}
    assert not numbers & HIDDEN, sorted(numbers & HIDDEN)
    for part in parts(answer):
        people = {row.labels["person"] for row in part.rows if "person" in row.labels}
        assert len(people) <= 1, people
    seen = everything(answer)
    names = [name for name in NAMES.values() if name not in text]
    assert [name for name in names if name in seen] == []
    others = [email(*person) for person in PEOPLE if email(*person) not in text]
    assert [address for address in others if address in seen] == []
    assert "Stranger 1" not in seen
    posted = "\n".join(marked_up([message.to_json() for message in render(answer, "1")]))
    assert "<!channel>" not in posted
    assert "<https://" not in posted
    assert "\u202e" not in posted


def marked_up(value: Any) -> Iterator[str]:
    """The strings that Slack reads markup in: all but plain text and the values behind buttons."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict) and value.get("type") != "plain_text":
        yield from marked_up([inner for name, inner in value.items() if name not in ("value", "block_id", "action_id")])
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from marked_up(inner)


def figures(answer: Answer) -> str:
    """The texts, rows and facts: where figures stand."""
    return "\n".join(f"{part.text} {[dict(row.values) for row in part.rows]} {part.facts}" for part in parts(answer))


def check_scope(store: Store) -> None:
    """Assert that every statement asked for the asker's organisation alone."""
    for statement, given in store.ran:
        values = list(chain.from_iterable(given)) if given and isinstance(given[0], tuple) else list(given or ())
        assert STRANGERS not in values, statement
        if "FROM" in statement and "sqlite_master" not in statement:
            assert store.workspace in values, statement


@pytest.fixture(autouse=True)
def _forget(world: Store) -> None:
    world.ran.clear()


@sampled
@pytest.mark.parametrize("audience", [Audience.PRIVATE, Audience.MEMBERS])
@pytest.mark.parametrize("name", some([*QUESTIONS], 12))
def test_the_rules_give_nothing_away(world: Store, name: str, audience: Audience) -> None:
    text = QUESTIONS[name]

    answer = world.ask(reading_rules.read, text, audience=audience)

    check(answer, text)
    check_scope(world)


@sampled
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_model_that_follows_orders_gives_nothing_away(world: Store, engine: Setup, model: Model) -> None:
    reader = engine(model, mode="openai")
    attacks = some([*QUESTIONS.values()], 5, start=MODELS.index(model))

    for text in attacks:
        reader.client().breaker = Breaker(time.monotonic)  # each attack is the first
        check(world.ask(reader.read, text), text)
    check_scope(world)
    assert len(engine.server.requests) > len(attacks) / 2


@sampled
@pytest.mark.parametrize("audience", Audience)
def test_both_engines_together_give_nothing_away(world: Store, engine: Setup, audience: Audience) -> None:
    models = cycle(MODELS[:6])
    reader = engine(lambda request: next(models)(request), rules=reading_rules.read)

    for text in some([*QUESTIONS.values()], 5):
        answer = world.ask(reader.read, text, audience=audience)
        check(answer, text)
        if audience is Audience.OPEN and any(part.rows for part in parts(answer)):
            assert answer.private
            assert not NUMBER.search(answer.public_text or "")
    check_scope(world)


def test_the_check_itself_sees_a_leak(world: Store) -> None:
    answer = world.ask(reading_rules.read, "tokens by person last month", asker=None)

    with pytest.raises(AssertionError):
        check(answer, "")


def test_there_are_forty_attacks_and_more() -> None:
    assert len(set(QUESTIONS.values())) >= 40
