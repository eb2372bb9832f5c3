"""Who is in which team, as files and roster sources tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What a roster row is; employees and contractors are people, an agent is not."""

    EMPLOYEE = "employee"
    CONTRACTOR = "contractor"
    AGENT = "agent"


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRecord:
    """A team of the tree; `parent` is "" at the top."""

    name: str
    parent: str = ""
    aliases: tuple[str, ...] = ()
    channel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpellRecord:
    """One person in one team from `start` to `end`, both included; `end` None is still running.

    `makes_team`: the team is made where it is new, since an HR system's export has no other word for it.
    """

    email: str
    name: str
    team: str
    title: str = ""
    manager_email: str = ""
    kind: Kind = Kind.EMPLOYEE
    location: str = ""
    start: date
    end: date | None = None
    makes_team: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecord:
    """Somebody as a roster source (Slack, SCIM) has them now; `native_id` is the source's own and never changes.

    `teams` are those they may be counted in, the likeliest first; who is in one of them stays there. `start` is their
    first day where the source knows it. `also` are other addresses of theirs, `ids` what this source calls them.
    """

    native_id: str
    email: str
    name: str
    teams: tuple[str, ...] = ()
    title: str = ""
    manager_email: str = ""
    kind: Kind = Kind.EMPLOYEE
    location: str = ""
    start: date | None = None
    also: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterSnapshot:
    """Everybody whom a roster source has now; whoever is not in it has left.

    `unread` are the native ids of those who could not be read: they stay as they were. Where it is not `complete`,
    nobody is taken to have left. `teams` say what is below what, and under which other words teams are known.
    """

    people: tuple[PersonRecord, ...]
    teams: tuple[TeamRecord, ...] = ()
    unread: frozenset[str] = frozenset()
    complete: bool = True
