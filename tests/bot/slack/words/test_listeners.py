"""`/leverage words`: an admin teaches at once, others propose; accepted, undone, and left alone by aliases.csv."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import Executor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from slack_bolt import App
from sqlalchemy import Engine

from bot.slack.questions.blocks import TEACH
from bot.slack.tools import Tools
from bot.slack.words.listeners import attach
from storage.engine import reading_engine, writing_engine
from storage.load.naming import save_aliases
from storage.load.organisation import save_teams
from storage.load.words import VocabularyWord, words
from storage.names import read_directory
from storage.records import AliasRecord
from storage.roster_records import TeamRecord
from tests.bot.slack.desks import Desk
from tests.databases import fresh_store
from tests.fakes.services import FakeServices
from tests.fakes.slack_api import FakeSlack

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)


@pytest.fixture
def writing(tmp_path: Path) -> Iterator[Engine]:
    with fresh_store("sqlite", tmp_path) as url:
        engine = writing_engine(url)
        with engine.begin() as connection:
            save_teams(connection, 1, [TeamRecord(name="Core")])
        yield engine
        engine.dispose()


@pytest.fixture
def desk(slack: FakeSlack, writing: Engine) -> Desk:
    """Ana is an admin."""
    reading = reading_engine(writing.url.render_as_string(hide_password=False))
    to = attach(reading, writing, lambda: NOON)

    def with_admin(app: App, tools: Tools, pool: Executor) -> None:
        assert isinstance(tools.services, FakeServices)
        tools.services.admins = frozenset({"ana@northwind.example"})
        to(app, tools, pool)

    return Desk(slack, with_admin)


def known(engine: Engine) -> list[VocabularyWord]:
    with engine.connect() as connection:
        return words(connection, 1)


def test_an_admins_word_counts_at_once_and_a_file_leaves_it_alone(desk: Desk, writing: Engine) -> None:
    assert "squad A means Core (team) from now on" in desk.say("words when we say squad A, we mean Core.")
    with writing.begin() as connection:
        save_aliases(connection, 1, [AliasRecord(kind="metric", name="cost", alias="burn rate")])
        assert read_directory(connection, 1).team["Core"].aliases == ("squad A",)

    assert "from `aliases.csv`" in desk.say("words")
    desk.click("words:undo:0", json.dumps(["team", "squad A", "Core"]))
    assert [word.alias for word in known(writing)] == ["burn rate"]


def test_others_propose_and_an_admin_alone_accepts(desk: Desk, writing: Engine) -> None:
    assert "once an admin accepts it" in desk.say("words fuel means cost", "UBO")
    assert known(writing) == [VocabularyWord("metric", "fuel", "cost", "bo@northwind.example")]
    value = json.dumps(["metric", "fuel", "cost"])

    desk.click("words:accept:0", value, "UBO")
    assert known(writing)[0].by == "bo@northwind.example"
    desk.click("words:accept:0", value)
    assert known(writing) == [VocabularyWord("metric", "fuel", "cost")]


def test_an_admin_drops_a_proposal_and_keeps_the_word_of_the_same_spelling(desk: Desk, writing: Engine) -> None:
    desk.say("words fuel means cost")
    desk.say("words fuel means tokens", "UBO")

    desk.click("words:drop:1", json.dumps(["metric", "fuel", "tokens"]))
    assert "Dropped: that fuel should mean tokens." in desk.told()
    assert known(writing) == [VocabularyWord("metric", "fuel", "cost")]


def test_what_cannot_be_taught_is_said(desk: Desk) -> None:
    assert "I know no team" in desk.say("words squad means Nowhere")
    assert "is a team already" in desk.say("words Core means cost")
    assert "Say it like this" in desk.say("words hello")


def test_a_word_that_was_not_understood_is_taught_by_a_form_that_says_what_is_wrong(
    desk: Desk, writing: Engine
) -> None:
    desk.click(TEACH, "fuel")
    form = desk.modal()
    assert form["blocks"][0]["element"]["initial_value"] == "fuel"

    answered = desk.submit(form, {"name": "Nowhere"})
    assert "I know no team" in desk.errors(answered)["name"]
    assert known(writing) == []

    desk.submit(form, {"name": "cost"})
    assert "fuel means cost (metric) from now on" in desk.told()
    desk.submit(form, {"alias": "squad A", "name": "core"}, "UBO")
    assert known(writing)[-1] == VocabularyWord("team", "squad A", "Core", "bo@northwind.example")
