"""A store with an organisation of two teams, and what tests of loads ask of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import NamedTuple

from sqlalchemy import Engine, select

from storage.load.organisation import Replaced, save_teams
from storage.load.roster import save_roster
from storage.load.writes import LoadOf, save_usage
from storage.records import UsageRecord
from storage.roster_records import SpellRecord, TeamRecord
from storage.tables import Person, Spell, Team, UsageDaily
from storage.workspaces import read_revision

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
JUNE, JULY, AUGUST = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)
ANA, BO, CY = "ana@acme.example", "bo@acme.example", "cy@acme.example"


def spell(email: str, team: str = "Platform", start: date = JUNE, end: date | None = None, **more: str) -> SpellRecord:
    """A plausible row of the roster."""
    return SpellRecord(email=email, name=more.get("name", email), team=team, start=start, end=end)


class Store(NamedTuple):
    """An organisation of two teams, and what tests ask of it."""

    engine: Engine
    workspace_id: int

    def roster(self, *spells: SpellRecord) -> Replaced:
        with self.engine.begin() as connection:
            return save_roster(connection, self.workspace_id, spells)

    def teams(self, *teams: TeamRecord) -> Replaced:
        with self.engine.begin() as connection:
            return save_teams(connection, self.workspace_id, teams)

    def use(self, *uses: tuple[str, date]) -> None:
        load = LoadOf(workspace_id=self.workspace_id, source="cursor", what="a pass", now=NOW)
        records = [
            UsageRecord(natural_key=f"{email} {day}", day=day, subject=email, tool="cursor", input_tokens=1)
            for email, day in uses
        ]
        save_usage(self.engine, load, records)

    def rollup(self) -> list[tuple[date, str | None, str | None]]:
        """Whose and which team's each day's row is."""
        rows = (
            select(UsageDaily.day, Person.email, Team.name)
            .select_from(UsageDaily)
            .outerjoin(Spell, Spell.id == UsageDaily.spell_id)
            .outerjoin(Person, Person.id == Spell.person_id)
            .outerjoin(Team, Team.id == Spell.team_id)
            .order_by(UsageDaily.day, Person.email)
        )
        with self.engine.connect() as connection:
            return [(day, email, team) for day, email, team in connection.execute(rows)]

    def spells(self) -> dict[tuple[str, date], int]:
        """The id of each spell."""
        with self.engine.connect() as connection:
            rows = connection.execute(
                select(Person.email, Spell.start_day, Spell.id).join(Person, Person.id == Spell.person_id)
            )
            return {(email, start): id_ for email, start, id_ in rows}

    def daily_ids(self) -> dict[date, list[int]]:
        """The ids of the rollup rows of each day, which are others where the day was rolled up again."""
        found: dict[date, list[int]] = {}
        with self.engine.connect() as connection:
            for day, id_ in connection.execute(select(UsageDaily.day, UsageDaily.id).order_by(UsageDaily.id)):
                found.setdefault(day, []).append(id_)
        return found

    def revision(self) -> int:
        with self.engine.connect() as connection:
            return read_revision(connection, self.workspace_id)
