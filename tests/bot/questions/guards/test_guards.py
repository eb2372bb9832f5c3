"""Guards: what was said is used by the query, or stops the answer; context filters nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.questions.finders.marking import mark
from bot.questions.guards import added, amounts, conditions, names, replies, turns, words
from bot.questions.guards.scene import Choice, Scene
from bot.questions.reader.trained import Thread, marked_in
from bot.questions.reading import Impossible, Missing, Reading, Unclear
from storage.query import Compare, Filter, Having, Op, Order, Query, Share
from storage.records import Period
from tests.bot.questions.finders.bureau import world
from tests.bot.questions.organisations import AS_OF

OCTOBER = Period(AS_OF.replace(month=10, day=1), AS_OF.replace(month=10, day=31))
PLAIN = Query(metrics=("cost",), period=OCTOBER)
Guard = Callable[[Scene], Reading | None]


def scene(text: str, query: Query | None = PLAIN, ignored: str = "") -> Scene:
    """The message with every mention used but those that are `ignored`."""
    marked = mark(text, world())
    never = ("number", "unknown", "clock")
    roles = (
        "ignore"
        if mention.kind in never or mention.said in ignored.split("|")
        else "main"
        if mention.kind == "period"
        else "in"
        for mention in marked.mentions
    )
    return Scene(marked, Choice(tuple(roles)), world(), query)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("cost of Web at night in October", "hour"),
        ("tokens of juniors", "seniority"),
        ("spend since the reorg", "event"),
        ("requests from phones only", "device"),
        ("acceptance rate in Python files", "language"),
        ("cost in euros", "money"),
        ("how many Copilot licences lie idle", "seat"),
        ("who should be promoted", "judgement"),
    ],
)
def test_a_condition_that_nothing_records_is_refused_for_what_it_is(text: str, topic: str) -> None:
    found = conditions.unrecorded(scene(text))
    assert isinstance(found, Impossible)
    assert found.steps[0].startswith(f"unsupported: {topic}")
    assert found.options


@pytest.mark.parametrize(
    ("guard", "text", "query", "ignored"),
    [
        (amounts.clock_times, "cost after 10 pm", PLAIN, ""),
        (amounts.numbers, "teams above 500 requests", PLAIN, ""),
        (amounts.numbers, "claims of 300 dollars, cost", PLAIN, ""),
        (amounts.numbers, "top 5 teams by cost", PLAIN, ""),
        (amounts.periods, "cost in October and in August", PLAIN, "in August"),
        (amounts.periods, "cost per quarter", PLAIN, ""),
        (amounts.numbers, "weekly tokens, 6 weeks", PLAIN, ""),
        (replies.follows_something, "and requests", PLAIN, ""),
        (names.passed_over, "cost of Web in October", PLAIN, "Web"),
        (names.unknown_names, "cost in Bergen in October", PLAIN, ""),
        (names.parts_of_names, "executive view of cost", PLAIN, ""),
        (turns.left_out, "cost without Cursor in October", PLAIN, ""),
        (turns.left_out, "cost, not Web", PLAIN, ""),
        (turns.money_by_class, "cost of just the cached tokens", PLAIN, ""),
        (turns.divided, "cost per weekly report", PLAIN, ""),
        (words.unknown_words, "cost of shaders in October", PLAIN, ""),
        (added.unasked, "cost in October", PLAIN.with_(group_by=("tool",)), ""),
        (added.unasked, "cost in October", PLAIN.with_(filters=(Filter("kind", ("agent",)),)), ""),
        (added.unasked, "cost in October", PLAIN.with_(share=Share()), ""),
    ],
)
def test_what_the_query_does_not_account_for_stops_it(guard: Guard, text: str, query: Query, ignored: str) -> None:
    assert isinstance(guard(scene(text, query, ignored)), Unclear | Missing | Impossible)


@pytest.mark.parametrize(
    ("guard", "text", "query"),
    [
        (amounts.clock_times, "I need it before the 4 pm meeting: cost of Web in October", PLAIN),
        (amounts.periods, "cost per quarter", PLAIN.with_(average=None, previous=OCTOBER)),
        (names.passed_over, "cost of Web in October", PLAIN.with_(filters=(Filter("team", ("Web",)),))),
        (names.unknown_names, "cost of Web in October", PLAIN),
        (replies.follows_something, "and the cost of Web in October?", PLAIN),
        (turns.left_out, "cost without Cursor", PLAIN.with_(filters=(Filter("tool", ("cursor",), Op.NOT_IN),))),
        (turns.left_out, "teams not above 5 tokens", PLAIN.with_(having=(Having(Compare.LE, 5),))),
        (turns.left_out, "no hurry, not sure it is there: cost of Web", PLAIN),
        (turns.money_by_class, "cost and cached tokens", PLAIN.with_(metrics=("cost", "cached_input_tokens"))),
        (turns.divided, "cost per head", PLAIN),
        (words.unknown_words, "Could you kindly tell me what we spent, broken down by tool?", PLAIN),
        (words.unknown_words, "how mny tokns did they use", PLAIN),
        (added.unasked, "which tool cost the most", PLAIN.with_(group_by=("tool",), order=Order())),
        (added.unasked, "what share of cost has each tool", PLAIN.with_(group_by=("tool",), share=Share())),
        (conditions.unrecorded, "cost of Web in October", PLAIN),
    ],
)
def test_what_is_accounted_for_passes(guard: Guard, text: str, query: Query) -> None:
    assert guard(scene(text, query)) is None


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("The kids are asleep and I finally got to my mail: cost of Web in October", "The kids are asleep"),
        ("The board meets soon. Cost of Web in October?", "The board meets soon"),
        ("Cost of Web in October, I promised it to my boss", "I promised it to my boss"),
        ("For the audit file, cost of Web in October", "For the audit file"),
    ],
)
def test_what_states_or_names_an_occasion_is_context_and_is_said(text: str, context: str) -> None:
    read = scene(text)
    assert any(said.startswith(context) for said in read.passed_over)
    assert words.unknown_words(read) is None


@pytest.mark.parametrize(
    "text",
    [
        "cost of Web in October, only the shaders",
        "cost of Web in October, those who crashed",
        "cost of Web in October. English prompts.",
        "The interns who crashed: cost in October",
        "cost of Web, without the crashed ones",
    ],
)
def test_a_condition_is_never_context(text: str) -> None:
    read = scene(text)
    assert words.unknown_words(read) is not None or conditions.unrecorded(read) is not None


MAY = Filter("person", ("may.lind@bureau.example",))


@pytest.mark.parametrize(
    ("text", "before", "query"),
    [
        ("and her team in October", PLAIN.with_(filters=(MAY,)), PLAIN.with_(filters=(MAY,))),
        ("just june's", PLAIN.with_(group_by=("person",)), PLAIN.with_(group_by=("person",))),
    ],
)
def test_what_a_reply_points_at_is_in_its_query(text: str, before: Query, query: Query) -> None:
    found = scene(text, query, "just june|june")
    assert replies.pointed_back(Scene(found.marked, found.choice, found.world, query, before)) is not None
    assert replies.pointed_back(Scene(found.marked, found.choice, found.world, query)) is None


def test_the_two_are_two() -> None:
    former, before = (PLAIN.with_(filters=(Filter("team", (name,)),)) for name in ("Growth", "Web"))
    marked = marked_in("and the two in October", world(), Thread(before, former))
    roles = Choice(tuple("ignore" if mention.kind == "number" else "in" for mention in marked.mentions))
    both = before.with_(filters=(Filter("team", ("Web", "Growth")),))
    assert replies.pointed_back(Scene(marked, roles, world(), before, before)) is not None
    assert replies.pointed_back(Scene(marked, roles, world(), both, before)) is None
