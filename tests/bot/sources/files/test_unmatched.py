"""Whom sources name and the roster does not know: who each may be, links that somebody makes, and their traces."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.errors import UserError
from bot.sources.files.unmatched import link, strangers, unlink
from storage.engine import writing_engine
from storage.load.organisation import save_teams
from storage.load.roster import save_roster
from storage.load.undoing import CannotUndo, read_loads, undo
from storage.load.writes import LoadOf, save_usage
from storage.records import UsageRecord
from storage.roster_records import SpellRecord, TeamRecord
from tests.databases import fresh_store

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
DAY = date(2026, 11, 2)
PEOPLE = {"ana.berg@acme.example": "Ana Berg", "bo@acme.example": "Bo Lind", "b.lind@acme.example": "Beate Lind"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Connection]:
    """Three people; use of one of them, of an address and of a login."""
    with fresh_store("sqlite", tmp_path) as url:
        engine = writing_engine(url)
        with engine.begin() as connection:
            save_teams(connection, 1, [TeamRecord(name="Core")])
            spells = [SpellRecord(email=email, name=name, team="Core", start=DAY) for email, name in PEOPLE.items()]
            save_roster(connection, 1, spells)
        load = LoadOf(workspace_id=1, source="cursor", what="a pass", now=NOW)
        used = {"bo@acme.example": 900, "BergAna-gh": 5, "lind+x@other.example": 70, "u-17": 30}
        save_usage(
            engine,
            load,
            [
                UsageRecord(natural_key=who, day=DAY, subject=who, tool="cursor", input_tokens=tokens)
                for who, tokens in used.items()
            ],
        )
        with engine.begin() as connection:
            yield connection
        engine.dispose()


def found(store: Connection) -> list[tuple[str, int, tuple[str, ...]]]:
    return [(stranger.found.subject, stranger.found.tokens, stranger.suggested) for stranger in strangers(store, 1)]


def test_they_come_by_their_tokens_each_with_the_people_it_is_like(store: Connection) -> None:
    lind = ("bo@acme.example", "b.lind@acme.example")

    assert found(store)[0][:2] == ("lind+x@other.example", 70)
    assert set(found(store)[0][2]) == set(lind)
    assert found(store)[1:] == [("u-17", 30, ()), ("BergAna-gh", 5, ())]
    assert [stranger.found.subject for stranger in strangers(store, 1, most=1)] == ["lind+x@other.example"]


def test_a_link_gives_its_use_to_the_person_and_is_kept_with_who_said_it(store: Connection) -> None:
    said = link(store, 1, "u-17", "BO@acme.example", "ana.berg@acme.example", NOW)

    assert said == "u-17 is bo@acme.example now. To undo: fulcrum people unlink u-17"
    assert [subject for subject, _, _ in found(store)] == ["lind+x@other.example", "BergAna-gh"]
    assert unlink(store, 1, " u-17 ", "the operator", NOW) == "u-17 is no longer bo@acme.example."
    assert [load.what for load in read_loads(store, 1)][:2] == [
        "u-17 is not bo@acme.example, says the operator",
        "u-17 is bo@acme.example, says ana.berg@acme.example",
    ]


@pytest.mark.parametrize(
    ("outside_id", "email", "words"),
    [
        ("u-17", "zed@acme.example", "Nobody with the e-mail zed@acme.example is in the roster"),
        ("u-17", "", "cannot be linked: email is empty"),
    ],
)
def test_a_link_to_nobody_is_refused(store: Connection, outside_id: str, email: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        link(store, 1, outside_id, email, "the operator", NOW)


def test_what_is_linked_to_nobody_cannot_be_unlinked(store: Connection) -> None:
    with pytest.raises(UserError, match="linked to nobody"):
        unlink(store, 1, "u-17", "the operator", NOW)


def test_a_link_is_undone_by_its_own_word_and_not_as_a_load(store: Connection) -> None:
    link(store, 1, "u-17", "bo@acme.example", "the operator", NOW)
    newest = next(read_loads(store, 1))

    with pytest.raises(CannotUndo, match="by its word unlink"):
        undo(store, 1, newest.id, NOW)
