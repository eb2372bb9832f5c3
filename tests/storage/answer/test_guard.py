"""What a member of the organisation is shown, and that nothing hidden can be told from it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from storage.answer.privacy import Viewer
from storage.answer.result import NoteKind, Result
from storage.errors import Denied
from storage.query import By, Compare, Filter, Grain, Having, Op, Order, Query, Share
from storage.records import Period
from tests.databases import BACKENDS
from tests.sampling import sampled, some
from tests.storage.answer.linear import follows, reduced
from tests.storage.organisation import Organisation, Stay, Use, Work
from tests.storage.worlds import World, worlds

MEMBER = Viewer(email="big0@x.example")
START = date(2026, 2, 2)  # a Monday
WEEKS = Period(START, START + timedelta(days=27))
FIRST_HALF = Period(START, START + timedelta(days=13))
SECOND_HALF = Period(START + timedelta(days=14), WEEKS.end)
SIZES = {"Big": 20, "Duo": 2, "Left": 7, "Right": 9, "Small": 3, "Next": 6, "Idle": 5, "Sparse": 12}
TEAMS = {"Big": "", "Duo": "", "Left": "Duo", "Right": "Duo", "Small": "", "Next": "", "Idle": "", "Sparse": ""}
PLACES = ("Lisbon", "Remote")
WORKFLOWS = {
    "assembling": ("Big", "building"),
    "signing": ("Small", "review"),
    "checking": ("Right", "review"),
    "posting": ("Next", "writing"),
}
TOKENS = Query(metrics=("tokens",), period=WEEKS)
BY_TEAM = TOKENS.with_(group_by=("team",))
# Small and the own members of Duo are too few, Sparse has too few users; Next and Left cover the first two.
HIDDEN = ["Duo", "Left", "Small", "Sparse"]


def email(team: str, number: int) -> str:
    return f"{team.lower()}{number}@x.example"


def uses() -> Iterator[Use]:
    """Everyone uses a tool once, but for Idle, and Sparse where three do."""
    for weight, (team, size) in enumerate(SIZES.items(), 1):
        for number in range({"Idle": 0, "Sparse": 3}.get(team, size)):
            for step in range(4):
                yield Use(
                    day=START + timedelta(days=7 * step),
                    email=email(team, number),
                    tool="cursor" if number % 2 else "copilot",
                    input=(100 + number) * weight,
                    requests=1,
                )


def organisation(extra: Sequence[Use] = ()) -> Organisation:
    stays = tuple(
        Stay(email=email(team, n), team=team, location="Remote" if n < 4 else "Lisbon")
        for team, size in SIZES.items()
        for n in range(size)
    )
    agent = Stay(email="bot@x.example", team="Big", kind="agent", location="")
    work = tuple(
        Work(day=day, workflow=name, mode=mode, items=9, minutes=Decimal(9), accepted=9)
        for day in (START + timedelta(days=7 * week) for week in range(4))
        for name in WORKFLOWS
        for mode in ("human", "agent")
    )
    day = START + timedelta(days=27)
    bot = Use(day=day, email="bot@x.example", tool="ci", input=77, requests=1)
    unknown = Use(day=day, email="ghost@x.example", input=5, requests=1)
    return Organisation(TEAMS, (*stays, agent), (*uses(), bot, unknown, *extra), WORKFLOWS, work)


@pytest.fixture(scope="module", params=BACKENDS)
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with worlds(request.param, tmp_path_factory.mktemp("store"), [organisation()]) as found:
        yield found[0]


def hidden(result: Result, label: str = "team") -> list[str]:
    return sorted(row.labels[label] for row in result.rows if row.suppressed)


def denied(world: World, query: Query, viewer: Viewer = MEMBER) -> str:
    with pytest.raises(Denied) as caught:
        world.ask(query, viewer)
    return caught.value.reason


def test_small_groups_groups_of_few_users_and_their_covers_are_hidden(world: World) -> None:
    result = world.ask(BY_TEAM, MEMBER)
    assert hidden(result) == ["(none)", *HIDDEN]
    assert all(value is None for row in result.rows if row.suppressed for value in row.values.values())
    shown = {row.labels["team"]: row.values["tokens"] for row in result.rows if not row.suppressed}
    assert shown.keys() == {"Big", "Right", "Next", "Idle"}
    assert shown["Idle"] == 0


def test_the_hidden_rows_are_named(world: World) -> None:
    notes = [note for note in world.ask(BY_TEAM, MEMBER).notes if note.kind is NoteKind.SUPPRESSED]
    assert [sorted({labels["team"] for labels in note.data["labels"]}) for note in notes] == [["(none)", *HIDDEN]]


def test_the_operator_sees_every_row(world: World) -> None:
    assert hidden(world.ask(BY_TEAM)) == []


def test_a_question_about_a_hidden_team_alone_is_denied(world: World) -> None:
    for team in ("Small", "Sparse", "Left"):
        assert denied(world, TOKENS.with_(filters=(Filter("team", (team,)),))) == "group"
        assert denied(world, TOKENS.with_(filters=(Filter("team", (team,), Op.NOT_IN),))) == "group"
    assert world.ask(TOKENS.with_(filters=(Filter("team", ("Duo",)),)), MEMBER).rows[0].values["tokens"]
    assert denied(world, TOKENS.with_(filters=(Filter("team", ("Duo",), Op.BELOW),))) == "group"


def test_the_second_of_two_filters_on_teams_is_looked_at_too(world: World) -> None:
    duo = Filter("team", ("Duo",))
    assert denied(world, TOKENS.with_(filters=(duo, Filter("team", ("Left",), Op.NOT_IN)))) == "group"


def test_counts_of_people_need_members_alone(world: World) -> None:
    for metric in ("active_people", "adoption_rate", "headcount"):
        result = world.ask(BY_TEAM.with_(metrics=(metric,)), MEMBER)
        assert set(hidden(result)) - {"(none)"} == {"Duo", "Left", "Small", "Next"}


def test_a_row_with_one_figure_hidden_says_which(world: World) -> None:
    result = world.ask(BY_TEAM.with_(metrics=("tokens", "headcount")), MEMBER)
    sparse = next(row for row in result.rows if row.labels["team"] == "Sparse")
    assert (sparse.suppressed, sparse.hidden) == (False, ("tokens",))
    assert (sparse.values["tokens"], sparse.values["headcount"]) == (None, 12)


def test_the_setting_raises_the_smallest_group_and_never_lowers_it(world: World) -> None:
    assert hidden(world.ask(BY_TEAM, replace(MEMBER, min_group=1))) == ["(none)", *HIDDEN]
    assert "Right" in hidden(world.ask(BY_TEAM, replace(MEMBER, min_group=10)))


def test_a_top_decile_needs_twenty_members_and_five_users(world: World) -> None:
    result = world.ask(BY_TEAM.with_(metrics=("top_decile_share",)), MEMBER)
    assert [row.labels["team"] for row in result.rows if not row.suppressed] == ["Big"]


def test_rows_of_the_whole_organisation_need_no_users(world: World) -> None:
    assert hidden(world.ask(TOKENS.with_(group_by=("tool",)), MEMBER), "tool") == []


def test_a_tool_that_few_of_a_team_use_takes_the_other_with_it(world: World) -> None:
    """Four people of Right use one tool and five the other: the team's total less the one would be the other."""
    right = Filter("team", ("Right",))
    assert world.ask(TOKENS.with_(filters=(right,)), MEMBER).rows[0].values["tokens"]
    assert denied(world, TOKENS.with_(group_by=("tool",), filters=(right,))) == "group"
    for tool in ("cursor", "copilot"):
        assert denied(world, TOKENS.with_(filters=(right, Filter("tool", (tool,))))) == "group"


def test_a_list_by_team_and_tool_hides_what_the_list_under_that_tool_hides(world: World) -> None:
    both = world.ask(TOKENS.with_(group_by=("team", "tool")), MEMBER)
    for tool in ("cursor", "copilot"):
        alone = world.ask(BY_TEAM.with_(filters=(Filter("tool", (tool,)),)), MEMBER)
        with_rows = {row.labels["team"] for row in both.rows if row.labels["tool"] == tool}
        assert {row.labels["team"] for row in both.rows if row.suppressed and row.labels["tool"] == tool} == (
            with_rows & set(hidden(alone))
        )


def test_a_comparison_is_hidden_where_either_period_is(tmp_path_factory: pytest.TempPathFactory) -> None:
    extra = [Use(day=SECOND_HALF.end, email=email("Sparse", n), input=9, requests=1) for n in range(12)]
    now, then = BY_TEAM.with_(period=SECOND_HALF), BY_TEAM.with_(period=FIRST_HALF)
    with worlds("sqlite", tmp_path_factory.mktemp("store"), [organisation(extra)]) as (world,):
        assert "Sparse" not in hidden(world.ask(now, MEMBER))
        assert "Sparse" in hidden(world.ask(then, MEMBER))
        assert "Sparse" in hidden(world.ask(now.with_(previous=FIRST_HALF), MEMBER))
        assert "Sparse" in hidden(world.ask(then.with_(previous=SECOND_HALF), MEMBER))


def test_a_point_of_a_series_with_few_users_takes_the_others_with_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    extra = [Use(day=START + timedelta(days=8), email=email("Sparse", n), input=9, requests=1) for n in range(12)]
    query = TOKENS.with_(filters=(Filter("team", ("Sparse",)),), grain=Grain.WEEK)
    with worlds("sqlite", tmp_path_factory.mktemp("store"), [organisation(extra)]) as (world,):
        assert world.ask(query.with_(grain=None), MEMBER).rows[0].values["tokens"]
        assert denied(world, query) == "group"
        by_week = world.ask(query.with_(filters=(), group_by=("team",)), MEMBER).rows
    # The same three people have the use of the other weeks: all of them less the second week would be theirs.
    assert [row.suppressed for row in by_week if row.labels["team"] == "Sparse"] == [True] * 4


def test_thresholds_and_limits_leave_hidden_rows_out(world: World) -> None:
    for having in (Having(Compare.GE, 0), Having(Compare.LT, 1e12)):
        rows = world.ask(BY_TEAM.with_(having=(having,)), MEMBER).rows
        assert sorted(row.labels["team"] for row in rows) == ["Big", "Idle", "Next", "Right"]
    top = world.ask(BY_TEAM.with_(order=Order(descending=False), limit=10), MEMBER).rows
    assert sorted(row.labels["team"] for row in top) == ["Big", "Idle", "Next", "Right"]


def test_a_share_of_a_hidden_total_is_hidden(world: World) -> None:
    over = Share((Filter("team", ("Small",)),))
    mine = TOKENS.with_(filters=(Filter("person", ("big0@x.example",)),))
    assert world.ask(mine.with_(share=Share((Filter("team", ("Big",)),))), MEMBER).rows[0].values["share"]
    assert denied(world, mine.with_(share=over)) == "group"


def test_no_row_tells_what_hidden_rows_hold(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The same answers where the hidden teams have swapped their use, so that only hidden figures differ."""
    swap = {"small": "sparse", "sparse": "small"}
    first = organisation()
    second = replace(first, uses=tuple(_swapped(use, swap) for use in first.uses))
    assert first.uses != second.uses
    queries = [
        BY_TEAM,
        BY_TEAM.with_(order=Order(), limit=9),
        BY_TEAM.with_(order=Order(descending=False), having=(Having(Compare.GT, -1),)),
        BY_TEAM.with_(share=Share()),
        BY_TEAM.with_(previous=Period(date(2026, 1, 5), date(2026, 2, 1))),
        BY_TEAM.with_(period=SECOND_HALF, previous=FIRST_HALF, order=Order(By.CHANGE)),
        BY_TEAM.with_(grain=Grain.WEEK),
        BY_TEAM.with_(metrics=("cost",)),
        BY_TEAM.with_(metrics=("tokens_per_employee", "tokens")),
        TOKENS.with_(group_by=("team", "location")),
        TOKENS,
    ]
    with worlds("sqlite", tmp_path_factory.mktemp("store"), [first, second]) as (one, other):
        for query in queries:
            assert _told(one, query) == _told(other, query), query


def _told(world: World, query: Query) -> object:
    try:
        result = world.ask(query, MEMBER)
    except Denied as error:
        return error.reason
    return result.rows, result.notes


def _swapped(use: Use, swap: dict[str, str]) -> Use:
    team, number = use.email.split("@")[0][:-1], use.email.split("@")[0][-1]
    return replace(use, email=f"{swap[team]}{number}@x.example") if team in swap else use


# The attack on answers: whatever is asked about teams under one filter, no hidden figure follows.


def random_organisation(seed: int) -> Organisation:
    """A tree with teams of every size, some of whose people use one tool, both or none; some people move."""
    dice = random.Random(seed)
    names = [f"T{number}" for number in range(11)]
    teams = {name: dice.choice(["", *names[:i]]) for i, name in enumerate(names)}
    stays, used = [], []
    for name in names:
        keen = dice.choice((0.4, 0.9, 1))
        for number in range(dice.choice((2, 4, 5, 6, 8, 11, 15))):
            stay = Stay(
                email=f"{name.lower()}.{number}@x.example", team=name, location=dice.choice(("Lisbon", "Remote"))
            )
            if dice.random() < 0.05:
                stays.append(replace(stay, end=START))
                stay = replace(stay, start=START + timedelta(days=1), team=dice.choice(names))
            stays.append(stay)
            for tool in ("cursor", "copilot"):
                if dice.random() < keen:
                    day = START + timedelta(days=dice.randrange(5))
                    used.append(Use(day=day, email=stay.email, tool=tool, input=dice.randrange(1, 99), requests=1))
    return Organisation(teams, tuple(stays), tuple(used))


UNDER: list[tuple[Filter, ...]] = [(), (Filter("tool", ("cursor",)),), (Filter("location", ("Lisbon",)),)]


@sampled
@pytest.mark.parametrize(("seed", "under"), some([(seed, under) for seed in range(4) for under in UNDER], 2))
def test_no_hidden_team_follows_from_all_that_may_be_asked(
    tmp_path_factory: pytest.TempPathFactory, seed: int, under: tuple[Filter, ...]
) -> None:
    query = TOKENS.with_(filters=under)
    with worlds("sqlite", tmp_path_factory.mktemp("store"), [random_organisation(seed)]) as (world,):
        names = [*world.directory.team]
        shown = [dict.fromkeys(names, 1)]
        for filters in questions(world):
            if _answered(world, query.with_(filters=(*under, *filters))):
                shown.append(_teams_of(world, filters, names))
        by_team = _own_figures(world, query)
        shown += [{name: 1} for name in by_team - _hidden_teams(world, query)]
        shown += [{name: 1} for name in set(names) - by_team]
        hidden_ones = _hidden_teams(world, query) - _lonely(world, query)
        basis = reduced(shown, names)
        assert hidden_ones
        for name in hidden_ones:
            assert not follows({name: 1}, basis), name


def questions(world: World) -> Iterator[tuple[Filter, ...]]:
    teams = world.directory.team
    for name in teams:
        for op in Op:
            yield (Filter("team", (name,), op),)
        for other in [team for team in teams if team < name]:
            yield (Filter("team", (name, other)),)
            yield (Filter("team", (name,)), Filter("team", (other,), Op.NOT_IN))


def _teams_of(world: World, filters: tuple[Filter, ...], names: list[str]) -> dict[str, int]:
    """Which teams' own figures a question adds up."""
    kept = set(names)
    for condition in filters:
        below = set().union(*(world.independent.below(name) for name in condition.values))
        if condition.op is Op.BELOW:
            below -= set(condition.values)
        kept = kept - below if condition.op is Op.NOT_IN else kept & below
    return dict.fromkeys(kept, 1)


def _answered(world: World, query: Query) -> bool:
    try:
        world.ask(query, MEMBER)
    except Denied:
        return False
    return True


def _own_figures(world: World, query: Query) -> set[str]:
    """The teams with own members or usage."""
    return {row.labels["team"] for row in world.ask(query.with_(group_by=("team",))).rows}


def _hidden_teams(world: World, query: Query) -> set[str]:
    try:
        rows = world.ask(query.with_(group_by=("team",)), MEMBER).rows
    except Denied:
        return _own_figures(world, query)
    return {row.labels["team"] for row in rows if row.suppressed}


def _lonely(world: World, query: Query) -> set[str]:
    """Teams whose parent has no second part with usage: the page knows no cover for them."""
    used = {row.labels["team"] for row in world.ask(query.with_(group_by=("team",))).rows if row.values["tokens"]}
    found = set()
    for name, parent in world.org.teams.items():
        siblings = [other for other, above in world.org.teams.items() if above == parent]
        with_usage = [team for team in siblings if world.independent.below(team) & used] + [parent] * (parent in used)
        below = [other for other, above in world.org.teams.items() if above == name]
        if len(with_usage) == 1 or (below and not any(world.independent.below(team) & used for team in below)):
            found.add(name)
    return found
