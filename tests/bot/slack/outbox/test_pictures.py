"""The digest's chart where Slack does not draw charts: one picture in the thread, or the lines alone; never two."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.figures import short
from storage.engine import reading_engine, writing_engine
from storage.keep import digests, outbox
from storage.keep.digests import Subscribed
from tests.bot.digest.company import Company
from tests.bot.digest.faults import Fuse, Process, in_process
from tests.databases import fresh_store
from tests.fakes.slack_api import FakeSlack, Fault
from tests.sampling import sampled, size, some

DUE = datetime(2026, 3, 24, 9, tzinfo=UTC)
ROOM, UPLOAD, SHARE = "files.getUploadURLExternal", "upload", "files.completeUploadExternal"
MESSAGES = 3  # the top, the chart's lines, data health


class Office:
    """A store, a Slack that draws no charts, and workers that may die."""

    def __init__(self, url: str, slack: FakeSlack) -> None:
        self.url, self.slack, self.now = url, slack, DUE - timedelta(days=3)
        self.store = Path(url.removeprefix("sqlite:///"))
        self.reading, writing = reading_engine(url), writing_engine(url)
        workspace_id = Company(weeks=22, teams={"Build": 9, "Care": 7}, with_work=False).save(writing)
        wanted = Subscribed(
            slack_team="T1",
            channel="C1",
            team="",
            owner="UANA",
            email="build1@company.example",
            weekday=2,
            minute=540,
            zone="UTC",
            parts=("chart", "health"),
            since=self.now,
        )
        with writing.begin() as connection:
            digests.subscribe(connection, workspace_id, wanted)
        writing.dispose()

    def live(self, *minutes: int, left: int | None = None) -> bool:
        """A worker looks so many minutes after the due time; whether it lived to the end."""
        process = Process(self.url, self.slack.url, lambda: self.now, Fuse(left, in_process))
        lived = True
        for later in minutes:
            self.now = DUE + timedelta(minutes=later)
            lived = lived and process.tick()
        process.close()
        return lived

    def pictures(self) -> list[dict[str, Any]]:
        return [message for message in self.slack.posted("C1") if message.get("files")]

    def messages(self) -> list[dict[str, Any]]:
        return [message for message in self.slack.posted("C1") if not message.get("files")]

    def message_states(self) -> dict[str, int]:
        with self.reading.connect() as connection:
            return outbox.counts(connection)


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as fake:
        fake.user("UANA", "build1@company.example")
        fake.user("UGIL", "gil@guest.example", is_restricted=True)
        fake.user("UBOT", is_bot=True)
        fake.channel("C1", ["UANA"])
        fake.refused_blocks = frozenset({"data_visualization"})
        yield fake


@pytest.fixture
def office(slack: FakeSlack, tmp_path: Path) -> Iterator[Office]:
    with fresh_store("sqlite", tmp_path) as url:
        made = Office(url, slack)
        yield made
        made.reading.dispose()


def test_where_slack_draws_the_chart_nothing_is_uploaded(office: Office) -> None:
    office.slack.refused_blocks = frozenset()

    office.live(0, 10)

    assert any(block["type"] == "data_visualization" for message in office.messages() for block in message["blocks"])
    assert not office.slack.called(ROOM)
    assert office.message_states() == {outbox.SENT: MESSAGES}


def test_where_slack_refuses_the_chart_a_picture_with_its_figures_in_words_comes_in_the_thread(office: Office) -> None:
    office.live(0, 10, 600)

    top, lines, _ = office.messages()
    (shared,) = office.pictures()
    (file,) = shared["files"]
    assert shared["thread_ts"] == lines["thread_ts"] == top["ts"]
    assert float(shared["ts"]) > float(lines["ts"])
    assert "```" in lines["blocks"][1]["text"]["text"]
    assert file["title"].startswith("Tokens per employee")
    assert file["alt_txt"].startswith(f"Line chart: {file['title']}. ")
    told = dict(re.findall(r"([\w -]+): ([\d,]+) tokens per employee", lines["text"]))
    newest = short(float(told["16-22 Mar 2026"].replace(",", "")), "tokens")
    assert f"last {newest} (16-22 Mar 2026), " in file["alt_txt"]
    assert Image.open(BytesIO(office.slack.files[file["id"]]["bytes"])).format == "PNG"
    assert office.message_states() == {outbox.SENT: MESSAGES + 1}


def test_without_the_scope_the_lines_stand_alone_and_one_line_of_the_log_says_why(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.slack.refused_methods[ROOM] = "missing_scope"
    with caplog.at_level(logging.WARNING, "bot.slack.outbox.pictures"):
        office.live(0, 10, 600)

    told = [record.getMessage() for record in caplog.records if record.name == "bot.slack.outbox.pictures"]
    assert told == ["the picture of a digest's chart is failed (missing_scope); its figures stand as lines"]
    assert (len(office.messages()), office.pictures()) == (MESSAGES, [])
    assert len(office.slack.called(ROOM)) == 1
    assert office.message_states() == {outbox.SENT: MESSAGES, outbox.FAILED: 1}


def test_a_picture_that_fails_pauses_no_subscription(office: Office) -> None:
    office.slack.refused_methods[SHARE] = "not_in_channel"
    office.live(0)

    office.live(7 * 24 * 60)

    assert sum(not message.get("thread_ts") for message in office.messages()) == 2


HARMLESS = [
    (ROOM, Fault(500, "internal_error")),
    (ROOM, Fault(429, "ratelimited", {"Retry-After": "30"})),
    (ROOM, Fault(silent=True, after=True)),
    (UPLOAD, Fault(503, "service_unavailable")),
    (UPLOAD, Fault(silent=True, after=True)),
    (SHARE, Fault(429, "ratelimited", {"Retry-After": "30"})),
]


@sampled
@pytest.mark.parametrize(("method", "fault"), some(HARMLESS, 2, start=1))
def test_what_breaks_before_anybody_sees_it_is_done_again(office: Office, method: str, fault: Fault) -> None:
    office.slack.fault(method, fault)

    office.live(0, 1, 6, 20)

    assert (len(office.messages()), len(office.pictures())) == (MESSAGES, 1)
    assert office.message_states() == {outbox.SENT: MESSAGES + 1}


UNCLEAR = [
    (fault, after)
    for fault in ({"status": 500, "error": "internal_error"}, {"silent": True}, {"hang": True})
    for after in (True, False)
]


@sampled
@pytest.mark.parametrize(("fault", "after"), some(UNCLEAR, 2))
def test_a_sharing_with_no_known_end_is_not_done_again(office: Office, fault: dict[str, Any], after: bool) -> None:
    office.slack.fault(SHARE, Fault(**fault, after=after))

    office.live(0, 1, 6, 20, 600)

    assert len(office.slack.called(SHARE)) == 1
    assert len(office.pictures()) == after
    assert office.message_states() == {outbox.SENT: MESSAGES, outbox.UNCLEAR: 1}


def test_a_chart_whose_plain_lines_had_an_unclear_end_still_gets_its_picture(office: Office) -> None:
    lost = Fault(silent=True, after=True)
    # The top is found again without a call, so that the next two are the chart's newer blocks and its plain ones.
    office.slack.fault("chat.postMessage", lost, Fault(200, "invalid_blocks"), lost)

    office.live(0, 1, 3, 10)

    assert len(office.slack.called("chat.postMessage")) == MESSAGES + 1
    assert (len(office.messages()), len(office.pictures())) == (MESSAGES, 1)


def test_while_slack_takes_no_files_the_picture_waits_for_some_hours_and_is_then_left(office: Office) -> None:
    office.slack.refused_methods[ROOM] = "service_unavailable"
    office.live(0, 60, 361)
    office.slack.refused_methods.clear()

    office.live(400, 800)

    assert (len(office.messages()), office.pictures()) == (MESSAGES, [])
    assert office.message_states() == {outbox.SENT: MESSAGES, outbox.EXPIRED: 1}


def test_a_guest_who_comes_in_before_the_picture_finds_none(office: Office) -> None:
    office.slack.fault(ROOM, Fault(500, "internal_error"))
    office.live(0)
    office.slack.channel("C1", ["UANA", "UGIL"])

    office.live(15)

    assert office.pictures() == []
    assert office.message_states() == {outbox.SENT: MESSAGES, outbox.DROPPED: 1}


@sampled
@pytest.mark.parametrize("begins", [ROOM, pytest.param("chat.postMessage", marks=pytest.mark.trial)])
def test_whoever_dies_wherever_nothing_is_shared_twice_and_no_message_is_lost(office: Office, begins: str) -> None:
    office.slack.fault(begins, Fault(429, "ratelimited", {"Retry-After": "30"}))
    office.live(0)
    before = office.store.read_bytes()
    said = list(office.slack.messages)
    shared: list[int] = []
    step = size(3, 1)
    lived = False
    while not lived:
        office.reading.dispose()
        for old in office.store.parent.glob("store.db-*"):
            old.unlink()
        office.store.write_bytes(before)
        office.slack.messages[:] = said
        lived = office.live(1, left=len(shared) * step)
        office.live(4, 7, 20, 300)
        shared.append(len(office.pictures()))
        assert len(office.messages()) == MESSAGES
        assert not office.message_states().keys() & {outbox.WAITING, outbox.SENDING}

    assert shared[-1] == 1
    # Between the note and the call there is no more to die at than the note's commit and the call's beginning.
    assert 0 < shared.count(0) <= 2
    assert len(shared) * step > 10
