"""Sums by bucket and label, which are asked of the store once for each state of it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from sqlalchemy import Numeric, event, literal, literal_column, select, type_coerce

from storage.answer.fetch import fetch
from storage.answer.labelled_sums import labelled_sums
from storage.catalogue import metric
from storage.query import Compare, Grain, Having, Order, Query
from storage.records import Period
from tests.storage.answer.office import FOUR_WEEKS, MONDAYS, TOKENS, compiler, of
from tests.storage.worlds import World

HEADS = TOKENS.with_(metrics=("headcount",))


def test_a_row_is_its_bucket_its_labels_and_its_sums_by_name_as_whole_numbers(office: World) -> None:
    tokens = type_coerce(literal_column("7"), Numeric).label("input")  # as PostgreSQL sums
    statement = select(literal(1), literal("Tend"), literal("ide"), tokens)

    found = labelled_sums(office.connection, statement, 2)

    assert found == {(1, ("Tend", "ide")): {"input": 7}}
    assert not isinstance(found[1, ("Tend", "ide")]["input"], Decimal)


def test_heads_are_asked_of_the_store_once_and_anew_for_other_people_days_or_rows(office: World) -> None:
    world = replace(office, directory=replace(office.directory, cache={}))
    ran: list[str] = []

    @event.listens_for(world.connection, "before_cursor_execute")
    def note(*args: object) -> None:
        ran.append(str(args[2]))

    def members(query: Query) -> list[object]:
        found = fetch(world.connection, compiler(world, query), [metric("headcount")], query.group_by, query.filters)
        assert len(found.sql) == 1  # what ran is told, whenever it did
        return [sums["members"] for sums in found.sums.values()]

    first_week = Period(FOUR_WEEKS.start, MONDAYS[1])
    asked = [HEADS, HEADS.with_(filters=(of("team", "Tend"),)), HEADS.with_(period=first_week, group_by=("title",))]
    once = [members(query) for query in asked]

    assert len(ran) == len(asked)
    assert [members(query) for query in (*asked, *asked)] == [*once, *once]
    assert members(HEADS.with_(filters=(of("tool", "ide"),))) == once[0]  # a tool is no condition on people
    assert len(ran) == len(asked)
    event.remove(world.connection, "before_cursor_execute", note)


def test_people_with_use_of_a_tool_are_counted_once_in_each_scope_period_and_ledger(office: World) -> None:
    world = replace(office, directory=replace(office.directory, cache={}))
    ide, one = of("tool", "ide"), TOKENS.with_(metrics=("active_people",))
    asked = [
        one.with_(filters=(ide,)),
        one.with_(filters=(of("tool", "ide", "cursor"),)),
        one.with_(filters=(ide, of("team", "Build"))),
        one.with_(filters=(ide,), period=Period(FOUR_WEEKS.start, FOUR_WEEKS.start)),
        one.with_(filters=(ide,), group_by=("title",)),
        one.with_(filters=(ide, of("ledger", "product"))),
    ]

    def counted(query: Query, among: World) -> dict[object, object]:
        found = fetch(
            among.connection, compiler(among, query), [metric("active_people")], query.group_by, query.filters
        )
        return {key: sums.get("active_people") for key, sums in found.sums.items()}

    apart = [counted(query, replace(office, directory=replace(office.directory, cache={}))) for query in asked]
    assert [counted(query, world) for query in asked + asked] == apart + apart
    assert len({str(found) for found in apart}) > 2


def test_usage_is_summed_once_whatever_is_listed_of_it_and_nobody_changes_what_others_get(office: World) -> None:
    world = replace(office, directory=replace(office.directory, cache={}))
    ran: list[str] = []

    @event.listens_for(world.connection, "before_cursor_execute")
    def note(*args: object) -> None:
        ran.append(str(args[2]))

    def tokens(query: Query) -> dict[object, object]:
        found = fetch(world.connection, compiler(world, query), [metric("tokens")], query.group_by, query.filters)
        summed: dict[object, object] = {key: dict(sums) for key, sums in found.sums.items()}
        for sums in found.sums.values():
            sums.clear()
        return summed

    by_team = TOKENS.with_(group_by=("team",))
    once, often = tokens(by_team), len(ran)
    assert len(once) > 1
    assert tokens(by_team) == once
    assert tokens(by_team.with_(order=Order(), limit=1, skip=1, having=(Having(Compare.GT, 5),))) == once
    assert len(ran) == often

    others = [
        TOKENS,
        by_team.with_(filters=(of("tool", "ide"),)),
        by_team.with_(period=Period(FOUR_WEEKS.start, MONDAYS[1])),
        by_team.with_(grain=Grain.WEEK),
        by_team.with_(group_by=("tool",)),
    ]
    for number, query in enumerate(others, start=1):
        assert tokens(query) != once
        assert len(ran) >= often + number
    event.remove(world.connection, "before_cursor_execute", note)
