"""A model that fails, hangs or drips: the rules answer in time, the log has one line, and after three nobody waits."""

from __future__ import annotations

import json
import logging
import time
from typing import NoReturn

import pytest

from bot.questions.answers.answer import Status
from bot.questions.limits import READING_SECONDS, TOO_SLOW, TookTooLong
from bot.questions.llm.engine import Mode, ModelEngine
from bot.questions.llm.reconcile import NOTE
from bot.questions.request import AskRequest
from tests.bot.questions.llm.calls import QUESTION, greedy, only, query
from tests.bot.questions.llm.conftest import KEY, RULES_SAY, Setup
from tests.bot.questions.llm.world import AS_OF, ASKER, Store
from tests.fakes.openai_api import FakeModel, Request, Step, call, chat, completion, error, stream

FAILURES: dict[str, tuple[Step, ...]] = {
    "timeout": (Step(hang=True),),
    "429": (error(429, "rate_limit_exceeded"),),
    "429 with Retry-After 600": (error(429, "x", retry_after="600"),),
    "insufficient_quota": (error(429, "insufficient_quota"),),
    "401": (error(401, "invalid_api_key"),),
    "500": (error(500, "server_error"),),
    "503": (error(503, "overloaded"),),
    "bad JSON": (Step("{oops"),),
    "HTML": (Step("<html>Sign in</html>", kind="text/html"),),
    "no choices": (Step(json.dumps(completion(None))),),
    "no finish": (chat(query(), finish=""),),
    "refusal": (chat(refusal="I cannot help with that"),),
    "unknown tool": (chat(call("drop_tables", {})),),
    "truncated arguments": (chat(call("run_query", '{"metrics": ["tok')),),
    "arguments that are no object": (chat(call("run_query", "[1]")),),
    "a field missing": (chat(call("run_query", {"metrics": ["tokens"]})),),
    "a metric of its own": (chat(query("salaries")),),
    "a list without end": (chat(query("tokens", filters=[only("team", *["⟦team:1⟧"] * 500)])),),
    "sixty calls": (chat(*[query("tokens") for _ in range(60)]),),
    "an endless loop of bad calls": (chat(query("tokens", time="in the year of the dragon")),),
    "words only": (chat(text="Platform used 1,234,567 tokens."),),
    "a stream": (stream(["tokens"]),),
    "a drip": (Step(pieces=("{",) * 100, pause=0.05),),
}


@pytest.mark.parametrize("name", FAILURES)
def test_every_failure_ends_in_the_rules_words_and_one_log_line(
    world: Store, engine: Setup, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    reader = engine(*FAILURES[name])
    started = time.monotonic()
    with caplog.at_level(logging.INFO, logger="bot"):
        answer = world.ask(reader.read, QUESTION)

    assert time.monotonic() - started < 2.6
    assert answer.status is Status.UNSUPPORTED
    assert answer.text == f"{RULES_SAY} ({NOTE})"
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("bot.questions")]
    assert len(lines) == 1
    assert lines[0].startswith("read without the model after ")
    assert not [word for word in (KEY, "greedy", "Platform", "dragon", "1,234,567", "salaries") if word in lines[0]]


def test_a_closed_port_ends_in_the_rules_words(world: Store, engine: Setup) -> None:
    reader = engine(chat(query()), base_url="http://127.0.0.1:9/v1")

    assert world.ask(reader.read, QUESTION).text.startswith(RULES_SAY)


def test_after_three_failures_nobody_waits(world: Store, engine: Setup) -> None:
    reader = engine(error(400, "x"))
    for _ in range(3):
        world.ask(reader.read, QUESTION)
    asked = len(engine.server.requests)

    answer = world.ask(reader.read, QUESTION)

    assert len(engine.server.requests) == asked
    assert NOTE in answer.text


def test_a_call_that_is_not_sound_may_be_mended_once(world: Store, engine: Setup) -> None:
    good = greedy("tokens_per_employee")
    reader = engine(chat(query("tokens", time="2026-02-01 to 2026-02-28")), chat(good))

    answer = world.ask(reader.read, QUESTION)

    assert answer.status is Status.ANSWERED
    assert "The last call could not be used: a time phrase" in engine.server.requests[1].said


def test_waiting_for_the_model_is_no_reading(world: Store, engine: Setup) -> None:
    now = [0.0]

    def slowly(_request: Request) -> Step:
        now[0] += 10 * READING_SECONDS
        return chat(greedy("tokens_per_employee"))

    questions = world.questions(engine(slowly, mode="openai").read)
    questions.steady = lambda: now[0]

    answer = questions.ask(AskRequest(workspace_id=world.workspace, text=QUESTION, asker_email=ASKER, as_of=AS_OF))

    assert answer.status is Status.ANSWERED


@pytest.mark.parametrize("mode", ["openai", "auto"])
def test_no_model_is_asked_once_the_time_of_a_question_is_over(world: Store, engine: Setup, mode: Mode) -> None:
    def slow(*_: object) -> NoReturn:
        raise TookTooLong

    answer = world.ask(engine(chat(greedy("tokens")), rules=slow, mode=mode).read, QUESTION)

    assert (answer.status, answer.text) == (Status.CLARIFY, TOO_SLOW)
    assert not engine.server.requests


def test_many_threads_share_one_client(world: Store, engine: Setup) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def script(_: Request) -> Step:
        return chat(greedy("tokens_per_employee"))

    reader: ModelEngine = engine(script)
    with ThreadPoolExecutor(8) as pool:
        titles = {answer.title for answer in pool.map(lambda _: world.ask(reader.read, QUESTION), range(16))}

    assert titles == {"tokens per employee, Platform, February 2026"}
    assert isinstance(engine.server, FakeModel)
