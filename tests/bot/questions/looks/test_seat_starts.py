"""The time from a seat to its first use, as an answer."""

from __future__ import annotations

from bot.questions.answers.answer import Status
from tests.bot.questions.plans.conftest import Asked


def test_it_is_answered_or_says_what_brings_it(ask: Asked) -> None:
    found = ask("time from seat to first use")

    assert found.status in (Status.ANSWERED, Status.NO_DATA)
    assert "first use" in found.text if found.status is Status.ANSWERED else "start_date" in found.text
