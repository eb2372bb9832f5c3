"""GitHub: merged pull requests and the reviews of others, from its lists by Link header."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.sources.base import VendorSource
from bot.sources.github_pulls import ORG, REPORT, is_bot
from tests.bot.sources.faults import Fault
from tests.bot.sources.server import Answer, Call, Route, Vendor
from tests.bot.sources.work_bench import Done, WorkBench, work_bench

SOURCE = VendorSource(
    name="github",
    label="GitHub",
    base_url="https://api.github.com",
    needs=("GITHUB_TOKEN", ORG),
    headers=lambda settings: {"Authorization": f"Bearer {settings['GITHUB_TOKEN']}"},
    reports=(REPORT,),
)
ANA = {"login": "ana", "id": 1, "type": "User"}
BO = {"login": "bo", "id": 2, "type": "User"}
RENOVATE = {"login": "renovate[bot]", "id": 3, "type": "Bot"}
RABBIT = {"login": "coderabbitai[bot]", "id": 4, "type": "User"}  # some payloads say so


def pull(number: int, merged: str | None = "2026-11-10T10:00:00Z", **more: Any) -> dict[str, Any]:
    """A pull request of a list, merged or not."""
    made: dict[str, Any] = {
        "id": 1_000 + number,
        "number": number,
        "user": ANA,
        "draft": False,
        "state": "closed" if merged else "open",
        "labels": [],
        "created_at": "2026-11-02T09:00:00Z",
        "updated_at": merged or "2026-11-12T09:00:00Z",
        "closed_at": merged,
        "merged_at": merged,
    }
    return made | more


def review(
    id_: int, user: Mapping[str, Any] | None = BO, state: str = "APPROVED", at: str = "2026-11-09T10:00:00Z"
) -> dict[str, Any]:
    """A review as it was submitted."""
    return {"id": id_, "user": user, "state": state, "submitted_at": at}


@dataclass
class Organisation(Vendor):
    """The repositories of acme; lists have pages of two and a Link header."""

    pulls: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    reviews: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    moving: int = 0  # the number of a pull request that somebody touches after the first page was given
    address: Callable[[], str] = str

    def routes(self) -> Mapping[str, Route]:
        return {
            "/orgs/acme/repos": self.repositories,
            "/repos/acme/{name}/pulls": self.listed,
            "/repos/acme/{name}/pulls/{number}/reviews": self.reviewed,
        }

    def repositories(self, call: Call) -> Any:
        return self._page(call, [{"id": 1, "name": name, "full_name": f"acme/{name}"} for name in self.pulls])

    def listed(self, call: Call) -> Any:
        if call.parts["name"] in self.gone:
            return Answer({"message": "Not Found"}, 404)
        assert (call.first("state"), call.first("sort"), call.first("direction")) == ("all", "updated", "desc")
        pulls = self.pulls[call.parts["name"]]
        page = self._page(call, sorted(pulls, key=lambda pull: str(pull["updated_at"]), reverse=True))
        for pull in pulls:
            if pull["number"] == self.moving:
                pull["updated_at"] = "2026-11-20T11:59:00Z"
        return page

    def reviewed(self, call: Call) -> Any:
        return self._page(call, self.reviews.get(int(call.parts["number"]), []))

    def _page(self, call: Call, rows: Sequence[Any]) -> Answer:
        at = call.number("page", 1)
        others = [f"{name}={value}" for name, values in call.query.items() if name != "page" for value in values]
        next_ = f'<{self.address()}{call.path}?{"&".join([*others, f"page={at + 1}"])}>; rel="next"'
        return Answer([*rows[2 * at - 2 : 2 * at]], headers={"Link": next_} if 2 * at < len(rows) else {})


@pytest.fixture
def acme() -> Organisation:
    return Organisation()


@pytest.fixture
def bench(acme: Organisation, tmp_path: Path) -> Iterator[WorkBench]:
    with work_bench(acme, SOURCE, tmp_path, **{ORG: "acme"}) as bench:
        acme.address = lambda: bench.server.url
        bench.rules(
            "github,review,repository,acme/*,Code review,",
            "github,,label,ai-assisted,,assisted",
            "github,,bot,renovate*,Dependencies,",
            "github,,repository,pay*,Payments,",
        )
        yield bench


def test_merged_pull_requests_and_reviews_of_others_are_items_of_their_days(
    acme: Organisation, bench: WorkBench
) -> None:
    acme.pulls = {"pay": [pull(1), pull(2, labels=[{"name": "ai-assisted"}]), pull(3, None)]}
    acme.reviews = {
        1: [review(1), review(2, ANA, "COMMENTED"), review(3, RABBIT, "COMMENTED"), review(4, state="PENDING")],
        3: [review(5, at="2026-11-12T09:00:00Z"), review(6, None)],
    }

    made = bench.sync()

    assert made.error == ""
    assert bench.work() == [
        Done("2026-11-09", "Code review", "agent"),
        Done("2026-11-09", "Code review", items=2, accepted=2),
        Done("2026-11-10", "Payments", "assisted"),
        Done("2026-11-10", "Payments"),
        Done("2026-11-12", "Code review"),
    ]


def test_changes_that_somebody_else_asked_for_are_rework(acme: Organisation, bench: WorkBench) -> None:
    acme.pulls = {"pay": [pull(1), pull(2)]}
    acme.reviews = {1: [review(1, state="CHANGES_REQUESTED"), review(2)], 2: [review(3, ANA, "CHANGES_REQUESTED")]}

    bench.sync()

    assert bench.work()[1] == Done("2026-11-10", "Payments", items=2, accepted=2, reworked=1)


def test_a_bots_pull_request_is_an_agents_and_a_rule_can_go_by_the_bot(acme: Organisation, bench: WorkBench) -> None:
    acme.pulls = {"web": [pull(1, user=RENOVATE), pull(2)]}

    made = bench.sync()

    assert bench.work() == [Done("2026-11-10", "Dependencies", "agent")]
    (told,) = made.unmapped.to_json()
    assert (told["item"], told["values"]) == ("pull request", {"repository": {"acme/web": 1, "web": 1}})


@pytest.mark.parametrize(
    ("user", "bot"),
    [(ANA, False), (RENOVATE, True), (RABBIT, True), ({}, False), ({"login": "robot", "type": "User"}, False)],
)
def test_a_bot_is_known_by_its_type_or_by_the_end_of_its_login(user: Mapping[str, Any], bot: bool) -> None:
    assert is_bot(user) is bot


def test_lists_are_read_page_by_page_and_no_further_than_what_has_changed(acme: Organisation, bench: WorkBench) -> None:
    acme.pulls = {name: [] for name in ("a", "b", "web", "pay")}
    acme.pulls["pay"] = [pull(n) for n in range(1, 8)] + [pull(n, "2020-01-01T00:00:00Z") for n in range(10, 40)]
    acme.reviews = {7: [review(n) for n in range(1, 6)]}

    bench.sync()

    assert [(done.workflow, done.items) for done in bench.work()] == [("Code review", 5), ("Payments", 7)]
    listed = [call for call in bench.server.calls if call.path == "/repos/acme/pay/pulls"]
    assert len(listed) == (4 + 1) * 3  # 7 of 37 and a look back, in each of the three steps of a first pass


def test_one_that_changes_while_the_list_is_read_is_not_passed_over(acme: Organisation, bench: WorkBench) -> None:
    acme.pulls = {"pay": [pull(n, f"2026-11-{20 - n:02d}T10:00:00Z") for n in range(1, 8)]}
    acme.moving = 6

    bench.sync()

    assert sum(done.items for done in bench.work()) == 7


def test_an_organisation_that_is_not_set_has_no_place_in_the_feeds_name() -> None:
    assert (REPORT.feed_name({}), REPORT.feed_name({ORG: "acme"})) == ("pull requests", "pull requests acme")


def test_reviews_are_asked_for_where_a_rule_makes_something_of_them_alone(acme: Organisation, bench: WorkBench) -> None:
    bench.rules("github,,repository,acme/pay,Payments,")
    acme.pulls = {"pay": [pull(1), pull(2, None)], "web": [pull(3), pull(4)]}

    bench.sync()

    asked = {call.path for call in bench.server.calls if call.path.endswith("/reviews")}
    assert asked == {"/repos/acme/pay/pulls/1/reviews"}


def test_a_repository_that_is_gone_leaves_the_others_alone_and_takes_its_last_days_with_it(
    acme: Organisation, bench: WorkBench
) -> None:
    acme.pulls = {"pay": [pull(1)], "pay-old": [pull(2), pull(3, "2026-10-01T10:00:00Z")]}
    bench.sync()
    acme.gone = frozenset({"pay-old"})

    assert bench.sync().removed == 1
    assert [(done.day, done.items) for done in bench.work()] == [("2026-10-01", 1), ("2026-11-10", 1)]


def test_a_label_that_comes_later_moves_an_item_to_another_workflow(acme: Organisation, bench: WorkBench) -> None:
    bench.rules("github,,label,bug,Upkeep,", "github,,repository,pay,Payments,")
    acme.pulls = {"pay": [pull(1)]}
    bench.sync()
    bench.now += timedelta(days=1)
    acme.pulls = {"pay": [pull(1, labels=[{"name": "bug"}], updated_at="2026-11-21T08:00:00Z")]}

    assert bench.sync().changed == 1
    assert [done.workflow for done in bench.work()] == ["Upkeep"]


def test_a_token_that_may_not_read_the_repositories_is_told_what_it_lacks(acme: Organisation, bench: WorkBench) -> None:
    acme.pulls = {"pay": [pull(1)]}
    bench.server.fail(Fault.FORBIDDEN, where="/orgs/")

    assert "read access to the repositories and their pull requests" in bench.sync().error


def test_a_token_for_copilot_alone_is_no_failure_where_no_rule_is_about_pull_requests(bench: WorkBench) -> None:
    bench.rules("jira,,type,Bug,Upkeep,")
    bench.server.fail(Fault.FORBIDDEN, where="/orgs/")

    made = bench.sync()

    assert (made.error, made.days) == ("", 0)
    assert "no rule is about pull requests" in made.withheld
