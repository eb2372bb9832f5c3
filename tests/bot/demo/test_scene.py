"""The sample organisation as a workspace: people worth being, channels, what to ask first."""

from __future__ import annotations

import csv
from pathlib import Path

from bot.demo.scene import GUEST, LINE, scene
from bot.slack.leverage_words import COMMAND, SUBCOMMANDS


def test_the_cast_are_people_of_the_roster_in_the_roles_they_are_given(larkspur_files: Path) -> None:
    with (larkspur_files / "roster.csv").open(newline="", encoding="utf-8") as lines:
        roster = {row["email"]: row for row in csv.DictReader(lines) if not row["end_date"]}
    cast = {person.role: roster[person.email] for person in scene(larkspur_files).people}

    assert list(cast) == ["CTO", "Team lead", "Engineer", "Admin"]
    assert cast["Team lead"]["team"] == cast["Engineer"]["team"] == LINE
    assert cast["Engineer"]["manager_email"] == cast["Team lead"]["email"]
    assert cast["Team lead"]["manager_email"] == cast["CTO"]["email"]
    assert {row["kind"] for row in cast.values()} == {"employee"}


def test_everybody_has_a_place_and_one_channel_has_others_reading_along(larkspur_files: Path) -> None:
    made = scene(larkspur_files)
    people = {person.id for person in made.people}

    for room in made.rooms:
        assert {*room.members} <= people | {GUEST}
        assert bool(room.shared_with) == (GUEST in room.members)
    assert sum(bool(room.shared_with) for room in made.rooms) == 1
    assert made.guests.keys() == {GUEST}


def test_the_opening_is_asked_by_members_of_its_channels(larkspur_files: Path) -> None:
    made = scene(larkspur_files)
    members = {room.id: room.members for room in made.rooms}

    assert made.opening
    assert all(person in members[room] for person, room, _ in made.opening)


def test_the_suggestions_name_a_colleague_of_theirs_and_commands_that_there_are(larkspur_files: Path) -> None:
    made = scene(larkspur_files)
    engineer = next(person.name for person in made.people if person.role == "Engineer")

    assert sum(engineer in text for texts in made.suggestions.values() for text in texts) == 2
    for text in made.suggestions["command"]:
        word, subcommand = text.split()
        assert word == COMMAND
        assert subcommand in SUBCOMMANDS
