"""A message with every mention used, and the query that it became."""

from __future__ import annotations

from collections.abc import Callable

from bot.questions.finders.marking import mark
from bot.questions.guards.scene import Choice, Scene
from bot.questions.reading import Intent, Reading
from storage.query import Query
from storage.records import Period
from tests.bot.questions.finders.bureau import world
from tests.bot.questions.organisations import AS_OF

OCTOBER = Period(AS_OF.replace(month=10, day=1), AS_OF.replace(month=10, day=31))
SEPTEMBER = Period(AS_OF.replace(month=9, day=1), AS_OF.replace(month=9, day=30))
COST = Query(metrics=("cost",), period=OCTOBER)
Guard = Callable[[Scene], Reading | None]


def scene(
    text: str, query: Query | None = COST, *ignored: str, before: Query | None = None, intent: Intent = Intent.FIGURES,
    asker: str | None = None,
) -> Scene:  # fmt: skip
    """The message; mentions that are said, or of a kind, as one of `ignored` are not used."""
    marked = mark(text, world(asker))
    roles = tuple(
        "ignore" if {mention.said, mention.kind} & {*ignored, "unknown", "clock"} else "in"
        for mention in marked.mentions
    )
    return Scene(marked, Choice(roles), world(asker), query, before, intent)


def words_of(reading: Reading | None) -> str:
    """What is said, "" where nothing stops the answer."""
    return str(getattr(reading, "text", "")) if reading is not None else ""
