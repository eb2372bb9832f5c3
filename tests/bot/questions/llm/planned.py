"""A question of the bureau with calls for it, without a server or a store."""

from __future__ import annotations

from typing import Any

from bot.questions.llm.linking import Linked, link
from bot.questions.llm.plan import PlanInputs, readings_of
from bot.questions.llm.tools import CheckedCall
from bot.questions.llm.wire import ToolCall
from bot.questions.periods import Calendar
from bot.questions.reading import Reading, Understood, World
from storage.query import Query
from storage.records import Period
from tests.bot.questions.finders.bureau import FIRST, world
from tests.bot.questions.llm.calls import QUERY
from tests.bot.questions.organisations import AS_OF
from tests.fakes.openai_api import Data

CALENDAR = Calendar(AS_OF, FIRST)
OCTOBER = Period(AS_OF.replace(month=10, day=1), AS_OF.replace(month=10, day=31))
SEPTEMBER = Period(AS_OF.replace(month=9, day=1), AS_OF.replace(month=9, day=30))
TOKENS = Query(metrics=("tokens",), period=OCTOBER)
ANA = "may.lind@bureau.example"


def run_query(**fields: Any) -> CheckedCall:
    """A call of run_query as its check leaves it."""
    return CheckedCall("run_query", QUERY | fields)


def linked(text: str, asker: str | None = None, before: Understood | None = None) -> Linked:
    """The question as a model may see it."""
    return link(text, world(asker), before)


def planned(text: str, *calls: Data, asker: str | None = None, before: Understood | None = None) -> tuple[Reading, ...]:
    """The readings of a question's calls."""
    made = [ToolCall(said["function"]["name"], said["function"]["arguments"]) for said in calls]
    known: World = world(asker)
    return readings_of(made, PlanInputs(link(text, known, before), known, CALENDAR, before))
