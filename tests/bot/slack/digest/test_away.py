"""Slack is away for an hour, the clock jumps, two workers run beside each other: each thing comes once, or is old."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from threading import Thread

import pytest

from bot.digest.schedule import LATEST
from bot.questions.answers.answer import Answer, Status
from bot.slack.digest.clock import DigestClock
from bot.slack.saved.clock import SavedClock
from storage.keep import outbox, saved
from storage.keep.outbox import Draft
from storage.keep.saved import Scheduled
from tests.bot.slack.digest.workers import ANA, DUE, WEEK, Office
from tests.databases import fresh_store
from tests.fakes.slack_api import Fault

WATCHED = timedelta(days=3)
FAULTS = (Fault(503), Fault(500, "internal_error", after=True), Fault(silent=True), Fault(silent=True, after=True))


class Town:
    """Two workers over one store: digests, a saved question that is due with them, and what a watch told then."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.workers = [self._worker(), self._worker()]
        office.slack.clock = lambda: office.now.timestamp()
        office.subscribe()
        question = Scheduled(
            workspace_id=office.workspace_id,
            email=ANA,
            text="cost last month",
            slack_team="T1",
            owner="UANA",
            channel="C1",
            weekday=2,
            minute=540,
            zone="UTC",
            since=office.now,
        )
        with office.writing.begin() as connection:
            saved.save(connection, question)

    def _worker(self) -> tuple[SavedClock, DigestClock]:
        digests, office = self.office.worker(), self.office
        five = Answer(text="Cost was $5.", status=Status.ANSWERED)
        return SavedClock(lambda _: five, digests.readers.of, office.writing, lambda: office.now), digests

    def watch(self, key: str) -> None:
        """Something that is to be told now."""
        draft = Draft(key=f"watch:{key}", slack_team="T1", channel="UANA", message={"text": f"watch {key}"})
        with self.office.writing.begin() as connection:
            outbox.put(connection, self.office.workspace_id, draft, self.office.now, WATCHED)

    def at(self, moment: datetime) -> None:
        """Both workers look at the same time."""
        self.office.now = moment
        threads = [Thread(target=clock.tick) for worker in self.workers for clock in worker]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def said(self) -> list[str]:
        """What stands in Slack outside of threads: kinds of messages."""
        top = [message["text"] for message in self.office.slack.posted() if not message.get("thread_ts")]
        kinds = {"Cost": "saved", "watc": "watch"}
        return sorted(kinds.get(text[:4], "digest") for text in top)


def test_what_was_due_while_slack_was_away_comes_once_when_it_is_back(office: Office) -> None:
    _an_hour_away(office, seed=15)


@pytest.mark.trial
@pytest.mark.postgres
@pytest.mark.parametrize("seed", range(5))
def test_on_postgresql_too(office: Office, tmp_path: Path, seed: int) -> None:
    with fresh_store("postgresql", tmp_path) as url:
        there = Office(url, office.slack)
        _an_hour_away(there, seed)
        there.reading.dispose()
        there.writing.dispose()


def _an_hour_away(office: Office, seed: int) -> None:
    town, chance = Town(office), Random(seed)
    office.now = DUE
    town.watch("1")
    for minute in (0, 1, 4, 14, 59):
        office.slack.away = chance.choice(FAULTS)
        town.at(DUE + timedelta(minutes=minute))
    office.slack.away = None
    for minute in (60, 90, 120):
        town.at(DUE + timedelta(minutes=minute))

    assert town.said() == ["digest", "saved", "watch"]
    assert office.message_states().keys() == {outbox.SENT}


def test_what_is_old_by_then_is_not_said_and_the_next_week_is(office: Office) -> None:
    town = Town(office)
    office.now = DUE
    town.watch("1")
    office.slack.away = Fault(503)
    for hours in (0, 1, 24, 71):
        town.at(DUE + timedelta(hours=hours))
    office.slack.away = None
    town.at(DUE + max(LATEST, WATCHED) + timedelta(hours=1))
    assert town.said() == []

    town.at(DUE + WEEK)
    assert town.said() == ["digest", "saved"]


def test_a_clock_that_jumps_back_or_on_doubles_nothing_and_loses_nothing(office: Office) -> None:
    town, hour = Town(office), timedelta(hours=1)
    jumps = (-hour, 0 * hour, -3 * hour, hour, 48 * hour, hour, 2 * hour)
    for week in range(2):
        for jump in jumps:
            town.at(DUE + week * WEEK + jump)

    assert town.said() == ["digest"] * 2 + ["saved"] * 2
