"""The roster of a Slack workspace: its members, and its user groups as teams.

Source of the wire formats: Slack's Web API, users.list and usergroups.list (JSON; `ok` false with status 200 is an
error; pages by `response_metadata.next_cursor`, "" at the end). Slack knows accounts and no employment: bots, guests
and people of other organisations are nobody here, and a deactivated member has left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from bot.sources.base import Asked, Http, SourceDown, SourceRefused, SourceWithheld, VendorSource
from bot.sources.paging import paged, paged_post
from bot.sources.values import count, inner, listed, text, texts
from storage.roster_records import PersonRecord, RosterSnapshot

TOKEN = "SLACK_BOT_TOKEN"  # a setting's name
NO_GET = (404, 405)  # some that stand for Slack take POST alone, as its SDKs send it
PAGE = 200  # Slack advises no more
SLACKBOT = "USLACKBOT"
SHOWN = 5  # people: a group as small as a team may be and still be shown
LIMITED = frozenset({"ratelimited", "rate_limited", "service_unavailable", "internal_error", "fatal_error"})
CALLS = {"users.list": "users:read", "usergroups.list": "usergroups:read"}


def roster(asked: Asked) -> RosterSnapshot:
    """Everybody whom the workspace has now. Raises SourceWithheld where the app may not read it."""
    us = asked.http.get("/auth.test", allowed=NO_GET)
    posting = us.status in NO_GET
    we = _said("auth.test", asked.http.post("/auth.test", {}).body if posting else us.body)
    members = [member for page in _members(asked.http, posting) for member in page]
    return snapshot(members, _groups(asked.http, posting), we.get("team_id") or "", we.get("enterprise_id") or "")


def snapshot(
    members: Iterable[Mapping[str, Any]], groups: Iterable[Mapping[str, Any]], team: str = "", enterprise: str = ""
) -> RosterSnapshot:
    """The roster of users.list and usergroups.list, as the workspace `team` sees them."""
    own = [member for member in members if is_member(member, team, enterprise)]
    proven = [member for member in own if _email(member)]
    if own and not proven:
        raise SourceWithheld(
            "Slack gives the app no e-mails, so that its members are no roster: add the scope users:read.email"
        )
    teams = teams_of(groups)
    return RosterSnapshot(
        people=tuple(_person(member, teams.get(text(member, "id", needed=True), ())) for member in proven),
        unread=frozenset(text(member, "id", needed=True) for member in own if not _email(member)),
    )


def is_member(member: Mapping[str, Any], team: str, enterprise: str) -> bool:
    """Whether it is a person who belongs to the workspace, now."""
    if member.get("deleted") or member.get("is_bot") or member.get("is_app_user"):
        return False
    if text(member, "id", needed=True) == SLACKBOT or member.get("is_workflow_bot") or member.get("is_stranger"):
        return False
    if member.get("is_restricted") or member.get("is_ultra_restricted"):
        return False
    at_home = inner(member, "enterprise_user").get("enterprise_id")
    return not team or member.get("team_id", team) == team or (bool(enterprise) and at_home == enterprise)


def teams_of(groups: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """The names of each member's groups, the likeliest team first.

    That is the smallest group that is large enough to be shown: those above it are departments, those below it duties.
    """
    found: dict[str, list[tuple[tuple[bool, int], str]]] = {}
    for group in groups:
        users = [*dict.fromkeys(texts(group, "users"))]
        if count(group, "date_delete") or not users:
            continue
        size = len(users)
        rank = (size < SHOWN, -size if size < SHOWN else size)
        for user in users:
            found.setdefault(user, []).append(
                (rank, text(group, "name") or text(group, "handle") or text(group, "id", needed=True))
            )
    return {user: tuple(dict.fromkeys(name for _, name in sorted(own))) for user, own in found.items()}


def _person(member: Mapping[str, Any], teams: Sequence[str]) -> PersonRecord:
    profile = inner(member, "profile")
    return PersonRecord(
        native_id=text(member, "id", needed=True),
        email=_email(member),
        name=text(profile, "real_name") or text(member, "real_name") or text(profile, "display_name") or _email(member),
        teams=tuple(teams),
        title=text(profile, "title"),
        start=_day(text(profile, "start_date")),
    )


def _email(member: Mapping[str, Any]) -> str:
    """The address, "" where it proves nothing."""
    confirmed = member.get("is_email_confirmed", True)
    return text(inner(member, "profile"), "email").strip().lower() if confirmed else ""


def _day(said: Any) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(str(said or "")[:10])
    return None


def _members(http: Http, posting: bool) -> Iterator[Sequence[Mapping[str, Any]]]:
    ask = paged_post if posting else paged
    for body in ask(http, "/users.list", {"limit": PAGE}, send="cursor", next_of=_next):
        yield listed(_said("users.list", body), "members", needed=True)


def _next(body: Any) -> Any:
    return text(inner(body, "response_metadata"), "next_cursor") or None


def _groups(http: Http, posting: bool) -> Sequence[Mapping[str, Any]]:
    ask = http.post if posting else http.get
    said = ask("/usergroups.list", {"include_users": "true"})
    found: Sequence[Mapping[str, Any]] = listed(_said("usergroups.list", said.body), "usergroups", needed=True)
    return found


def _said(call: str, body: Any) -> Mapping[str, Any]:
    """What Slack answered. Raises what its error means."""
    answer: Mapping[str, Any] = body if isinstance(body, Mapping) else {}
    if answer.get("ok"):
        return answer
    error = str(answer.get("error") or "no answer")
    if error == "missing_scope":
        scope = answer.get("needed") or CALLS.get(call, "")
        raise SourceWithheld(f"Slack does not let the app read its members and groups: add the scope {scope}")
    if error in LIMITED:
        raise SourceDown(f"Slack cannot answer now ({error}); the next pass tries again")
    raise SourceRefused(f"Slack refuses {call} ({error}); check {TOKEN}, and install the app anew if it was removed")


SLACK = VendorSource(
    name="slack",
    label="Slack",
    base_url="https://slack.com/api",
    address="SLACK_API_URL",
    needs=(TOKEN,),
    headers=lambda settings: {"Authorization": f"Bearer {settings[TOKEN]}"},
    reports=(),
    roster=roster,
    key_is="the bot token of the app",
    every_minutes=24 * 60,
)
