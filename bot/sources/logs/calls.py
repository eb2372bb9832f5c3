"""One model call as a log tells it, and what makes two lines tell of the same call."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any, NamedTuple

LARGEST_COUNT = 10**10  # more than any one call, or any one session, can use
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
FIRST_MS, LAST_MS = 946_684_800_000, 4_102_444_800_000  # 2000 to 2099: an instant outside is no instant
KEY_BYTES = 16
ASSUMED = "assumed"  # among a stream's terms: the log names no model, and the client's default stands in its place
OUTPUT_ALONE = "output alone"  # likewise: the log does not tell the input, so that the call cannot be priced
Line = dict[str, Any]


class BadLine(ValueError):
    """The line tells of a call, and what it tells cannot be right; the message says why."""


class Stream(NamedTuple):
    """What calls have in common: the client, who sold the model, the model, and what else its price depends on.

    `terms` are the words of the price that was agreed (`speed=fast`), joined by semicolons; "" is the standard one.
    """

    tool: str
    provider: str
    model: str
    terms: str = ""


class Call(NamedTuple):
    """A model call. Token counts are disjoint; `reasoning` is a part of `output`, `written_hour` none of `written`.

    Of two tellings of one `key` the one with the larger `rank` counts, from the earliest `at` (milliseconds) on.
    Of the calls of one `session` only those of its best `grade` count; calls without a session all do.
    """

    key: bytes
    rank: int
    at: int
    stream: Stream
    input: int = 0
    cached: int = 0
    written: int = 0  # to a cache that lasts minutes
    written_hour: int = 0  # to one that lasts an hour, which costs more
    output: int = 0
    reasoning: int = 0
    searches: int = 0
    requests: int = 1
    session: bytes | None = None
    grade: int = 0


def key(*parts: object) -> bytes:
    """The identity that `parts` make, as good as unique."""
    return blake2b("\0".join(map(str, parts)).encode("utf-8", "replace"), digest_size=KEY_BYTES).digest()


def fuller(held: Call, told: Call) -> Call:
    """What two tellings of one call come to, whichever was read first."""
    best = told if (told.rank, told[3:-2]) > (held.rank, held[3:-2]) else held
    at = min(held.at, told.at)
    return best if best.at == at else best._replace(at=at)


def gather(calls: Iterable[Call], into: dict[bytes, Call]) -> None:
    """Add calls to those already `into`, each key once."""
    for call in calls:
        held = into.get(call.key)
        into[call.key] = call if held is None else fuller(held, call)


def message_key(tool: str, named: str) -> bytes:
    """The identity of a call that its own id names."""
    return blake2b(f"{tool}\0{named}".encode("utf-8", "replace"), digest_size=KEY_BYTES).digest()


def count(value: object, name: str) -> int:
    """A count of tokens; absent is 0."""
    if type(value) is int and 0 <= value <= LARGEST_COUNT:
        return value
    if value is None:
        return 0
    if isinstance(value, float) and value.is_integer() and 0 <= value <= LARGEST_COUNT:
        return int(value)
    raise BadLine(f"{name} is {_short(value)}, which is no count")


def counts(of: object, *names: str) -> tuple[int, ...]:
    """Several counts of one object."""
    if not isinstance(of, dict):
        raise BadLine(f"its usage is {_short(of)}, which is no object")
    return tuple([count(of.get(name), name) for name in names])


def instant(value: object) -> int:
    """Milliseconds since 1970, of a time as text or of such a number; a time that names no zone is UTC."""
    try:
        if isinstance(value, str):
            time = datetime.fromisoformat(value)
            found = ((time if time.tzinfo else time.replace(tzinfo=UTC)) - EPOCH) // MILLISECOND
        elif type(value) in (int, float):
            found = int(value)  # type: ignore[call-overload]
        else:
            raise BadLine("it has no time")
    except (ValueError, OverflowError) as error:
        raise error if isinstance(error, BadLine) else BadLine(f"its time is {_short(value)}") from error
    if not FIRST_MS <= found <= LAST_MS:
        raise BadLine(f"its time is {_short(value)}")
    return found


def text(value: object) -> str:
    """A name as it is kept: one line, not long; "" where it is none."""
    return " ".join(value.split())[:200] if isinstance(value, str) else ""


def nested(line: object, *names: str) -> object:
    """What lies under these names, None where nothing does."""
    for name in names:
        line = line.get(name) if isinstance(line, dict) else None
    return line


Makers = tuple[tuple[str, str], ...]
MAKERS: Makers = (
    ("claude", "anthropic"),
    ("gpt", "openai"),
    ("o1", "openai"),
    ("o3", "openai"),
    ("o4", "openai"),
    ("codex", "openai"),
    ("gemini", "google"),
    ("grok", "x-ai"),
)


def maker(model: str) -> str:
    """Who sells a model under this name, "" where the name does not tell."""
    if "anthropic." in model or model.startswith("arn:aws"):
        return "aws"
    return next((provider for start, provider in MAKERS if model.startswith(start)), "")


def _short(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 40 else shown[:39] + "…"


Reads = Callable[[Line, int], Iterable[Call]]
