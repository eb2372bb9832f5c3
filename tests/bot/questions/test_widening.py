"""Every step that reads more than the reader does is taken, the outermost over what all others read."""

from __future__ import annotations

from datetime import date

from bot.questions.reading import Reading, Understood, World
from bot.questions.widening import widened
from storage.names import Directory
from storage.query import By, Compare, Having, Query
from storage.records import Period

GROWN = Query(
    metrics=("tokens",),
    period=Period(date(2026, 10, 1), date(2026, 10, 31)),
    group_by=("team",),
    having=(Having(Compare.GT, 1.0, By.CHANGE_PCT),),
)


def test_words_are_changed_by_one_step_and_the_query_by_another() -> None:
    heard: list[str] = []

    def read(text: str, world: World, before: Understood | None) -> tuple[Reading, ...]:
        heard.append(text)
        return (Understood(query=GROWN),)

    world = World(directory=Directory(1, 1, (), (), (), {}, None, None), as_of=date(2026, 11, 18))
    (found,) = widened(read)("top5 teams that doubled their tokens in October", world, None)

    assert heard == ["top 5 teams that grew their tokens by more than 100% in October"]
    assert isinstance(found, Understood)
    assert found.query.having[0].compare is Compare.GE
