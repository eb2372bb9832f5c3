"""From what a request says to observations; what cannot be right is rejected point by point, with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, NamedTuple

from bot.sources.otlp import claude_code, codex, gemini_cli, genai, reading
from bot.sources.otlp.observations import DECISIONS, Batch, Event, Group, Measure, Point
from bot.sources.otlp.reading import BadValue
from bot.sources.otlp.signals import Client, Slot
from bot.sources.otlp.wire import Attributes, DataPoint, LogRecord, Metric, Span

CLIENTS = (claude_code.CLIENT, codex.CLIENT, gemini_cli.CLIENT)
SERIES_BYTES = 8
REMEMBERED = 100_000  # series whose meaning is known without working it out again
EARLIEST_MS = 1_420_070_400_000  # 2015: no client is older
AHEAD_MS = 24 * 60 * 60 * 1000  # a client's clock may be wrong by hours, not by days
TWICE_MS = 2_000  # how far apart the two tellings of one event may be


@dataclass(slots=True)
class Translated:
    """What of a request counts, and what of it was rejected, with the first reason."""

    batch: Batch = field(default_factory=lambda: Batch([], []))
    rejected: int = 0
    reason: str = ""

    def reject(self, reason: str) -> None:
        """Note something that cannot be right."""
        self.rejected += 1
        self.reason = self.reason or reason


class _Place(NamedTuple):
    """Where the value of a point goes, worked out."""

    group: Group
    series: bytes
    measure: int
    rank: int
    of_count: bool


class Translator:
    """Translates requests, and remembers what a series means."""

    def __init__(self) -> None:
        self._places: dict[Any, tuple[_Place, ...]] = {}

    def metrics(self, told: Iterable[Metric], now_ms: int) -> Translated:
        """The points of metrics that count."""
        found = Translated()
        groups: dict[Group, list[Point]] = {}
        for metric in told:
            client = _client_of(metric.resource, metric.scope, metric.name)
            if client is not None:
                for place, point in self._points(metric, client, now_ms, found):
                    groups.setdefault(place, []).append(point)
        found.batch.groups = [*groups.items()]
        return found

    def _points(self, metric: Metric, client: Client, now_ms: int, found: Translated) -> Iterator[tuple[Group, Point]]:
        head = (tuple(sorted(metric.resource.items())), metric.scope, metric.name)
        for told in metric.points:
            if told is None:
                found.reject(f"a data point of {metric.name} cannot be read")
                continue
            try:
                yield from self._observed(metric, client, head, told, now_ms)
            except BadValue as bad:
                found.reject(f"{metric.name}: {bad}")

    def _observed(
        self, metric: Metric, client: Client, head: Any, told: DataPoint, now_ms: int
    ) -> Iterator[tuple[Group, Point]]:
        key = (head, tuple(sorted(told.attributes.items())))
        places = self._places.get(key)
        if places is None:
            places = _places(client, metric, key, told.attributes)
            if len(self._places) >= REMEMBERED:
                self._places.clear()
            self._places[key] = places
        if not places or told.value is None:
            return
        if metric.cumulative is None:
            raise BadValue("its aggregation temporality is neither delta nor cumulative")
        time = _plausible(told.time // 1_000_000, now_ms)
        start = told.start // 1_000_000
        for place in places:
            value = _value(place, told)
            yield (
                place.group,
                Point(place.series, place.measure, place.rank, metric.cumulative, min(start, time), time, value),
            )

    def logs(self, told: Iterable[LogRecord | None], now_ms: int) -> Translated:
        """The events of log records that count."""
        found = Translated()
        for record in told:
            client = None if record is None else _client_of(record.resource, record.scope, _event_name(record))
            _add(found, record, None if client is None else client.record, now_ms)
        found.batch.events = _once(found.batch.events)
        return found

    def spans(self, told: Iterable[Span | None], now_ms: int) -> Translated:
        """The events of spans that count; the clients that are known by name tell the same by other signals."""
        found = Translated()
        for span in told:
            client = None if span is None else _client_of(span.resource, span.scope, genai.CLIENT.prefix)
            _add(found, span, None if client is None else client.span, now_ms)
        found.batch.events = _once(found.batch.events)
        return found


def _client_of(resource: Attributes, scope: str, name: str) -> Client | None:
    """Whose signal this is; None where it is nobody's that count."""
    for client in CLIENTS:
        if name.startswith(client.prefix):
            return client
    service = str(resource.get("service.name", ""))
    for client in CLIENTS:
        if client.sends(service, scope):
            return client
    return genai.CLIENT if name.startswith(genai.CLIENT.prefix) else None


def _event_name(record: LogRecord) -> str:
    named = record.attributes.get("event.name")
    return (
        record.name if record.name.startswith(tuple(client.prefix for client in CLIENTS)) else str(named or record.name)
    )


def _places(client: Client, metric: Metric, key: Any, attributes: Attributes) -> tuple[_Place, ...]:
    slots = client.metric(metric.name, attributes, metric.resource)
    if not slots:
        return ()
    series = blake2b(repr(key).encode("utf-8", "replace"), digest_size=SERIES_BYTES).digest()
    return tuple(_place(slot, series) for slot in slots)


def _place(slot: Slot, series: bytes) -> _Place:
    decisions = slot.measure in DECISIONS
    group = Group(slot.use, slot.session, decisions)
    return _Place(group, series + bytes((slot.measure,)), slot.measure, slot.rank, slot.of_count)


def _value(place: _Place, told: DataPoint) -> int:
    if place.of_count:
        return reading.whole(told.recorded or 0)
    value = 0.0 if told.value is None else told.value
    if place.measure == Measure.COST:
        return reading.nano(value)
    if type(value) is int and 0 <= value <= reading.LARGEST:
        return value
    return reading.whole(value)


def _plausible(time: int, now_ms: int) -> int:
    if time < EARLIEST_MS:
        raise BadValue("it tells no time, or one before 2015")
    if time > now_ms + AHEAD_MS:
        raise BadValue("its time is more than a day ahead")
    return time


def _add(found: Translated, told: Any, read: Any, now_ms: int) -> None:
    if told is None:
        found.reject("a record cannot be read")
        return
    if read is None:
        return
    try:
        event = read(told)
        if event is not None:
            _plausible(event.at, now_ms)
            found.batch.events.append(event)
    except BadValue as bad:
        found.reject(f"{reading.clean(told.name) or 'a record'}: {bad}")


def _once(events: list[Event]) -> list[Event]:
    """Each event once: of those under one key, or in one session at one time with the same counts, the fullest."""
    by_key: dict[str, Event] = {}
    for event in events:
        held = by_key.get(event.key)
        if held is None or event.fullness > held.fullness:
            by_key[event.key] = event
    kept: list[Event] = []
    twins: dict[Any, int] = {}
    for event in sorted(by_key.values(), key=lambda event: event.at):
        same = (event.session, event.use.tool, event.input, event.cached, event.written, event.output, event.suggested)
        place = twins.get(same) if event.session and event.use.tool == codex.TOOL else None
        if place is not None and event.at - kept[place].at <= TWICE_MS and not _both_known(kept[place], event):
            kept[place] = max(kept[place], event, key=lambda twin: twin.fullness)
        else:
            twins[same] = len(kept)
            kept.append(event)
    return kept


def _both_known(one: Event, other: Event) -> bool:
    """Two that name their user are two: of one event that is sent twice only one copy does."""
    return bool(one.use.subject) == bool(other.use.subject)
