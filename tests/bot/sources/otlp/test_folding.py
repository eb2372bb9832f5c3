"""Folding: once, by one process at a time, again after a death, and no longer than it is of use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.sources.otlp import folding
from bot.sources.otlp.folding import SERIES_KEPT, forget_old
from storage.load import telemetry
from storage.load.erasing_waiting import erase_waiting
from storage.load.exclusive import alone
from storage.load.forgotten import forget_words
from storage.load.undoing import CannotUndo, undo
from storage.tables import Load, TelemetrySeries, UsageBefore
from tests.bot.sources.otlp.messages import ADA, CUMULATIVE, DELTA, Attributes, Request, logs, metrics
from tests.bot.sources.otlp.station import Station, station
from tests.databases import BACKENDS

POINT: Attributes = {**ADA, "type": "input", "model": "claude-opus-4-8"}


@pytest.fixture(params=BACKENDS)
def here(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Station]:
    with station(tmp_path, request.param) as made:
        yield made


def use(minute: int, amount: int = 10) -> Request:
    points = [(60.0 * (minute - 1), 60.0 * minute, amount)]
    return metrics("claude-code", ("claude_code.token.usage", POINT, DELTA, points))


def test_one_that_dies_after_the_facts_and_before_the_inbox_does_the_same_again(
    here: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise SystemExit

    here.take(use(1))
    with monkeypatch.context() as patched:
        patched.setattr(telemetry, "save_state", die)
        with pytest.raises(SystemExit):
            here.take(use(2))
    assert here.totals()["input_tokens"] == 20

    here.take(use(3))

    assert here.totals()["input_tokens"] == 30


def test_while_another_process_folds_nothing_is_done_twice(here: Station) -> None:
    here.take(use(1), fold=False)
    with alone(here.writing, f"telemetry-{here.workspace_id}"):
        assert here.fold().points == 0

    assert here.fold().points == 1


def test_all_of_a_day_is_one_load_of_the_log_that_cannot_be_taken_back(here: Station) -> None:
    here.take(use(1), use(2), use(20))

    with here.writing.begin() as connection:
        (load,) = connection.execute(select(Load.id, Load.what, Load.report)).all()
        assert load.what == "OpenTelemetry, received on 2026-11-30"
        assert (load.report["new"], load.report["changed"]) == (2, 1)
        assert connection.scalar(select(func.count()).select_from(UsageBefore)) == 0
        with pytest.raises(CannotUndo, match="stream"):
            undo(connection, here.workspace_id, load.id, here.now)


def test_what_was_forgotten_is_told_by_its_facts_and_does_not_count_again(here: Station) -> None:
    here.take(use(1), use(20))
    here.now += SERIES_KEPT + timedelta(days=1)
    forget_old(here.writing, here.now)
    with here.reading.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(TelemetrySeries)) == 0

    here.take(use(1), use(20))
    here.take(use(40))

    assert here.totals()["input_tokens"] == 30


def test_a_large_inbox_is_folded_in_parts(here: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folding, "AT_ONCE", 2)
    here.take(*(use(minute) for minute in range(1, 8)), fold=False)

    assert here.fold().points == 7
    assert here.totals()["input_tokens"] == 70


def test_days_are_cut_in_the_zone_of_the_organisation(tmp_path: Path) -> None:
    night = 15.5 * 3600  # half past midnight in Berlin
    told = metrics(
        "gemini-cli",
        ("gemini_cli.token.usage", POINT, CUMULATIVE, [(0, 60, 100), (0, 13 * 3600, 160), (0, night, 400)]),
    )
    with station(tmp_path, zone="Europe/Berlin") as here:
        here.take(told)

        assert here.days() == {date(2026, 11, 5): 160, date(2026, 11, 6): 240}


def test_events_that_come_later_take_the_facts_of_a_session_away(here: Station) -> None:
    here.take(use(1), use(20))
    call = {**ADA, "event.name": "api_request", "model": "claude-opus-4-8", "request_id": "r", "input_tokens": 20}
    here.take(logs("claude-code", ("", 30, call)))
    here.take(use(40))

    assert [fact["input_tokens"] for fact in here.facts()] == [20]


def test_what_comes_late_of_somebody_erased_is_counted_and_says_their_name_nowhere(here: Station) -> None:
    email, pseudonym = str(ADA["user.email"]), "erased-1@erased.invalid"
    here.take(use(1))
    with here.writing.begin() as connection:
        forget_words(connection, here.workspace_id, [email], pseudonym, here.now)
        erase_waiting(connection, here.workspace_id, {email}, [email], pseudonym)

    here.take(use(2))  # of the session that was known
    later = {**POINT, "session.id": "s-2"}
    here.take(metrics("claude-code", ("claude_code.token.usage", later, DELTA, [(60.0, 120.0, 5)])))
    here.take(metrics("claude-code", ("claude_code.token.usage", later, DELTA, [(120.0, 180.0, 2)])))

    assert here.totals()["input_tokens"] == 27
    with here.reading.connect() as connection:
        kept = b" ".join(connection.scalars(select(TelemetrySeries.body)))
    assert email.encode() not in kept
    assert pseudonym.encode() in kept
