"""A LiteLLM proxy asked over HTTP: each day by its calls where the logs are whole, else by its sums, never by both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.sources.base import SourceChanged, SourceDown, SourceRefused
from bot.sources.litellm import api
from bot.sources.litellm.source import LITELLM
from storage.records import Period, UsageRecord
from tests.bot.sources.faults import Fault
from tests.bot.sources.pulls import DAY, TODAY, known, pulled
from tests.bot.sources.server import Answer, Call, Route, Vendor, VendorServer

Row = dict[str, Any]


def call(no: int, day: date = DAY, time: str = "10:00:00.5", **more: Any) -> Row:
    return {
        "request_id": f"c{no}",
        "startTime": f"{day}T{time}Z",
        "model": "opus",
        "user": "ada",
        "api_key": "k1",
        "spend": 0.5,
        "prompt_tokens": 100,
        "completion_tokens": 10,
        "metadata": {},
    } | more


def sums(calls: int, key: str = "k1", model: str = "opus", day: date = DAY) -> Row:
    """A row of the daily sums' table, each call of 100 tokens in and 10 out for half a dollar."""
    told = {"spend": calls / 2, "prompt_tokens": 100 * calls, "completion_tokens": 10 * calls, "api_requests": calls}
    return {"date": str(day), "api_key": key, "model": model, "metrics": told}


@dataclass
class LiteLlm(Vendor):
    """A proxy. `calls` None is a release without `/spend/logs/v2`, `days` None one without daily sums."""

    calls: list[Row] | None = field(default_factory=list)
    days: list[Row] | None = field(default_factory=list)
    old: list[Row] | None = None
    users: list[Row] = field(default_factory=list)
    keys: list[Row] = field(default_factory=list)
    lost: int = 0  # calls that it counts and does not give

    def routes(self) -> Mapping[str, Route]:
        found: dict[str, Route] = {
            "/user/list": lambda call: self._listed(call, "users", self.users, "page_size"),
            "/key/list": lambda call: self._listed(call, "keys", self.keys, "size"),
        }
        if self.days is not None:
            found["/user/daily/activity"] = self.activity
        if self.calls is not None:
            found["/spend/logs/v2"] = self.logs
        if self.old is not None:
            found["/spend/logs"] = lambda _call: self.old
        return found

    def logs(self, call: Call) -> Any:
        start, end = (datetime.fromisoformat(call.first(name)).isoformat() for name in ("start_date", "end_date"))
        rows = [row for row in self.calls or () if start <= row["startTime"].rstrip("Z") <= end]
        shown, paging = self._page(call, rows)
        return {"data": shown, "total": len(rows) + self.lost, **paging}

    def activity(self, call: Call) -> Any:
        rows = [row for row in self.days or () if call.first("start_date") <= row["date"] <= call.first("end_date")]
        shown, paging = self._page(call, rows)
        about = {"page": paging["page"], "total_pages": paging["total_pages"]}
        return {
            "results": [self._result(row) for row in shown],
            "metadata": about | {"has_more": about["page"] < about["total_pages"]},
        }

    def _result(self, row: Row) -> Row:
        crossed = {row["api_key"]: {"metrics": row["metrics"], "metadata": {"key_alias": f"{row['api_key']}-alias"}}}
        return {
            "date": row["date"],
            "metrics": row["metrics"],
            "breakdown": {"models": {row["model"]: {"metrics": row["metrics"], "api_key_breakdown": crossed}}},
        }

    def _listed(self, call: Call, name: str, rows: list[Row], size: str) -> Any:
        shown, paging = self._page(call, rows, size)
        return {name: shown, "current_page": paging["page"], "total_pages": paging["total_pages"]}

    def _page(self, call: Call, rows: list[Row], size_name: str = "page_size") -> tuple[list[Row], dict[str, int]]:
        page, size = call.number("page", 1), call.number(size_name, 50)
        pages = -(-len(rows) // size)
        return rows[(page - 1) * size : page * size], {"page": page, "page_size": size, "total_pages": pages}


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> LiteLlm:
    monkeypatch.setattr(api, "PAGE", 2)
    monkeypatch.setattr(api, "LIST_PAGE", 2)
    return LiteLlm()


def read(proxy: LiteLlm, *faults: Fault, period: Period = TODAY) -> list[UsageRecord]:
    with VendorServer(proxy) as server:
        for fault in faults:
            server.fail(fault)
        return pulled(server, LITELLM, "calls", period)


def total(records: list[UsageRecord]) -> tuple[int, int, float]:
    """Requests, output tokens and dollars."""
    return (
        sum(record.requests or 0 for record in records),
        sum(record.output_tokens or 0 for record in records),
        float(sum(record.cost or 0 for record in records)),
    )


def test_where_the_logs_are_whole_each_call_counts_once_and_the_sums_do_not(proxy: LiteLlm) -> None:
    proxy.calls, proxy.days = [call(no) for no in range(5)], [sums(5)]
    found = read(proxy)

    assert total(found) == (5, 50, 2.5)
    assert all(record.at for record in found)


@pytest.mark.parametrize("kept", [0, 3])
def test_where_logs_were_deleted_or_switched_off_the_sums_count_alone(proxy: LiteLlm, kept: int) -> None:
    proxy.calls, proxy.days = [call(no) for no in range(kept)], [sums(5)]
    found = read(proxy)

    assert total(found) == (5, 50, 2.5)
    assert not any(record.at for record in found)


def test_it_is_decided_for_each_day_by_itself(proxy: LiteLlm) -> None:
    before = DAY - timedelta(days=1)
    proxy.calls, proxy.days = [call(1), call(2)], [sums(2), sums(7, day=before)]
    found = read(proxy, period=Period(before, DAY))

    assert total(found) == (9, 90, 4.5)
    assert {bool(record.at): record.day for record in found} == {True: DAY, False: before}


def test_calls_that_the_sums_do_not_hold_yet_count(proxy: LiteLlm) -> None:
    proxy.calls, proxy.days = [call(1), call(2), call(3)], [sums(2)]

    assert total(read(proxy)) == (3, 30, 1.5)


def test_sums_of_a_day_on_several_pages_are_put_together(proxy: LiteLlm) -> None:
    proxy.days = [sums(1), sums(2), sums(4), sums(8, "k2"), sums(16, "k2", "haiku")]
    found = read(proxy)

    assert {(record.subject, record.model): record.requests for record in found} == {
        ("k1-alias", "opus"): 7,
        ("k2-alias", "opus"): 8,
        ("k2-alias", "haiku"): 16,
    }


def test_a_page_that_comes_twice_adds_nothing(proxy: LiteLlm) -> None:
    proxy.days = [sums(1), sums(2), sums(4), sums(8, "k2"), sums(16, "k2", "haiku")]
    assert total(read(proxy, Fault.DUPLICATE))[0] == 31

    proxy.calls = [call(no) for no in range(40)]
    assert total(read(proxy, Fault.DUPLICATE))[0] == 40


def test_a_call_belongs_to_its_utc_day_up_to_the_last_tenth_of_a_second(proxy: LiteLlm) -> None:
    after = DAY + timedelta(days=1)
    proxy.calls = [call(1, time="23:59:59.9"), call(2, after, "00:00:00"), call(3, DAY, "00:00:00")]
    proxy.days = [sums(2)]

    assert {record.natural_key for record in read(proxy)} == {"c1", "c3"}


def test_fewer_calls_than_the_proxy_counts_are_no_whole_day(proxy: LiteLlm) -> None:
    proxy.calls, proxy.lost = [call(1)], 2

    with pytest.raises(SourceDown, match="3 calls and gave 1"):
        read(proxy)


def test_an_older_release_gives_all_its_calls_at_once(proxy: LiteLlm) -> None:
    proxy.calls, proxy.days, proxy.old = None, None, [call(1), call(2), call(3, DAY + timedelta(days=1))]

    assert total(read(proxy)) == (2, 20, 1.0)


def test_a_list_that_is_cut_at_its_limit_is_not_taken_for_the_whole(
    proxy: LiteLlm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "OLD_MOST", 3)
    proxy.calls, proxy.days, proxy.old = None, [sums(9)], [call(no) for no in range(3)]

    assert total(read(proxy))[0] == 9


def test_a_day_without_calls_gives_nothing(proxy: LiteLlm) -> None:
    assert read(proxy) == []


def test_another_page_than_was_asked_for_ends_the_pull(proxy: LiteLlm) -> None:
    class Stuck(LiteLlm):
        def activity(self, call: Call) -> Any:
            body = super().activity(call)
            return body | {"metadata": body["metadata"] | {"page": 1, "has_more": True}}

    with pytest.raises(SourceChanged, match="another page"):
        read(Stuck(days=[sums(no) for no in range(1, 9)]))


@pytest.mark.parametrize("name", ["request_id", "startTime", "total", "data"])
def test_a_missing_field_is_named(proxy: LiteLlm, name: str) -> None:
    proxy.calls = [call(1)]
    with VendorServer(proxy) as server:
        server.fail(Fault.MISSING_FIELD, what=name)
        with pytest.raises(SourceChanged, match=name):
            pulled(server, LITELLM, "calls")


def test_a_key_that_is_no_admins_says_so(proxy: LiteLlm) -> None:
    with pytest.raises(SourceRefused, match=r"LITELLM_API_KEY.*master key"):
        read(proxy, Fault.FORBIDDEN)


def test_ids_of_users_and_their_keys_are_their_e_mails(proxy: LiteLlm) -> None:
    proxy.users = [
        {"user_id": "ada", "user_email": "Ada@acme.test"},
        {"user_id": "bo", "user_email": "bo@acme.test"},
        {"user_id": "ci", "user_email": None},
    ]
    proxy.keys = [
        {"token": "h1", "key_alias": "ada-laptop", "user_id": "ada"},
        {"token": "h2", "key_alias": None, "user_id": "bo"},
        {"token": "h3", "key_alias": "build", "user_id": "ci"},
    ]
    with VendorServer(proxy) as server:
        assert known(server, LITELLM) == {
            "ada": "ada@acme.test",
            "h1": "ada@acme.test",
            "ada-laptop": "ada@acme.test",
            "bo": "bo@acme.test",
            "h2": "bo@acme.test",
        }


def test_a_proxy_without_lists_of_people_knows_nobody(proxy: LiteLlm) -> None:
    class Bare(LiteLlm):
        def routes(self) -> Mapping[str, Route]:
            return {}

        def refusal(self, _call: Call) -> Answer:
            return Answer(None, 404)

    with VendorServer(Bare()) as server:
        assert known(server, LITELLM) == {}
