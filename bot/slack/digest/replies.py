"""What people ask of digests in Slack: the form, its subscription, previews, and the answer to an action."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk.errors import SlackApiError

from bot.digest.actions import ActionChoice
from bot.digest.details import PARTS
from bot.digest.told import as_question
from bot.errors import UserError
from bot.logs import cause
from bot.slack.api.calls import NetworkError
from bot.slack.api.clients import Clients
from bot.slack.api.people import People, SlackUser
from bot.slack.api.posting import Place, Poster
from bot.slack.blocks.parts import Message
from bot.slack.digest import blocks
from bot.slack.digest.making import DigestMaker
from bot.slack.digest.readers import Readers
from storage.keep import digests
from storage.keep.audit import record
from storage.keep.choices import record_choice
from storage.keep.digests import Subscribed

log = logging.getLogger(__name__)

WHOLE_WORDS = "the whole organisation"
STRANGER = "I cannot tell who you are: Slack gives me no confirmed e-mail address of this workspace for you."
SORRY = "Something broke on my side; nothing was changed that you did not see confirmed. Please try again."
NO_SUBSCRIPTION = "No digest is subscribed here. `/leverage subscribe` starts one."
RESUME = "`/leverage subscribe` takes it up again."
ANYWAY = "anyway"
NOT_NOW = "A digest of the old rhythm is due and cannot be made right now. Please try again in a few minutes."
THANKS = {
    ActionChoice.ACCEPT: "Noted: you take on {workflow}.",
    ActionChoice.NOT_NOW: "Noted: {workflow} not now.",
    ActionChoice.NOT_USEFUL: "Noted: {workflow} is not useful to you. It weighs on what comes next.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Who asks, where, and how to answer them alone."""

    slack_team: str
    user: str
    channel: str
    hook: str
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A pressed button of an action."""

    week: str
    workflow: str
    choice: str


@dataclass(frozen=True)
class DigestReplies:
    """Answers in a pool of its own, each time to who asked alone."""

    maker: DigestMaker
    clients: Clients
    people: People
    poster: Poster
    readers: Readers
    pool: Executor
    workspace_for: Callable[[str], int]
    send: Callable[[], object]

    def submit(self, work: Callable[[Who, Any], Sequence[Message]], who: Who, what: Any) -> None:
        """Returns at once; the answer comes from another thread."""
        self.pool.submit(self._answer, work, who, what)

    def open_form(self, who: Who, trigger: str, direct: bool) -> None:
        """Show the form; the trigger lives for three seconds, so that nothing slow comes before."""
        client = self.clients.web(who.token)
        state = json.dumps({"channel": who.channel, "hook": who.hook})
        with self.maker.digests.reading.connect() as connection:
            directory = self.maker.digests.directory(connection, self.workspace_for(who.slack_team))
        form = blocks.form(
            channel=who.channel,
            direct=direct or who.channel.startswith("D"),
            teams=[team.name for team in directory.teams],
            zone=str(self.maker.digests.settings_of(directory.workspace_id).zone),
            parts=PARTS,
            state=state,
        )
        client.views_open(trigger_id=trigger, view=form)

    def check(self, who: Who, values: Mapping[str, Any]) -> dict[str, str]:
        """What is wrong with the fields of the form, by field."""
        wrong: dict[str, str] = {}
        try:
            ZoneInfo(str(values.get("zone") or ""))
        except (KeyError, ValueError, OSError):
            wrong["zone"] = "A zone is written like Europe/Berlin."
        if values.get("place") == "channel" and not values.get("channel"):
            wrong["channel"] = "Choose a channel."
        if not values.get("time"):
            wrong["time"] = "Choose a time."
        with self.maker.digests.reading.connect() as connection:
            directory = self.maker.digests.directory(connection, self.workspace_for(who.slack_team))
        try:
            self._team(directory, values.get("team"))
        except UserError as error:
            wrong["team"] = str(error)
        return wrong

    def subscribe(self, who: Who, values: Mapping[str, Any]) -> Sequence[Message]:
        """Keep it, and say when the first one comes."""
        person = self._person(who)
        workspace_id = self.workspace_for(who.slack_team)
        direct = values["place"] == "me"
        hours, minutes = str(values["time"]).split(":")
        with self.maker.digests.reading.connect() as connection:
            team = self._team(self.maker.digests.directory(connection, workspace_id), values["team"])
        wanted = Subscribed(
            slack_team=who.slack_team,
            channel=who.user if direct else str(values["channel"]),
            team=team,
            owner=who.user,
            email=person.email,
            weekday=int(values["day"]),
            minute=int(hours) * 60 + int(minutes),
            zone=str(values["zone"]),
            every=int(values.get("every") or 1),
            parts=tuple(values.get("parts") or ()),
            since=self.maker.digests.now(),
        )
        with self.maker.digests.reading.connect() as connection:
            here = digests.of_place(connection, workspace_id, who.slack_team, wanted.channel)
        for subscription in here:
            if (
                subscription.team == wanted.team
                and subscription.state == digests.ACTIVE
                and subscription.every != wanted.every
            ):
                self._settle(workspace_id, subscription)
        with self.maker.writing.begin() as connection:
            kept = replace(wanted, id=digests.subscribe(connection, workspace_id, wanted))
        return (blocks.plain(f"Subscribed: {_about(kept)}. The first one comes {self._first(workspace_id, kept)}."),)

    def unsubscribe(self, who: Who, team: str) -> Sequence[Message]:
        """End the digests of a place; somebody else's only when it is said twice, and they are told."""
        workspace_id = self.workspace_for(who.slack_team)
        team, sure = (team[: -len(ANYWAY)].strip(), True) if f" {team}".endswith(f" {ANYWAY}") else (team, False)
        with self.maker.digests.reading.connect() as connection:
            directory = self.maker.digests.directory(connection, workspace_id)
            name = self.maker.digests.team_called(directory, team) if team else None
        place = who.user if who.channel.startswith("D") else who.channel
        with self.maker.digests.reading.connect() as connection:
            here = digests.of_place(connection, workspace_id, who.slack_team, place)
        others = [kept for kept in here if kept.owner != who.user and name in (None, kept.team)]
        if others and not sure:
            whose = " and ".join(dict.fromkeys(self._called(who, kept.owner) for kept in others))
            again = " ".join(filter(None, ("/leverage unsubscribe", team, ANYWAY)))
            return (blocks.plain(f"{whose} set up what comes here. To end it all the same: `{again}`. They are told."),)
        with self.maker.writing.begin() as connection:
            count = digests.unsubscribe(connection, workspace_id, who.slack_team, place, name)
        for kept in others:
            self._tell(who, kept)
        ended = "1 digest ends" if count == 1 else f"{count} digests end"
        return (blocks.plain(f"Done: {ended} here." if count else NO_SUBSCRIPTION),)

    def _called(self, who: Who, user: str) -> str:
        found = self.people.find(self.clients.web(who.token), who.slack_team, user)
        return found.name if found and found.name else "Somebody else"

    def _tell(self, who: Who, ended: Subscribed) -> None:
        """Who set a digest up hears who ended it."""
        said = (blocks.plain(f"{self._called(who, who.user)} ended {_about(ended)}."),)
        place = Place(team=who.slack_team, channel=ended.owner, user=ended.owner)
        try:
            self.poster.say(self.clients.web(who.token), place, said, f"digest:ended:{ended.id}")
        except (SlackApiError, *NetworkError) as error:
            log.error("the owner of a digest could not be told: %s", cause(error))

    def preview(self, who: Who, team: str) -> Sequence[Message]:
        """The last week's digest, for who asks alone."""
        workspace_id, email = self.workspace_for(who.slack_team), self._person(who).email
        found = self.maker.digests.preview(workspace_id, email, team or None)
        record(self.maker.writing, workspace_id, as_question(found, self.maker.digests.now(), asker=email or ""))
        top = blocks.top(found.text, str(found.week), found.action.workflow if found.action else "")
        return (top, *blocks.thread(found.details))

    def now(self, who: Who, _rest: str) -> Sequence[Message]:
        """Post the last week's digests of this place at once; each week comes once all the same."""
        workspace_id = self.workspace_for(who.slack_team)
        place = who.user if who.channel.startswith("D") else who.channel
        with self.maker.digests.reading.connect() as connection:
            here = digests.of_place(connection, workspace_id, who.slack_team, place)
        if not here:
            return (blocks.plain(NO_SUBSCRIPTION),)
        made = sum(self.maker.make_now(workspace_id, subscription, self.readers.of) for subscription in here)
        self.send()
        if made:
            return (blocks.plain("It is on its way."),)
        return (
            blocks.plain(
                f"The digest of {self.maker.digests.last_week(workspace_id)} was posted before; each week comes once."
            ),
        )

    def choose(self, who: Who, press: Press) -> Sequence[Message]:
        """Keep what was pressed, and tell whoever advises."""
        choice = ActionChoice(press.choice)
        person = self._person(who)
        workspace_id = self.workspace_for(who.slack_team)
        with self.maker.writing.begin() as connection:
            record_choice(
                connection,
                workspace_id,
                week=press.week,
                workflow=press.workflow,
                person=who.user,
                choice=choice.value,
                now=self.maker.digests.now(),
            )
        self.maker.digests.adviser_of(workspace_id).chosen(workspace_id, press.workflow, choice, person.email)
        return (blocks.plain(THANKS[choice].format(workflow=press.workflow)),)

    def rhythm(self, who: Who, wanted: Mapping[str, int]) -> Sequence[Message]:
        """Let a digest come every second week."""
        self._person(who)
        workspace_id, now = self.workspace_for(who.slack_team), self.maker.digests.now()
        with self.maker.digests.reading.connect() as connection:
            active = {
                subscription.id: subscription for _, subscription in digests.subscriptions(connection, workspace_id)
            }
        subscription = active.get(wanted["subscription"])
        if subscription is None:
            return (blocks.plain(NO_SUBSCRIPTION),)
        if subscription.every != wanted["every"]:
            self._settle(workspace_id, subscription)
            with self.maker.writing.begin() as connection:
                digests.change_rhythm(connection, workspace_id, subscription.id, wanted["every"], now)
            subscription = replace(subscription, every=wanted["every"], since=now)
        first = self._first(workspace_id, subscription)
        said = f"Done: {_about(subscription)}. The next one comes {first}; `/leverage subscribe` changes it again."
        return (blocks.plain(said),)

    def pause(self, who: Who, wanted: Mapping[str, int]) -> Sequence[Message]:
        """No digest until somebody takes it up again."""
        self._person(who)
        with self.maker.writing.begin() as connection:
            mine = digests.subscriptions(connection, self.workspace_for(who.slack_team))
            found = [subscription for _, subscription in mine if subscription.id == wanted["subscription"]]
            for subscription in found:
                digests.pause(connection, subscription.id, "asked")
        return (blocks.plain(f"Paused: {_about(found[0])}. {RESUME}" if found else NO_SUBSCRIPTION),)

    def _answer(self, work: Callable[[Who, Any], Sequence[Message]], who: Who, what: Any) -> None:
        try:
            said = work(who, what)
        except UserError as error:
            said = (blocks.plain(str(error)),)
        except Exception as error:  # noqa: BLE001  # the border of the bot: the person hears of it
            log.error("a request about digests failed: %s", cause(error))
            said = (blocks.plain(SORRY),)
        place = Place(team=who.slack_team, channel=who.channel, user=who.user, response_url=who.hook)
        try:
            self.poster.whisper(self.clients.web(who.token), place, said, f"digest:{who.user}:{who.hook[-40:]}")
        except (SlackApiError, *NetworkError) as error:
            log.error("nothing could be said to the asker: %s", cause(error))

    def _person(self, who: Who) -> SlackUser:
        found = self.people.find(self.clients.web(who.token), who.slack_team, who.user)
        if found is None or not found.email:
            raise UserError(STRANGER)
        return found

    def _team(self, directory: Any, name: object) -> str:
        words = str(name or "").strip()
        return "" if words in ("", blocks.WHOLE) else self.maker.digests.team_called(directory, words)

    def _first(self, workspace_id: int, wanted: Subscribed) -> str:
        at = self.maker.next_at(workspace_id, wanted)
        return f"{at.astimezone(ZoneInfo(wanted.zone)):%A, %d %B at %H:%M}"

    def _settle(self, workspace_id: int, subscription: Subscribed) -> None:
        """What is due by the old rhythm comes by it."""
        if not self.maker.settle(workspace_id, subscription, self.readers.of):
            raise UserError(NOT_NOW)


def _about(wanted: Subscribed) -> str:
    day = blocks.DAYS[wanted.weekday - 1]
    where = "to you alone" if wanted.direct else "to the channel"
    at = f"{wanted.minute // 60:02}:{wanted.minute % 60:02}"
    days = f"{day}s" if wanted.every == 1 else f"every second {day}"
    return f"the weekly digest of {wanted.team or WHOLE_WORDS}, {where}, {days} at {at} ({wanted.zone})"
