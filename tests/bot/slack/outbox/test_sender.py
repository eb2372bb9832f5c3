"""From due to posted against a Slack that is slow, strict or away: once, late, skipped, stopped, told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.digest.actions import Action, Adviser, NoAdvice, WeekAdvice
from bot.digest.details import PARTS
from bot.digest.service import Digests
from bot.digest.week import Week
from bot.settings import Settings
from bot.slack.api.clients import Clients
from bot.slack.digest.clock import DigestClock, digest_clock
from bot.slack.digest.making import DigestMaker
from storage.answer.privacy import Viewer
from storage.engine import reading_engine, writing_engine
from storage.keep import digests, outbox
from storage.keep.digests import PAUSED, Subscribed
from storage.tables import DigestIssue, OutboxMessage
from tests.bot.digest.company import Company
from tests.databases import fresh_store
from tests.fakes.slack_api import FakeSlack, Fault

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


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as fake:
        fake.user("UANA", ANA)
        fake.user("UGIL", "gil@guest.example", is_restricted=True)
        fake.user("UBOT", is_bot=True)
        fake.channel("C1", ["UANA"])
        yield fake


@pytest.fixture
def office(slack: FakeSlack, tmp_path: Path) -> Iterator[Office]:
    with fresh_store("sqlite", tmp_path) as url:
        made = Office(url, slack)
        yield made
        made.reading.dispose()
        made.writing.dispose()


def test_a_digest_comes_at_its_time_with_its_thread_and_then_not_again(office: Office) -> None:
    office.subscribe(parts=tuple(PARTS))

    office.at(DUE - timedelta(minutes=1))
    assert office.top() == []
    office.at(DUE, 1, 60, 600)

    assert len(office.top()) == 1
    assert office.top()[0].startswith("W12, whole organisation (16 people):")
    parent = office.slack.posted("C1")[0]["ts"]
    thread = [message for message in office.slack.posted("C1") if message.get("thread_ts")]
    assert len(thread) == len(PARTS)
    assert {message["thread_ts"] for message in thread} == {parent}
    assert any(block["type"] == "data_visualization" for message in thread for block in message["blocks"])


def test_two_workers_at_the_same_minute_post_once(office: Office) -> None:
    office.subscribe()
    office.now = DUE
    other = office.worker()

    office.clock.maker.make_due(office.clock.readers.of)
    other.tick()
    office.clock.tick()

    assert len(office.top()) == 1


def test_where_slack_refuses_the_newer_blocks_the_plain_ones_come(office: Office) -> None:
    office.slack.refused_blocks = frozenset({"table", "data_visualization"})
    office.subscribe(parts=tuple(PARTS))

    office.at(DUE)

    posted = office.slack.posted("C1")
    assert sum(not message.get("files") for message in posted) == 1 + len(PARTS)
    assert sum(bool(message.get("files")) for message in posted) == 1  # the chart, as a picture
    assert office.message_states() == {outbox.SENT: 2 + len(PARTS)}


def test_a_rate_limit_is_waited_out_by_the_clock_and_nobody_sleeps(office: Office) -> None:
    office.subscribe()
    office.slack.fault("chat.postMessage", Fault(429, "ratelimited", {"Retry-After": "90"}))

    office.at(DUE, 1)
    assert office.top() == []
    office.at(DUE + timedelta(seconds=91))

    assert len(office.top()) == 1
    assert office.slept == []
    assert not office.slack.called("conversations.history")


@pytest.mark.parametrize(
    "fault",
    [
        CUT_AFTER,
        Fault(hang=True, after=True),
        Fault(500, "internal_error", after=True),
        Fault(503, "service_unavailable", after=True),
    ],
)
def test_a_message_that_slack_took_before_it_broke_is_found_and_not_sent_again(office: Office, fault: Fault) -> None:
    office.subscribe()
    office.slack.fault("chat.postMessage", fault)

    office.at(DUE, 1, 2, 3)

    assert len(office.top()) == 1
    assert len(office.slack.called("conversations.history")) == 1
    assert office.message_states() == {outbox.SENT: 2}


def test_a_message_that_slack_did_not_take_is_looked_for_and_then_sent(office: Office) -> None:
    office.subscribe()
    office.slack.fault("chat.postMessage", Fault(500, "internal_error"), Fault(silent=True))

    office.at(DUE, 1, 3, 8)

    assert len(office.top()) == 1
    assert len(office.slack.called("conversations.history")) == 2


def test_where_the_history_cannot_be_read_one_is_missing_rather_than_double_and_the_next_says_so(
    office: Office,
) -> None:
    office.subscribe()
    office.slack.refused_methods["conversations.history"] = "missing_scope"
    office.slack.fault("chat.postMessage", Fault(500, "internal_error"))

    office.at(DUE, 1, 3, 600)
    assert office.top() == []
    assert office.message_states() == {outbox.UNCLEAR: 1, outbox.DROPPED: 1}
    office.at(DUE + WEEK)

    assert len(office.top()) == 1
    assert "The digest of W12 may not have come." in office.top()[0]
    office.at(DUE + 2 * WEEK)
    assert "may not have come" not in office.top()[1]


def test_two_days_late_it_comes_with_a_mark(office: Office) -> None:
    office.subscribe()

    office.at(DUE + timedelta(hours=48))

    assert "Late: it was due on Tuesday at 09:00." in office.top()[0]


def test_more_than_three_days_late_it_is_skipped_and_the_next_says_so(office: Office) -> None:
    office.subscribe()

    office.at(DUE + timedelta(hours=73))
    assert office.top() == []
    office.at(DUE + WEEK)

    assert office.top()[0].startswith("W13")
    assert "The digest of W12 may not have come." in office.top()[0]


def test_a_slack_that_is_away_for_an_hour_gets_it_then_and_for_four_days_not_any_more(office: Office) -> None:
    office.subscribe()
    office.slack.refused_methods["chat.postMessage"] = "service_unavailable"
    office.at(DUE, 1, 3, 9, 20)
    del office.slack.refused_methods["chat.postMessage"]
    office.at(DUE + timedelta(hours=1))
    assert len(office.top()) == 1

    office.slack.refused_methods["chat.postMessage"] = "service_unavailable"
    office.at(DUE + WEEK, 1, 60)
    del office.slack.refused_methods["chat.postMessage"]
    office.at(DUE + WEEK + timedelta(hours=96))
    assert len(office.top()) == 1
    assert office.message_states()[outbox.EXPIRED] == 1
    office.at(DUE + 2 * WEEK)
    assert "The digest of W13 may not have come." in office.top()[1]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("is_archived", "the channel is archived"),
        ("not_in_channel", "I am not in that channel any more"),
        ("restricted_action", "Slack refuses it (restricted_action)"),
    ],
)
def test_a_channel_that_is_closed_pauses_the_digest_and_its_owner_hears_of_it_once(
    office: Office, code: str, words: str
) -> None:
    id_ = office.subscribe()
    office.slack.fault("chat.postMessage", Fault(200, code))

    office.at(DUE, 1, 600)
    office.at(DUE + WEEK, 1)

    assert office.state(id_) == (PAUSED, code)
    assert office.top() == []
    told = office.top("D-UANA")
    assert len(told) == 1
    assert words in told[0]


def test_a_removed_bot_pauses_the_digest_and_it_can_be_taken_up_again(office: Office) -> None:
    id_ = office.subscribe()
    del office.slack.channels["C1"]
    office.slack.members["C1"] = []

    office.at(DUE, 1, 600)
    assert office.state(id_) == (PAUSED, "channel_not_found")
    assert len(office.top("D-UANA")) == 1

    office.slack.channel("C1", ["UANA"])
    assert office.subscribe() == id_
    office.at(DUE + WEEK)
    assert "The digest of W12 may not have come." in office.top()[0]


def test_a_revoked_token_pauses_the_digest_and_the_owner_is_told_once_a_token_is_there_again(office: Office) -> None:
    id_ = office.subscribe()
    for method in ("chat.postMessage", "conversations.info", "conversations.open"):
        office.slack.refused_methods[method] = "token_revoked"

    office.at(DUE, 1, 600)
    assert office.state(id_) == (PAUSED, "token_revoked")
    office.slack.refused_methods.clear()
    office.at(DUE + timedelta(days=1), 1, 600)

    assert office.top() == []
    assert len(office.top("D-UANA")) == 1


def test_while_slack_does_not_say_who_reads_a_channel_the_digest_waits(office: Office) -> None:
    office.subscribe()
    office.slack.refused_methods["conversations.info"] = "internal_error"

    office.at(DUE, 1)
    assert office.message_states() == {}
    office.slack.refused_methods.clear()
    office.at(DUE + timedelta(minutes=20))

    assert office.top()[0].startswith("W12, whole organisation (16 people)")


def test_where_a_guest_reads_along_no_figure_is_posted(office: Office) -> None:
    office.slack.channel("C1", ["UANA", "UGIL"])
    office.subscribe(parts=tuple(PARTS))

    office.at(DUE)

    assert len(office.slack.posted("C1")) == 1
    assert "no figures here" in office.top()[0]
    assert "tokens" not in office.top()[0]


def test_a_guest_who_comes_in_while_slack_is_away_finds_no_figure(office: Office) -> None:
    office.subscribe(parts=tuple(PARTS))
    office.slack.fault("chat.postMessage", Fault(500, "internal_error"))
    office.at(DUE)
    office.slack.channel("C1", ["UANA", "UGIL"])

    office.at(DUE + timedelta(minutes=15), 15)

    assert len(office.slack.posted("C1")) == 1
    assert "no figures here" in office.top()[0]
    assert office.message_states()[outbox.DROPPED] == len(PARTS)


def test_a_channel_reads_what_its_least_privileged_member_may_see(office: Office) -> None:
    office.subscribe(team="Care")
    office.at(DUE)

    assert office.top()[0].startswith("W12, Care (7 people)")
    assert ANA not in str(office.slack.posted("C1"))


def test_a_person_gets_their_own_with_their_own_use_by_direct_message(office: Office) -> None:
    office.subscribe("UANA", "Build")

    office.at(DUE)

    assert office.top("D-UANA")[0].startswith("W12, Build (9 people)")
    assert any("Tokens, build1" in message["text"] for message in office.slack.posted("D-UANA"))


def test_somebody_who_left_the_roster_gets_no_more(office: Office) -> None:
    id_ = office.subscribe("UANA", "Build")
    Company(weeks=22, teams={"Build": 1, "Care": 7}).save(office.writing)

    office.at(DUE, 1)

    assert office.state(id_) == (PAUSED, "not_on_roster")
    assert "not on the roster" in office.top("D-UANA")[0]


def test_a_correction_is_named_in_the_next_digest_and_in_the_old_ones_thread(office: Office) -> None:
    office.subscribe()
    office.at(DUE)
    Company(
        weeks=22,
        teams={"Build": 9, "Care": 7},
        with_work=False,
        factor=lambda team, person, week: 1.5 if week == 15 else 1.0,
    ).save(office.writing)

    office.at(DUE + WEEK, 1)
    old = office.slack.posted("C1")[0]["ts"]
    in_thread = [message["text"] for message in office.slack.posted("C1") if message.get("thread_ts") == old]
    office.at(DUE + 2 * WEEK, 1)

    assert "Correction to W12: tokens per employee" in office.top()[1]
    assert [text for text in in_thread if "Correction to W12" in text] != []
    assert "Correction" not in office.top()[2]


def test_a_digest_that_fails_leaves_the_others_alone(office: Office) -> None:
    office.subscribe("C1", "Nowhere")
    office.subscribe("C1", "Care")

    office.at(DUE, 1)

    assert [text[:9] for text in office.top()] == ["W12, Care"]
    assert "there is no team of that name any more" in office.top("D-UANA")[0]


def test_what_is_sent_is_no_longer_kept_but_the_digests_own_figures_are(office: Office) -> None:
    id_ = office.subscribe("UANA", "Build", tuple(PARTS))

    office.at(DUE)

    with office.reading.connect() as connection:
        (kept,) = digests.issues(connection, id_)
        letters = connection.execute(select(OutboxMessage.state, OutboxMessage.message)).all()
        value = connection.scalar(select(DigestIssue.value))
    assert {state for state, _ in letters} == {outbox.SENT}
    assert [message for _, message in letters if message] == []
    assert set(kept.figures) == {"tokens_per_employee", "adoption_rate", "cost_per_employee"}
    assert value is not None
    assert "details" not in value
