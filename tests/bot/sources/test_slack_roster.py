"""The members of a Slack workspace as a roster, and its user groups as teams, over real HTTP on loopback."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from bot.sources.base import Asked, SourceDown, SourceRefused, SourceWithheld
from bot.sources.http.client import open_http
from bot.sources.slack_roster import SLACK, TOKEN, roster, snapshot, teams_of
from storage.records import Period
from storage.roster_records import PersonRecord, RosterSnapshot
from tests.bot.sources.faults import Fault
from tests.bot.sources.server import Call, Route, Vendor, VendorServer, patient
from tests.fakes.slack_api import BOT, FakeSlack

TODAY = date(2026, 11, 10)


def member(name: str, **more: Any) -> dict[str, Any]:
    profile = {"real_name": name.title(), "email": f"{name.title()}@acme.example", **more.pop("profile", {})}
    return {"id": f"U{name}", "team_id": "T1", "name": name, "profile": profile, **more}


ADA = member("ada", profile={"title": "Engineer", "start_date": "2025-01-02"})
BO = member("bo")
NOBODY = [
    member("left", deleted=True),
    member("bot", is_bot=True),
    member("flow", is_app_user=True),
    member("guest", is_restricted=True),
    member("single", is_ultra_restricted=True),
    member("stranger", is_stranger=True),
    member("partner", team_id="T2"),
    {**member("slackbot"), "id": "USLACKBOT"},
]
GROUPS = [
    {"id": "S1", "handle": "platform", "name": "Platform", "users": ["Uada", "Ubo"], "date_delete": 0},
    {"id": "S2", "handle": "old", "name": "Old", "users": ["Uada"], "date_delete": 1_700_000_000},
    {"id": "S3", "handle": "empty", "name": "Empty", "users": []},
]


@dataclass
class Workspace(Vendor):
    """A workspace that gives two members a page."""

    members: Sequence[Any] = field(default_factory=lambda: [ADA, *NOBODY, BO])
    refused: dict[str, str] = field(default_factory=dict)

    def routes(self) -> Mapping[str, Route]:
        return {"/auth.test": self.auth, "/users.list": self.users, "/usergroups.list": self.groups}

    def auth(self, call: Call) -> Any:
        return self._refused("auth.test") or {"ok": True, "team_id": "T1"}

    def users(self, call: Call) -> Any:
        start = int(call.first("cursor") or 0)
        there = start + 2 < len(self.members)
        told = {"next_cursor": str(start + 2) if there else ""}
        page = [*self.members[start : start + 2]]
        return self._refused("users.list") or {"ok": True, "members": page, "response_metadata": told}

    def groups(self, call: Call) -> Any:
        assert call.first("include_users") == "true"
        return self._refused("usergroups.list") or {"ok": True, "usergroups": GROUPS}

    def _refused(self, call: str) -> Any:
        return {"ok": False, "error": self.refused[call]} if call in self.refused else None


def read(server: VendorServer) -> RosterSnapshot:
    with server.http(SLACK) as http:
        return roster(Asked(http=http, period=Period(TODAY, TODAY), settings={}))


def test_full_members_are_people_and_their_groups_are_teams() -> None:
    with VendorServer(Workspace()) as server:
        found = read(server)

    ada = PersonRecord(
        native_id="Uada",
        email="ada@acme.example",
        name="Ada",
        teams=("Platform",),
        title="Engineer",
        start=date(2025, 1, 2),
    )
    bo = PersonRecord(native_id="Ubo", email="bo@acme.example", name="Bo", teams=("Platform",))
    assert found == RosterSnapshot(people=(ada, bo))


def test_a_member_of_the_same_organisation_on_another_workspace_belongs() -> None:
    other = member("cy", team_id="T2", enterprise_user={"enterprise_id": "E1"})

    assert len(snapshot([other], [], "T1", "E1").people) == 1
    assert snapshot([other], [], "T1").people == ()


def test_an_address_that_is_not_confirmed_proves_nothing_and_its_owner_stays_as_they_were() -> None:
    found = snapshot([ADA, member("cy", is_email_confirmed=False)], [])

    assert [person.email for person in found.people] == ["ada@acme.example"]
    assert found.unread == {"Ucy"}


def test_of_several_groups_the_smallest_that_is_no_mere_duty_is_the_likeliest_team() -> None:
    def group(name: str, size: int) -> dict[str, Any]:
        return {"id": name, "name": name, "users": [f"U{n}" for n in range(size)]}

    found = teams_of([group("duty", 3), group("everybody", 40), group("pair", 2), group("team", 7)])

    assert found["U0"] == ("team", "everybody", "duty", "pair")


@pytest.mark.parametrize(
    ("call", "error", "kind", "words"),
    [
        ("usergroups.list", "missing_scope", SourceWithheld, "add the scope usergroups:read"),
        ("users.list", "missing_scope", SourceWithheld, "add the scope users:read"),
        ("users.list", "ratelimited", SourceDown, "the next pass tries again"),
        ("auth.test", "invalid_auth", SourceRefused, f"check {TOKEN}"),
    ],
)
def test_what_slack_refuses_with_status_200_is_said(call: str, error: str, kind: type[Exception], words: str) -> None:
    with VendorServer(Workspace(refused={call: error})) as server, pytest.raises(kind, match=words):
        read(server)


def test_members_without_any_address_are_no_roster() -> None:
    with pytest.raises(SourceWithheld, match=r"users:read\.email"):
        snapshot([member("ada", profile={"email": None})], [])


def test_a_limit_and_a_cut_page_are_waited_for() -> None:
    with VendorServer(Workspace()) as server:
        server.fail(Fault.LIMITED, times=2, where="/users.list")
        server.fail(Fault.CUT, times=1, where="/usergroups.list")

        assert len(read(server).people) == 2


def test_a_slack_that_takes_post_alone_is_read_likewise() -> None:
    with FakeSlack() as slack:
        slack.user("UANA", "ana@northwind.example")
        slack.user("UGIL", "gil@guest.example", is_restricted=True)
        slack.user("UEVE", "ana@northwind.example", team_id="T9", is_stranger=True)
        for number in range(250):
            slack.user(f"U{number}", f"p{number}@northwind.example")
        settings = {TOKEN: BOT, SLACK.url_setting: slack.url}
        with open_http(SLACK, settings, patient()) as http:
            found = roster(Asked(http=http, period=Period(TODAY, TODAY), settings=settings))

    assert [person.native_id for person in found.people] == ["UANA", *(f"U{number}" for number in range(250))]
