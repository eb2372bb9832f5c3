"""Which way of asking a server understands: the strictest first, remembered once it has worked."""

from __future__ import annotations

import pytest

from bot.questions.llm.fallbacks import CHAT, host_of, is_openais, ladder, reasons
from bot.questions.llm.wire import Rung


@pytest.mark.parametrize(
    ("base_url", "model", "first"),
    [
        ("", "gpt-5-mini", Rung.RESPONSES),
        ("", "o4-mini", Rung.RESPONSES),
        ("", "gpt-4.1", Rung.STRICT),
        ("https://eu.openai.azure.com/openai/v1/", "gpt-5.4", Rung.RESPONSES),
        ("http://127.0.0.1:8000/v1", "gpt-5-mini", Rung.STRICT),
        ("https://api.openai.com.evil.example/v1", "gpt-5-mini", Rung.STRICT),
    ],
)
def test_only_openais_own_reasoning_models_begin_with_responses(base_url: str, model: str, first: Rung) -> None:
    assert ladder(base_url, model).rung is first


def test_a_server_steps_down_rung_by_rung_until_there_is_none() -> None:
    steps = ladder("http://model.example/v1", "m")

    for rung in CHAT[:-1]:
        assert steps.rung is rung
        assert steps.down(rung)
    assert not steps.down(CHAT[-1])


def test_a_step_that_another_thread_has_taken_already_is_not_taken_twice() -> None:
    steps = ladder("http://model.example/v1", "m")
    steps.down(Rung.STRICT)

    assert steps.down(Rung.STRICT)
    assert steps.rung is Rung.PLAIN


def test_what_a_server_asks_for_is_tried_once() -> None:
    steps = ladder("http://model.example/v1", "m")

    assert steps.down(Rung.STRICT, Rung.RESPONSES)
    assert steps.rung is Rung.RESPONSES
    assert not steps.down(Rung.RESPONSES, Rung.STRICT)


def test_a_rung_that_has_worked_is_kept_and_one_that_never_did_is_not() -> None:
    proved, starting = ladder("http://model.example/v1", "m"), ladder("http://model.example/v1", "m")
    for steps in (proved, starting):
        steps.down(Rung.STRICT)
    proved.worked()
    proved.failed()
    starting.failed()

    assert (proved.rung, starting.rung) == (Rung.PLAIN, Rung.STRICT)


def test_a_setting_says_more_than_the_address() -> None:
    assert ladder("http://model.example/v1", "m", api="responses").rung is Rung.RESPONSES
    assert ladder("", "gpt-5-mini", api="chat").rung is Rung.STRICT


def test_a_host_is_openais_by_its_whole_name() -> None:
    assert host_of("") == "api.openai.com"
    assert host_of("http://[::1]:8000/v1") == "::1"
    assert is_openais("eu.openai.azure.com")
    assert not is_openais("openai.azure.com.example")


@pytest.mark.parametrize(
    ("model", "thinks"),
    [
        ("o3", True),
        ("openai/gpt-5", True),
        ("gpt-12", True),
        ("codex-mini", True),
        ("gpt-4o", False),
        ("turbo3", False),
    ],
)
def test_models_that_think_first_are_known_by_their_name(model: str, thinks: bool) -> None:
    assert reasons(model) is thinks
