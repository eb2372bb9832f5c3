"""What goes into the log: the cause of a failure, never what somebody wrote and never a token."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterator
from typing import Any

# How the failures of a library are told without its own words, which repeat what they were given: whoever stands at
# the border to that library enters its errors here.
EXPLAINED: dict[type[BaseException], Callable[[Any], str]] = {OSError: lambda error: _number(error)}


def configure(level: int = logging.INFO) -> None:
    """Set up logging of a process."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name in ("slack_sdk", "slack_bolt", "apscheduler", "waitress"):
        logging.getLogger(name).setLevel(max(level, logging.INFO))
    logging.getLogger("alembic").setLevel(max(level, logging.WARNING))  # it says at every look that it looked
    for name in ("httpx2", "httpcore2"):  # they repeat whole addresses, and some are signed
        logging.getLogger(name).setLevel(max(level, logging.WARNING))


def cause(error: BaseException) -> str:
    """Why it failed and where, without the messages: those of other libraries repeat what they were given."""
    chain = " from ".join(_name(link) for link in _chain(error))
    frames = traceback.extract_tb(error.__traceback__)
    return f"{chain} at " + " > ".join(f"{frame.name}:{frame.lineno} ({_file(frame.filename)})" for frame in frames)


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    cause_of: BaseException | None = error
    while cause_of is not None and id(cause_of) not in seen:
        seen.add(id(cause_of))
        yield cause_of
        cause_of = cause_of.__cause__ or cause_of.__context__


def _name(error: BaseException) -> str:
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    told = next((words(error) for known, words in EXPLAINED.items() if isinstance(error, known)), "")
    return f"{kind} [{told}]" if told else kind


def _number(error: OSError) -> str:
    return "" if error.errno is None else f"errno {error.errno}"


def _file(path: str) -> str:
    return "/".join(path.replace("\\", "/").split("/")[-2:])
