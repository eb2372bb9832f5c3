"""Stops a subscription or a saved question that Slack refuses, and tells its owner so, once."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from storage.keep import outbox, saved
from storage.keep.digests import find, pause
from storage.keep.outbox import Draft, Taken

KEPT = timedelta(days=30)  # how long the owner is worth telling, should Slack not take our token meanwhile
REASONS = {
    "is_archived": "the channel is archived",
    "channel_not_found": "I am not in that channel any more, or it is gone",
    "not_in_channel": "I am not in that channel any more",
    "user_not_found": "that person is not in this workspace any more",
    "not_on_roster": "you are not on the roster any more",
    "no_team": "there is no team of that name any more",
    "token_revoked": "Slack did not take my token",
    "invalid_auth": "Slack did not take my token",
    "account_inactive": "Slack did not take my token",
}


def stop(connection: Connection, workspace_id: int, subscription_id: int, reason: str, now: datetime) -> None:
    """Pause it; whoever does so first writes the owner's message in the same transaction."""
    if not pause(connection, subscription_id, reason):
        return
    subscription = find(connection, subscription_id)
    if subscription is None:
        return
    about = f"of {subscription.team}" if subscription.team else "of the whole organisation"
    where = "for you" if subscription.direct else f"in <#{subscription.channel}>"
    why = REASONS.get(reason, f"Slack refuses it ({reason})")
    text = f"I stopped posting the weekly digest {about} {where}: {why}. `/leverage subscribe` takes it up again."
    key = f"stopped:{subscription_id}:{int(now.timestamp())}"
    draft = Draft(key=key, slack_team=subscription.slack_team, channel=subscription.owner, message={"text": text})
    outbox.put(connection, workspace_id, draft, now, KEPT)


def stop_saved(connection: Connection, taken: Taken, reason: str, now: datetime) -> None:
    """End the saved question whose post Slack refused, and write its owner a message, once; any other message is left
    as it is."""
    kind, _, rest = taken.key.partition(":")
    number = rest.partition(":")[0]
    if kind != "saved" or not number.isdigit():
        return
    open_ = saved.active(connection, taken.workspace_id)
    found = next((question for question in open_ if question.id == int(number)), None)
    if found is None or not saved.end(connection, taken.workspace_id, found.id):
        return
    why = REASONS.get(reason, f"Slack refuses it ({reason})")
    where = f"in <#{found.channel}>: {why}"
    text = f"I stopped posting your saved question {where}. *Schedule…* under its answer takes it up again."
    draft = Draft(
        key=f"stopped:saved:{found.id}", slack_team=found.slack_team, channel=found.owner, message={"text": text}
    )
    outbox.put(connection, taken.workspace_id, draft, now, KEPT)
