"""What goes into the log: the cause of a failure, never what somebody wrote and never a secret.

Each line has its time, level, logger and what the work under way is about: the `request` that a person is told where
something breaks, or the `job`. As text, or with `FULCRUM_LOG=json` as one JSON object a line.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import AbstractContextManager
from typing import Any

# How the failures of a library are told without its own words, which repeat what they were given: whoever stands at
# the border to that library enters its errors here.
EXPLAINED: dict[type[BaseException], Callable[[Any], str]] = {OSError: lambda error: _number(error)}

Event = MutableMapping[str, Any]


def configure(clean: Callable[[str], str], level: int = logging.INFO, as_json: bool = False) -> None:
    """Set up logging of a process; `clean` takes secrets out of every text of every line."""
    # Processes alone log in this form; a command that answers and ends does not wait for the library.
    import structlog

    before: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    shown = structlog.processors.JSONRenderer(ensure_ascii=False) if as_json else _as_text
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before,
            processors=[
                _causes,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _cleaned(clean),
                shown,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [held for held in root.handlers if not isinstance(held.formatter, type(handler.formatter))]
    root.addHandler(handler)
    root.setLevel(level)
    for name in ("slack_sdk", "slack_bolt", "waitress"):
        logging.getLogger(name).setLevel(max(level, logging.INFO))
    for name in ("alembic", "apscheduler"):  # they say at every look, and at every run of a job, that they did
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    for name in ("httpx2", "httpcore2"):  # they repeat whole addresses, and some are signed
        logging.getLogger(name).setLevel(max(level, logging.WARNING))


def about(**facts: str) -> AbstractContextManager[Any]:
    """What each line of the block is about, in this thread: a request, a job."""
    from structlog.contextvars import bound_contextvars

    return bound_contextvars(**facts)


def _causes(_logger: Any, _method: str, event: Event) -> Event:
    """An exception as its cause: its own text and the lines of its traceback can hold what somebody wrote."""
    given = event.pop("exc_info", None)
    if isinstance(given, tuple) and given[1] is not None:
        event["cause"] = cause(given[1])
    return event


def _cleaned(clean: Callable[[str], str]) -> Callable[[Any, str, Event], Event]:
    def each(_logger: Any, _method: str, event: Event) -> Event:
        return {name: clean(value) if isinstance(value, str) else value for name, value in event.items()}

    return each


def _as_text(_logger: Any, _method: str, event: Event) -> str:
    rest = dict(event)
    head = " ".join(str(rest.pop(name, "")) for name in ("timestamp", "level", "logger"))
    words = rest.pop("event", "")
    facts = "".join(f" {name}={value}" for name, value in sorted(rest.items()))
    return f"{head}: {words}{facts}"


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
