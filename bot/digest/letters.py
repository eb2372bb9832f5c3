"""A made digest as messages for the outbox: the top, its thread, and notes in the threads of corrected ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.blocks import digest as blocks
from bot.blocks.parts import Message, escape
from bot.blocks.picture import Picture
from bot.digest.rhythm import OFFERED
from bot.digest.text import correction_line
from bot.digest.value import Digest
from bot.digest.week import Week
from bot.questions.answer import Audience
from storage.digests import Subscribed, issue_key
from storage.outbox import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
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
        return kept | ({OFFERED: True} if self.offer else {})


def letters(one: Subscribed, made: Made) -> Iterator[Draft]:
    """The messages in the order in which they are read."""
    key = issue_key(one.id, str(made.week))
    if made.digest is None:
        yield _draft(one, key, blocks.plain(closed(made)), made)
        return
    digest = made.digest
    top = blocks.top(digest.text, str(digest.week), digest.action.workflow if digest.action else "")
    yield _draft(one, key, top, made, closed=closed(made))
    for number, (message, picture) in enumerate(blocks.illustrated(digest.details)):
        yield _draft(one, f"{key}/{number}", message, made, parent=key, picture=picture)
    if made.offer:
        yield _draft(one, f"{key}/rhythm", blocks.asked(made.offer, one.id), made, parent=key)
    for week in made.restated:
        said = " ".join(correction_line(line) for line in digest.corrections if line.week == week)
        old = issue_key(one.id, str(week))
        yield _draft(one, f"{old}/corrected/{made.week}", blocks.plain(said), made, parent=old)


def completed(one: Subscribed, made: Made) -> Iterator[Draft]:
    """A digest whose data came late: the top in the place of the one that is there, what it held back in its thread."""
    if made.digest is None:
        return
    key = issue_key(one.id, str(made.week))
    action = made.digest.action
    top = blocks.top(made.digest.text, str(made.week), action.workflow if action else "")
    yield _draft(one, f"{key}/complete", top, made, parent=key, edits=True)
    for number, (message, picture) in enumerate(blocks.illustrated(made.digest.details)):
        yield _draft(one, f"{key}/complete/{number}", message, made, parent=key, picture=picture)


def silent(one: Subscribed, week: Week) -> Draft:
    """What the owner alone is told where no source brought anything of the week."""
    about = one.team or "the whole organisation"
    said = blocks.plain(
        f"The digest of {week} for {about} waits: none of its sources has brought anything of that week. It is posted "
        "if they do within three days; `fulcrum import` or the source's settings are where to look."
    )
    message = {"text": said.text, "rich": list(said.rich), "plain": list(said.plain)}
    return Draft(key=f"silent:{one.id}:{week}", slack_team=one.slack_team, channel=one.owner, message=message)


def closed(made: Made) -> str:
    """What stands where guests or other organisations read along."""
    return " ".join(
        [
            f"The digest of {made.week} is ready. Guests or other organisations can read this channel, so that it has",
            "no figures here; `/leverage digest preview` shows it to you alone.",
            *made.notes,
        ]
    )


def _draft(
    one: Subscribed,
    key: str,
    message: Message,
    made: Made,
    *,
    parent: str = "",
    closed: str = "",
    picture: Picture | None = None,
    edits: bool = False,
) -> Draft:
    content: dict[str, Any] = {
        "text": message.text,
        "rich": list(message.rich),
        "plain": list(message.plain),
        "audience": made.audience.value,
    }
    if closed:
        content["closed"] = escape(closed)
    if edits:
        content["edits"] = True
    if picture:
        content["picture"] = asdict(picture)
    return Draft(
        key=key,
        slack_team=one.slack_team,
        channel=one.channel,
        message=content,
        parent=parent,
        subscription_id=one.id,
    )
