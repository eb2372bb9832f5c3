"""Who can read a conversation, decided for its least privileged reader; what cannot be known counts as open."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.questions.answers.answer import Audience
from bot.slack.api.calls import NetworkError, RetryingCalls, failure
from bot.slack.api.people import People, SlackUser

log = logging.getLogger(__name__)

PAGE = 200
MAX_MEMBERS = 10_000  # of a channel that is looked through for guests
MAX_ASKED = 50  # members that the workspace's list does not hold


class Audiences:
    """Reads a conversation's audience from Slack, anew for every answer."""

    def __init__(self, people: People, waiting: RetryingCalls) -> None:
        self._people = people
        self._waiting = waiting

    def of(self, client: WebClient, team: str, channel: str, enterprise: str = "", own_id: str = "") -> Audience:
        """The audience of a conversation; `own_id` is the bot, who reads nothing into it."""
        if channel.startswith("D"):
            return Audience.PRIVATE
        try:
            response = self._waiting.read(lambda: client.conversations_info(channel=channel))
            if _reaches_outside(response.get("channel") or {}):
                return Audience.OPEN
            guests = self._has_guests(client, team, channel, enterprise, own_id)
            return Audience.OPEN if guests else Audience.MEMBERS
        except SlackApiError as error:
            log.warning("the readers of a channel are unknown (%s): nothing is shown there", failure(error).code)
        except NetworkError as error:
            log.warning("the readers of a channel are unknown (%s): nothing is shown there", type(error).__name__)
        return Audience.OPEN

    def takes_posts(self, client: WebClient, channel: str) -> bool:
        """Whether the bot can post in a channel: it is a member, and the channel is open."""
        try:
            found = self._waiting.read(lambda: client.conversations_info(channel=channel)).get("channel") or {}
        except SlackApiError as error:
            log.info("a channel that cannot be posted in: %s", failure(error).code)
            return False
        return bool(found.get("is_member")) and not found.get("is_archived")

    def _has_guests(self, client: WebClient, team: str, channel: str, enterprise: str, own_id: str) -> bool:
        """Whether a guest or somebody unknown is among the members; without any known member that is not known."""
        everyone = self._everyone(client, team, enterprise)
        asked = count = 0
        for count, user in enumerate(self._members(client, channel), start=1):
            if user == own_id:
                continue
            known = everyone.get(user)
            if known is None:
                asked += 1
                known = self._people.find(client, team, user, enterprise) if asked <= MAX_ASKED else None
            if known is None or _guest(known) or count > MAX_MEMBERS:
                return True
        return count == 0

    def _everyone(self, client: WebClient, team: str, enterprise: str) -> Mapping[str, SlackUser]:
        try:
            return self._people.everyone(client, team, enterprise)
        except SlackApiError as error:
            log.info("no list of users (%s): members are asked for one by one", failure(error).code)
            return {}

    def _members(self, client: WebClient, channel: str) -> Iterator[str]:
        cursor = ""
        while True:
            page = self._page(client, channel, cursor)
            yield from page.get("members", [])
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    def _page(self, client: WebClient, channel: str, cursor: str) -> Mapping[str, Any]:
        response = self._waiting.read(
            lambda: client.conversations_members(channel=channel, limit=PAGE, cursor=cursor or None)
        )
        data = response.data
        return data if isinstance(data, dict) else {}


def _guest(user: SlackUser) -> bool:
    return user.active and not user.full_member and not user.bot


def _reaches_outside(channel: Mapping[str, Any]) -> bool:
    """Shared with another organisation, or about to be; `is_org_shared` alone stays within ours."""
    outside = channel.get("is_ext_shared") or channel.get("is_pending_ext_shared")
    pending = channel.get("pending_connected_team_ids") or channel.get("pending_shared")
    unexplained = channel.get("is_shared") and not channel.get("is_org_shared")
    return bool(outside or pending or unexplained or not channel)
