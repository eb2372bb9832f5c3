"""The roster of a directory that speaks SCIM 2.0: users as people, departments (else groups) as teams.

Source of the wire format: RFC 7643 and 7644, and what Okta, Entra and Google make of them: names of attributes in any
case, "True" and "False" as text, attributes that nobody declared. Each user is read alone, so that an odd one fails
alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.sources.base import Asked, Http, SourceChanged, VendorSource
from bot.sources.values import required
from bot.sources.worker_types import kind_of
from storage.roster_records import PersonRecord, RosterSnapshot, TeamRecord

TOKEN, URL = "FULCRUM_SCIM_TOKEN", "FULCRUM_SCIM_URL"  # names of settings
PAGE = 100
MOST = 2_000_000  # resources of a kind
BELOW = ("", "/scim/v2", "/v2")  # where services keep their resources below the address that somebody sets
ENTERPRISE = "extension:enterprise:2.0:user"
GUESTS = frozenset({"guest"})  # of another organisation: nobody here


@dataclass(frozen=True, slots=True)
class Listed:
    """The resources of one kind; `complete` says whether the service gave as many as it says there are."""

    resources: Sequence[Any]
    complete: bool


class Attributes:
    """A resource as SCIM means it: names in any case, values of one kind."""

    def __init__(self, resource: Any) -> None:
        if not isinstance(resource, Mapping):
            raise SourceChanged("the directory gives a resource that is no object; its format may have changed")
        self._values = {str(name).lower(): value for name, value in resource.items()}

    def value(self, name: str) -> Any:
        """Whatever it has under a name, None where it has nothing."""
        return self._values.get(name.lower())

    def text(self, name: str) -> str:
        """The same as a text, "" where it is none."""
        value = self.value(name)
        return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""

    def yes(self, name: str, unsaid: bool) -> bool:
        """The same as a yes or no, which some write as a text."""
        value = self.value(name)
        if isinstance(value, str):
            return value.strip().lower() == "true" if value.strip() else unsaid
        return unsaid if value is None else bool(value)

    def part(self, ending: str) -> Attributes:
        """The object under a name that ends so (a schema's extension), an empty one where there is none."""
        found = (value for name, value in self._values.items() if name.endswith(ending))
        return Attributes(next((value for value in found if isinstance(value, Mapping)), {}))

    def items(self, name: str) -> list[Attributes]:
        """The values of an attribute that has several; a bare text is its value."""
        value = self.value(name)
        listed = value if isinstance(value, list) else [] if value is None else [value]
        return [Attributes(item if isinstance(item, Mapping) else {"value": item}) for item in listed]


def roster(asked: Asked) -> RosterSnapshot:
    """Everybody whom the directory has now."""
    below, users = _users(asked.http)
    return snapshot(users, _listed(asked.http, f"{below}/Groups", optional=True))


def snapshot(users: Listed, groups: Listed) -> RosterSnapshot:
    """The roster of all users and groups."""
    found = [Attributes(user) for user in users.resources if isinstance(user, Mapping)]
    teams = [Attributes(group) for group in groups.resources if isinstance(group, Mapping)]
    emails = {user.text("id"): _emails(user) for user in found}
    members = _members(teams)
    people, unread, nameless = [], set[str](), len(users.resources) - len(found)
    for user in found:
        if not _is_here(user):
            continue
        if not user.text("id"):
            nameless += 1
        elif not emails[user.text("id")]:
            unread.add(user.text("id"))
        else:
            people.append(_person(user, emails, members.get(user.text("id"), [])))
    return RosterSnapshot(
        people=tuple(people),
        teams=(*_divisions(found), *_nested(teams)),
        unread=frozenset(unread),
        complete=users.complete and groups.complete and not nameless,
    )


def _person(user: Attributes, emails: Mapping[str, Sequence[str]], groups: Sequence[str]) -> PersonRecord:
    own, more = emails[user.text("id")], user.part(ENTERPRISE)
    department = more.text("department") or user.text("department")
    inline = [group.text("display") for group in user.items("groups")]
    return PersonRecord(
        native_id=user.text("id"),
        email=own[0],
        name=_name(user) or own[0],
        teams=tuple(dict.fromkeys(filter(None, (department,) if department else (*groups, *inline)))),
        title=user.text("title"),
        manager_email=_manager(more, emails),
        kind=kind_of(user.text("userType")),
        location=_location(user),
        start=_day(user.part("meta").text("created")),
        also=tuple(own[1:]),
        ids=tuple(filter(None, (user.text("externalId"), more.text("employeeNumber")))),
    )


def _is_here(user: Attributes) -> bool:
    return user.yes("active", unsaid=True) and user.text("userType").lower() not in GUESTS


def _emails(user: Attributes) -> list[str]:
    """The addresses, the main one first: the primary one, else that of work, else the name they sign in with."""
    found = {item.text("value"): _rank(item) for item in reversed(user.items("emails"))}
    found.setdefault(user.text("userName"), 2)
    ranked = sorted((address for address in found if "@" in address), key=lambda address: found[address])
    return [*dict.fromkeys(address.lower() for address in ranked)]


def _rank(email: Attributes) -> int:
    if email.yes("primary", unsaid=False):
        return 0
    return 1 if email.text("type").lower() == "work" else 3


def _name(user: Attributes) -> str:
    name = user.part("name")
    whole = " ".join(filter(None, (name.text("givenName"), name.text("familyName"))))
    return user.text("displayName") or name.text("formatted") or whole


def _manager(more: Attributes, emails: Mapping[str, Sequence[str]]) -> str:
    """The manager's address; most name the manager by id."""
    for manager in more.items("manager"):
        said = manager.text("value") or manager.text("managerId") or manager.text("$ref").rpartition("/")[2]
        if emails.get(said):
            return emails[said][0]
        if "@" in said:
            return said.lower()
    return ""


def _location(user: Attributes) -> str:
    places = user.items("addresses")
    ranked = sorted(places, key=lambda place: (not place.yes("primary", unsaid=False), place.text("type") != "work"))
    return next((place.text("locality") for place in ranked if place.text("locality")), "")


def _members(groups: Iterable[Attributes]) -> dict[str, list[str]]:
    """The groups that each user is in, the smallest first."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for group in groups:
        members = {member.text("value") for member in group.items("members")}
        for member in members:
            found[member].append((len(members), group.text("displayName")))
    return {member: [name for _, name in sorted(own)] for member, own in found.items()}


def _divisions(users: Iterable[Attributes]) -> Iterator[TeamRecord]:
    """Each department below the division that all of it is in."""
    divisions: dict[str, Counter[str]] = defaultdict(Counter)
    for user in users:
        more = user.part(ENTERPRISE)
        if more.text("department") and _is_here(user):
            divisions[more.text("department")][more.text("division")] += 1
    for department, found in sorted(divisions.items()):
        (division, _), *others = found.most_common()
        if division and not others and division.lower() != department.lower():
            yield TeamRecord(name=department, parent=division)


def _nested(groups: Sequence[Attributes]) -> Iterator[TeamRecord]:
    """Each group below the one that has it as a member."""
    names = {group.text("id"): group.text("displayName") for group in groups}
    for group in groups:
        for member in group.items("members"):
            inner = names.get(member.text("value"), "")
            if inner and inner != group.text("displayName"):
                yield TeamRecord(name=inner, parent=group.text("displayName"))


def _day(said: str) -> date | None:
    with suppress(ValueError):
        return datetime.fromisoformat(said).date()
    return None


def _users(http: Http) -> tuple[str, Listed]:
    """The users, and below which path the service keeps its resources."""
    for below in BELOW:
        allowed = (404,) if below != BELOW[-1] else ()
        reply = http.get(f"{below}/Users", {"startIndex": 1, "count": PAGE}, allowed=allowed)
        if reply.status < 400:
            return below, _collected(http, f"{below}/Users", reply.body)
    raise AssertionError("the last of them is not allowed to fail")


def _listed(http: Http, path: str, optional: bool) -> Listed:
    reply = http.get(path, {"startIndex": 1, "count": PAGE}, allowed=(403, 404, 501) if optional else ())
    return Listed((), True) if reply.status >= 400 else _collected(http, path, reply.body)


def _collected(http: Http, path: str, body: Any) -> Listed:
    """All resources from the first page on; a page may have fewer than were asked for, and one may come twice."""
    found: dict[str, Any] = {}
    at, said = 1, 0
    while True:
        page = Attributes(body)
        resources = page.value("Resources") or []
        if not isinstance(resources, list) or (
            at == 1 and not resources and page.text("totalResults") not in ("", "0")
        ):
            raise SourceChanged("the directory's answer has no list “Resources”; its format may have changed")
        said = max(said, _total(page, len(resources)))
        fresh = {_key(resource, at + place): resource for place, resource in enumerate(resources)}
        if resources and at > 1 and fresh.keys() <= found.keys():
            raise SourceChanged("the directory gives the same page again, so that its pages have no end; try later")
        found |= fresh
        at += len(resources)
        if not resources or at > said or at > MOST:
            return Listed([*found.values()], len(found) >= said)
        body = http.get(path, {"startIndex": at, "count": PAGE}).body


def _total(page: Attributes, there: int) -> int:
    total = page.text("totalResults")
    if not total.isdigit() and there:
        required({}, "totalResults")
    return int(total or 0)


def _key(resource: Any, place: int) -> str:
    return (Attributes(resource).text("id") if isinstance(resource, Mapping) else "") or f"number {place}"


SCIM = VendorSource(
    name="scim",
    label="the directory (SCIM)",
    base_url="",
    needs=(TOKEN, URL),
    headers=lambda settings: {
        "Authorization": f"Bearer {settings[TOKEN]}",
        "Accept": "application/scim+json, application/json",
    },
    reports=(),
    roster=roster,
    meanings={
        TOKEN: "reads the roster from a directory that speaks SCIM 2.0 (Okta, Entra, Google and others)",
        URL: "where that directory is, such as `https://acme.example/scim/v2`",
    },
    key_is="a bearer token that may read users and groups",
    every_minutes=6 * 60,
)
