"""A figure before and after a recorded event: its weeks on both sides, tested, without a cause."""

from __future__ import annotations

from datetime import date
from statistics import fmean

import pytest

from bot.questions.answers.answer import Status
from bot.questions.looks.events import AFTER, NO_CAUSE
from bot.statistics.weekly import usual
from storage.engine import writing_engine
from storage.load.plans import save_events
from storage.plan_records import EventRecord
from tests.bot.questions.plans.conftest import Asked


@pytest.fixture
def noted(larkspur: str) -> None:
    engine = writing_engine(larkspur)
    with engine.begin() as connection:
        save_events(connection, 1, [EventRecord(day=date(2026, 9, 3), name="Codex rollout")])
    engine.dispose()


@pytest.mark.usefixtures("noted")
def test_its_whole_weeks_on_both_sides_are_compared_and_no_cause_is_claimed(ask: Asked) -> None:
    before = [float(row.values["tokens"] or 0) for row in ask("tokens by week from 8 June to 30 August 2026").rows]
    after = [float(row.values["tokens"] or 0) for row in ask("tokens by week from 7 September to 1 November 2026").rows]
    found = ask("did the Codex rollout change our usage?")

    assert found.status is Status.ANSWERED
    assert (len(before), len(after)) == (12, AFTER)
    row = found.rows[0].values
    assert row["tokens"] == pytest.approx(fmean(after))
    assert row["previous"] == pytest.approx(fmean(before))
    known, facts = usual(before), {fact.label: fact.value for fact in found.facts}
    assert known is not None
    assert facts["usual range before, high"] == pytest.approx(known.high)
    assert ("inside its usual range" in found.text) is known.holds(fmean(after))
    assert NO_CAUSE in found.caveats


@pytest.mark.usefixtures("noted")
def test_since_an_event_is_since_its_day_and_an_unknown_event_is_asked_back(ask: Asked) -> None:
    since, plain = ask("cost since the Codex rollout"), ask("cost since 3 September 2026")

    assert since.rows[0].values == plain.rows[0].values
    assert ask("did the Gemini rollout change usage?").status is Status.CLARIFY
    assert ask("did the Codex rollout change the cost of Counsel", "oluwaseun.castillo@larkspur.example").status in (
        Status.DENIED,
        Status.NO_DATA,
    )
