"""Subscriptions and issues: one place and team is one subscription, one week is issued once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from storage.keep import digests, outbox
from storage.keep.choices import record_choice
from storage.keep.digests import ACTIVE, ENDED, MADE, PAUSED, SKIPPED, Subscribed
from storage.keep.outbox import Draft
from storage.tables import Feedback

NOW = datetime(2026, 11, 17, 9, tzinfo=UTC)
ONE = Subscribed(
    slack_team="T1", channel="C1", owner="U1", weekday=2, minute=540, zone="UTC", parts=("teams", "cost"), since=NOW
)


def issue(engine: Engine, workspace_id: int, id_: int, week: str, outcome: str = MADE, figure: float = 1.0) -> bool:
    with engine.begin() as connection:
        return digests.issue(
            connection,
            workspace_id,
            id_,
            week,
            due_at=NOW,
            now=NOW,
            outcome=outcome,
            figures={"tokens_per_employee": figure},
            value={"week": week},
        )


@pytest.fixture
def subscription(engine: Engine, workspace_id: int) -> int:
    with engine.begin() as connection:
        return digests.subscribe(connection, workspace_id, ONE)


def test_a_subscription_reads_back_as_it_was_given(engine: Engine, workspace_id: int, subscription: int) -> None:
    with engine.connect() as connection:
        found = digests.subscriptions(connection)

    assert found == [(workspace_id, replace(ONE, id=subscription))]


def test_subscribing_again_changes_the_one_there_is_and_keeps_when_it_began(
    engine: Engine, workspace_id: int, subscription: int
) -> None:
    with engine.begin() as connection:
        again = digests.subscribe(connection, workspace_id, replace(ONE, minute=600, since=NOW + timedelta(days=1)))
        found = digests.find(connection, again)

    assert again == subscription
    assert found == replace(ONE, id=subscription, minute=600)


def test_another_team_of_the_same_channel_is_a_subscription_of_its_own(
    engine: Engine, workspace_id: int, subscription: int
) -> None:
    with engine.begin() as connection:
        other = digests.subscribe(connection, workspace_id, replace(ONE, team="Platform"))
        here = digests.of_place(connection, workspace_id, "T1", "C1")

    assert other != subscription
    assert [kept.team for kept in here] == ["", "Platform"]


def test_one_that_ended_is_taken_up_from_now_on(engine: Engine, workspace_id: int, subscription: int) -> None:
    later = NOW + timedelta(days=30)
    with engine.begin() as connection:
        assert digests.unsubscribe(connection, workspace_id, "T1", "C1", None) == 1
        ended = digests.find(connection, subscription)
        assert digests.subscriptions(connection) == []
        assert digests.unsubscribe(connection, workspace_id, "T1", "C1", None) == 0
        digests.subscribe(connection, workspace_id, replace(ONE, since=later))
        found = digests.find(connection, subscription)

    assert ended is not None
    assert ended.state == ENDED
    assert found is not None
    assert (found.state, found.since) == (ACTIVE, later)


def test_one_alone_pauses_it(engine: Engine, workspace_id: int, subscription: int) -> None:
    with engine.begin() as connection:
        assert digests.pause(connection, subscription, "is_archived")
        assert not digests.pause(connection, subscription, "is_archived")
        found = digests.find(connection, subscription)

    assert found is not None
    assert (found.state, found.reason) == (PAUSED, "is_archived")


def test_a_week_is_issued_once_and_the_newest_is_known(engine: Engine, workspace_id: int, subscription: int) -> None:
    assert issue(engine, workspace_id, subscription, "2026-W52")
    assert issue(engine, workspace_id, subscription, "2026-W53", SKIPPED)
    assert not issue(engine, workspace_id, subscription, "2026-W53")

    with engine.connect() as connection:
        assert digests.last_week(connection, subscription) == "2026-W53"
        assert [(issued.week, issued.outcome) for issued in digests.issues(connection, subscription)] == [
            ("2026-W53", SKIPPED),
            ("2026-W52", MADE),
        ]


def test_an_issue_knows_what_became_of_its_message(engine: Engine, workspace_id: int, subscription: int) -> None:
    issue(engine, workspace_id, subscription, "2026-W46")
    key = digests.issue_key(subscription, "2026-W46")
    with engine.begin() as connection:
        assert digests.issues(connection, subscription)[0].message_state == ""
        draft = Draft(key=key, slack_team="T1", channel="C1", message={"text": "…"}, subscription_id=subscription)
        outbox.put(connection, workspace_id, draft, NOW, timedelta(days=3))

        assert digests.issues(connection, subscription)[0].message_state == outbox.WAITING


def test_kept_figures_are_those_of_the_scope_told_last_for_each_week_before(
    engine: Engine, workspace_id: int, subscription: int
) -> None:
    with engine.begin() as connection:
        other = digests.subscribe(connection, workspace_id, replace(ONE, channel="C2"))
        team = digests.subscribe(connection, workspace_id, replace(ONE, team="Platform"))
    issue(engine, workspace_id, subscription, "2026-W44", figure=1)
    issue(engine, workspace_id, subscription, "2026-W45", figure=2)
    issue(engine, workspace_id, other, "2026-W45", figure=3)
    issue(engine, workspace_id, team, "2026-W43", figure=4)
    issue(engine, workspace_id, subscription, "2026-W46", figure=5)

    with engine.begin() as connection:
        kept = digests.kept_figures(connection, workspace_id, "", "2026-W46", 4)
        digests.correct(connection, kept[0].id, {"tokens_per_employee": 9})
        corrected = digests.kept_figures(connection, workspace_id, "", "2026-W46", 1)

    assert [(issued.week, issued.figures["tokens_per_employee"]) for issued in kept] == [
        ("2026-W45", 3),
        ("2026-W44", 1),
    ]
    assert corrected[0].figures == {"tokens_per_employee": 9}


def test_the_last_press_of_a_reader_counts(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        for choice in ("accept", "not useful"):
            record_choice(
                connection, workspace_id, week="2026-W46", workflow="triage", person="U1", choice=choice, now=NOW
            )
        assert connection.execute(select(Feedback.person, Feedback.choice)).all() == [("U1", "not useful")]
