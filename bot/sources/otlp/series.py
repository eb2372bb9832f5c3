"""The arithmetic of series: points as they were sent, in whatever order and however often, to what was used when.

A delta counts as it is; one that comes twice has the same start and time. Of a cumulative series the rise from point to
point counts. Where it starts anew, by its start time or because it falls, its value counts in full. So does the first
point of all where its start is told and young; an old counter, or one without a start, only gives a base.
What comes out are sums by quarters of an hour: no time zone cuts a day within one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from msgspec import Struct, msgpack

from bot.sources.otlp.observations import Group, Point

QUARTER_MS = 900_000
KEPT_QUARTERS = 2 * 24 * 4  # a point that is later than two days, by the newest of its group, is left out
YOUNG_MS = 24 * 60 * 60 * 1000  # a counter that began so long before its first point was used before we knew of it
Sums = dict[int, int]  # a measure, and how much of it


class Track(Struct, array_like=True):
    """The points of one series: start, time and value of each, in the order of start and time.

    `known` says that it had points before those which are kept.
    """

    measure: int
    rank: int
    cumulative: bool
    points: list[tuple[int, int, int]]
    known: bool = False


class State(Struct, array_like=True):
    """All that is kept of a group. What lies in a quarter before `settled` stays as it was counted."""

    group: Group
    tracks: dict[bytes, Track]
    settled: int = 0

    def add(self, points: Iterable[Point]) -> int:
        """Take points in; gives how many came too late."""
        late = 0
        touched: set[bytes] = set()
        for point in points:
            if point.time // QUARTER_MS < self.settled:
                late += 1
                continue
            track = self.tracks.get(point.series)
            if track is None:
                track = self.tracks[point.series] = Track(point.measure, point.rank, point.cumulative, [])
            track.points.append((point.start, point.time, point.value))
            touched.add(point.series)
        for series in touched:
            track = self.tracks[series]
            # Of two values of one start and time the larger one counts, whichever came first.
            track.points = [
                *{(start, time): (start, time, value) for start, time, value in sorted(track.points)}.values()
            ]
        return late

    def quarters(self) -> Collection[int]:
        """The quarters of an hour that have points."""
        return {time // QUARTER_MS for track in self.tracks.values() for _, time, _ in track.points}

    def sums(self, best: int | None = None) -> dict[int, Sums]:
        """What was used in each quarter, by the series of this rank and better ones."""
        found: dict[int, Sums] = defaultdict(dict)
        for track in self.tracks.values():
            if best is None or track.rank <= best:
                for time, amount in (
                    _rises(track) if track.cumulative else ((time, value) for _, time, value in track.points)
                ):
                    held = found[time // QUARTER_MS]
                    held[track.measure] = held.get(track.measure, 0) + amount
        return {quarter: held for quarter, held in found.items() if quarter >= self.settled}

    def ranks(self) -> dict[int, int]:
        """The best rank that tells of each quarter."""
        found: dict[int, int] = {}
        for track in self.tracks.values():
            for _, time, _ in track.points:
                quarter = time // QUARTER_MS
                found[quarter] = min(track.rank, found.get(quarter, track.rank))
        return found

    def settle(self) -> None:
        """Let go of points that no later one needs."""
        newest = max((time for track in self.tracks.values() for _, time, _ in track.points[-1:]), default=0)
        edge = newest // QUARTER_MS - KEPT_QUARTERS
        for series, track in [*self.tracks.items()]:
            if track.cumulative:
                track.points = [*_thinned(track.points)]
            if edge > self.settled:
                _forget(track, edge)
                if not track.points:
                    del self.tracks[series]
        self.settled = max(self.settled, edge)


def _rises(track: Track) -> Iterator[tuple[int, int]]:
    """When a cumulative series rose, and by how much."""
    known = track.known
    run, before = None, 0
    for start, time, value in track.points:
        if start != run or not start:
            # Without a start, all points are one run.
            if run is None:
                base = value if not known and not _is_young(start, time) else 0
                yield time, value - base
            else:
                yield time, value if start or value < before else value - before
            run = start
        else:
            yield time, value - before if value >= before else value
        before, known = value, True


def _is_young(start: int, time: int) -> bool:
    return bool(start) and time - start <= YOUNG_MS


def _thinned(points: list[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Without the points between two others of one run and quarter that rise: they change no sum."""
    for place, point in enumerate(points):
        if 0 < place < len(points) - 1:
            before, after = points[place - 1], points[place + 1]
            same = before[0] == point[0] == after[0] and before[1] // QUARTER_MS == after[1] // QUARTER_MS
            if same and before[2] <= point[2] <= after[2]:
                continue
        yield point


def _forget(track: Track, edge: int) -> None:
    """Drop what lies before the edge; of a run that goes on its last point before it stays as the base."""
    kept: list[tuple[int, int, int]] = []
    for place, point in enumerate(track.points):
        following = track.points[place + 1] if place + 1 < len(track.points) else None
        goes_on = following is not None and following[0] == point[0] and following[1] // QUARTER_MS >= edge
        if point[1] // QUARTER_MS >= edge or (track.cumulative and goes_on):
            kept.append(point)
        else:
            track.known = True
    track.points = kept


_encoder, _decoder = msgpack.Encoder(), msgpack.Decoder(State)


def pack(state: State) -> bytes:
    """A state as it is kept."""
    return _encoder.encode(state)


def unpack(body: bytes) -> State:
    """A state that was kept."""
    return _decoder.decode(body)
