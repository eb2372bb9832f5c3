"""Whether somebody leads the organisation, a team or nobody, and whose figures are theirs to see first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from sqlalchemy import Connection, exists, select

from storage.names import Directory
from storage.tables import Person, Spell, Team


class HomeRole(Enum):
    """What Home is made for."""

    LEADER = "leader"
    LEAD = "lead"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class HomePlace:
    """A role, and the teams whose figures are shown, the nearest first; of a leader's there are none: it is all."""

    role: HomeRole
    scopes: tuple[str, ...]


UNKNOWN = HomePlace(HomeRole.LEAD, ())  # before anybody has looked: their team, whatever it is called


def standing(connection: Connection, directory: Directory, email: str, day: date) -> HomePlace:
    """The standing of somebody on a day: who leads people and has nobody above leads the organisation."""
    team, manager = _spell(connection, directory.workspace_id, email, day)
    scopes = tuple(_up(directory, team))
    if not _leads(connection, directory.workspace_id, email, day):
        return HomePlace(HomeRole.MEMBER, scopes)
    return HomePlace(HomeRole.LEADER, ()) if not manager else HomePlace(HomeRole.LEAD, scopes)


def _spell(connection: Connection, workspace_id: int, email: str, day: date) -> tuple[str, str]:
    """The team and the manager of the spell that holds the day; "" and "" without one."""
    rows = (
        select(Team.name, Spell.manager_email)
        .join_from(Spell, Person, Person.id == Spell.person_id)
        .join(Team, Team.id == Spell.team_id)
        .where(Person.workspace_id == workspace_id, Person.email == email)
        .where(Spell.start_day <= day, Spell.end_day >= day)
    )
    found = connection.execute(rows).first()
    return (found[0], found[1]) if found else ("", "")


def _leads(connection: Connection, workspace_id: int, email: str, day: date) -> bool:
    reports = exists().where(
        Spell.workspace_id == workspace_id,
        Spell.manager_email == email,
        Spell.start_day <= day,
        Spell.end_day >= day,
    )
    return bool(connection.scalar(select(reports)))


def _up(directory: Directory, team: str) -> list[str]:
    """A team and those above it."""
    found: list[str] = []
    while team and team not in found:
        found.append(team)
        team = directory.team[team].parent if team in directory.team else ""
    return found
