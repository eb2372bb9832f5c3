"""`/leverage privacy`: what is stored about who asks, by the policy in force; exported and erased for them alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from bot.settings import Settings
from bot.slack.privacy.listeners import attach
from storage.engine import reading_engine, writing_engine
from storage.keep.audit import LoggedQuestion, record
from storage.keep.settings import change_settings
from storage.load.organisation import save_teams
from storage.load.roster import save_roster
from storage.query import Filter, Query
from storage.records import Period
from storage.roster_records import SpellRecord, TeamRecord
from storage.tables import Person
from tests.bot.slack.desks import Desk
from tests.databases import fresh_store
from tests.fakes.slack_api import FakeSlack

ANA, BO = "ana@northwind.example", "bo@northwind.example"
NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
OF_ANA = Query(
    metrics=("tokens",),
    period=Period(date(2026, 10, 1), date(2026, 10, 31)),
    filters=(Filter("person", (ANA,)),),
).to_json()


@pytest.fixture
def writing(tmp_path: Path) -> Iterator[Engine]:
    with fresh_store("sqlite", tmp_path) as url:
        engine = writing_engine(url)
        with engine.begin() as connection:
            save_teams(connection, 1, [TeamRecord(name="Support")])
            spells = [
                SpellRecord(email=email, name=email, team="Support", start=date(2025, 1, 1)) for email in (ANA, BO)
            ]
            save_roster(connection, 1, spells)
        yield engine
        engine.dispose()


@pytest.fixture
def desk(slack: FakeSlack, writing: Engine) -> Desk:
    reading = reading_engine(writing.url.render_as_string(hide_password=False))
    return Desk(slack, attach(reading, writing, Settings(min_group=7), lambda: NOON))


def ask(engine: Engine, asker: str, status: str = "answered") -> None:
    asked = LoggedQuestion(
        asked_at=NOON,
        asker=asker,
        place="slack:D1",
        text="tokens of Ana",
        engine="rules",
        status=status,
        query=OF_ANA,
        elapsed_ms=1.0,
    )
    record(engine, 1, asked)


def test_the_policy_in_force_stands_above_what_is_stored_and_who_looked(desk: Desk, writing: Engine) -> None:
    ask(writing, BO)
    ask(writing, "eve@northwind.example", "denied")
    told = desk.say("privacy")

    assert "Groups are shown from 7 people up" in told
    assert "no manager and no admin either" in told
    assert f"{ANA}: Support" in told
    assert f"• {BO}, 2026-11-18 12:00 UTC" in told
    assert "eve@" not in told

    with writing.begin() as connection:
        change_settings(connection, 1, {"FULCRUM_PEOPLE": "managers", "FULCRUM_RETENTION_DAYS": "365"}, ANA, NOON)
    told = desk.say("privacy")
    assert "Those whom you report to" in told
    assert "more than 365 days ago are nobody's" in told


def test_a_pressed_export_is_of_who_pressed_it_and_goes_to_them_alone(desk: Desk, slack: FakeSlack) -> None:
    desk.say("privacy")
    desk.click("privacy:export", user="UBO")

    (file,) = slack.files.values()
    assert json.loads(file["bytes"])["e-mail"] == BO
    assert [call.data["channel_id"] for call in slack.called("files.completeUploadExternal")] == ["D-UBO"]


def test_erasing_is_asked_twice_and_then_for_good(desk: Desk, writing: Engine) -> None:
    desk.say("privacy erase")
    form = desk.modal()
    assert "cannot be undone" in json.dumps(form)
    with writing.connect() as connection:
        assert ANA in set(connection.scalars(select(Person.email)))

    desk.submit(form, {})

    assert "is erased" in desk.told()
    with writing.connect() as connection:
        assert ANA not in set(connection.scalars(select(Person.email)))
    assert "What is stored about you" not in desk.say("privacy")
