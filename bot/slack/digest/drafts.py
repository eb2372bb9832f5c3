"""A made digest as messages for the outbox: the top, its thread, and notes in the threads of corrected ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from bot.digest.late import FINAL, NOTES, PROVISIONAL, differences, stage
from bot.digest.schedule import Due
from bot.digest.text import correction_line
from bot.digest.value import Digest
from bot.digest.week import Week, parse_week
from bot.drawing.line_chart import Picture
from bot.questions.answers.answer import Audience
from bot.slack.blocks.parts import Message
from bot.slack.digest import blocks
from bot.slack.digest.rhythm import NOTABLE, OFFERED, notable
from bot.text import escape
from storage.keep import digests, outbox
from storage.keep.digests import Issued, Subscribed, issue_key
from storage.keep.outbox import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeDigest:
    """What came of one due week; without a digest where no figure may stand in the place."""

    week: Week
    audience: Audience
    notes: Sequence[str] = ()
    digest: Digest | None = None
    restated: Mapping[Week, Mapping[str, float | None]] = field(default_factory=dict)
    issue_ids: Mapping[Week, int] = field(default_factory=dict)
    offer: str = ""

    def kept(self) -> dict[str, Any]:
        """The digest as data without its thread: some of that is for one reader alone."""
        if self.digest is None:
            return {}
        kept = {name: value for name, value in self.digest.to_json().items() if name != "details"}
        said = {OFFERED: bool(self.offer), NOTABLE: notable(self.digest)}
        return kept | said | {PROVISIONAL: self.digest.provisional, NOTES: list(self.notes)}


def drafts(subscription: Subscribed, made: MadeDigest) -> Iterator[Draft]:
    """The messages in the order in which they are read."""
    key = issue_key(subscription.id, str(made.week))
    if made.digest is None:
        yield _draft(subscription, key, blocks.plain(closed(made)), made)
        return
    digest = made.digest
    yield _draft(subscription, key, top_of(subscription, made, digest), made, closed=closed(made))
    for number, (message, picture) in enumerate(blocks.illustrated(digest.details)):
        yield _draft(subscription, f"{key}/{number}", message, made, parent=key, picture=picture)
    for week in made.restated:
        said = " ".join(correction_line(line) for line in digest.corrections if line.week == week)
        old = issue_key(subscription.id, str(week))
        yield _draft(subscription, f"{old}/corrected/{made.week}", blocks.plain(said), made, parent=old)


def top_of(subscription: Subscribed, made: MadeDigest, digest: Digest) -> Message:
    """The top message of a digest that shows figures."""
    workflow = digest.action.workflow if digest.action else ""
    return blocks.top(digest.text, str(digest.week), workflow, made.offer, subscription.id)


def completed(subscription: Subscribed, made: MadeDigest, past: Issued) -> Iterator[Draft]:
    """A digest whose data came late: the top in the place of the one that is there, the first; what it held back and
    which of its statements are others now in its thread, once that is done."""
    if made.digest is None:
        return
    key = issue_key(subscription.id, str(made.week))
    update = f"{key}/{stage(past)}"
    yield _draft(subscription, update, top_of(subscription, made, made.digest), made, parent=key, edits=True)
    # An edit has the place of what it edits, so that what hangs on it comes into the same thread.
    changed = differences(past, made.digest)
    if changed:
        said = f"Now that all data of {made.week.short_name} are there: {'; '.join(changed)}."
        yield _draft(subscription, f"{update}/note", blocks.plain(said), made, parent=update)
    if stage(past) != FINAL:
        for number, (message, picture) in enumerate(blocks.illustrated(made.digest.details)):
            yield _draft(subscription, f"{update}/{number}", message, made, parent=update, picture=picture)


def silent(subscription: Subscribed, week: Week) -> Draft:
    """What the owner alone is told where no source brought anything of the week."""
    about = subscription.team or "the whole organisation"
    said = blocks.plain(
        f"The digest of {week} for {about} waits: none of its sources has brought anything of that week. It is posted "
        "if they do within three days; `fulcrum import` or the source's settings are where to look."
    )
    key = f"silent:{subscription.id}:{week}"
    return Draft(key=key, slack_team=subscription.slack_team, channel=subscription.owner, message=said.to_json())


def notes_of(what: Due, earlier: Sequence[Issued], zone: str) -> tuple[str, ...]:
    """That it is late, and which ones before it did not come since the last that did."""
    notes = []
    if what.late:
        notes.append(f"Late: it was due on {what.at.astimezone(ZoneInfo(zone)):%A at %H:%M}.")
    lost = []
    for past in earlier:
        if past.message_state == outbox.SENT:
            break
        if past.outcome == digests.SKIPPED or past.message_state in digests.LOST:
            lost.append(parse_week(past.week).short_name)
    if lost:
        notes.append(f"The digest{'' if len(lost) == 1 else 's'} of {', '.join(reversed(lost))} may not have come.")
    return tuple(notes)


def closed(made: MadeDigest) -> str:
    """What stands where guests or other organisations read along."""
    return " ".join(
        [
            f"The digest of {made.week} is ready. Guests or other organisations can read this channel, so that it has",
            "no figures here; `/leverage digest preview` shows it to you alone.",
            *made.notes,
        ]
    )


def _draft(
    subscription: Subscribed,
    key: str,
    message: Message,
    made: MadeDigest,
    *,
    parent: str = "",
    closed: str = "",
    picture: Picture | None = None,
    edits: bool = False,
) -> Draft:
    content = message.to_json() | {"audience": made.audience.value}
    if closed:
        content["closed"] = escape(closed)
    if edits:
        content["edits"] = True
    if picture:
        content["picture"] = asdict(picture)
    return Draft(
        key=key,
        slack_team=subscription.slack_team,
        channel=subscription.channel,
        message=content,
        parent=parent,
        subscription_id=subscription.id,
    )
