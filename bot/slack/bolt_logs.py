"""The logger that Bolt gets: its lines say what happened, never what somebody sent."""

from __future__ import annotations

import logging

# How Bolt's and the SDK's lines with a body or a code in them begin, and what is left of them.
SHORTENED = {
    "Invalid request signature detected": "a request with a wrong or stale signature was refused",
    "Failed to fetch oauth.v2.access result": "Slack refused the code of an installation",
    "Failed to decode Slack API response": "Slack, or a proxy before it, answered with what is no JSON",
    "Failed to authorize with the given token": "Slack refused a bot's token",
}


class NoBodies(logging.Filter):
    """Leaves of their lines what happened, and takes what somebody sent."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line through, some of them shortened."""
        for beginning, left in SHORTENED.items():
            if str(record.msg).startswith(beginning):
                record.msg, record.args = left, ()
        return True


def bolt_logger() -> logging.Logger:
    """The logger Bolt makes its own loggers from: not below INFO, where the SDK prints bodies and tokens."""
    logger = logging.getLogger("fulcrum.slack.bolt")
    logger.setLevel(logging.INFO)
    if not any(isinstance(rule, NoBodies) for rule in logger.filters):
        logger.addFilter(NoBodies())
    return logger
