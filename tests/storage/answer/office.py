"""A small organisation with a case for each rule: large and small teams, a mover, an agent, use nobody reports."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from storage.answer.buckets import buckets_of
from storage.answer.compile import Compiler
from storage.answer.privacy import Viewer
from storage.query import Filter, Op, Query
from storage.records import Period
from tests.storage.organisation import Organisation, Stay, Use, Work
from tests.storage.worlds import World

START = date(2026, 2, 2)  # a Monday
MONDAYS = tuple(START + timedelta(weeks=week) for week in range(4))
FOUR_WEEKS = Period(START, START + timedelta(days=27))
LAST_WEEK = Period(MONDAYS[3], FOUR_WEEKS.end)
MOVED = START + timedelta(weeks=2)
MEMBER = Viewer(email="l0@x.example")
TOKENS = Query(metrics=("tokens",), period=FOUR_WEEKS)


def stays(team: str, letter: str, people: int, **more: str) -> list[Stay]:
    return [Stay(email=f"{letter}{number}@x.example", team=team, **more) for number in range(people)]  # type: ignore[arg-type]


def uses_of(day: date) -> list[Use]:
    """What one Monday brings."""
    found = [
        Use(day=day, email=f"b{number}@x.example", input=100, requests=1, cost=Decimal(1), workflow="sorting")
        for number in range(8)
    ]
    found += [Use(day=day, email=f"l{number}@x.example", tool="ide", input=50, requests=None) for number in range(10)]
    found += [Use(day=day, email=f"y{number}@x.example", input=20, requests=1) for number in range(10)]
    found += [
        Use(day=day, email="t0@x.example", input=10, requests=1),
        Use(day=day, email="mover@x.example", input=30, requests=1),
        Use(day=day, email="robot@x.example", input=1000, requests=9, mode="agent"),
        Use(day=day, email="", tool="shop", input=7, requests=1, ledger="product", cost=None),
        Use(
            day=day, email="b0@x.example", tool="silent", requests=3,
            input=None, cached=None, cache_write=None, output=None,
        ),
    ]  # fmt: skip
    return found


OFFICE = Organisation(
    {"Works": "", "Build": "Works", "Tend": "Works", "Lab": "", "Yard": "", "Robots": ""},
    (
        *stays("Build", "b", 8),
        *stays("Tend", "t", 3, title="Tender"),
        *stays("Lab", "l", 12, location="Berlin"),
        *stays("Yard", "y", 10),
        Stay(email="boss@x.example", team="Works", title="Chief"),
        Stay(email="mover@x.example", team="Build", end=MOVED - timedelta(days=1)),
        Stay(email="mover@x.example", team="Lab", start=MOVED),
        Stay(email="robot@x.example", team="Robots", kind="agent", location=""),
    ),
    tuple(use for day in MONDAYS for use in uses_of(day)),
    {"sorting": ("Build", "care"), "stray": ("", "")},
    tuple(
        Work(day=day, workflow="sorting", mode=mode, items=10, minutes=minutes, accepted=8, reworked=1, failed=1)
        for day in MONDAYS
        for mode, minutes in (("human", Decimal(100)), ("agent", Decimal(5)))
    ),
)


def of(dimension: str, *values: str, op: Op = Op.IN) -> Filter:
    return Filter(dimension, values, op)


def compiler(world: World, query: Query) -> Compiler:
    return Compiler(world.directory.workspace_id, world.directory, query, buckets_of(query))
