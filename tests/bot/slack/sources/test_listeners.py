"""`/leverage sources`: a signed request to a real app, answered to who asked alone; errors are for admins."""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from slack_bolt import App, BoltRequest

from bot.slack.sources import listeners
from bot.slack.sources.blocks import FOR_ADMINS
from bot.sources.reconciliation import MonthReconciliation, lines, month_of
from bot.sources.syncing.overview import FAILING, OFF, WELL, ReportState, SourceOverview
from storage.answer.reconciling import Side
from storage.tables import NANO
from tests.bot.slack.questions.tooling import tools_of
from tests.fakes.slack_api import FakeSlack
from tests.fakes.slack_requests import SECRET, body, command, headers

ANA = "ana@northwind.example"
NOON = datetime(2026, 11, 10, 12, tzinfo=UTC)
REPORT = ReportState(
    name="usage",
    rows=1234,
    newest=date(2026, 11, 9),
    provisional_since=date(2026, 11, 8),
    gaps=tuple(date(2026, 11, day) for day in (1, 2, 3, 4)),
    last=NOON,
    error="",
)
GOOD = SourceOverview(
    name="acme", label="Acme & Sons", state=WELL, last=NOON, errors=(), todo="read more", reports=(REPORT,)
)
BAD = replace(GOOD, label="Brand X", state=FAILING, errors=("the key in BRAND_KEY may not",), todo="", reports=())
UNSET = replace(BAD, label="Zed", state=OFF, errors=(), todo="set ZED_KEY to read Zed")


def month(_workspace: int, email: str, said: str) -> MonthReconciliation:
    """A month of one provider."""
    side = Side(provider=f"brand of {email}", currency="USD", ours=2 * NANO, invoiced=5 * NANO)
    return MonthReconciliation(month_of(said, NOON.date()), lines([side]))


def ask(
    slack: FakeSlack, found: Collection[SourceOverview], admins: Collection[str] = (), words: str = "sources"
) -> dict[str, Any]:
    """What Ana is told, and nobody else."""
    tools = tools_of(slack)
    pool, listening = ThreadPoolExecutor(1), ThreadPoolExecutor(1)
    app = App(
        name="fulcrum",  # or it looks through the whole stack for one
        token="xoxb-1",
        signing_secret=SECRET,
        client=tools.clients.web("xoxb-1"),
        token_verification_enabled=False,
        listener_executor=listening,
    )
    listeners.attach(lambda _workspace: [*found], month, lambda _workspace, email: email in admins)(app, tools, pool)
    raw, kind = body(command(words, ""))
    response = app.dispatch(BoltRequest(body=raw, headers={**headers(raw, kind)}))
    listening.shutdown(wait=True)
    pool.shutdown(wait=True)
    assert response.status == 200
    assert not slack.posted("C1")
    told: dict[str, Any] = slack.whispered("UANA")[-1]
    return told


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("sources", True),
        (" Sources ", True),
        ("sources of cost", False),
        ("reconcile", True),
        ("Reconcile  last month", True),
        ("reconciled cost", False),
    ],
)
def test_our_words_are_ours(text: str, ours: bool) -> None:
    assert listeners.is_ours({"text": text}) is ours


def test_each_source_that_is_on_is_told_with_its_days(slack: FakeSlack) -> None:
    told = str(ask(slack, [GOOD, UNSET]))

    assert "*Acme &amp; Sons*: well" in told
    assert "last sync 10 Nov 2026, 12:00 UTC · 1,234 rows · newest day 9 Nov 2026" in told
    assert "missing 1-4 Nov 2026" in told
    assert "Zed" not in told


def test_what_failed_is_for_admins(slack: FakeSlack) -> None:
    assert "BRAND_KEY" not in str(told := ask(slack, [GOOD, BAD]))
    assert FOR_ADMINS in str(told)

    told = ask(slack, [GOOD, BAD, UNSET], admins={ANA})

    assert "the key in BRAND_KEY may not" in str(told)
    assert "read more" in str(told)
    assert "Not set up: Zed." in str(told)


def test_a_month_beside_its_bills_is_for_admins(slack: FakeSlack) -> None:
    told = ask(slack, [], words="reconcile 2026-10")

    assert "for admins" in str(told)
    assert "brand" not in str(told)

    told = ask(slack, [], admins={ANA}, words="reconcile 2026-10")

    assert told["text"] == f"The bill differs in October 2026: brand of {ANA} billed 3.00 USD more than answers say."
    assert "+3.00" in str(told["blocks"])
