"""The day's check of every workspace, and where its notices go."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from bot.advice.values import Notice
from bot.slack.advice.clock import AdviceClock, draft_of
from bot.slack.api.calls import RetryingCalls
from bot.slack.api.clients import Clients
from bot.slack.api.people import People
from storage.tables import OutboxMessage
from tests.bot.advice.conftest import AS_OF, NOW, Company, company
from tests.bot.advice.runs import runs
from tests.fakes.slack_api import FakeSlack

__all__ = ["company"]

NOTICE = Notice(
    kind="promotion",
    workflow="ticket <answering>",
    team="Support",
    owner="o@x.example",
    channel="#support",
    text="60 of 60",
    to="execute",
)
AT = datetime(2026, 11, 18, 9, tzinfo=UTC)


def clock(company: Company, slack: FakeSlack) -> AdviceClock:
    clients = Clients(slack.url, 5)
    people = People(RetryingCalls(lambda _: None), lambda: 0.0)
    return AdviceClock(company.advice, lambda _: clients.web("xoxb-1"), people, lambda: NOW)


def messages(company: Company) -> list[tuple[str, str]]:
    with company.writing.connect() as connection:
        rows = connection.execute(select(OutboxMessage.channel, OutboxMessage.message).order_by(OutboxMessage.id))
        return [(channel, message["text"]) for channel, message in rows]


def test_a_notice_is_written_down_for_its_owner_once(company: Company, slack: FakeSlack) -> None:
    slack.user("UOWN", "support0@x.example")
    found = [replace(run, workflow="ticket answering") for run in runs(60, start=date(2026, 10, 5))]
    company.outcomes(found)

    for _ in range(2):
        clock(company, slack).tick()

    ((channel, text),) = messages(company)
    assert channel == "UOWN"
    assert "has earned execute" in text


def test_where_slack_cannot_be_asked_nothing_is_decided(company: Company, slack: FakeSlack) -> None:
    company.outcomes([replace(run, workflow="ticket answering") for run in runs(60, start=date(2026, 10, 5))])
    slack.refused_methods["users.list"] = "fatal_error"

    clock(company, slack).tick()

    assert messages(company) == []
    assert company.advice.daily(company.workspace, AS_OF)


def test_without_an_owner_the_teams_channel_hears_of_it_without_a_figure() -> None:
    found = draft_of(NOTICE, "T1", {}, AT)

    assert found is not None
    assert found.channel == "#support"
    assert "60" not in found.message["text"]
    assert "&lt;answering&gt;" in found.message["text"]
    assert draft_of(replace(NOTICE, channel=""), "T1", {}, AT) is None


def test_the_same_notice_of_a_day_has_one_key_and_another_day_another() -> None:
    users = {"o@x.example": "U1"}
    first, again, later = (draft_of(NOTICE, "T1", users, at) for at in (AT, AT, AT + timedelta(days=1)))

    assert first is not None
    assert again is not None
    assert later is not None
    assert first.key == again.key != later.key
    assert first.message["rich"][-1]["type"] == "actions"
