"""The engine through the real pipeline: what it reads, what it does with failures, and what it never does."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.questions import read as reading_rules
from bot.questions.answers.answer import Status
from bot.questions.llm.engine import build
from bot.questions.llm.reconcile import TWO
from bot.questions.llm.usage import Book
from bot.questions.reading import Reading, Understood, World
from bot.settings import Settings
from storage.query import Query
from storage.records import Period
from tests.bot.questions.llm.calls import (
    CHANGE,
    IN_FEBRUARY,
    OFFLOAD,
    QUESTION,
    greedy,
    only,
    placeholders,
    query,
)
from tests.bot.questions.llm.conftest import KEY, RULES_SAY, Setup
from tests.bot.questions.llm.world import AS_OF, ASKER, NAMES, NOW, SIZES, Store
from tests.fakes.openai_api import Request, call, chat, error, stream


def test_an_unplain_word_is_read_by_the_model_and_echoed(world: Store, engine: Setup) -> None:
    reader = engine(chat(greedy("tokens_per_employee")))

    answer = world.ask(reader.read, QUESTION)

    assert answer.status is Status.ANSWERED
    assert answer.title == "tokens per employee, Platform, February 2026"
    assert "read “greedy” as tokens per employee" in answer.caveats


ABOVE_NINE = {"by": "value", "compare": "gt", "value": 9, "percent": False}
HIGHEST = {"by": "value", "descending": True}


UNSOUND = {
    "a metric nobody asked for": query("cost", **IN_FEBRUARY),
    "a grouping nobody asked for": greedy(group_by=["person"]),
    "a ranking nobody asked for": greedy(group_by=["person"], order=HIGHEST),
    "a comparison nobody asked for": greedy(compare="previous"),
    "a threshold nobody asked for": greedy(having=[ABOVE_NINE]),
    "a limit nobody asked for": greedy(limit=3),
    "a share nobody asked for": greedy(share=True, group_by=["tool"]),
    "a filter nobody asked for": greedy(filters=[only("kind", "agent")]),
    "a foreign placeholder": greedy(filters=[only("team", "⟦team:7⟧")]),
    "a name of its own": greedy(filters=[only("team", "Vault")]),
    "SQL for a name": greedy(filters=[only("team", "x' OR 1=1 --")]),
    "a team as a person": greedy(filters=[only("person", "⟦team:1⟧")]),
    "a date worked out": greedy(time="2026-02"),
    "words read that are not there": greedy(words_read=[{"words": "gready", "means": "metric"}]),
    "the asker, whom nobody meant": greedy(filters=[only("person", "@me")]),
}


@pytest.mark.parametrize("name", UNSOUND)
def test_a_call_must_say_what_the_question_says(world: Store, engine: Setup, name: str) -> None:
    reader = engine(chat(UNSOUND[name]))

    answer = world.ask(reader.read, QUESTION)

    assert answer.status is Status.UNSUPPORTED
    assert answer.text.startswith(RULES_SAY)
    assert len(engine.server.requests) == 2


LEFT_OUT = {
    "tokens of shaders in February": "shaders",
    "tokens in February without Platform": "Platform",
    "tokens of Support in February": "Support",
    "average tokens in February": "average",
    "tokens of contractors in February": "contractors",
    "tokens over 5,000 by the way in February": "5,000",
}


MISREAD: dict[str, Any] = {
    "tokens by team and tool in February": query("tokens", time="in February", group_by=["tool"]),
    "who are the top 5 people by tokens in February": query("tokens", time="in February"),
    "tokens per employee by team in February": query("tokens", time="in February", group_by=["team"]),
    "cost in February compared with January": query("cost", time="in February"),
    "highest cost by team in February": query(
        "cost", time="in February", group_by=["team"], order={"by": "value", "descending": False}
    ),
    "tokens by week since January": query("tokens", time="since January", grain="month"),
    "teams above 5 % adoption in February": query("adoption_rate", time="in February", group_by=["team"]),
    "what percentage of tokens is cursor in February": query("tokens", time="in February"),
    "tokens in February except cursor": query("tokens", time="in February", filters=[only("tool", "⟦tool:1⟧")]),
    "Platform vs Support, cost in February": query("cost", time="in February", filters=[only("team", "⟦team:1⟧")]),
    "change in cost in % in February": query(
        "cost", time="in February", compare="previous", share=True, group_by=["team"]
    ),
    "is cost in February normal": query("cost", time="in February"),
    "tokens forecast for February": query("tokens", time="February"),
}  # fmt: skip


@pytest.mark.parametrize("text", MISREAD)
def test_parts_in_place_of_what_was_asked_are_no_answer(world: Store, engine: Setup, text: str) -> None:
    reader = engine(chat(MISREAD[text]))

    assert world.ask(reader.read, text).status is not Status.ANSWERED


WELL_READ: dict[str, Any] = {
    "tokens by team and tool in February": query("tokens", time="in February", group_by=["team", "tool"]),
    "highest cost by team in February": query(
        "cost", time="in February", group_by=["team"], order={"by": "value", "descending": True}
    ),
    "cost in February compared with January": query(
        "cost", time="in February", compare="named", compared_with="January"
    ),
    "how much did cost change last month": query("cost", time="last month", compare="previous"),
    "tokens by week since January": query("tokens", time="since January", grain="week"),
    "teams above 5 % adoption in February": query(
        "adoption_rate", time="in February", group_by=["team"],
        having=[{"by": "value", "compare": "gt", "value": 5, "percent": True}],
    ),
    "what percentage of tokens is cursor in February": query(
        "tokens", time="in February", filters=[only("tool", "⟦tool:1⟧")], share=True, share_of="tool"
    ),
    "Platform vs Support, cost in February": query(
        "cost", time="in February", filters=[only("team", "⟦team:1⟧", "⟦team:2⟧")], side_by_side=True
    ),
    "tokens in February except cursor": query(
        "tokens", time="in February", filters=[only("tool", "⟦tool:1⟧", op="not_in")]
    ),
    "tokens per request by tool in February": query(
        "tokens", divided_by="requests", time="in February", group_by=["tool"]
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", WELL_READ)
def test_a_call_that_says_it_all_is_answered(world: Store, engine: Setup, text: str) -> None:
    reader = engine(chat(WELL_READ[text]))

    assert world.ask(reader.read, text, asker=None).status is Status.ANSWERED


@pytest.mark.parametrize("text", LEFT_OUT)
def test_a_word_that_no_call_uses_is_asked_about(world: Store, engine: Setup, text: str) -> None:
    reader = engine(chat(query("tokens", time="in February")))

    answer = world.ask(reader.read, text)

    assert answer.status is Status.CLARIFY
    assert f"“{LEFT_OUT[text]}”" in answer.text
    assert [option.label for option in answer.options] == ["tokens, February 2026"]


def test_pressing_an_option_asks_exactly_that_query(world: Store, engine: Setup) -> None:
    reader = engine(chat(query("tokens", time="in February")))
    offered = world.ask(reader.read, "tokens of shaders in February").options[0]
    asked = len(engine.server.requests)

    answer = world.ask(reader.read, offered.ask)

    assert answer.status is Status.ANSWERED
    assert answer.title.startswith("tokens, ")
    assert len(engine.server.requests) == asked


def test_a_forged_option_sees_no_more_than_its_asker(world: Store, engine: Setup) -> None:
    reader = engine(chat(query()))
    period = {"start": "2026-02-01", "end": "2026-02-28", "label": "9,999 secrets"}
    filters = [{"dimension": "person", "op": "in", "values": ["p0.platform@x.example"]}]
    forged = {"metrics": ["tokens"], "period": period, "filters": filters}
    ask = "=query " + json.dumps({"query": forged, "intent": "figures", "headline": "value", "personal": True})

    answer = world.ask(reader.read, ask)

    assert answer.status is Status.DENIED
    assert "9,999" not in answer.text + answer.title


@pytest.mark.parametrize(
    "text", ["=query {", "=query []", '=query {"query": {"metrics": [1], "period": 3}}', "=query " + "[" * 1_800]
)
def test_a_broken_option_is_only_words(world: Store, engine: Setup, text: str) -> None:
    reader = engine(chat(call("decline", {"reason": "off_topic"})))

    assert world.ask(reader.read, text).status is Status.UNSUPPORTED


def test_two_questions_are_two_calls_each_with_its_own_words(world: Store, engine: Setup) -> None:
    text = "tokens in Platform last month and cost in Support in January"
    first = {"part": "tokens in ⟦team:1⟧ last month", "time": "last month", "filters": [only("team", "⟦team:1⟧")]}
    second = {"part": "cost in ⟦team:2⟧ in January", "time": "in January", "filters": [only("team", "⟦team:2⟧")]}
    reader = engine(chat(query("tokens", **first), query("cost", **second)))

    answers = world.ask(reader.read, text).answers

    assert [answer.title for answer in answers] == ["tokens, Platform, February 2026", "cost, Support, January 2026"]
    swapped = engine(chat(query("cost", **first), query("tokens", **second)))
    assert world.ask(swapped.read, text).text.startswith(RULES_SAY)


def test_a_change_is_taken_apart(world: Store, engine: Setup) -> None:
    reader = engine(chat(call("decompose_change", CHANGE | {"time": "last month"})))

    answer = world.ask(reader.read, "what drove the jump in tokens last month")

    assert answer.status is Status.ANSWERED
    assert answer.title.startswith("why tokens")


def test_workflows_to_offload_are_listed_by_hours_still_done_by_hand(world: Store, engine: Setup) -> None:
    words = [{"words": "hand", "means": "metric"}]
    reader = engine(chat(call("list_offload_workflows", OFFLOAD | {"words_read": words})))

    answer = world.ask(reader.read, "which workflows to hand to AI next")

    assert answer.status is Status.ANSWERED
    assert answer.query is not None
    assert answer.query["metrics"] == ["offloadable_hours"]


def test_the_model_may_ask_back_with_readings_to_press(world: Store, engine: Setup) -> None:
    back = call("ask_back", {"about": "metric", "words": "greedy"})
    readings = [greedy(name) for name in ("tokens_per_employee", "cost")]
    reader = engine(chat(back, *readings))

    answer = world.ask(reader.read, QUESTION)

    assert answer.status is Status.CLARIFY
    assert answer.text == "Which figure is meant by “greedy”?"
    assert [option.label for option in answer.options] == [
        "tokens per employee, Platform, February 2026", "cost, Platform, February 2026",
    ]  # fmt: skip


def test_a_follow_up_keeps_the_threads_query_without_naming_it(world: Store, engine: Setup) -> None:
    before = Understood(query=Query(metrics=("tokens",), period=Period(AS_OF, AS_OF, "today")))
    reader = engine(chat(query("tokens", group_by=["tool"], time_from="thread")))
    directory = world.questions(reader.read).directory
    with world.reading.connect() as connection:
        asked = World(directory=directory(connection, world.workspace), as_of=AS_OF, asker=ASKER)

    found = reader.read("and could I have that by tool?", asked, before)

    assert [reading.query for reading in found if isinstance(reading, Understood)] == [
        before.query.with_(group_by=("tool",))
    ]


def test_the_model_sees_no_name_no_date_and_no_figure_of_the_store(world: Store, engine: Setup) -> None:
    reader = engine(chat(call("decline", {"reason": "advice"})))
    world.ask(reader.read, "could Anna Berg and Priya in Platform go on like in February?")

    sent = engine.server.requests[0].said

    assert placeholders(sent)[-3:] == ["⟦person:1⟧", "⟦person:2⟧", "⟦team:3⟧"]
    names = [*(name for name in SIZES if name != "Tiny"), *NAMES.values(), "Anna", "Priya", ASKER, "x.example", "2026"]
    assert [name for name in names if name in sent] == []
    assert KEY not in sent


def test_a_prompt_has_at_most_four_thousand_tokens(world: Store, engine: Setup) -> None:
    reader = engine(error(400, "no"), error(400, "no"), error(400, "no"), chat(text='{"calls": []}'))
    world.ask(reader.read, "how about Platform and " + "Support, " * 200)

    # A token of this JSON has 3.6 characters and more; the question is cut at 600.
    assert max(map(size, engine.server.requests)) < 14_400


def size(request: Request) -> int:
    """The characters that a model reads."""
    body = request.body
    offered = [body[name] for name in ("tools", "response_format") if name in body]
    words = [message["content"] for message in body["messages"]]
    return len("".join([*words, *(json.dumps(tool, separators=(",", ":")) for tool in offered)]))


def fixed(*readings: Reading) -> Any:
    return lambda *_: readings


FEBRUARY = Period(AS_OF.replace(month=2, day=1), AS_OF.replace(month=2, day=28), "February 2026")
TOKENS = Understood(query=Query(metrics=("tokens",), period=FEBRUARY), echoes=("read “tokns” as “tokens”",))


def test_what_the_rules_read_for_sure_never_reaches_the_model(world: Store, engine: Setup) -> None:
    reader = engine(chat(query("cost")), rules=reading_rules.read)

    answer = world.ask(reader.read, "tokens by team last month")

    assert answer.status is Status.ANSWERED
    assert engine.server.requests == []


def test_two_engines_that_agree_give_the_rules_answer(world: Store, engine: Setup) -> None:
    reader = engine(chat(query("tokens", time="in February")), rules=fixed(TOKENS))

    answer = world.ask(reader.read, "tokens in February")

    assert answer.status is Status.ANSWERED
    assert TOKENS.echoes[0] in answer.caveats


def test_two_engines_that_differ_give_both_readings_to_pick_from(world: Store, engine: Setup) -> None:
    reader = engine(chat(query("tokens", time="in January")), rules=fixed(TOKENS))

    answer = world.ask(reader.read, "tokens in January")

    assert answer.text == TWO
    assert [option.label for option in answer.options] == ["tokens, February 2026", "tokens, January 2026"]
    picked = [world.ask(reader.read, option.ask) for option in answer.options]
    assert [reading.period.label for reading in picked if reading.period] == ["February 2026", "January 2026"]


def test_the_model_alone_answers_even_what_the_rules_read(world: Store, engine: Setup) -> None:
    reader = engine(chat(query("tokens", time="in January")), rules=fixed(TOKENS), mode="openai")

    assert world.ask(reader.read, "tokens in January").title == "tokens, January 2026"


def test_the_rules_alone_ask_no_model(world: Store, engine: Setup) -> None:
    reader = engine(chat(query()), mode="rules")

    assert world.ask(reader.read, QUESTION).text == RULES_SAY
    assert engine.server.requests == []


def test_without_a_key_there_is_no_model(world: Store) -> None:
    reader = build(fixed(TOKENS), Settings(), "auto", world.writing, lambda: NOW)

    assert (reader.mode, reader.connect) == ("rules", None)


def test_with_a_key_the_default_is_rules_first(world: Store) -> None:
    reader = build(fixed(TOKENS), Settings(openai_api_key=KEY), None, world.writing, lambda: NOW)

    assert reader.mode == "auto"
    assert KEY not in repr(reader)
    reader.close()


def test_a_comment_is_streamed_gated_and_paid_for(world: Store, engine: Setup) -> None:
    book = Book(world.writing, lambda: NOW, Settings().zone)
    reader = engine(stream(["For context: {{f", "1}}; {{f2}}", "."]), book=book)
    answer = world.ask(reading_rules.read, "tokens by tool last month", asker=None)
    with world.reading.connect() as connection:
        asked = World(directory=world.questions(reader.read).directory(connection, world.workspace), as_of=AS_OF)

    said = reader.comment(answer, asked)

    assert said.startswith("For context: ")
    assert "February 2026: " in said
    assert "tokens" not in engine.server.requests[0].body["messages"][1]["content"]
    engine.server.play(stream(["{{f1}} is up"]))
    assert reader.comment(answer, asked) == ""
    engine.server.play(stream(["{{f1}}"], finish=None))
    assert reader.comment(answer, asked) == ""
    assert [record.requests for record in book._open[world.workspace]] == [1, 1]
