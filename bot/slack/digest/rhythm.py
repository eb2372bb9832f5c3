"""Whether a digest should come less often: after quiet weeks, or where its readers find its actions not useful."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from bot.digest.actions import ActionChoice
from bot.digest.value import Digest, DigestState
from bot.digest.week import Week, parse_week
from bot.slack.digest import blocks
from storage.keep import digests, outbox
from storage.keep.choices import count_choices
from storage.keep.digests import Issued, Subscribed
from storage.keep.outbox import Draft

QUIET = 4  # quiet weeks in a row
WEEKS, FEWEST = 4, 4  # how far back answers count, and how many say something
KEPT = timedelta(days=7)
OFFERED, NOTABLE = "offered", "notable"  # in a kept digest: its readers were asked; it told of more than its state
OFFER = f"{QUIET} quiet weeks in a row. Would every second week do?"
NOT_USEFUL = (
    "Half of the answers to the last four weeks' actions, or more, were “Not useful”. Your digest of {about} can come "
    "less often, or pause until `/leverage subscribe` takes it up again."
)


def offer(connection: Connection, subscription: Subscribed, digest: Digest, earlier: Sequence[Issued]) -> str:
    """The question put below the fourth quiet digest in a row, once; "" where there is none to put."""
    if subscription.every != 1 or not _quiet(digest.to_json() | {NOTABLE: notable(digest)}):
        return ""
    before = {parse_week(past.week): past.value for past in earlier if past.outcome == digests.MADE}
    for back in range(1, QUIET):
        if not _quiet(before.get(digest.week.plus(-back), {})):
            return ""
    return "" if digests.was_ever(connection, subscription.id, OFFERED) else OFFER


def notable(digest: Digest) -> bool:
    """Whether a normal week tells more than that: a sustained shift, holidays of many."""
    return digest.sustained is not None or digest.away


def again(past: Issued) -> str:
    """The question that stands in a digest already."""
    return OFFER if past.value.get(OFFERED) else ""


def not_useful(counts: Mapping[str, int]) -> bool:
    """Whether at least half of what readers pressed says so; a few presses say nothing."""
    pressed = sum(counts.values())
    return pressed >= FEWEST and 2 * counts.get(ActionChoice.NOT_USEFUL.value, 0) >= pressed


def ask_owner(
    connection: Connection,
    workspace_id: int,
    subscription: Subscribed,
    week: Week,
    earlier: Sequence[Issued],
    now: datetime,
) -> None:
    """Tell the owner, once, that the actions of the last four weeks are not found useful."""
    oldest = str(week.plus(-WEEKS))
    shown = [past for past in earlier if past.week >= oldest and past.value.get("action")]
    actions = {(past.week, str(past.value["action"]["workflow"])) for past in shown}
    if not not_useful(count_choices(connection, workspace_id, actions)):
        return
    text = NOT_USEFUL.format(about=subscription.team or "the whole organisation")
    said = blocks.asked(text, subscription.id, slower=subscription.every == 1, pause=True)
    draft = Draft(
        key=f"usefulness:{subscription.id}",
        slack_team=subscription.slack_team,
        channel=subscription.owner,
        message=said.to_json(),
    )
    outbox.put(connection, workspace_id, draft, now, KEPT)


def _quiet(value: Mapping[str, Any]) -> bool:
    return value.get("state") == DigestState.NORMAL.value and not value.get("short_week") and not value.get(NOTABLE)
