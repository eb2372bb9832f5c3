"""What a listener may touch, over a real store: places, claims, threads, votes, and no figure without a workspace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select, update

from bot.errors import NotReady, UserError
from bot.questions.pipeline import Questions
from bot.questions.read import read
from bot.questions.request import AskRequest
from bot.questions.threads.memory import StoreMemory
from bot.services import StoreServices
from bot.settings import Settings
from storage.engine import reading_engine, writing_engine
from storage.load.organisation import save_teams
from storage.load.roster import save_roster
from storage.load.writes import LoadOf, save_usage
from storage.records import UsageRecord
from storage.roster_records import SpellRecord, TeamRecord
from storage.tables import Question, Workspace
from tests.databases import empty_database, fresh_store

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[StoreServices]:
    with fresh_store("sqlite", tmp_path) as url:
        yield from over(url)


def over(url: str) -> Iterator[StoreServices]:
    reading, writing = reading_engine(url), writing_engine(url)
    memory = StoreMemory(reading, writing, lambda: NOW)
    questions = Questions(reading, writing, Settings(), memory, read, lambda: NOW)
    yield StoreServices(questions, writing, lambda: NOW)
    reading.dispose()
    writing.dispose()


def workspace(services: StoreServices, slack_team: str) -> int:
    with services.writing.begin() as connection:
        return int(
            connection.scalar(insert(Workspace).values(name="w2", slack_team_id=slack_team).returning(Workspace.id))
            or 0
        )


def test_a_claim_is_the_first_callers_alone_in_each_workspace(services: StoreServices) -> None:
    other = workspace(services, "T2")

    assert services.claim(1, "event:1")
    assert not services.claim(1, "event:1")
    assert services.claim(other, "event:1")


def test_a_thread_is_known_once_an_answer_was_noted_in_it(services: StoreServices) -> None:
    assert not services.thread_known(1, "C1", "100.1")
    services.note_thread(1, "C1", "100.1")
    services.note_thread(1, "C1", "100.1")

    assert services.thread_known(1, "C1", "100.1")
    assert not services.thread_known(1, "C2", "100.1")


def test_a_slack_team_has_the_workspace_that_it_was_installed_in(services: StoreServices) -> None:
    assert services.workspace_for("T2") == 1, "an app with one token has one workspace"
    assert services.workspace_for("T2") != (mine := workspace(services, "T2"))
    assert services.workspace_for("T2") == mine


def test_an_app_of_many_refuses_a_slack_team_that_is_not_installed(services: StoreServices) -> None:
    many = StoreServices(services.questions, services.writing, lambda: NOW, single=False)

    with pytest.raises(UserError, match="install it here"):
        many.workspace_for("T7")


def test_a_vote_stands_at_the_askers_own_question(services: StoreServices) -> None:
    operators = services.ask(AskRequest(workspace_id=1, text="what can you do?", asker_email=None, operator=True))
    number = operators.number
    assert number is not None
    with services.writing.begin() as connection:
        connection.execute(update(Question).values(asker="ana@firm.example"))

    services.vote(1, number, "bo@firm.example", "down")
    assert vote(services.writing, number) == ""
    services.vote(1, number, "ana@firm.example", "up")
    assert vote(services.writing, number) == "up"


def vote(engine: Engine, number: int) -> str | None:
    with engine.connect() as connection:
        return connection.scalar(select(Question.vote).where(Question.id == number))


def test_without_a_model_no_sentence_is_added(services: StoreServices) -> None:
    request = AskRequest(workspace_id=1, text="what can you do?", asker_email=None, operator=True)

    assert not services.remarks
    assert services.remark(request, services.ask(request)) == ""


def test_a_store_without_its_schema_is_not_ready(services: StoreServices, tmp_path: Path) -> None:
    services.ready()

    with empty_database("sqlite", tmp_path) as url:
        writing_engine(url).connect().close()  # a file without tables
        for bare in over(url):
            with pytest.raises(NotReady):
                bare.ready()


def test_an_admin_alone_sees_whom_nobody_knows_and_says_who_they_are(services: StoreServices) -> None:
    admin = replace(services.questions, settings=Settings(admins=frozenset({"ada@acme.example"})))
    services = replace(services, questions=admin)
    with services.writing.begin() as connection:
        save_teams(connection, 1, [TeamRecord(name="Core")])
        spell = SpellRecord(email="bo@acme.example", name="Bo", team="Core", start=NOW.date())
        save_roster(connection, 1, [spell])
    record = UsageRecord(natural_key="1", day=NOW.date(), subject="bo-gh", tool="cursor", input_tokens=7)
    save_usage(services.writing, LoadOf(workspace_id=1, source="cursor", what="a pass", now=NOW), [record])

    assert [stranger.found.subject for stranger in services.strangers(1, "ada@acme.example")] == ["bo-gh"]
    for other in ("bo@acme.example", ""):
        assert services.strangers(1, other) == ()
        with pytest.raises(UserError, match="Only an admin"):
            services.link(1, other, "bo-gh", "bo@acme.example")

    assert services.link(1, "ada@acme.example", "bo-gh", "bo@acme.example").startswith("bo-gh is bo@acme.example now")
    assert services.strangers(1, "ada@acme.example") == ()
    with pytest.raises(UserError, match="somebody's by now"):
        services.link(1, "ada@acme.example", "bo-gh", "bo@acme.example")
