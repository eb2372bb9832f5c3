"""Small organisations as plain values, hand-made or from a seed, and how they get into a store."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import Connection, insert

from storage.load.filling import key_of
from storage.load.load_log import feed_id, note_load
from storage.load.rollups import rebuild_usage, rebuild_work
from storage.tables import (
    NANO,
    OPEN_END,
    Person,
    Spell,
    Stream,
    Subject,
    Team,
    UsageFact,
    WorkFact,
    Workflow,
)
from storage.workspaces import add_workspace, bump_revision

FIRST = date(2026, 1, 20)
LAST = date(2026, 3, 10)
FOREVER = date(9999, 12, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One row of the roster."""

    email: str
    team: str
    start: date = date(2025, 1, 1)
    end: date = FOREVER
    kind: str = "employee"
    title: str = "Engineer"
    location: str = "Lisbon"
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One row of usage; `cost` None is unpriced, a count that is None is not reported."""

    day: date
    email: str
    tool: str = "cursor"
    provider: str = "anthropic"
    model: str = "opus"
    mode: str = "chat"
    workflow: str = ""
    ledger: str = "workforce"
    input: int | None = 0
    cached: int | None = 0
    cache_write: int | None = 0
    output: int | None = 0
    reasoning: int | None = 0
    requests: int | None = 0
    suggested: int | None = 0
    accepted: int | None = 0
    cost: Decimal | None = Decimal(0)
    cost_kind: str = "list"
    listed: Decimal | None = None
    source: str = "files"


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One row of work."""

    day: date
    workflow: str
    mode: str = "human"
    items: int = 0
    minutes: Decimal | None = Decimal(0)
    accepted: int = 0
    reworked: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Organisation:
    """All rows of one organisation. `teams` maps a name to its parent's, `workflows` to (owner team, activity)."""

    teams: Mapping[str, str]
    stays: tuple[Stay, ...]
    uses: tuple[Use, ...] = ()
    workflows: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    work: tuple[Work, ...] = ()


def save(connection: Connection, org: Organisation) -> int:
    """A new workspace with these rows and their rollups; gives its id."""
    workspace = add_workspace(connection)
    teams = _save_teams(connection, workspace, org.teams)
    spells = _save_roster(connection, workspace, org.stays, teams)
    for name, (team, activity) in org.workflows.items():
        row = {"workspace_id": workspace, "name": name, "team_id": teams.get(team), "activity": activity}
        connection.execute(insert(Workflow), row)
    _save_usage(connection, workspace, org.uses, spells)
    _save_work(connection, workspace, org.work)
    rebuild_usage(connection, workspace, {use.day for use in org.uses})
    rebuild_work(connection, workspace, {work.day for work in org.work})
    bump_revision(connection, workspace)
    return workspace


def _save_teams(connection: Connection, workspace: int, teams: Mapping[str, str]) -> dict[str, int]:
    ids: dict[str, int] = {}
    open_ = list(teams)
    while open_:
        name = open_.pop(0)
        if teams[name] and teams[name] not in ids:
            open_.append(name)
            continue
        row = {"workspace_id": workspace, "name": name, "parent_id": ids.get(teams[name])}
        ids[name] = connection.execute(insert(Team).returning(Team.id), row).scalar_one()
    return ids


def _save_roster(
    connection: Connection, workspace: int, stays: Iterable[Stay], teams: Mapping[str, int]
) -> dict[str, list[tuple[date, date, int]]]:
    people: dict[str, int] = {}
    spells: dict[str, list[tuple[date, date, int]]] = {}
    for stay in stays:
        if stay.email not in people:
            person = {"workspace_id": workspace, "email": stay.email, "name": stay.name or stay.email.split("@")[0]}
            people[stay.email] = connection.execute(insert(Person).returning(Person.id), person).scalar_one()
        row = {
            "workspace_id": workspace,
            "person_id": people[stay.email],
            "team_id": teams[stay.team],
            "title": stay.title,
            "kind": stay.kind,
            "location": stay.location,
            "start_day": stay.start,
            "end_day": OPEN_END if stay.end == FOREVER else stay.end,
        }
        id_ = connection.execute(insert(Spell).returning(Spell.id), row).scalar_one()
        spells.setdefault(stay.email, []).append((stay.start, stay.end, id_))
    return spells


def _load(connection: Connection, workspace: int, source: str) -> dict[str, object]:
    feed = feed_id(connection, workspace, source)
    now = datetime(2026, 3, 11, tzinfo=UTC)
    load_id = note_load(connection, workspace, source, source, now, {})
    return {"workspace_id": workspace, "feed_id": feed, "load_id": load_id}


def _save_usage(
    connection: Connection,
    workspace: int,
    uses: Iterable[Use],
    spells: Mapping[str, list[tuple[date, date, int]]],
) -> None:
    streams: dict[tuple[str, ...], int] = {}
    subjects: dict[str, int] = {}
    loads: dict[str, dict[str, object]] = {}
    rows = []
    for number, use in enumerate(uses):
        key = (use.tool, use.provider, use.model, use.mode, use.workflow, use.ledger)
        if key not in streams:
            names = ("tool", "provider", "model", "mode", "workflow", "ledger")
            stream = {"workspace_id": workspace} | dict(zip(names, key, strict=True))
            streams[key] = connection.execute(insert(Stream).returning(Stream.id), stream).scalar_one()
        if use.email not in subjects:
            subject = {"workspace_id": workspace, "name": use.email}
            subjects[use.email] = connection.execute(insert(Subject).returning(Subject.id), subject).scalar_one()
        if use.source not in loads:
            loads[use.source] = _load(connection, workspace, use.source)
        tokens = sum(count or 0 for count in (use.input, use.cached, use.cache_write, use.output))
        stays = spells.get(use.email, ())
        rows.append(
            {
                "key": key_of(f"{workspace} {number}"),
                "day": use.day,
                "subject_id": subjects[use.email],
                "spell_id": next((id_ for start, end, id_ in stays if start <= use.day <= end), None),
                "stream_id": streams[key],
                "input_tokens": use.input,
                "cached_input_tokens": use.cached,
                "cache_write_tokens": use.cache_write,
                "output_tokens": use.output,
                "reasoning_tokens": use.reasoning,
                "requests": use.requests,
                "suggested": use.suggested,
                "accepted": use.accepted,
                "cost_nano": None if use.cost is None else int(use.cost * NANO),
                "cost_kind": None if use.cost is None else use.cost_kind,
                "list_nano": None if use.listed is None else int(use.listed * NANO),
                "unpriced_tokens": tokens if use.cost is None else 0,
            }
            | loads[use.source]
        )
    if rows:
        connection.execute(insert(UsageFact), rows)


def _save_work(connection: Connection, workspace: int, work: Iterable[Work]) -> None:
    load = _load(connection, workspace, "work files")
    rows = [
        {
            "key": key_of(str(number)),
            "day": record.day,
            "workflow": record.workflow,
            "mode": record.mode,
            "items": record.items,
            "human_ms": None if record.minutes is None else int(record.minutes * 60_000),
            "timed_items": 0 if record.minutes is None else record.items,
            "accepted": record.accepted,
            "reworked": record.reworked,
            "failed": record.failed,
        }
        | load
        for number, record in enumerate(work)
    ]
    if rows:
        connection.execute(insert(WorkFact), rows)


# A tree three levels deep, names that must only ever be data, a team of agents alone and one of nobody.
TEAMS = {
    "Engineering": "",
    "Platform": "Engineering",
    "Apps": "Engineering",
    "Core": "Platform",
    "Edge's": "Platform",
    "R&D 100%": "",
    "Support": "",
    "Tier 1": "Support",
    "Legal'); DROP TABLE team;--": "",
    "Robots": "",
    "Nobody": "",
}
SIZES = {
    "Engineering": 2,
    "Platform": 3,
    "Apps": 7,
    "Core": 9,
    "Edge's": 6,
    "R&D 100%": 8,
    "Support": 6,
    "Tier 1": 5,
    "Legal'); DROP TABLE team;--": 3,
}
WORKFLOWS = {
    "triage": ("Platform", "analysis"),
    "code review": ("Engineering", "review"),
    "answering": ("Support", "generation"),
    "contract 'review'": ("Legal'); DROP TABLE team;--", "review"),
    "idle": ("Apps", "analysis"),
    "stray": ("", ""),
}
TOOLS = (("cursor", "cursor"), ("copilot", "github"), ("100% 'AI'", ""), ("api", "openai"))
MODELS = ("opus", "gpt-5", "%(model)s", "")
COSTS = ((None, ""), ("0.25", "billed"), ("1.1", "list"), ("0.000001", "estimated"), ("7", "covered"))
TITLES = ("Engineer", "Manager", 'The "Boss"', "")
PLACES = ("Lisbon", "Berlin", "Remote", "")


def seeded(seed: int, rows: int = 500) -> Organisation:
    """Movers, leavers, late comers, contractors, agents, unknown users, both ledgers, every kind of cost.

    Some rows report no tokens, no requests, no minutes.
    """
    dice, silent = random.Random(seed), random.Random(-seed - 1)
    stays = tuple(_stays(dice))
    emails = [stay.email for stay in stays] + ["nobody@elsewhere.example", ""]
    users = [email for email in emails if dice.random() < 0.8]
    uses = tuple(_partly(silent, _use(dice, dice.choice(users))) for _ in range(rows))
    named = [name for name in [*WORKFLOWS, "unlisted"] if name != "idle"]
    work = tuple(_untimed(silent, _work(dice, name)) for name in named for _ in range(40))
    return Organisation(TEAMS, stays, uses, WORKFLOWS, work)


def _stays(dice: random.Random) -> Iterable[Stay]:
    for team, size in SIZES.items():
        for number in range(size):
            email = f"p{number}.{[*SIZES].index(team)}@x.example"
            kind = "contractor" if dice.random() < 0.2 else "employee"
            one = Stay(email=email, team=team, kind=kind, title=dice.choice(TITLES), location=dice.choice(PLACES))
            fate, day = dice.random(), _day(dice)
            if fate < 0.15:  # moves
                yield replace(one, end=day)
                yield replace(one, team=dice.choice([*SIZES]), start=day + timedelta(days=1))
            elif fate < 0.25:  # leaves, and may come back
                yield replace(one, end=day)
                if dice.random() < 0.5:
                    yield replace(one, kind="contractor", start=day + timedelta(days=9))
            elif fate < 0.35:  # comes later
                yield replace(one, start=day)
            else:
                yield replace(one, name=dice.choice(("", "Ana O'Neil")))
    for number, team in enumerate(("Platform", "Support", "Robots", "Robots")):
        yield Stay(email=f"bot{number}@x.example", team=team, kind="agent", title="Agent", location="")


def _day(dice: random.Random) -> date:
    return FIRST + timedelta(days=dice.randrange((LAST - FIRST).days + 1))


def _use(dice: random.Random, email: str) -> Use:
    tool, provider = dice.choice(TOOLS)
    cost, kind = dice.choice(COSTS)
    return Use(
        day=_day(dice),
        email=email,
        tool=tool,
        provider=provider,
        model=dice.choice(MODELS),
        mode=dice.choice(("chat", "completion", "agent")),
        workflow=dice.choice(("", "", *WORKFLOWS, "unlisted")),
        ledger="product" if dice.random() < 0.1 else "workforce",
        input=dice.randrange(5000),
        cached=dice.randrange(9000),
        cache_write=dice.choice((0, dice.randrange(3000))),
        output=dice.randrange(2000),
        reasoning=dice.randrange(500),
        requests=dice.choice((0, 1, 2, 17)),
        suggested=(suggested := dice.choice((0, 0, 12))),
        accepted=dice.randrange(suggested + 1),
        cost=None if cost is None else Decimal(cost),
        cost_kind=kind,
        source=dice.choice(("files", "vendor's")),
    )


def _partly(dice: random.Random, use: Use) -> Use:
    if dice.random() < 0.1 or use.tool == "api":
        use = replace(use, input=None, cached=None, cache_write=None, output=None, reasoning=None)
    elif dice.random() < 0.1:
        use = replace(use, cached=None, cache_write=None)
    use = replace(use, listed=dice.choice((None, use.cost, Decimal("2.5"))))
    return replace(use, requests=None) if dice.random() < 0.1 or use.tool == "copilot" else use


def _untimed(dice: random.Random, work: Work) -> Work:
    silent = dice.random() < 0.2 or (work.workflow == "triage" and work.mode != "human")
    return replace(work, minutes=None) if silent else work


def _work(dice: random.Random, workflow: str) -> Work:
    modes = ("assisted", "agent") if workflow == "answering" else ("human", "assisted", "agent")
    items = dice.randrange(9)
    accepted = dice.randrange(items + 1)
    return Work(
        day=_day(dice),
        workflow=workflow,
        mode=dice.choice(modes),
        items=items,
        minutes=Decimal(dice.randrange(4000)) / 10,
        accepted=accepted,
        reworked=items - accepted,
    )
