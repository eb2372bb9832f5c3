"""What is to be done about one due digest, read and computed from the store as it is: a value, nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.digest.calendars import calendar
from bot.digest.compute import DigestRequest
from bot.digest.details import PARTS
from bot.digest.gather import compared, provisional, restated
from bot.digest.late import FINAL, NOW_SAID, is_open, said_before, stage
from bot.digest.schedule import Due
from bot.digest.service import CORRECTED, Digests
from bot.digest.week import Week, parse_week
from bot.questions.answers.answer import Audience
from bot.questions.viewer import asking, reading_along
from bot.slack.digest.drafts import MadeDigest, notes_of
from bot.slack.digest.rhythm import again, offer
from storage.answer.completeness import Completeness
from storage.answer.privacy import Viewer
from storage.keep import digests, outbox
from storage.keep.digests import Issued, Subscribed
from storage.names import Directory


@dataclass(frozen=True, slots=True)
class Gone:
    """There is nobody, or nothing, to make it for any more."""

    reason: str


@dataclass(frozen=True, slots=True)
class Silent:
    """No source brought anything of the week: its owner alone is told."""

    week: Week


@dataclass(frozen=True, slots=True)
class Planned:
    """A digest to write down, with the earlier ones of its subscription."""

    due: Due
    made: MadeDigest
    earlier: Sequence[Issued]


@dataclass(frozen=True, slots=True)
class Completion:
    """A digest that stands in Slack already, made again now that its data are there."""

    made: MadeDigest
    past: Issued


def plan(
    digest: Digests,
    connection: Connection,
    directory: Directory,
    subscription: Subscribed,
    due: Due,
    audience: Audience,
) -> Gone | Silent | Planned:
    """What one due week asks for."""
    gone = why_gone(subscription, directory)
    if gone:
        return Gone(gone)
    if not due.asked and _whole(digest, connection, directory, subscription, due.week).silent:
        return Silent(due.week)
    earlier = digests.issues(connection, subscription.id)
    return Planned(due, _made(digest, connection, directory, subscription, due, audience, earlier), earlier)


def unfinished(digest: Digests, connection: Connection, directory: Directory, subscription: Subscribed) -> list[Issued]:
    """The digests in Slack that were made before all data were there and can be put right now."""
    if why_gone(subscription, directory):
        return []
    open_ones = [past for past in digests.issues(connection, subscription.id, CORRECTED) if is_open(past)]
    return [past for past in open_ones if _is_complete(digest, connection, directory, subscription, past)]


def completion(
    digest: Digests,
    connection: Connection,
    directory: Directory,
    subscription: Subscribed,
    past: Issued,
    audience: Audience,
) -> Completion:
    """A posted digest, made again from the data that are there now."""
    due = Due(parse_week(past.week), digest.now(), skip=False, late=False)
    made = _made(digest, connection, directory, subscription, due, audience, (), said_before(past), past)
    return Completion(made, past)


def why_gone(subscription: Subscribed, directory: Directory) -> str:
    """Why there is nobody or nothing to make it for, "" where there is."""
    if subscription.direct and subscription.email not in directory.person:
        return "not_on_roster"
    return "no_team" if subscription.team and subscription.team not in directory.team else ""


def _is_complete(
    digest: Digests, connection: Connection, directory: Directory, subscription: Subscribed, past: Issued
) -> bool:
    week = parse_week(past.week)
    whole = _whole(digest, connection, directory, subscription, week)
    moving = stage(past) == FINAL and provisional(whole, week, digest.today(directory.workspace_id))
    return not whole.missed and not moving


def _whole(
    digest: Digests, connection: Connection, directory: Directory, subscription: Subscribed, week: Week
) -> Completeness:
    country = digest.settings_of(directory.workspace_id).country
    days = calendar(connection, directory, week, subscription.team or None, country)
    return compared(connection, directory, week, days)[1]


def _made(
    digest: Digests,
    connection: Connection,
    directory: Directory,
    subscription: Subscribed,
    due: Due,
    audience: Audience,
    earlier: Sequence[Issued],
    said: Sequence[str] = (),
    past: Issued | None = None,
) -> MadeDigest:
    """The digest for the least privileged reader of the place, with what must be said beside it."""
    viewer = _reader(digest, subscription, audience, directory)
    notes = (*notes_of(due, earlier, subscription.zone), *said, *([NOW_SAID[stage(past)]] if past else []))
    if viewer is None:
        return MadeDigest(week=due.week, audience=audience, notes=notes)
    posted = {
        parse_week(issue.week): issue for issue in earlier if issue.message_state == outbox.SENT and issue.figures
    }
    kept = {week: issue.figures for week, issue in list(posted.items())[:CORRECTED]}
    request = DigestRequest(
        week=due.week,
        team=subscription.team or None,
        viewer=viewer,
        kept=kept,
        notes=notes,
        parts=[part for part in PARTS if part in subscription.parts],
        email=subscription.email if subscription.direct else "",
    )
    computed = digest.compute(connection, directory, request)
    return MadeDigest(
        week=due.week,
        audience=audience,
        notes=notes,
        digest=computed,
        restated=restated(computed.corrections, kept),
        issue_ids={week: issue.id for week, issue in posted.items()},
        offer=again(past) if past else offer(connection, subscription, computed, earlier),
    )


def _reader(digest: Digests, subscription: Subscribed, audience: Audience, directory: Directory) -> Viewer | None:
    settings = digest.settings_of(directory.workspace_id)
    if subscription.direct:
        return asking(subscription.email, False, settings.people, settings.min_group, directory)
    return reading_along(audience, settings.people, settings.min_group)
