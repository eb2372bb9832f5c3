"""Copilot's reports are fetched by two steps: who may, gets links; whoever has a link, gets the file, without a key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.sources import github_copilot
from bot.sources.base import SourceChanged, SourceDown, SourceExpired, SourceRefused
from storage.records import Period
from tests.bot.sources.faults import Fault
from tests.bot.sources.github_api import GITHUB, ORG, GitHub, lines, served
from tests.bot.sources.pulls import DAY, pulled
from tests.bot.sources.server import VendorServer


def row(no: int, **more: Any) -> dict[str, Any]:
    return {"day": str(DAY), "user_id": str(no), "user_login": f"user-{no}", "ai_credits_used": 1.5} | more


@pytest.fixture
def github() -> GitHub:
    return GitHub(users={str(DAY): [lines(*map(row, range(3)))]})


@pytest.fixture
def server(github: GitHub) -> Iterator[VendorServer]:
    with served(github) as server:
        yield server


def users(server: VendorServer, period: Period = Period(DAY, DAY)) -> list[Any]:  # noqa: B008  # a value
    return pulled(server, GITHUB, "copilot", period, FULCRUM_GITHUB_ORG=ORG)


def test_the_key_goes_to_githubs_own_address_and_never_with_a_link(github: GitHub, server: VendorServer) -> None:
    assert [record.subject for record in users(server)] == ["user-0", "user-1", "user-2"]
    assert github.keys_at_files == []
    asked = next(call for call in server.calls if call.path.endswith("users-1-day"))
    assert asked.headers["authorization"] == f"Bearer {github.key}"
    assert asked.headers["x-github-api-version"] == "2022-11-28"


def test_a_report_in_several_parts_is_read_whole(github: GitHub, server: VendorServer) -> None:
    github.users[str(DAY)] = [lines(*map(row, range(3))), lines(*map(row, range(3, 8)))]

    assert len(users(server)) == 8


@pytest.mark.parametrize(
    "file",
    [
        json.dumps(row(1)),
        json.dumps([row(1)]),
        json.dumps(
            {"report_day": str(DAY), "user_totals": [{"user_id": "1", "login": "user-1", "ai_credits_used": 1.5}]}
        ),
        json.dumps({"day_totals": [row(1)]}),
    ],
)
def test_a_report_may_be_one_json(github: GitHub, server: VendorServer, file: str) -> None:
    github.users[str(DAY)] = [file]

    (record,) = users(server)
    assert (record.subject, record.day, record.credits) == ("user-1", DAY, 1.5)


def test_a_day_without_a_report_gives_nothing_and_its_neighbours_are_read(github: GitHub, server: VendorServer) -> None:
    github.users[str(DAY - timedelta(days=2))] = [lines(row(9, day=str(DAY - timedelta(days=2))))]

    assert len(users(server, Period(DAY - timedelta(days=3), DAY))) == 4


def test_an_empty_report_gives_nothing(github: GitHub, server: VendorServer) -> None:
    github.users[str(DAY)] = [""]

    assert users(server) == []


def test_rows_are_translated_some_at_a_time(
    github: GitHub, server: VendorServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(github_copilot, "ROWS", 2)
    github.users[str(DAY)] = [lines(*map(row, range(5)))]

    assert len(users(server)) == 5


def test_what_the_organisation_has_beyond_its_users_is_nobodys(github: GitHub, server: VendorServer) -> None:
    made = {"feature": "code_completion", "code_generation_activity_count": 10, "code_acceptance_activity_count": 4}
    whole = {"day": str(DAY), "totals_by_feature": [made | {"code_generation_activity_count": 25}]}
    people = lines(row(1, totals_by_feature=[made]), row(2, totals_by_feature=[made]))
    github.users[str(DAY)] = [people, people]  # a part that comes twice
    github.organizations[str(DAY)] = [lines(whole)]

    assert {record.subject: record.suggested for record in users(server) if record.suggested} == {
        "user-1": 10,
        "user-2": 10,
        "": 5,
    }


def test_where_only_the_organisation_has_a_report_it_is_nobodys(github: GitHub, server: VendorServer) -> None:
    github.users = {}
    github.organizations[str(DAY)] = [lines({"day": str(DAY), "user_initiated_interaction_count": 7})]

    assert [(record.subject, record.requests) for record in users(server)] == [("", 7)]


def test_a_user_who_comes_twice_is_one(github: GitHub, server: VendorServer) -> None:
    github.users[str(DAY)] = [lines(row(1), row(1)), lines(row(1))]

    assert len(users(server)) == 1


def test_a_link_that_has_run_out_is_asked_for_again(github: GitHub, server: VendorServer) -> None:
    server.fail(Fault.EXPIRED, where="/files/")

    with pytest.raises(SourceExpired):
        users(server)


def test_a_cut_file_is_fetched_again_and_a_web_page_is_none(github: GitHub, server: VendorServer) -> None:
    server.fail(Fault.CUT, times=1, where="/files/")
    assert len(users(server)) == 3
    server.fail(Fault.HTML, where="/files/")
    with pytest.raises(SourceDown, match="web page"):
        users(server)


def test_a_list_of_links_that_is_missing_is_named(github: GitHub, server: VendorServer) -> None:
    server.fail(Fault.MISSING_FIELD, what="download_links")

    with pytest.raises(SourceChanged, match="download_links"):
        users(server)


def test_a_key_that_may_not_read_says_what_it_must_be(github: GitHub, server: VendorServer) -> None:
    server.fail(Fault.FORBIDDEN)

    with pytest.raises(SourceRefused, match="manage_billing:copilot"):
        users(server)
