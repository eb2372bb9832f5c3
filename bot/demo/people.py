"""The roster of Larkspur: who was in which team when, with joiners, leavers and movers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from bot.demo.company import AGENTS, DOMAIN, FAMILY, GIVEN, LOCATIONS, TEAMS, DemoTeam

JOINERS, LEAVERS = 9, 6
MOVES = (("Handheld", "Booking"), ("Customer Care", "Onboarding"), ("Insights", "Reliability"), ("Booking", "Checkout"))


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterLine:
    """One line of roster.csv."""

    email: str
    name: str
    team: str
    title: str
    manager_email: str
    kind: str
    location: str
    start: date
    end: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it covers `day`."""
        return self.start <= day and (self.end is None or day <= self.end)


def roster(rng: Random, first_day: date, as_of: date) -> list[RosterLine]:
    """Everyone employed between `first_day` and `as_of`, one spell a team, agents last."""
    names = _names(rng)
    leads: dict[str, str] = {}
    spells: list[RosterLine] = []
    for team in TEAMS:
        members = [_hire(rng, team, next(names), first_day) for _ in range(team.size)]
        members[0] = replace(
            members[0], title=team.lead, kind="employee", manager_email=leads.get(team.parent, ""), location="Porto"
        )
        leads[team.name] = members[0].email
        spells.append(members[0])
        spells += [replace(member, manager_email=leads[team.name]) for member in members[1:]]
    spells = _come_and_go(rng, spells, set(leads.values()), first_day, as_of)
    spells = _move(rng, spells, leads, first_day, as_of)
    return spells + [_agent(account.email, account.name, account.team, leads, first_day) for account in AGENTS]


def _names(rng: Random) -> Iterator[tuple[str, str]]:
    pairs = [(given, family) for given in GIVEN for family in FAMILY]
    rng.shuffle(pairs)
    return iter(pairs)


def _hire(rng: Random, team: DemoTeam, name: tuple[str, str], first_day: date) -> RosterLine:
    return RosterLine(
        email=f"{_plain(name[0])}.{_plain(name[1])}@{DOMAIN}",
        name=" ".join(name),
        team=team.name,
        title=rng.choice(team.titles),
        manager_email="",
        kind="contractor" if rng.random() < team.contractors else "employee",
        location=rng.choice(LOCATIONS),
        start=first_day - timedelta(days=rng.randint(30, 2200)),
    )


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.lower())
    return "".join(letter for letter in letters if letter.isascii() and letter.isalpha())


def _come_and_go(
    rng: Random, spells: list[RosterLine], leads: set[str], first_day: date, as_of: date
) -> list[RosterLine]:
    """Some of the big teams joined or left inside the recorded weeks; nobody who leads."""
    big = {team.name for team in TEAMS if team.size >= 8}
    chosen = rng.sample([s.email for s in spells if s.team in big and s.email not in leads], JOINERS + LEAVERS)
    days = (as_of - first_day).days
    when = {email: first_day + timedelta(days=rng.randint(14, days - 14)) for email in chosen}
    for position, spell in enumerate(spells):
        if spell.email in chosen[:JOINERS]:
            spells[position] = replace(spell, start=when[spell.email])
        elif spell.email in chosen[JOINERS:]:
            spells[position] = replace(spell, end=when[spell.email])
    return spells


def _move(
    rng: Random, spells: list[RosterLine], leads: dict[str, str], first_day: date, as_of: date
) -> list[RosterLine]:
    """One person a move: the old spell ends the day before the new one starts, on a Monday."""
    titles = {team.name: team.titles for team in TEAMS}
    for source, target in MOVES:
        settled = [s for s in spells if s.team == source and s.start < first_day and s.end is None]
        spell = rng.choice([s for s in settled if s.email != leads[source]])
        middle = first_day + timedelta(weeks=rng.randint(6, (as_of - first_day).days // 7 - 4))
        monday = middle - timedelta(days=middle.weekday())
        position = spells.index(spell)
        spells[position] = replace(spell, end=monday - timedelta(days=1))
        moved = replace(spell, team=target, title=rng.choice(titles[target]), manager_email=leads[target], start=monday)
        spells.insert(position + 1, moved)
    return spells


def _agent(email: str, name: str, team: str, leads: dict[str, str], first_day: date) -> RosterLine:
    return RosterLine(
        email=email,
        name=name,
        team=team,
        title="Agent",
        manager_email=leads[team],
        kind="agent",
        location="",
        start=first_day - timedelta(days=40),
    )
