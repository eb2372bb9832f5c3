"""`/leverage settings`: an admin sets, is refused aloud, clears; whoever is none is told so, whatever they send."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.settings import Settings
from bot.settings.workspace import settings_of
from bot.slack.settings.listeners import attach
from storage.engine import reading_engine, writing_engine
from storage.keep.settings import latest_changes
from storage.workspaces import zone_of
from tests.bot.slack.desks import Desk
from tests.databases import fresh_store
from tests.fakes.slack_api import FakeSlack

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
ENVIRONMENT = Settings(admins=frozenset({"ana@northwind.example"}))


@pytest.fixture
def engines(tmp_path: Path) -> Iterator[tuple[Engine, Engine]]:
    """An engine that reads and one that writes."""
    with fresh_store("sqlite", tmp_path) as url:
        reading, writing = reading_engine(url), writing_engine(url)
        yield reading, writing
        reading.dispose()
        writing.dispose()


@pytest.fixture
def desk(slack: FakeSlack, engines: tuple[Engine, Engine]) -> Desk:
    return Desk(slack, attach(*engines, ENVIRONMENT, lambda: NOON))


def test_what_an_admin_sets_counts_at_once_is_logged_and_can_be_cleared(
    desk: Desk, engines: tuple[Engine, Engine]
) -> None:
    desk.say("settings")
    desk.submit(desk.modal(), {"FULCRUM_ZONE": "Europe/Berlin", "FULCRUM_PEOPLE": "managers"})

    reading, _ = engines
    now = settings_of(reading, 1, ENVIRONMENT)
    assert (str(now.zone), now.people, now.min_group) == ("Europe/Berlin", "managers", 5)
    assert "Time zone: as set where Fulcrum runs → Europe/Berlin · ana@northwind.example" in desk.told()
    with reading.connect() as connection:
        changes = latest_changes(connection, 1, 9)
        assert {(change.by, change.name, change.old, change.new) for change in changes} == {
            ("ana@northwind.example", "FULCRUM_ZONE", None, "Europe/Berlin"),
            ("ana@northwind.example", "FULCRUM_PEOPLE", None, "managers"),
        }
        assert zone_of(connection, 1) == "Europe/Berlin"

    desk.say("settings")
    desk.submit(desk.modal(), {"FULCRUM_ZONE": "", "FULCRUM_PEOPLE": "environment"})

    assert settings_of(reading, 1, ENVIRONMENT) == ENVIRONMENT


def test_what_cannot_be_meant_is_refused_below_its_field_and_nothing_is_saved(
    desk: Desk, engines: tuple[Engine, Engine]
) -> None:
    desk.say("settings")
    wrong = {
        "FULCRUM_MIN_GROUP": "3",
        "FULCRUM_ZONE": "Mars/Olympus",
        "FULCRUM_ADMINS": "bo@northwind.example",
        "FULCRUM_COUNTRY": "DE",
    }
    answer = json.loads(desk.submit(desk.modal(), wrong).body)

    assert answer["response_action"] == "errors"
    assert answer["errors"]["FULCRUM_MIN_GROUP"].startswith("Must be a whole number from 5")
    assert "nobody is locked out" in answer["errors"]["FULCRUM_ADMINS"]
    assert set(answer["errors"]) == {"FULCRUM_MIN_GROUP", "FULCRUM_ZONE", "FULCRUM_ADMINS"}
    assert settings_of(engines[0], 1, ENVIRONMENT) == ENVIRONMENT


def test_whoever_is_no_admin_gets_no_form_and_changes_nothing_by_a_form_of_their_own(
    desk: Desk, engines: tuple[Engine, Engine]
) -> None:
    desk.say("settings", "UBO")
    assert "Only an admin" in json.dumps(desk.modal())

    desk.say("settings")
    answer = desk.submit(desk.modal(), {"FULCRUM_PEOPLE": "everyone"}, "UBO")

    assert "Only an admin" in answer.body
    assert settings_of(engines[0], 1, ENVIRONMENT) == ENVIRONMENT


def test_an_admin_made_in_slack_is_one_and_the_environments_are_none_any_more(
    desk: Desk, engines: tuple[Engine, Engine]
) -> None:
    desk.click("settings:open")
    desk.submit(desk.modal(), {"FULCRUM_ADMINS": "ana@northwind.example, bo@northwind.example"})
    desk.click("settings:open", user="UBO")
    desk.submit(desk.modal(), {"FULCRUM_ADMINS": "bo@northwind.example"}, "UBO")

    assert settings_of(engines[0], 1, ENVIRONMENT).admins == {"bo@northwind.example"}
