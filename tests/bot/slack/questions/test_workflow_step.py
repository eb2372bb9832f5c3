"""The step of a workflow: answered once, for the least privileged reader of the channel that it names."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.questions.answers.answer import Answer, Audience, Status
from bot.slack.questions.workflow_step import HIDDEN, INCOMPLETE, STEP
from tests.bot.conftest import Desktop
from tests.fakes.services import seven
from tests.fakes.slack_api import FakeSlack
from tests.fakes.slack_requests import event

INPUTS = {"question": "tokens last month", "channel": "C1", "person": "UANA"}


def step(run: str = "Fx1", **inputs: str) -> dict[str, Any]:
    """A run of the step, as Slack tells of it."""
    inner = {
        "type": "function_executed",
        "function": {"callback_id": STEP},
        "inputs": {**INPUTS, **inputs},
        "function_execution_id": run,
        "bot_access_token": "xwfp-1",
    }
    return event(inner)


def test_a_run_gets_its_answer_once_with_the_steps_own_token(desktop: Desktop, slack: FakeSlack) -> None:
    desktop.services.reply = lambda request: replace(seven(request), caveats=("Not whole.",))

    desktop.send(step())
    desktop.send(step())

    (completed,) = slack.called("functions.completeSuccess")
    outputs = completed.data["outputs"]
    outputs = json.loads(outputs) if isinstance(outputs, str) else outputs
    assert outputs == {"answer": "It is 7.\nNot whole.", "receipt": ""}
    assert completed.data["function_execution_id"] == "Fx1"
    (request,) = desktop.services.asked
    assert (request.asker_email, request.audience, request.channel) == (
        "ana@northwind.example",
        Audience.MEMBERS,
        "C1",
    )
    assert not slack.posted()


@pytest.mark.parametrize(
    ("inputs", "answer", "why"),
    [
        ({"question": " "}, {}, INCOMPLETE),
        ({"person": "UCY"}, {}, "no confirmed e-mail"),
        ({"channel": "C2"}, {}, HIDDEN),  # a guest reads there
        ({"channel": "D-UANA"}, {}, HIDDEN),
        ({}, {"private": True}, HIDDEN),
        ({}, {"status": Status.CLARIFY, "text": "Which?"}, "Which?"),
    ],
)
def test_what_may_not_go_there_or_has_no_answer_fails_the_step_with_its_reason(
    desktop: Desktop, slack: FakeSlack, inputs: dict[str, str], answer: dict[str, Any], why: str
) -> None:
    slack.channel("C2", ["UANA", "UGIL"])
    desktop.services.reply = lambda request: replace(seven(request), **answer)

    desktop.send(step(**inputs))

    (failed,) = slack.called("functions.completeError")
    assert why in failed.data["error"]
    assert not slack.called("functions.completeSuccess")


def test_a_run_that_breaks_fails_with_the_number_of_its_line_in_the_log(desktop: Desktop, slack: FakeSlack) -> None:
    def broken(_: object) -> Answer:
        raise RuntimeError("x")

    desktop.services.reply = broken
    desktop.send(step())

    (failed,) = slack.called("functions.completeError")
    assert "ticket01" in failed.data["error"]
