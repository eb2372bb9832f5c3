"""Three workers on one PostgreSQL, one of them killed at its work: each thing that is due is done, and done once."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep

import pytest
from sqlalchemy import Engine, func, select

from bot.sources.files.load import import_folder
from storage.engine import writing_engine
from storage.keep import digests, outbox, saved
from storage.keep.digests import Subscribed
from storage.keep.saved import Scheduled
from storage.tables import DigestIssue, OutboxMessage, Question, UsageDaily, Workspace
from storage.workspaces import default_workspace
from tests.budgeted import save_budget_and_watches
from tests.databases import fresh_store
from tests.fakes.slack_api import FakeSlack
from tests.worker_processes import WorkerProcess

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
WEDNESDAY, NINE = 3, 540
LATER = timedelta(minutes=5)  # what the killed worker had in hand is free by then
ENGINEER = "oluwaseun.castillo@larkspur.example"
CHANNELS = [f"C{number}" for number in range(24)]
SAVED = CHANNELS[:8]
RETENTION = {"FULCRUM_RETENTION_DAYS": "60"}
STARTED = 4  # digests that are written down when one of the workers is killed


@pytest.mark.trial
@pytest.mark.postgres
def test_three_workers_of_which_one_is_killed_do_each_thing_once(larkspur_files: Path, tmp_path: Path) -> None:
    with FakeSlack() as slack, fresh_store("postgresql", tmp_path) as url:
        slack.user("UBOT", is_bot=True)
        slack.user("UENG", ENGINEER)
        for channel in CHANNELS:
            slack.channel(channel, ["UENG"])
        store = writing_engine(url)
        fill(store, larkspur_files)
        whole = sums(store)
        workers = [WorkerProcess(url, slack.url, NOON, **RETENTION) for _ in range(3)]
        while count(store, DigestIssue) < STARTED:
            sleep(0.02)
        workers[0].kill()
        made = [worker.spent().made for worker in workers[1:]]
        folded = sums(store)
        made.append(WorkerProcess(url, slack.url, NOON + LATER, **RETENTION).spent().made)

        tops = Counter(said["channel"] for said in slack.posted() if not said.get("thread_ts"))
        assert {channel: tops.pop(channel) for channel in CHANNELS} == dict.fromkeys(CHANNELS, 1) | dict.fromkeys(
            SAVED, 2
        )
        assert [*tops.values()] == [1]  # what the watch told, to one person
        assert count(store, DigestIssue) == len(CHANNELS)
        assert min(made[:2]) > 0
        assert made[2] == 0
        with store.connect() as connection:
            states = outbox.counts(connection)
        assert states.pop(outbox.SENT) == len(slack.posted())
        assert {*states} <= {outbox.FAILED}  # what the advice has for owners who are not in this Slack
        assert asked(store) == {"digest": len(CHANNELS), "saved": len(SAVED), "watch": 1}
        assert (folded[0] > whole[0], folded[1:]) == (True, whole[1:])
        assert sums(store) == folded
        store.dispose()


def fill(store: Engine, files: Path) -> None:
    with store.connect() as connection:
        workspace_id = default_workspace(connection)
    import_folder(files, store, workspace_id, clock=lambda: NOON)
    with store.begin() as connection:
        for channel in CHANNELS:
            wanted = Subscribed(
                slack_team="T1",
                channel=channel,
                team="",
                owner="UENG",
                email=ENGINEER,
                weekday=WEDNESDAY,
                minute=NINE,
                zone="UTC",
                parts=("teams", "health"),
                since=NOON - timedelta(days=2),
            )
            digests.subscribe(connection, workspace_id, wanted)
        for channel in SAVED:
            question = Scheduled(
                workspace_id=workspace_id,
                email=ENGINEER,
                text="cost last month",
                slack_team="T1",
                owner="UENG",
                channel=channel,
                weekday=WEDNESDAY,
                minute=NINE,
                zone="UTC",
                since=NOON - timedelta(days=2),
            )
            saved.save(connection, question)
        save_budget_and_watches(connection, workspace_id, [ENGINEER], NOON)


def count(store: Engine, table: type[DigestIssue | OutboxMessage]) -> int:
    with store.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def asked(store: Engine) -> dict[str, int]:
    """How many answers are known to have been given, by where."""
    with store.connect() as connection:
        rows = connection.execute(select(Question.place, func.count()).group_by(Question.place)).all()
    return {place: number for place, number in rows}


def sums(store: Engine) -> tuple[int, int, int]:
    """The store's revision, and what a day that was folded and folded again would not add up to."""
    with store.connect() as connection:
        tokens, facts = connection.execute(select(func.sum(UsageDaily.input_tokens), func.sum(UsageDaily.facts))).one()
        return connection.scalar(select(Workspace.revision)) or 0, int(tokens or 0), int(facts or 0)
