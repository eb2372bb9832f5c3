"""What a client declares: which of its signals count, and how they are read.

The same use comes as events, as spans and as metrics, and some clients send each twice. Events (log records and spans
of single calls) are the best signal, rank 1; a metric has the rank that is declared with it. In one session (without
one: of one person, or of one service, on one day) only the best rank that was seen counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.sources.otlp.observations import Event, Measure, Use
from bot.sources.otlp.wire import Attributes, LogRecord, Span

EVENTS = 1  # the rank of log records and spans
METRIC = 2  # that of a metric which no other metric repeats


class Slot(NamedTuple):
    """Where the value of a data point goes: which measure of whose use, in which session."""

    use: Use
    session: str
    measure: Measure
    rank: int = METRIC
    of_count: bool = False  # the count of a histogram in place of its sum


def nothing(told: LogRecord | Span) -> Event | None:
    """What a signal that is not declared tells."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A client, known by how its names begin, else by the service or scope that it says it is.

    `metric` gives the slots of a series by its name, its attributes and those of its resource; none where it does not
    count. `record` and `span` give the event that one tells, None where it tells none; both raise BadValue.
    """

    tool: str
    prefix: str
    services: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    metric: Callable[[str, Attributes, Attributes], Sequence[Slot]]
    record: Callable[[LogRecord], Event | None] = nothing
    span: Callable[[Span], Event | None] = nothing

    def sends(self, service: str, scope: str) -> bool:
        """Whether it is the client that says it is this service, or this scope."""
        return service.startswith(self.services) or scope.startswith(self.scopes)
