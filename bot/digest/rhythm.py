"""Whether a digest should come less often: after quiet weeks, or where its readers find its actions not useful."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.blocks import digest as blocks
from bot.digest.actions import Choice
from bot.digest.value import Digest, State
from bot.digest.week import Week, parse_week
from storage import digests, outbox
from storage.digests import Issued, Subscribed
from storage.outbox import Draft

QUIET = 4  # quiet weeks in a row
WEEKS, FEWEST = 4, 4  # how far back answers count, and how many say something
KEPT = timedelta(days=7)
OFFERED = "offered"  # in a kept digest: its readers were asked
OFFER = f"{QUIET} quiet weeks in a row. Would every second week do?"
NOT_USEFUL = (
    "Half of the answers to the last weeks' actions, or more, were “Not useful”. `/leverage unsubscribe` ends the "
    "digest; it can also come less often."
)


def offer(one: Subscribed, digest: Digest, earlier: Sequence[Issued]) -> str:
    """The question put below the fourth quiet digest in a row, once; "" where there is none to put."""
    if (
        one.every != 1
        or not _quiet(digest.state.value, digest.short)
        or any(past.value.get(OFFERED) for past in earlier)
    ):
        return ""
    before = {parse_week(past.week): past.value for past in earlier if past.outcome == digests.MADE}
    for back in range(1, QUIET):
        value = before.get(digest.week.plus(-back), {})
        if not _quiet(str(value.get("state", "")), bool(value.get("short_week"))):
            return ""
    return OFFER


def not_useful(counts: Mapping[str, int]) -> bool:
    """Whether at least half of what readers pressed says so; a few presses say nothing."""
    pressed = sum(counts.values())
    return pressed >= FEWEST and 2 * counts.get(Choice.NOT_USEFUL.value, 0) >= pressed


def ask_owner(connection: Connection, workspace_id: int, one: Subscribed, week: Week, now: datetime) -> None:
    """Tell the owner, once, that the actions are not found useful."""
    if not not_useful(digests.choices(connection, workspace_id, str(week.plus(-WEEKS)))):
        return
    said = blocks.asked(NOT_USEFUL, one.id) if one.every == 1 else blocks.plain(NOT_USEFUL)
    message = {"text": said.text, "rich": list(said.rich), "plain": list(said.plain)}
    draft = Draft(key=f"usefulness:{one.id}", slack_team=one.slack_team, channel=one.owner, message=message)
    outbox.put(connection, workspace_id, draft, now, KEPT)


def _quiet(state: str, short: bool) -> bool:
    return state == State.NORMAL.value and not short
