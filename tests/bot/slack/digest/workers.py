"""Workers that make and send digests, with their store and their Slack; time goes when told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bot.digest.actions import Action, Adviser, NoAdvice, WeekAdvice
from bot.digest.service import Digests
from bot.digest.week import Week
from bot.settings import Settings
from bot.slack.api.clients import Clients
from bot.slack.digest.clock import DigestClock, digest_clock
from bot.slack.digest.making import DigestMaker
from storage.answer.privacy import Viewer
from storage.engine import reading_engine, writing_engine
from storage.keep import digests, outbox
from storage.keep.digests import Subscribed
from storage.records import DayState
from tests.bot.digest.company import Company, mark
from tests.fakes.slack_api import FakeSlack, Fault

MONDAY = date(2026, 3, 16)  # of the week that is due first


DUE = datetime(2026, 3, 24, 9, tzinfo=UTC)  # the Tuesday after the company's sixteenth week
WEEK = timedelta(weeks=1)
ANA = "build1@company.example"
CUT_AFTER = Fault(silent=True, after=True)


class Steady(NoAdvice):
    """Advises the same every week."""

    def __init__(self, workflow: str) -> None:
        self.action = Action(workflow=workflow, team="Build", stage="draft", p10=1, p50=2, p90=4)

    def advise(self, week: Week, team: str | None, viewer: Viewer) -> WeekAdvice:
        return WeekAdvice(action=self.action)


class Office:
    """One worker, its store and its Slack; time goes when told."""

    def __init__(self, url: str, slack: FakeSlack) -> None:
        self.slack, self.now = slack, DUE - timedelta(days=3)
        self.reading, self.writing = reading_engine(url), writing_engine(url)
        self.workspace_id = Company(weeks=22, teams={"Build": 9, "Care": 7}, with_work=False).save(self.writing)
        self.slept: list[float] = []
        self.clock = self.worker()

    def worker(self, advice: Adviser | None = None) -> DigestClock:
        """A worker of its own over the same store."""
        adviser = advice or NoAdvice()
        maker = DigestMaker(
            Digests(self.reading, Settings(), lambda: self.now, lambda workspace_id: adviser), self.writing
        )
        clients = Clients(self.slack.url, 2)
        return digest_clock(maker, lambda team: clients.web("xoxb-1"), self.slept.append)

    def subscribe(
        self,
        channel: str = "C1",
        team: str = "",
        parts: tuple[str, ...] = ("health",),
        weekday: int = 2,
        every: int = 1,
    ) -> int:
        wanted = Subscribed(
            slack_team="T1",
            channel=channel,
            team=team,
            owner="UANA",
            email=ANA,
            weekday=weekday,
            every=every,
            minute=540,
            zone="UTC",
            parts=parts,
            since=self.now,
        )
        with self.writing.begin() as connection:
            return digests.subscribe(connection, self.workspace_id, wanted)

    def at(self, moment: datetime, *minutes: int) -> None:
        """Look at the clock at a moment, and so many minutes after it."""
        for later in (0, *minutes):
            self.now = moment + timedelta(minutes=later)
            self.clock.tick()

    def top(self, channel: str = "C1") -> list[str]:
        """The top messages in a channel."""
        return [message["text"] for message in self.slack.posted(channel) if not message.get("thread_ts")]

    def state(self, id_: int) -> tuple[str, str]:
        with self.reading.connect() as connection:
            found = digests.find(connection, id_)
        assert found is not None
        return found.state, found.reason

    def message_states(self) -> dict[str, int]:
        with self.reading.connect() as connection:
            return outbox.counts(connection)


def states(office: Office, state: DayState, *days: int) -> None:
    mark(office.writing, office.workspace_id, {MONDAY + timedelta(days=day): state for day in days})


def thread(office: Office) -> list[str]:
    return [message["text"] for message in office.slack.posted("C1") if message.get("thread_ts")]
