"""Copilot's bill is dollars beyond the quotas, by seat holder where it costs anything; a seat is held once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.sources.base import Asked, SourceWithheld
from bot.sources.github_billing import seats_now
from storage.records import CostKind, Period, SeatRecord, UsageRecord
from tests.bot.sources.github_api import GITHUB, ORG, GitHub, served
from tests.bot.sources.pulls import DAY, TODAY, pulled
from tests.bot.sources.server import Answer, Call, VendorServer


def seat(login: str, **more: Any) -> dict[str, Any]:
    return {
        "assignee": {"login": login, "id": 1},
        "created_at": "2026-03-02T00:30:00+03:00",
        "plan_type": "business",
    } | more


@pytest.fixture
def github() -> GitHub:
    return GitHub(seats=[seat("ada-gh"), seat("bo-gh"), seat("cy-gh")])


@pytest.fixture
def server(github: GitHub) -> Iterator[VendorServer]:
    with served(github) as server:
        yield server


def bill(server: VendorServer, period: Period = TODAY) -> list[UsageRecord]:
    return pulled(server, GITHUB, "copilot bill", period, FULCRUM_GITHUB_ORG=ORG)


def bills(found: list[UsageRecord]) -> dict[str, Decimal]:
    return {record.subject: record.cost for record in found if record.cost is not None}


def asked_users(server: VendorServer) -> list[str]:
    return [call.first("user") for call in server.calls if call.path.endswith("/usage")]


def test_a_day_inside_the_quotas_costs_nothing_and_asks_for_nobody(server: VendorServer) -> None:
    assert bill(server) == []
    assert asked_users(server) == [""]


def test_what_is_beyond_the_quotas_is_billed_to_its_users(github: GitHub, server: VendorServer) -> None:
    github.bills = {(str(DAY), "ada-gh"): 0.5, (str(DAY), "bo-gh"): 1.25, ("2026-11-05", "ada-gh"): 9}
    found = bill(server)

    assert bills(found) == {"ada-gh": Decimal("0.5"), "bo-gh": Decimal("1.25")}
    assert {(record.cost_kind, record.model, record.requests) for record in found} == {(CostKind.BILLED, "GPT-5.5", 0)}
    assert all(record.credits is record.list_cost is None for record in found)  # the usage reports have them


def test_whoever_is_left_is_not_asked_for_once_all_is_told(github: GitHub, server: VendorServer) -> None:
    github.bills = {(str(DAY), "ada-gh"): 0.5}
    bill(server)

    assert asked_users(server) == ["", "ada-gh"]


def test_what_no_seat_holder_is_billed_for_is_nobodys_so_that_the_sum_is_the_bill(
    github: GitHub, server: VendorServer
) -> None:
    github.bills, github.unowned = {(str(DAY), "ada-gh"): 0.1, (str(DAY), "left-gh"): 0.2}, {str(DAY): 3}

    assert bills(bill(server)) == {"ada-gh": Decimal("0.1"), "": Decimal("3.2")}


def test_before_june_2026_the_bill_is_of_premium_requests(server: VendorServer) -> None:
    bill(server, Period(date(2026, 5, 31), date(2026, 6, 1)))

    assert [call.path.split("/")[-2] for call in server.calls] == ["premium_request", "ai_credit"]


def test_an_organisation_that_is_billed_otherwise_has_no_such_bill() -> None:
    class Unbilled(GitHub):
        def bill(self, _call: Call) -> Any:
            return Answer({"message": "Not Found"}, 404)

    with served(Unbilled()) as server, pytest.raises(SourceWithheld, match="no bill"):
        bill(server)


def test_a_seat_is_held_once_from_its_utc_day_to_where_it_is_cancelled(github: GitHub, server: VendorServer) -> None:
    github.seats = [
        seat("ada-gh", pending_cancellation_date="2026-12-01"),
        seat("ada-gh", assigning_team={"slug": "payments"}),
        seat("bo-gh", plan_type="enterprise"),
    ]
    with server.http(GITHUB, FULCRUM_GITHUB_ORG=ORG) as http:
        found = [*seats_now(Asked(http=http, period=TODAY, settings={"FULCRUM_GITHUB_ORG": ORG}))]

    start = date(2026, 3, 1)
    assert found == [
        SeatRecord(subject="ada-gh", tool="copilot", plan="business", start=start, end=date(2026, 12, 1)),
        SeatRecord(subject="bo-gh", tool="copilot", plan="enterprise", start=start),
    ]
