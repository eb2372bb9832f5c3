"""Usage set against work: what is booked to the workflows meant, and their items; null and said where nothing is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest

from storage.answer.privacy import Viewer
from storage.answer.result import NoteKind, Result
from storage.catalogue import metric
from storage.errors import Denied, InvalidQuery, NoData
from storage.query import Filter, Grain, Op, Query
from storage.records import Period
from tests.databases import BACKENDS
from tests.storage.organisation import Organisation, Stay, Use, Work
from tests.storage.worlds import World, worlds

START = date(2026, 2, 2)
WEEKS = Period(START, START + timedelta(days=13))
PER_ITEM = Query(metrics=("tokens/items",), period=WEEKS)
MEMBER = Viewer(email="m0@x.example")
# Who owns a workflow, how many people of Makers book usage to it, and its items a day.
WORKFLOWS = {
    "checking": ("Makers", "review", 8, 4),
    "sorting": ("Makers", "care", 7, 2),
    "rare": ("Makers", "care", 3, 5),
    "quiet": ("Makers", "review", 0, 6),
    "idle": ("Makers", "writing", 6, 0),
    "signing": ("Owners", "review", 6, 1),
    "boarding": ("Hosts", "care", 6, 3),
}
SIZES = {"Makers": 12, "Owners": 4, "Hosts": 9, "Others": 8}


def organisation() -> Organisation:
    stays = [
        Stay(email=f"{team[0].lower()}{number}@x.example", team=team)
        for team, size in SIZES.items()
        for number in range(size)
    ]
    uses, work = [], []
    for day in WEEKS.each_day():
        for place, (name, (_, _, users, items)) in enumerate(WORKFLOWS.items(), 1):
            for number in range(users):
                uses.append(
                    Use(day=day, email=f"m{number}@x.example", workflow=name, input=100 * place + number, requests=1,
                        cost=Decimal(place) / 4)
                )  # fmt: skip
            work += [Work(day=day, workflow=name, items=items, minutes=Decimal(9))] if items else []
        uses.append(Use(day=day, email="o0@x.example", input=7_000, requests=1))  # booked to no workflow
        uses.append(Use(day=day, email="h0@x.example", workflow="unlisted", input=500, requests=1))
        uses.append(Use(day=day, email="", workflow="checking", input=900, requests=1, ledger="product"))
        work.append(Work(day=day, workflow="unlisted", items=10, minutes=Decimal(5)))
    catalogue = {name: (owner, activity) for name, (owner, activity, _, _) in WORKFLOWS.items()}
    return Organisation(dict.fromkeys(SIZES, ""), tuple(stays), tuple(uses), catalogue, tuple(work))


@pytest.fixture(scope="module", params=BACKENDS)
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with worlds(request.param, tmp_path_factory.mktemp("store"), [organisation()]) as found:
        yield found[0]


def values(result: Result) -> dict[str, float | None]:
    return {", ".join(row.labels.values()): row.values[result.columns[0].name] for row in result.rows}


def unbooked(result: Result) -> list[object]:
    return [note.data["names"] for note in result.notes if note.kind is NoteKind.UNBOOKED]


def hidden(result: Result) -> set[str]:
    return {", ".join(row.labels.values()) for row in result.rows if row.suppressed}


def test_usage_per_item_is_that_booked_to_the_catalogued_workflows_by_their_items(world: World) -> None:
    booked = sum(
        100 * place * users + sum(range(users)) for place, (_, _, users, _) in enumerate(WORKFLOWS.values(), 1)
    )
    items = sum(items for _, _, _, items in WORKFLOWS.values())

    assert values(world.check(PER_ITEM)) == {"": pytest.approx((booked + 900) / items)}


def test_of_a_workflow_that_is_named_it_is_the_usage_booked_to_that_one(world: World) -> None:
    one = world.check(PER_ITEM.with_(filters=(Filter("workflow", ("sorting",)),)))
    uncatalogued = world.check(PER_ITEM.with_(filters=(Filter("workflow", ("unlisted",)),)))

    assert values(one) == {"": (200 * 7 + 21) / 2}
    assert values(uncatalogued) == {"": 50}


def test_a_list_holds_each_catalogued_workflow_with_usage_or_work(world: World) -> None:
    listed = values(world.check(PER_ITEM.with_(group_by=("workflow",))))

    assert set(listed) == set(WORKFLOWS)
    assert (listed["quiet"], listed["idle"]) == (None, None)
    assert [*listed][-2:] == ["idle", "quiet"]


def test_where_no_usage_is_booked_that_is_said(world: World) -> None:
    quiet = world.check(PER_ITEM.with_(filters=(Filter("workflow", ("quiet",)),)))

    assert values(quiet) == {"": None}
    assert unbooked(quiet) == [[]]
    assert unbooked(world.check(PER_ITEM.with_(group_by=("workflow",)))) == [["quiet"]]
    assert unbooked(world.check(PER_ITEM.with_(group_by=("workflow",), grain=Grain.WEEK))) == [["quiet"]]
    assert unbooked(world.check(PER_ITEM)) == []


def test_a_team_is_the_one_that_owns_the_workflow_whoever_uses_ai_in_it(world: World) -> None:
    by_team = values(world.check(PER_ITEM.with_(group_by=("team",))))
    hosts = world.check(PER_ITEM.with_(filters=(Filter("team", ("Hosts",)),)))
    beside = world.check(PER_ITEM.with_(group_by=("team",), scopes=("Hosts", "Owners")))

    assert set(by_team) == {"Makers", "Owners", "Hosts"}
    assert values(hosts) == {"": by_team["Hosts"]} == {"": (700 * 6 + 15) / 3}
    assert values(beside) == {"Hosts": by_team["Hosts"], "Owners": by_team["Owners"]}


def test_it_is_compared_ranked_and_followed_over_time(world: World) -> None:
    first, second = (Period(START + timedelta(days=7 * n), START + timedelta(days=7 * n + 6)) for n in (0, 1))
    world.check(PER_ITEM.with_(period=second, previous=first, group_by=("activity",)))
    world.check(PER_ITEM.with_(metrics=("cost/items", "requests/items"), grain=Grain.DAY, group_by=("team",)))
    world.check(PER_ITEM.with_(metrics=("items/cost",), filters=(Filter("activity", ("care",), Op.NOT_IN),)))
    world.check(PER_ITEM.with_(metrics=("cost/hours_offloaded", "tokens/human_hours"), group_by=("workflow",)))


def test_a_ledger_may_be_named_and_both_count_where_none_is(world: World) -> None:
    checking = Filter("workflow", ("checking",))
    people = 100 * 8 + sum(range(8))

    both = world.check(PER_ITEM.with_(filters=(checking,)))
    own = world.check(PER_ITEM.with_(filters=(checking, Filter("ledger", ("workforce",)))))

    assert values(both) == {"": (people + 900) / 4}
    assert values(own) == {"": people / 4}
    assert [note.kind for note in both.notes if note.kind is NoteKind.PRODUCT] == [NoteKind.PRODUCT]


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        (PER_ITEM.with_(group_by=("tool",)), "not recorded by tool"),
        (PER_ITEM.with_(filters=(Filter("title", ("Engineer",)),)), "not recorded by title"),
        (PER_ITEM.with_(filters=(Filter("mode", ("agent",)),)), "different modes"),
        (PER_ITEM.with_(metrics=("tokens/items", "items")), "one at a time"),
        (PER_ITEM.with_(metrics=("tokens/items", "tokens")), "one at a time"),
    ],
)
def test_what_only_one_of_the_two_knows_is_refused(world: World, query: Query, reason: str) -> None:
    with pytest.raises(InvalidQuery, match=reason):
        world.ask(query)


def test_only_days_count_on_which_both_are_recorded(tmp_path_factory: pytest.TempPathFactory) -> None:
    one = organisation()
    later = tuple(work for work in one.work if work.day > START + timedelta(days=3))
    never = tuple(Work(day=START + timedelta(days=100), workflow="checking", items=1) for _ in range(1))
    orgs = [Organisation(one.teams, one.stays, one.uses, one.workflows, work) for work in (later, never)]
    with worlds("sqlite", tmp_path_factory.mktemp("store"), orgs) as (after, apart):
        assert after.check(PER_ITEM).period.start == START + timedelta(days=4)
        with pytest.raises(NoData, match="never recorded on the same days"):
            apart.ask(PER_ITEM)


def test_both_privacy_rules_hold_for_a_row(world: World) -> None:
    by_workflow = world.ask(PER_ITEM.with_(group_by=("workflow",)), MEMBER)

    assert "rare" in hidden(by_workflow)  # three people
    assert "signing" in hidden(by_workflow)  # its owner has four members
    assert "checking" not in hidden(by_workflow)
    assert "Owners" in hidden(world.ask(PER_ITEM.with_(group_by=("team",)), MEMBER))
    assert not hidden(world.ask(PER_ITEM, MEMBER))
    for name in ("rare", "signing"):
        with pytest.raises(Denied):
            world.ask(PER_ITEM.with_(filters=(Filter("workflow", (name,)),)), MEMBER)


def test_a_hidden_row_does_not_even_say_that_no_usage_is_booked(world: World) -> None:
    of_owners = PER_ITEM.with_(filters=(Filter("ledger", ("product",)),), group_by=("workflow",))

    said = unbooked(world.ask(of_owners, MEMBER))

    assert said
    assert all("signing" not in names for names in said)  # type: ignore[operator]


def test_its_definition_says_what_is_divided(world: World) -> None:
    assert metric("cost/items").label == "cost per item"
    assert "booked to the workflows meant" in metric("cost/items").description
    assert "booked" not in metric("cost/requests").description
