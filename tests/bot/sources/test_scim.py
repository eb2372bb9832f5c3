"""A directory that speaks SCIM 2.0, as Okta, Entra and Google write it, over real HTTP on loopback."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from bot.sources.base import Asked, SourceChanged, SourceRefused
from bot.sources.scim import SCIM, TOKEN, Listed, roster, snapshot
from storage.records import Period
from storage.roster_records import Kind, PersonRecord, RosterSnapshot, TeamRecord
from tests.bot.sources.faults import Fault
from tests.bot.sources.server import Answer, Call, Route, Vendor, VendorServer

CORE = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
TODAY = date(2026, 11, 10)

# As Okta writes them: everything declared, groups on the user, the manager by id with a name.
OKTA = {
    "schemas": [CORE, ENTERPRISE],
    "id": "00u1",
    "externalId": "E1001",
    "userName": "ada@acme.example",
    "name": {"givenName": "Ada", "familyName": "Lund"},
    "displayName": "Ada Lund",
    "title": "Staff Engineer",
    "userType": "Employee",
    "active": True,
    "emails": [
        {"value": "Ada.L@Old.example", "type": "other"},
        {"value": "ada@acme.example", "type": "work", "primary": True},
    ],
    "groups": [{"value": "g9", "display": "VPN users"}],
    ENTERPRISE: {
        "employeeNumber": "1001",
        "department": "Payments",
        "division": "R&D",
        "manager": {"value": "00u2", "displayName": "Cy Dahl"},
    },
    "meta": {"resourceType": "User", "created": "2025-01-02T03:04:05Z"},
}
# As Entra writes them: yes and no as text, attributes in other cases and of its own, the manager in a list.
ENTRA = {
    "Schemas": [CORE, ENTERPRISE.upper()],
    "ID": "00u2",
    "UserName": "cy_acme.example#EXT#@acme.example",
    "Active": "True",
    "DisplayName": "Cy Dahl",
    "Emails": [{"Primary": "True", "Type": "work", "Value": "cy@acme.example"}],
    "Addresses": [{"type": "work", "locality": "Oslo", "country": "NO"}],
    "urn:ietf:params:scim:schemas:extension:acme:2.0:User": {"badge": 7},
    ENTERPRISE.upper(): {"Department": "Payments", "Division": "R&D", "Manager": [{"managerId": "00u1"}]},
    "onPremisesImmutableId": {"odd": [1, None]},
}
# As Google writes them: addresses as bare texts, no extension, groups alone.
GOOGLE = {"id": "00u3", "userName": "bo@acme.example", "emails": ["bo@acme.example"], "userType": "contingent worker"}
GONE = {"id": "00u4", "userName": "di@acme.example", "active": "False", "displayName": "Di"}
GROUPS = [
    {"id": "g1", "displayName": "Platform", "members": [{"value": "00u3"}, {"value": "00u2"}]},
    {"id": "g2", "displayName": "Everybody", "members": [{"value": user} for user in ("00u1", "00u2", "00u3", "g1")]},
]

ADA = PersonRecord(
    native_id="00u1",
    email="ada@acme.example",
    name="Ada Lund",
    teams=("Payments",),
    title="Staff Engineer",
    manager_email="cy@acme.example",
    start=date(2025, 1, 2),
    also=("ada.l@old.example",),
    ids=("E1001", "1001"),
)
CY = PersonRecord(
    native_id="00u2",
    email="cy@acme.example",
    name="Cy Dahl",
    teams=("Payments",),
    manager_email="ada@acme.example",
    location="Oslo",
    also=("cy_acme.example#ext#@acme.example",),
)
BO = PersonRecord(
    native_id="00u3",
    email="bo@acme.example",
    name="bo@acme.example",
    teams=("Platform", "Everybody"),
    kind=Kind.CONTRACTOR,
)


@dataclass
class Directory(Vendor):
    """A directory below a path, that gives at most `most` resources at once."""

    users: Sequence[Any] = field(default_factory=lambda: [OKTA, ENTRA, GOOGLE, GONE])
    groups: Sequence[Any] | None = field(default_factory=lambda: GROUPS)
    below: str = ""
    most: int = 2
    total: int | None = None
    deaf: bool = False  # to startIndex

    def routes(self) -> Mapping[str, Route]:
        there: dict[str, Route] = {f"{self.below}/Users": lambda call: self.page(self.users, call)}
        if self.groups is not None:
            groups = self.groups
            there[f"{self.below}/Groups"] = lambda call: self.page(groups, call)
        return there

    def page(self, resources: Sequence[Any], call: Call) -> Any:
        assert "application/scim+json" in call.headers["accept"]
        start = 1 if self.deaf else call.number("startIndex", 1)
        shown = resources[start - 1 : start - 1 + min(self.most, call.number("count", 100))]
        total = len(resources) if self.total is None else self.total
        body = {"totalResults": total, "startIndex": start, "itemsPerPage": len(shown), "Resources": [*shown]}
        return Answer(body, headers={"Content-Type": "application/scim+json"})


@contextmanager
def served(directory: Directory) -> Iterator[VendorServer]:
    with VendorServer(directory) as server:
        yield server


def read(server: VendorServer) -> RosterSnapshot:
    with server.http(SCIM) as http:
        return roster(Asked(http=http, period=Period(TODAY, TODAY), settings={}))


def test_what_three_directories_send_is_one_roster() -> None:
    with served(Directory()) as server:
        found = read(server)

    assert found == RosterSnapshot(
        people=(ADA, CY, BO),
        teams=(TeamRecord(name="Payments", parent="R&D"), TeamRecord(name="Platform", parent="Everybody")),
    )


def test_pages_follow_what_the_service_gives_and_not_what_was_asked_for() -> None:
    with served(Directory(most=1)) as server:
        assert len(read(server).people) == 3

        asked = [call.first("startIndex") for call in server.calls if call.path == "/Users"]
        assert asked == ["1", "2", "3", "4"]


@pytest.mark.parametrize("below", ["", "/scim/v2", "/v2"])
def test_the_resources_are_found_below_the_address(below: str) -> None:
    with served(Directory(below=below)) as server:
        assert len(read(server).people) == 3


def test_a_directory_without_groups_gives_departments_alone() -> None:
    with served(Directory(groups=None)) as server:
        assert [person.teams for person in read(server).people] == [("Payments",), ("Payments",), ()]


def test_where_the_service_has_more_than_it_gives_nobody_is_taken_to_have_left() -> None:
    with served(Directory(total=9)) as server:
        assert not read(server).complete


def test_a_service_that_gives_its_first_page_for_ever_is_refused() -> None:
    with served(Directory(deaf=True)) as server, pytest.raises(SourceChanged, match="the same page again"):
        read(server)


@pytest.mark.parametrize("fault", [Fault.CUT, Fault.HTML, Fault.BROKEN, Fault.LIMITED])
def test_a_page_that_fails_fails_the_whole_of_it(fault: Fault) -> None:
    with served(Directory()) as server:
        server.fail(fault, times=1)
        assert len(read(server).people) == 3  # once is tried again

        server.fail(Fault.FORBIDDEN, where="/Users")
        with pytest.raises(SourceRefused, match=TOKEN):
            read(server)


def test_an_odd_user_is_left_out_alone_and_stays_who_they_were() -> None:
    users = [OKTA, {"id": "00u7", "displayName": "No Address"}, {**GOOGLE, "emails": 7, "groups": "x", "name": []}]
    found = snapshot(Listed(users, complete=True), Listed([None], complete=True))

    assert [person.email for person in found.people] == ["ada@acme.example", "bo@acme.example"]
    assert found.unread == {"00u7"}
    assert found.complete


@pytest.mark.parametrize(
    ("emails", "main"),
    [
        (["own@home.example", {"value": "work@acme.example", "type": "Work"}], "work@acme.example"),
        ([{"value": "own@home.example", "type": "home"}], "bo@acme.example"),
        ([{"value": "own@home.example", "primary": "true"}], "own@home.example"),
        ([], "bo@acme.example"),
        (None, "bo@acme.example"),
    ],
)
def test_the_main_address(emails: Any, main: str) -> None:
    found = snapshot(Listed([{**GOOGLE, "emails": emails}], complete=True), Listed([], complete=True))

    assert found.people[0].email == main


@pytest.mark.parametrize("odd", [None, "x", {"userName": "ed@acme.example"}])
def test_somebody_without_an_id_may_be_anybody_so_that_nobody_has_left(odd: Any) -> None:
    assert not snapshot(Listed([OKTA, odd], complete=True), Listed([], complete=True)).complete


def test_a_department_of_two_divisions_is_below_none() -> None:
    other = {**OKTA, "id": "2", ENTERPRISE: {"department": "Payments", "division": "Sales"}}

    assert snapshot(Listed([OKTA, other], complete=True), Listed([], complete=True)).teams == ()


def test_a_guest_of_another_organisation_is_nobody_here() -> None:
    assert snapshot(Listed([{**OKTA, "userType": "Guest"}], complete=True), Listed([], complete=True)).people == ()
