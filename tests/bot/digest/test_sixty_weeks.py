"""Sixty weeks of digests with faults at random points: every one that is due comes once, none twice, none is lost."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from threading import Thread
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from bot.digest.week import Week, week_of
from storage.engine import writing_engine
from storage.keep import digests, outbox
from storage.keep.digests import Subscribed, issue_key
from storage.records import DayState
from tests.bot.digest.company import Company, mark
from tests.bot.digest.faults import Fuse, Process, in_process, tick_and_die
from tests.databases import fresh_store
from tests.fakes.slack_api import FakeSlack, Fault
from tests.forked import PROCESSES

WEEKS = 60
REAL_KILLS = 20
BEGIN = datetime(2026, 3, 2, 0, 1, tzinfo=UTC)  # 12 weeks of history before it
POINTS = 90  # about as many as a tick with a digest has
SEED = 6
LATE = 6  # every sixth week lacks a day until its digest is a week old
# How long after the due time somebody looks: some ticks at once, then retries and leases that end.
LOOKS = [timedelta(minutes=m) for m in (0, 1, 4, 9, 20, 45, 90, 200, 400, 700)]


@dataclass
class Story:
    """The clock, the store and the Slack of the simulation, and what happened in it."""

    url: str
    slack: FakeSlack
    random: Random
    now: datetime = BEGIN
    kills: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    running: dict[int, Process] = field(default_factory=dict)
    late: list[date] = field(default_factory=list)

    def tick(self, die: str = "") -> None:
        """One or two processes do their minute at the same time; one of them may die somewhere in it."""
        left = self.random.randrange(POINTS)
        if die == "real":
            running = PROCESSES.Process(target=tick_and_die, args=(self.url, self.slack.url, self.now, left))
            running.start()
            running.join()
            self.kills["real"] += running.exitcode == -9
            return
        mortal, other = self.process(0), self.process(1)
        mortal.fuse.light(left if die else None)
        # A thread that dies would print, so that the mortal one runs here.
        beside = Thread(target=other.tick)
        beside.start()
        if not mortal.tick():
            self.kills["in process"] += 1
            self.running.pop(0).close()
        beside.join()

    def process(self, number: int) -> Process:
        """One of the two that live on, started anew where it died."""
        if number not in self.running:
            self.running[number] = Process(self.url, self.slack.url, lambda: self.now, Fuse(None, in_process))
        return self.running[number]

    def close(self) -> None:
        """End both."""
        for process in self.running.values():
            process.close()

    def is_quiet(self, due: set[str]) -> bool:
        """Whether all that is due is in Slack and nothing is left to be sent, looked at from outside."""
        engine = writing_engine(self.url)
        with engine.connect() as connection:
            states = outbox.counts(connection)
        engine.dispose()
        return due <= self.posted().keys() and not states.keys() & {outbox.WAITING, outbox.SENDING}

    def posted(self) -> Counter[str]:
        """The keys of all messages in Slack."""
        return Counter(message["metadata"]["event_payload"]["key"] for message in self.slack.posted())

    def bring(self, engine: Engine, workspace_id: int) -> None:
        """The days that were missing at their time come a week later."""
        came = [day for day in self.late if self.now.date() - day >= timedelta(days=11)]
        mark(engine, workspace_id, dict.fromkeys(came, DayState.COMPLETE))
        self.late = [day for day in self.late if day not in came]

    def unfinished(self) -> list[str]:
        """The digests that still say that they lack data."""
        tops = [message["text"] for message in self.slack.posted() if not message.get("thread_ts")]
        return [text for text in tops if "data incomplete" in text]

    def break_slack(self) -> None:
        """Something goes wrong at one of the next calls."""
        name, fault = self.random.choice(
            [
                ("429", Fault(429, "ratelimited", {"Retry-After": "30"})),
                ("500 before", Fault(500, "internal_error")),
                ("500 after", Fault(500, "internal_error", after=True)),
                ("cut before", Fault(silent=True)),
                ("cut after", Fault(silent=True, after=True)),
            ]
        )
        method = self.random.choice(
            ["chat.postMessage"] * 4 + ["chat.update", "conversations.history", "conversations.info"]
        )
        self.faults[name] += 1
        self.slack.fault(method, fault)


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as fake:
        fake.user("UANA", "build1@company.example")
        fake.user("UBOT", is_bot=True)
        fake.channel("CALL", ["UANA"])
        fake.channel("CBUILD", ["UANA"])
        yield fake


def subscribe(engine: Engine, workspace_id: int, channel: str, team: str, zone: str, weekday: int, minute: int) -> int:
    wanted = Subscribed(
        slack_team="T1",
        channel=channel,
        team=team,
        owner="UANA",
        email="build1@company.example",
        weekday=weekday,
        minute=minute,
        zone=zone,
        parts=("adoption", "health"),
        since=BEGIN,
    )
    with engine.begin() as connection:
        return digests.subscribe(connection, workspace_id, wanted)


def due_times(zone: str, weekday: int, hour: int, minute: int, weeks: int) -> list[tuple[Week, datetime]]:
    """When each week's digest should come, by another way than the code's: by counting local days."""
    found = []
    for number in range(weeks):
        day = date(2026, 3, 2) + timedelta(weeks=number, days=weekday - 1)
        local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))
        found.append((week_of(day).plus(-1), local.astimezone(UTC)))
    return found


@pytest.mark.parametrize(
    ("backend", "weeks", "real"),
    [
        ("sqlite", 4, 1),
        pytest.param("sqlite", WEEKS, REAL_KILLS, marks=pytest.mark.trial),
        pytest.param("postgresql", 8, 4, marks=[pytest.mark.postgres, pytest.mark.trial]),
    ],
)
def test_every_due_digest_comes_exactly_once_whatever_dies_and_breaks(
    slack: FakeSlack, tmp_path: Path, backend: str, weeks: int, real: int
) -> None:
    with fresh_store(backend, tmp_path) as url:
        engine = writing_engine(url)
        late = [date(2026, 3, 5) + timedelta(weeks=week) for week in range(2, weeks - 2, LATE)]
        company = Company(weeks=weeks + 15, with_work=False, teams={"Build": 9, "Care": 7})
        workspace_id = company.save(engine, dict.fromkeys(late, DayState.MISSING))
        places = [
            ("CALL", "", "UTC", 2, 9, 0),
            ("CBUILD", "Build", "America/New_York", 1, 7, 30),
            ("UANA", "Care", "Australia/Lord_Howe", 5, 23, 0),
        ]
        plans = {
            subscribe(engine, workspace_id, channel, team, zone, weekday, hour * 60 + minute): due_times(
                zone, weekday, hour, minute, weeks
            )
            for channel, team, zone, weekday, hour, minute in places
        }
        story = Story(url, slack, Random(SEED), late=[*late])
        live(story, plans, real, lambda: story.bring(engine, workspace_id))
        story.close()
        posted = story.posted()
        due = keys(plans, story.now)
        engine.dispose()

    told(len(due), posted.keys() & due, story)
    assert len(due) == 3 * weeks
    assert story.kills["real"] >= real * 3 // 4
    assert story.kills["in process"] > weeks // 2
    assert sorted(due - posted.keys()) == []
    assert {key: count for key, count in posted.items() if count > 1} == {}
    assert {key for key in posted if "/" not in key} == due
    assert sum(key.endswith("/complete/note") for key in posted) == 3 * len(late)
    assert story.unfinished() == []


def told(due: int, posted: set[str], story: Story) -> None:
    """The counts, for whoever runs it with -s."""
    doubled = sum(count > 1 for count in story.posted().values())
    counts = f"due {due}, posted {len(posted)}, doubled {doubled}, lost {due - len(posted)}"
    sys.stdout.write(f"{counts}; kills {dict(story.kills)}, faults {dict(story.faults)}\n")


def keys(plans: dict[int, list[tuple[Week, datetime]]], until: datetime) -> set[str]:
    """What should have come by then."""
    return {issue_key(id_, str(week)) for id_, plan in plans.items() for week, at in plan if at <= until}


def live(story: Story, plans: dict[int, list[tuple[Week, datetime]]], kills: int, bring: Callable[[], None]) -> None:
    """Go from due time to due time; at each something may break, somebody may die, nobody may look for a while."""
    moments = sorted({at for plan in plans.values() for _, at in plan})
    real = set(story.random.sample(range(len(moments)), kills))
    for number, at in enumerate(moments):
        asleep = timedelta(hours=story.random.choice([0, 0, 0, 0, 5, 40]))
        for look, after in enumerate(LOOKS):
            story.now = at + asleep + after
            bring()
            if look and story.is_quiet(keys(plans, story.now)):
                break
            if story.random.random() < 0.4 and look < 3:
                story.break_slack()
            die = "real" if number in real and look == 0 else "soft" if look < 2 and story.random.random() < 0.5 else ""
            story.tick(die)
