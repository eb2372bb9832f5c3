"""What is kept of telemetry: a point of a series, or an event, with who used what; nothing that anybody wrote."""

from __future__ import annotations

from enum import IntEnum

from msgspec import Struct, msgpack


class Measure(IntEnum):
    """What a number counts. PROMPT is input with what was cached in it, THOUGHTS are output that OUTPUT lacks.

    COST is in billionths of a dollar; CALLS are requests as a second metric of the same calls counts them.
    """

    INPUT = 0
    PROMPT = 1
    CACHED = 2
    WRITTEN = 3
    OUTPUT = 4
    THOUGHTS = 5
    REASONING = 6
    REQUESTS = 7
    CALLS = 8
    COST = 9
    SUGGESTED = 10
    ACCEPTED = 11


TOKENS = frozenset(range(Measure.INPUT, Measure.REASONING))
DECISIONS = frozenset({Measure.SUGGESTED, Measure.ACCEPTED})


class Use(Struct, frozen=True, array_like=True):
    """Who used what, as a fact has it. `counted` are the token classes that the client always tells, so that one which
    is absent is nothing; `ranked` says that several metrics tell of the same use."""

    tool: str
    provider: str = ""
    model: str = ""
    mode: str = ""
    subject: str = ""
    ledger: str = "workforce"
    project: str = ""
    cost_center: str = ""
    repository: str = ""
    tier: str = ""
    counted: tuple[int, ...] = ()
    ranked: bool = False


class Group(Struct, frozen=True, array_like=True):
    """Series whose points come together in facts: of one use, in one session (or of a whole service)."""

    use: Use
    session: str
    decisions: bool


class Point(Struct, frozen=True, array_like=True):
    """One value of a series; times are milliseconds since 1970 in UTC, `start` 0 where it is not told."""

    series: bytes
    measure: int
    rank: int
    cumulative: bool
    start: int
    time: int
    value: int


class Event(Struct, frozen=True, array_like=True):
    """One model call, or one decision, under its own identity; a count is None where the client does not tell it."""

    key: str
    use: Use
    session: str
    at: int
    input: int | None = None
    cached: int | None = None
    written: int | None = None
    output: int | None = None
    reasoning: int | None = None
    requests: int = 1
    suggested: int = 0
    accepted: int = 0
    cost: int | None = None

    @property
    def tells_use(self) -> bool:
        """Whether it says how many tokens were used."""
        return self.input is not None or self.output is not None

    @property
    def fullness(self) -> tuple[bool, bool, int, int]:
        """Of two that tell of one call the fuller one counts: with its user, with its tokens, with most output."""
        total = (self.input or 0) + (self.cached or 0) + (self.written or 0)
        return bool(self.use.subject), self.tells_use, self.output or 0, total


class Batch(Struct, array_like=True):
    """What one request brought."""

    groups: list[tuple[Group, list[Point]]]
    events: list[Event]

    @property
    def size(self) -> int:
        """How many observations."""
        return len(self.events) + sum(len(points) for _, points in self.groups)


_encoder, _decoder = msgpack.Encoder(), msgpack.Decoder(Batch)


def pack(batch: Batch) -> bytes:
    """A batch as it is kept."""
    return _encoder.encode(batch)


def unpack(body: bytes) -> Batch:
    """A batch that was kept."""
    return _decoder.decode(body)
