"""Questions without a metric that ask how things stand: the figures that Home shows, of one scope or side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.questions.periods.labels import unit_label
from bot.questions.reading import Understood, World
from storage.names import Directory
from storage.query import Filter, Query
from storage.records import Period

METRICS = ("tokens_per_employee", "adoption_rate", "cost_per_employee", "hours_offloaded")
OWN = ("tokens", "cost")  # of a person, who has no rate of adoption
OF_TEAM = ("tokens_per_employee", "cost_per_employee")
STANDING = (
    re.compile(r"how (?:are|were) (?P<name>we|you all|things|everyone|everybody) (?:doing|going|looking)"),
    re.compile(r"how(?: is|'s| are| does| do| was| were) (?P<name>.+?) (?:doing|going|looking|performing|look)"),
    re.compile(r"(?:show me |give me )?(?:the |a |our )?(?:scorecard|overview|summary)(?: (?:of|for) (?P<name>.+))?"),
)
BESIDE = (
    re.compile(r"compare (?P<one>.+?) (?:and|with|to|against|vs\.?|versus) (?P<other>.+)"),
    re.compile(r"how (?:does|do|did) (?P<one>.+?) compare (?:with|to|against) (?P<other>.+)"),
    re.compile(r"(?P<one>.+?) (?:vs\.?|versus) (?P<other>.+)"),
)
WITH_TEAM = re.compile(
    r"(?:how (?:do|did|am) i|compare me|how does my (?:use|usage))"
    r"(?: (?:compare|compared|comparing|doing|stand|look|measure up))?"
    r" (?:with|to|against|in|beside) (?:my|our|the) (?:own )?(?:team|team's|teammates|squad|group)(?: average| median)?"
)
WHEN = re.compile(r" (?:(?:in|over|for|during) )?(?P<when>last month|this month)$")
EVERYBODY = frozenset({"", "we", "you all", "things", "everyone", "everybody", "the company", "the organisation", "us"})
POLITE = re.compile(r"^(?:(?:hi|hey|hello|so|and|ok|please)[ ,:!-]+)*(?:(?:can|could) you )?")


@dataclass(frozen=True, slots=True)
class _Span:
    period: Period
    previous: Period


def scorecard(text: str, world: World) -> tuple[Understood, ...]:
    """The figures of a scorecard, each as a question of its own; empty where none is asked for."""
    plain = POLITE.sub("", " ".join(text.casefold().replace("’", "'").split())).strip(" ?!.")
    plain = WHEN.sub("", plain)
    span = _last_month(world.as_of)
    if WITH_TEAM.fullmatch(plain):
        return tuple(_beside_team(world, span))
    for rule in BESIDE:
        if found := rule.fullmatch(plain):
            teams = [_team(found[side], world) for side in ("one", "other")]
            if all(teams) and teams[0] != teams[1]:
                return tuple(_side_by_side([team for team in teams if team], span))
    for rule in STANDING:
        if found := rule.fullmatch(plain):
            name = found["name"] or ""
            team = _team(name, world)
            if name in EVERYBODY or team:
                return tuple(_of((Filter("team", (team,)),) if team else (), span))
    return ()


def _of(filters: tuple[Filter, ...], span: _Span) -> Iterator[Understood]:
    for name in METRICS:
        yield _asked(Query(metrics=(name,), period=span.period, previous=span.previous, filters=filters))


def _side_by_side(teams: list[str], span: _Span) -> Iterator[Understood]:
    for name in METRICS:
        yield _asked(Query(metrics=(name,), period=span.period, group_by=("team",), scopes=tuple(teams)))


def _beside_team(world: World, span: _Span) -> Iterator[Understood]:
    """One's own figures beside the mean of one's team, which is shown as any group's is."""
    person = world.directory.person.get(world.asker or "")
    if person is None or not person.teams:
        return
    mine, ours = Filter("person", (person.email,)), Filter("team", (person.teams[-1],))
    for own, of_team in zip(OWN, OF_TEAM, strict=True):
        yield _asked(Query(metrics=(own,), period=span.period, filters=(mine,)), personal=True)
        yield _asked(Query(metrics=(of_team,), period=span.period, filters=(ours,)))


def _asked(query: Query, *, personal: bool = False) -> Understood:
    return Understood(query=query, personal=personal, steps=("no metric is named: the figures of the scorecard",))


def _team(said: str, world: World) -> str:
    """The team of that name, alias or "my team"; "" where there is none."""
    name = re.sub(r"^(?:the )|(?: team)$", "", said.strip())
    if said.strip() in ("my team", "our team", "my squad"):
        person = world.directory.person.get(world.asker or "")
        return person.teams[-1] if person and person.teams else ""
    return _names(world.directory).get(name, "")


def _names(directory: Directory) -> dict[str, str]:
    found = {alias.casefold(): team.name for team in directory.teams for alias in team.aliases}
    found |= {alias.casefold(): name for kind, name, alias in directory.aliases if kind == "team"}
    return found | {team.name.casefold(): team.name for team in directory.teams}


def _last_month(as_of: date) -> _Span:
    last = as_of.replace(day=1) - timedelta(days=1)
    first = last.replace(day=1)
    before = first - timedelta(days=1)
    return _Span(
        Period(first, last, unit_label(first, "month")),
        Period(before.replace(day=1), before, unit_label(before.replace(day=1), "month")),
    )
