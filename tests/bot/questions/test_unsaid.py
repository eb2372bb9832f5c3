"""What people leave unsaid has one meaning: the figure of a movement, the whole that a group is held against."""

from __future__ import annotations

from pathlib import Path

from bot.questions.read import read
from bot.questions.reading import Intent, Reading, Understood, World
from bot.questions.rewording import in_other_words
from bot.questions.unsaid import MEANT, with_the_unsaid
from storage.engine import reading_engine
from storage.names import read_directory
from storage.query import Compare, Filter, Grain, Having, Op, Query
from tests.conftest import LARKSPUR_DAY

READ = with_the_unsaid(in_other_words(read))


def world_of(store: Path) -> World:
    engine = reading_engine(f"sqlite:///{store}")
    with engine.connect() as connection:
        directory = read_directory(connection, 1)
    engine.dispose()
    return World(directory=directory, as_of=LARKSPUR_DAY)


def test_a_movement_without_a_figure_is_of_tokens_and_says_so(larkspur_store: Path) -> None:
    world = world_of(larkspur_store)

    def one(text: str) -> Understood:
        (reading,) = READ(text, world, None)
        assert isinstance(reading, Understood), (text, reading)
        return reading

    why = one("why did Checkout jump?")
    assert (why.intent, why.query.metrics, why.query.filters) == (
        Intent.WHY,
        ("tokens",),
        (Filter("team", ("Checkout",)),),
    )
    assert MEANT in why.echoes
    assert one("how did Checkout trend over the last 8 weeks?").query.grain is Grain.WEEK
    assert MEANT not in one("why did Checkout's cost jump?").echoes


def test_in_a_thread_the_figure_is_the_one_before_and_what_is_good_has_none(larkspur_store: Path) -> None:
    world = world_of(larkspur_store)
    (before,) = READ("cost by team last month", world, None)
    assert isinstance(before, Understood)

    (why,) = READ("why did Checkout jump?", world, before)

    assert isinstance(why, Understood)
    assert why.query.metrics == ("cost",)
    assert not isinstance(READ("which team is best?", world, None)[0], Understood)


def test_a_group_held_against_everybody_is_two_figures(larkspur_store: Path) -> None:
    world = world_of(larkspur_store)
    team = Filter("team", ("Checkout",))

    def filters(*readings: Reading) -> list[tuple[Filter, ...]]:
        return [reading.query.filters for reading in readings if isinstance(reading, Understood)]

    against = {
        "cost per employee in Checkout compared to company average last month": [(team,), ()],
        "compare Checkout with the whole company on cost per employee": [(team,), ()],
        "Checkout vs everyone else, tokens per head, last month": [
            (team,),
            (Filter("team", ("Checkout",), Op.NOT_IN),),
        ],
    }
    assert {text: filters(*READ(text, world, None)) for text in against} == against
    for text in against:
        assert (
            len({reading.query.metrics for reading in READ(text, world, None) if isinstance(reading, Understood)}) == 1
        )


def test_who_uses_a_tool_and_who_never_used_any_are_lists_of_those(larkspur_store: Path) -> None:
    world = world_of(larkspur_store)
    tool = world.directory.values["tool"][0]

    def query(text: str) -> Query:
        (reading,) = READ(text, world, None)
        assert isinstance(reading, Understood), (text, reading)
        return reading.query

    assert query(f"who used {tool} last month").metrics == ("tokens",)
    assert query(f"who used {tool} last month").group_by == ("person",)
    never = query("who has never used AI?")
    assert (never.metrics, never.having, never.everyone) == (
        ("inactive_people",),
        (Having(Compare.GT, 0),),
        True,
    )
    assert (never.period.start, never.period.end) == (world.directory.first_day, LARKSPUR_DAY)


def test_months_that_follow_each_other_are_a_month_each(larkspur_store: Path) -> None:
    world = world_of(larkspur_store)

    (reading,) = READ("cost of Checkout in Aug, Sep and Oct", world, None)

    assert isinstance(reading, Understood)
    assert reading.query.grain is Grain.MONTH
    assert (reading.query.period.start.month, reading.query.period.end.month) == (8, 10)
