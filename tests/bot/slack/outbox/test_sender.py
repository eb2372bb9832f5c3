"""From due to posted against a Slack that is slow, strict or away: once, late, skipped, stopped, told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.digest.details import PARTS
from storage.keep import digests, outbox
from storage.tables import DigestIssue, OutboxMessage
from tests.bot.slack.digest.workers import CUT_AFTER, DUE, WEEK, Office
from tests.fakes.slack_api import Fault


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
