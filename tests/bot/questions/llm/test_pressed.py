"""A reading as a button: pressing it asks exactly that query."""

from __future__ import annotations

import json
from datetime import date

import pytest

from bot.questions.llm.pressed import LONGEST, MARK, about, option, pressed
from bot.questions.reading import Intent, Understood
from storage.query import By, Filter, Query
from storage.records import Period
from tests.bot.questions.finders.bureau import world
from tests.bot.questions.llm.planned import ANA, OCTOBER, SEPTEMBER, TOKENS

DIRECTORY = world().directory


def forged(**fields: object) -> str:
    data = {"query": TOKENS.to_json() | fields, "intent": "figures", "headline": "value", "personal": False}
    return MARK + json.dumps(data)


def test_what_is_pressed_is_the_reading_that_was_offered() -> None:
    query = TOKENS.with_(previous=SEPTEMBER, filters=(Filter("team", ("Growth",)),))
    offered = option(Understood(query=query, intent=Intent.WHY, headline=By.CHANGE), DIRECTORY)
    found = pressed(offered.ask)

    assert offered.label.startswith("why ")
    assert found is not None
    assert (found.intent, found.headline, found.query.filters) == (Intent.WHY, By.CHANGE, query.filters)
    assert found.query.period == Period(OCTOBER.start, OCTOBER.end, found.query.period.label)


def test_a_query_too_long_for_a_button_is_asked_in_words() -> None:
    query = TOKENS.with_(filters=(Filter("team", tuple(f"Team {number} {'x' * 40}" for number in range(60))),))
    offered = option(Understood(query=query), DIRECTORY)

    assert not offered.ask.startswith(MARK)
    assert len(offered.label) <= 150


@pytest.mark.parametrize(
    "text",
    [
        "tokens in October",
        MARK,
        MARK + "[]",
        MARK + "[" * 1_800,
        MARK + '{"query": 5}',
        forged(metrics=["salaries"]),
        forged(metrics=[5]),
        forged(group_by=["tool", 5]),
        forged(filters=[{"dimension": "team", "op": "in", "values": [5]}]),
        forged(having=[{"metric": "cost", "by": "value", "compare": "gt", "value": 1}]),
        forged(scopes=["x" * LONGEST]),
    ],
)
def test_any_other_text_is_only_words(text: str) -> None:
    assert pressed(text) is None


def test_periods_are_named_by_their_days_and_not_by_the_button() -> None:
    period = {"start": "2026-10-01", "end": "2026-10-31", "label": "9,999 secrets"}
    odd = {"start": "2026-10-02", "end": "2026-10-30", "label": "October"}
    whole, cut = pressed(forged(period=period)), pressed(forged(period=odd))

    assert whole is not None
    assert whole.query.period.label == "October 2026"
    assert cut is not None
    assert cut.query.period.label != "October"


def test_naming_somebody_else_is_for_the_policy_to_allow() -> None:
    def of(*emails: str) -> Understood:
        person = Filter("person", emails)
        return Understood(
            query=Query(metrics=("tokens",), period=Period(date(2026, 1, 1), date(2026, 1, 2)), filters=(person,))
        )

    known = world(ANA)

    assert about([of(ANA)], known) == about([Understood(query=TOKENS)], known) == ""
    assert about([of(ANA), of("april.jones@bureau.example")], known) == "person"
