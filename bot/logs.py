"""What goes into the log: the cause of a failure, never what somebody wrote and never a token."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator

from slack_sdk.errors import SlackApiError

from bot.slack.api.calls import failure

# How Bolt's lines with a body or a code in them begin, and what is left of them.
SHORTENED = {
    "Invalid request signature detected": "a request with a wrong or stale signature was refused",
    "Failed to fetch oauth.v2.access result": "Slack refused the code of an installation",
    "Failed to authorize with the given token": "Slack refused a bot's token",
}


class NoBodies(logging.Filter):
    """Leaves of Bolt's lines what happened, and takes what somebody sent."""

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


def configure(level: int = logging.INFO) -> None:
    """Set up logging of a process."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name in ("slack_sdk", "slack_bolt", "apscheduler", "waitress"):
        logging.getLogger(name).setLevel(max(level, logging.INFO))
    logging.getLogger("alembic").setLevel(max(level, logging.WARNING))  # it says at every look that it looked


def cause(error: BaseException) -> str:
    """Why it failed and where, without the messages: those of other libraries repeat what they were given."""
    chain = " from ".join(_name(one) for one in _chain(error))
    frames = traceback.extract_tb(error.__traceback__)
    return f"{chain} at " + " > ".join(f"{frame.name}:{frame.lineno} ({_file(frame.filename)})" for frame in frames)


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or one.__context__


def _name(error: BaseException) -> str:
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    if isinstance(error, SlackApiError):
        what = failure(error)
        return f"{kind} [{what.code or 'no error word'}, HTTP {what.status}]"
    if isinstance(error, OSError) and error.errno is not None:
        return f"{kind} [errno {error.errno}]"
    return kind


def _file(path: str) -> str:
    return "/".join(path.replace("\\", "/").split("/")[-2:])
