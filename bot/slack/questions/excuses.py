"""What an asker hears where something broke: what it was, where that is known, and when it is worth asking again."""

from __future__ import annotations

from bot.slack.api.calls import is_away
from storage.faults import asker_words

SORRY = "Something broke on my side, and this has no answer. If it happens again, quote `{ticket}` to who runs me."
SLOW_SLACK = "Slack did not tell me in time who you are or who reads here. Ask again in a minute."


def excuse(error: Exception, ticket: str) -> str:
    """What the asker hears of a failure: what it was, where that is known, else the number of its line in the log."""
    told = asker_words(error)
    if told:
        return told
    return SLOW_SLACK if is_away(error) else SORRY.format(ticket=ticket)
