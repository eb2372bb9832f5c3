"""One model call as a log tells it, and what makes two lines tell of the same call."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import NamedTuple

KEY_BYTES = 16
ASSUMED = "assumed"  # among a stream's terms: the log names no model, and the client's default stands in its place
OUTPUT_ALONE = "output alone"  # likewise: the log does not tell the input, so that the call cannot be priced


class CallStream(NamedTuple):
    """What calls have in common: the client, who sold the model, the model, and what else its price depends on.

    `terms` are the words of the price that was agreed (`speed=fast`), joined by semicolons; "" is the standard one.
    """

    tool: str
    provider: str
    model: str
    terms: str = ""

    @property
    def agreed(self) -> tuple[tuple[str, str], ...]:
        """The terms as names with their values, sorted; a word alone is none."""
        words = (term.partition("=") for term in self.terms.split(";") if "=" in term)
        return tuple(sorted((name, value) for name, _, value in words))


class Call(NamedTuple):
    """A model call. Token counts are disjoint, but that `reasoning` is a part of `output`.

    Of two tellings of one `key` the one with the larger `rank` counts, from the earliest `at` (milliseconds) on.
    Of the calls of one `session` only those of its best `grade` count; calls without a session all do.
    """

    key: bytes
    rank: int
    at: int
    stream: CallStream
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


def message_key(tool: str, named: str) -> bytes:
    """The identity of a call that its own id names."""
    return blake2b(f"{tool}\0{named}".encode("utf-8", "replace"), digest_size=KEY_BYTES).digest()


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


MAKERS = (
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
