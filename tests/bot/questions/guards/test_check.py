"""All guards in order: the first that objects stops the answer."""

from __future__ import annotations

from bot.questions.guards.check import AFTER, BEFORE, objection
from bot.questions.guards.scene import Scene
from bot.questions.reading import Impossible, Reading, Unclear
from tests.bot.questions.guards.scenes import COST, scene


def test_the_first_objection_is_the_one_that_is_said() -> None:
    asked: list[str] = []

    def passes(_scene: Scene) -> Reading | None:
        asked.append("passes")
        return None

    def first(_scene: Scene) -> Reading | None:
        asked.append("first")
        return Unclear(text="first")

    def second(_scene: Scene) -> Reading | None:
        asked.append("second")
        return Unclear(text="second")

    assert objection(scene("cost"), (passes, first, second)) == Unclear(text="first")
    assert asked == ["passes", "first"]
    assert objection(scene("cost"), (passes,)) is None


def test_no_guard_stands_there_twice_and_what_holds_anyway_comes_before_the_query() -> None:
    every = [*BEFORE, *AFTER]

    assert len({id(guard) for guard in every}) == len(every)
    assert all(guard(scene("cost of Web in October", None)) is None for guard in BEFORE)


def test_a_plain_question_passes_all_of_them() -> None:
    query = COST.with_(filters=())

    assert objection(scene("cost in October", query), (*BEFORE, *AFTER)) is None


def test_a_condition_stops_whatever_the_query_holds() -> None:
    assert isinstance(objection(scene("cost at night in October"), BEFORE), Impossible)
