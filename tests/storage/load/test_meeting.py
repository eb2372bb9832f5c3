"""Names, people and days meet: what is stored follows what becomes known later, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, func, select

from storage.load.identities import Resolver
from storage.load.load_log import note_load
from storage.load.organisation import save_teams
from storage.load.people import add_link, remove_link, save_identity_file, unmatched
from storage.load.truths import follow, save_truth
from storage.load.writes import LoadOf, save_usage
from storage.load.zones import keep_zone
from storage.records import AliasRecord, IdentityRecord, Restate, UsageRecord
from storage.roster_records import SpellRecord, TeamRecord
from storage.tables import Person, Spell, Stream, UsageDaily, UsageFact
from tests.storage.load.facts import by_person

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
MONDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 20)
ANA = SpellRecord(email="ana@acme.example", name="Ana Lind", team="Platform", start=date(2026, 1, 1))


@pytest.fixture
def load(workspace_id: int) -> LoadOf:
    return LoadOf(workspace_id=workspace_id, source="files", what="usage.csv", now=NOW)


def use(key: str, tokens: int = 1, **more: object) -> UsageRecord:
    usual: dict[str, object] = {"tool": "cursor", "subject": "ana@acme.example", "day": MONDAY}
    return UsageRecord(natural_key=key, input_tokens=tokens, requests=1, **{**usual, **more})  # type: ignore[arg-type]  # any field


def _truth(engine: Engine, workspace_id: int, kind: str, records: Sequence[object]) -> None:
    with engine.begin() as connection:
        save_teams(connection, workspace_id, [TeamRecord(name="Platform")])
        save_truth(
            connection, workspace_id, kind, records,
            lambda result: note_load(connection, workspace_id, "files", kind, NOW, result.counts(), kind),
        )  # fmt: skip


def _by_tool(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        rows = connection.execute(
            select(Stream.tool, func.sum(UsageDaily.input_tokens))
            .join_from(UsageDaily, Stream, Stream.id == UsageDaily.stream_id)
            .group_by(Stream.tool)
        )
        return {tool: int(tokens or 0) for tool, tokens in rows}


def _by_day(engine: Engine) -> dict[date, int]:
    with engine.connect() as connection:
        rows = connection.execute(select(UsageDaily.day, func.sum(UsageDaily.input_tokens)).group_by(UsageDaily.day))
        return {day: int(tokens or 0) for day, tokens in rows}


def test_two_spellings_of_a_tool_are_one_in_whatever_order_they_come(engine: Engine, load: LoadOf) -> None:
    save_usage(engine, load, [use("a", 1, tool="Claude Code")])
    assert _by_tool(engine) == {"Claude Code": 1}

    save_usage(engine, load, [use("b", 2, tool="claude_code"), use("c", 4, tool="cursor")])

    assert _by_tool(engine) == {"claude_code": 3, "cursor": 4}


def test_an_alias_folds_rows_that_are_stored_and_lets_them_go_again(
    engine: Engine, workspace_id: int, load: LoadOf
) -> None:
    save_usage(engine, load, [use("a", 1, tool="cc"), use("b", 2, tool="claude_code"), use("c", 4, tool="other")])

    _truth(engine, workspace_id, "aliases", [AliasRecord(kind="tool", name="claude_code", alias="CC")])
    assert _by_tool(engine) == {"claude_code": 3, "other": 4}
    assert save_usage(engine, load, [use("a", 1, tool="cc")]).unchanged == 1

    _truth(engine, workspace_id, "aliases", [])
    assert _by_tool(engine) == {"cc": 1, "claude_code": 2, "other": 4}


def test_an_alias_gives_a_name_also_where_only_the_alias_is_in_use(
    engine: Engine, workspace_id: int, load: LoadOf
) -> None:
    _truth(engine, workspace_id, "aliases", [AliasRecord(kind="tool", name="Code Helper", alias="cc")])

    save_usage(engine, load, [use("a", 1, tool="cc")])

    assert _by_tool(engine) == {"Code Helper": 1}


def test_two_feeds_add_up_and_a_feed_replaces_itself(engine: Engine, load: LoadOf) -> None:
    save_usage(engine, replace(load, feed="laptop"), [use("a", 1)])
    save_usage(engine, replace(load, feed="server"), [use("a", 2)])
    assert _by_tool(engine) == {"cursor": 3}

    save_usage(engine, replace(load, feed="laptop"), [use("a", 10)])

    assert _by_tool(engine) == {"cursor": 12}


def test_a_whole_day_replaces_its_feeds_day_alone(engine: Engine, load: LoadOf) -> None:
    whole = replace(load, rule=Restate.WHOLE_DAYS)
    save_usage(engine, whole, [use("a", 1), use("b", 2), use("later", 4, day=FRIDAY)])
    save_usage(engine, replace(whole, feed="server"), [use("a", 8)])

    saved = save_usage(engine, whole, [use("renamed", 16)])

    assert (saved.new, saved.removed) == (1, 2)
    assert _by_day(engine) == {MONDAY: 24, FRIDAY: 4}


def test_of_a_streamed_message_the_fullest_counts_in_whatever_order(engine: Engine, load: LoadOf) -> None:
    streams = replace(load, rule=Restate.FULLEST)
    save_usage(engine, streams, [use("m", 5, output_tokens=400), use("m", 5, output_tokens=1)])

    assert save_usage(engine, streams, [use("m", 5, output_tokens=1)]).changed == 0
    assert save_usage(engine, streams, [use("m", 6, output_tokens=400)]).changed == 1
    with engine.connect() as connection:
        assert connection.execute(select(UsageFact.output_tokens, UsageFact.input_tokens)).one() == (400, 6)


def test_a_change_of_zone_cuts_the_days_of_instants_anew_and_keeps_stated_ones(
    engine: Engine, workspace_id: int, load: LoadOf
) -> None:
    evening = datetime(2026, 11, 16, 20, tzinfo=UTC)
    save_usage(engine, load, [use("a", 1, at=evening), use("b", 2)])
    _truth(engine, workspace_id, "roster", [replace(ANA, start=date(2026, 11, 17))])

    assert keep_zone(engine, ZoneInfo("Asia/Kolkata")) == 2
    assert _by_day(engine) == {MONDAY: 2, date(2026, 11, 17): 1}
    assert by_person(engine) == {ANA.email: 1, None: 2}
    assert keep_zone(engine, ZoneInfo("Asia/Kolkata")) == 0

    keep_zone(engine, ZoneInfo("UTC"))
    assert _by_day(engine) == {MONDAY: 3}
    assert by_person(engine) == {None: 3}


def test_an_address_with_a_plus_and_one_of_an_alias_domain_are_the_person(engine: Engine, workspace_id: int) -> None:
    _truth(engine, workspace_id, "roster", [ANA])
    with engine.begin() as connection:
        save_identity_file(connection, workspace_id, [IdentityRecord(outside_id="@old.example", email="@acme.example")])
        resolver = Resolver(connection, workspace_id)

    for subject in ("Ana@ACME.example", "ana+cursor@acme.example", "ana@old.example", "ana+x@old.example"):
        assert resolver.spans(subject, "files").known, subject
    for subject in ("bo@acme.example", "ana@other.example", "+@acme.example", "ana"):
        assert not resolver.spans(subject, "files").known, subject


def test_an_account_is_whoevers_it_was_on_the_day(engine: Engine, workspace_id: int, load: LoadOf) -> None:
    bo = replace(ANA, email="bo@acme.example", name="Bo")
    _truth(engine, workspace_id, "roster", [ANA, bo])
    save_usage(engine, load, [use("a", 1, subject="shared"), use("b", 2, subject="shared", day=FRIDAY)])

    _truth(
        engine,
        workspace_id,
        "identities",
        [
            IdentityRecord(outside_id="shared", email=ANA.email, end=MONDAY),
            IdentityRecord(outside_id="shared", email=bo.email, start=date(2026, 11, 17)),
        ],
    )

    assert by_person(engine) == {ANA.email: 1, bo.email: 2}


def test_an_address_that_changed_is_one_person_until_somebody_parts_them(
    engine: Engine, workspace_id: int, load: LoadOf
) -> None:
    new = replace(ANA, email="ana.lind@acme.example", start=MONDAY)
    old = replace(ANA, end=date(2026, 11, 13))
    save_usage(engine, load, [use("a", 1), use("b", 2, subject=new.email)])

    _truth(engine, workspace_id, "roster", [old, new])
    assert by_person(engine) == {new.email: 3}

    with engine.begin() as connection:
        assert remove_link(connection, workspace_id, old.email) == [new.email]
        follow(connection, workspace_id, people=True)
    assert by_person(engine) == {new.email: 2, None: 1}

    with engine.begin() as connection:
        add_link(connection, workspace_id, old.email, new.email, None, None)
        follow(connection, workspace_id, people=True)
    assert by_person(engine) == {new.email: 3}


@pytest.mark.parametrize(
    "other",
    [
        replace(ANA, email="ana2@acme.example", start=date(2026, 10, 1)),  # at the same time
        replace(ANA, email="ana2@acme.example", start=date(2027, 3, 1)),  # long after
        replace(ANA, email="ana2@acme.example", name="Ana Lindqvist", start=MONDAY),
    ],
)
def test_two_people_of_one_name_stay_two(engine: Engine, workspace_id: int, other: SpellRecord) -> None:
    _truth(engine, workspace_id, "roster", [replace(ANA, end=date(2026, 11, 13)), other])

    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Person)) == 2


def test_a_link_joins_people_of_the_roster_and_unlinking_parts_them_exactly(
    engine: Engine, workspace_id: int, load: LoadOf
) -> None:
    double = replace(ANA, email="a.lind@acme.example", name="A. Lind", team="Platform", start=date(2026, 6, 1))
    _truth(engine, workspace_id, "roster", [ANA, double])
    save_usage(engine, load, [use("a", 1), use("b", 2, subject=double.email)])

    def spells() -> list[tuple[object, ...]]:
        rows = select(Person.email, Spell.start_day, Spell.end_day).join_from(Spell, Person)
        with engine.connect() as connection:
            return sorted(tuple(row) for row in connection.execute(rows))

    before = (spells(), by_person(engine))
    with engine.begin() as connection:
        add_link(connection, workspace_id, double.email, ANA.email, None, None)
        follow(connection, workspace_id, people=True)
    assert by_person(engine) == {ANA.email: 3}
    assert {email for email, *_ in spells()} == {ANA.email}

    with engine.begin() as connection:
        remove_link(connection, workspace_id, double.email)
        follow(connection, workspace_id, people=True)
    assert (spells(), by_person(engine)) == before


def test_whom_nobody_knows_is_listed_by_what_hangs_on_them(engine: Engine, workspace_id: int, load: LoadOf) -> None:
    _truth(engine, workspace_id, "roster", [replace(ANA, start=FRIDAY)])
    save_usage(engine, load, [use("a", 1), use("b", 5, subject="bo@x.example"), use("c", 9, subject="user_1")])

    with engine.connect() as connection:
        found = unmatched(connection, workspace_id)

    assert [(stranger.subject, stranger.tokens) for stranger in found] == [("user_1", 9), ("bo@x.example", 5)]
