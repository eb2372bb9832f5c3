"""Who a Slack user is: Slack's id to the e-mail the roster knows, asked once and kept for a while."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Lock
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.api.calls import RetryingCalls, failure

TTL_SECONDS = 600.0
MAX_KEPT = 20_000
PAGE = 200  # Slack advises no more
NOBODY = frozenset({"user_not_found", "user_not_visible", "users_not_found"})

STRANGER = (
    "I cannot tell who you are: Slack gives me no confirmed e-mail address of this workspace for you, "
    "so I cannot tell what you may see. Ask an admin to add one to your profile."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackUser:
    """A user as Slack knows them. `email` is "" where it proves nothing: an outsider's, an unconfirmed one."""

    id: str
    email: str = ""
    name: str = ""
    full_member: bool = False
    bot: bool = False
    active: bool = True


def slack_user(data: Mapping[str, Any], team: str, enterprise: str = "") -> SlackUser:
    """The user in a `users.info` or `users.list` entry, seen from our workspace.

    Another organisation sets its people's e-mails itself, so that one of theirs may carry an address of ours: only a
    member of our own workspace (or of its organisation) is who the address says.
    """
    profile = data.get("profile") or {}
    ours = data.get("team_id", team) == team or (
        bool(enterprise) and (data.get("enterprise_user") or {}).get("enterprise_id") == enterprise
    )
    active = not data.get("deleted")
    ours = ours and active and not data.get("is_stranger")
    bot = bool(data.get("is_bot")) or data.get("id") == "USLACKBOT"
    proven = ours and not bot and data.get("is_email_confirmed", True)
    return SlackUser(
        id=str(data.get("id", "")),
        email=str(profile.get("email") or "").strip().lower() if proven else "",
        name=str(profile.get("real_name") or data.get("real_name") or data.get("name") or ""),
        full_member=ours and not data.get("is_restricted") and not data.get("is_ultra_restricted"),
        bot=bot,
        active=active,
    )


class People:
    """Looks users up, and the whole workspace at once where a channel's readers are wanted."""

    def __init__(self, waiting: RetryingCalls, clock: Callable[[], float]) -> None:
        self._waiting = waiting
        self._clock = clock
        self._lock = Lock()
        self._kept: dict[tuple[str, str], tuple[float, SlackUser]] = {}
        self._lists: dict[str, tuple[float, Mapping[str, SlackUser]]] = {}
        self._listing: dict[str, Future[Mapping[str, SlackUser]]] = {}

    def find(self, client: WebClient, team: str, user: str, enterprise: str = "") -> SlackUser | None:
        """The user; None where Slack knows none of that id. Raises what the call raises otherwise."""
        with self._lock:
            kept = self._kept.get((team, user))
        if kept and kept[0] > self._clock():
            return kept[1]
        try:
            response = self._waiting.read(lambda: client.users_info(user=user))
        except SlackApiError as error:
            if failure(error).code in NOBODY:
                return None
            raise
        found = slack_user(response["user"], team, enterprise)
        with self._lock:
            if len(self._kept) >= MAX_KEPT:
                self._kept.clear()
            self._kept[team, user] = (self._clock() + TTL_SECONDS, found)
        return found

    def everyone(self, client: WebClient, team: str, enterprise: str = "") -> Mapping[str, SlackUser]:
        """All users of the workspace by id; asked by one thread, whose answer or failure those who come meanwhile
        share: of a Slack that hangs each hears as soon as the first."""
        with self._lock:
            kept = self._lists.get(team)
            if kept and kept[0] > self._clock():
                return kept[1]
            under_way = self._listing.get(team)
            asked = under_way or self._listing.setdefault(team, Future())
        if under_way:
            return under_way.result()
        try:
            found = self._list(client, team, enterprise)
        except BaseException as error:
            self._ended(team)
            asked.set_exception(error)
            raise
        self._ended(team, found)
        asked.set_result(found)
        return found

    def _ended(self, team: str, found: Mapping[str, SlackUser] | None = None) -> None:
        with self._lock:
            del self._listing[team]
            if found is not None:
                self._lists[team] = (self._clock() + TTL_SECONDS, found)

    def _list(self, client: WebClient, team: str, enterprise: str) -> Mapping[str, SlackUser]:
        found: dict[str, SlackUser] = {}
        cursor = ""
        while True:
            page = self._page(client, cursor)
            for data in page.get("members", []):
                user = slack_user(data, team, enterprise)
                found[user.id] = user
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return found

    def _page(self, client: WebClient, cursor: str) -> Mapping[str, Any]:
        response = self._waiting.read(lambda: client.users_list(limit=PAGE, cursor=cursor or None))
        data = response.data
        return data if isinstance(data, dict) else {}
