"""An organisation of any size in a store, and the same rows as one flat table, written without reading a file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random

from sqlalchemy import Engine, insert, select

from storage.load.load_log import feed_id
from storage.load.organisation import save_teams
from storage.load.rollups import rebuild_usage
from storage.load.roster import save_roster
from storage.roster_records import SpellRecord, TeamRecord
from storage.tables import EPOCH, KEY_BYTES, NANO, Person, Spell, Stream, Subject, UsageFact
from storage.workspaces import bump_revision
from tests.bot.sources.files.shop import USAGE_HEADER

LAST_DAY = date(2026, 11, 17)
DAYS = 180
PARENTS = 8
PEOPLE_A_TEAM = 50
PIECE = 20_000
TOOLS = (
    ("copilot", "github", "gpt-4.1", "completion"),
    ("claude_code", "anthropic", "claude-sonnet-4-5", "agent"),
    ("cursor", "anthropic", "claude-sonnet-4-5", "agent"),
    ("chatgpt", "openai", "gpt-5", "chat"),
    ("gateway", "openai", "gpt-5-mini", "chat"),
)
WORKFLOWS = ("", "incident triage", "review of pull requests", "supplier questions")
FLAT = (
    "CREATE TABLE flat (day INTEGER, email TEXT, team TEXT, title TEXT, tool TEXT, provider TEXT, model TEXT,"
    " mode TEXT, workflow TEXT, input INTEGER, cached INTEGER, cache_write INTEGER, output INTEGER, requests INTEGER,"
    " suggested INTEGER, accepted INTEGER, cost INTEGER)"
)


@dataclass(frozen=True, slots=True)
class Crowd:
    """So many facts of so many people, the same for the same size."""

    facts: int
    people: int
    people_a_team: int = PEOPLE_A_TEAM

    @property
    def teams(self) -> int:
        """How many teams have members."""
        return max(self.people // self.people_a_team, PARENTS)

    def email(self, number: int) -> str:
        """Who somebody is."""
        return f"given.family{number:05d}@northwind.example"

    def team(self, number: int) -> str:
        """The team that somebody is in."""
        return f"Team {number % self.teams}"

    def title(self, number: int) -> str:
        """What somebody is."""
        return "Manager" if number % 3 == 0 else "Engineer"

    def rows(self) -> Iterator[tuple[int, int, int, tuple[int, ...]]]:
        """Each fact: day since 1970, person, stream, and its counts; a person has each stream once a day."""
        dice, streams = Random(1), len(TOOLS) * len(WORKFLOWS)
        for number in range(DAYS):
            day = LAST_DAY.toordinal() - EPOCH - (DAYS - 1 - number)
            for place in sorted(dice.sample(range(self.people * streams), self.facts // DAYS)):
                counts = (*map(dice.randrange, (70_000, 530_000, 30_000, 40_000, 50, 20, 6)), dice.randrange(10 * NANO))
                yield day, place // streams, place % streams, counts


def fill(engine: Engine, workspace_id: int, crowd: Crowd) -> None:
    """The crowd in a store, with its rollups."""
    with engine.begin() as connection:
        parents = [TeamRecord(name=f"Group {number}") for number in range(PARENTS)]
        teams = [TeamRecord(name=f"Team {n}", parent=f"Group {n % PARENTS}") for n in range(crowd.teams)]
        save_teams(connection, workspace_id, [*parents, *teams])
        everybody = range(crowd.people)
        save_roster(connection, workspace_id, [_spell(crowd, number) for number in everybody])
        feed = feed_id(connection, workspace_id, "files", "")
        own = {"workspace_id": workspace_id}
        connection.execute(insert(Subject), [own | {"name": crowd.email(number)} for number in everybody])
        names = ("tool", "provider", "model", "mode")
        streams = [
            own | dict(zip(names, tool, strict=True)) | {"workflow": workflow, "ledger": "workforce"}
            for tool in TOOLS
            for workflow in WORKFLOWS
        ]
        connection.execute(insert(Stream), streams)
        stream_ids = connection.scalars(select(Stream.id).order_by(Stream.id)).all()
        subjects = {name: id_ for id_, name in connection.execute(select(Subject.id, Subject.name))}
        spells = dict(connection.execute(select(Person.email, Spell.id).join(Spell)).all())
        tokens = ("input_tokens", "cached_input_tokens", "cache_write_tokens", "output_tokens")
        columns = (*tokens, "requests", "suggested", "accepted", "cost_nano")
        rows = crowd.rows()
        key = 0
        while piece := [*islice(rows, PIECE)]:
            facts = []
            for day, person, stream, counts in piece:
                key += 1
                email = crowd.email(person)
                facts.append(
                    own
                    | dict(zip(columns, counts, strict=True))
                    | {"feed_id": feed, "key": key.to_bytes(KEY_BYTES, "big"), "day": day, "load_id": 0}
                    | {"subject_id": subjects[email], "spell_id": spells[email], "stream_id": stream_ids[stream]}
                    | {"cost_kind": "list"}
                )
            connection.execute(insert(UsageFact), facts)
        rebuild_usage(connection, workspace_id, [LAST_DAY - timedelta(days=number) for number in range(DAYS)])
        bump_revision(connection, workspace_id)


def write_flat(path: Path, crowd: Crowd) -> None:
    """The same facts as one flat SQLite table with an index on the day."""
    kinds = [(*tool, workflow) for tool in TOOLS for workflow in WORKFLOWS]
    with sqlite3.connect(path) as connection:
        connection.execute(FLAT)
        connection.executemany(
            f"INSERT INTO flat VALUES ({', '.join('?' * 17)})",
            (
                (day, crowd.email(person), crowd.team(person), crowd.title(person), *kinds[stream], *counts)
                for day, person, stream, counts in crowd.rows()
            ),
        )
        connection.execute("CREATE INDEX flat_day ON flat (day)")
        connection.execute("ANALYZE")


def write_files(folder: Path, crowd: Crowd) -> None:
    """The crowd as import files: teams, roster, usage."""
    folder.mkdir(parents=True)
    parents = "".join(f"Group {number},,,\n" for number in range(PARENTS))
    teams = "".join(f"Team {number},Group {number % PARENTS},,\n" for number in range(crowd.teams))
    (folder / "teams.csv").write_text("team,parent,aliases,channel\n" + parents + teams)
    people = (
        f"{crowd.email(n)},Person {n},{crowd.team(n)},{crowd.title(n)},,employee,Berlin,2024-01-01,\n"
        for n in range(crowd.people)
    )
    head = "email,name,team,title,manager_email,kind,location,start_date,end_date\n"
    (folder / "roster.csv").write_text(head + "".join(people))
    kinds = [",".join((*tool, workflow)) for tool in TOOLS for workflow in WORKFLOWS]
    with (folder / "usage.csv").open("w") as usage:
        usage.write(USAGE_HEADER)
        for day, person, stream, (*tokens, requests, suggested, accepted, cost) in crowd.rows():
            counts = f"{','.join(map(str, tokens))},0,{requests},{suggested},{accepted},{cost / NANO:.6f}"
            usage.write(f"{date.fromordinal(day + EPOCH)},{crowd.email(person)},{kinds[stream]},{counts}\n")


def _spell(crowd: Crowd, number: int) -> SpellRecord:
    return SpellRecord(
        email=crowd.email(number),
        name=f"Person {number}",
        team=crowd.team(number),
        title=crowd.title(number),
        location="Berlin" if number % 2 else "Lisbon",
        start=date(2024, 1, 1),
    )
