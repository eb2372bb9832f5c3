"""From observations to records: an event is a fact of its own, a group of series one for each quarter of an hour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from hashlib import blake2b
from zoneinfo import ZoneInfo

from bot.sources.otlp import estimates
from bot.sources.otlp.observations import DECISIONS, Event, Group, Measure, Use
from bot.sources.otlp.reading import NANO
from bot.sources.otlp.series import QUARTER_MS, State, Sums
from bot.sources.otlp.signals import EVENTS
from storage.load.filling import key_of
from storage.records import CostKind, Ledger, PricingRecord, UsageRecord
from storage.tables import MOST_COUNTED

KEY_BYTES = 12
DAY_QUARTERS = 96
OF = {
    "input_tokens": (Measure.INPUT, Measure.PROMPT),
    "cached_input_tokens": (Measure.CACHED,),
    "cache_write_tokens": (Measure.WRITTEN,),
    "output_tokens": (Measure.OUTPUT,),
}
UNTOLD = (None, None, None, None)  # of decisions: the tokens are in other facts
Ranks = Mapping[bytes, int]  # the best rank seen of a scope
Seen = dict[bytes, tuple[int, bytes]]  # a scope (on its day, if it is told by days): the rank, and the scope as such


def group_key(group: Group) -> bytes:
    """The identity of a group."""
    use = group.use
    what = (use.tool, use.provider, use.model, use.mode, use.subject, use.ledger, use.tier)
    booked = (use.project, use.cost_center, use.repository)
    return _hash(*what, *booked, group.session, str(int(group.decisions)))


def fact_name(key: bytes, quarter: int) -> str:
    """A group's own name of its fact of a quarter."""
    return f"series {key.hex()} {quarter}"


def fact_key(key: bytes, quarter: int) -> bytes:
    """The same as it is stored."""
    return key_of(fact_name(key, quarter))


def scope_of(group: Group) -> tuple[bytes, bool]:
    """What better signals of the same use would name too, and whether it is told day by day."""
    kind, use = _kind(group.decisions), group.use
    if group.session:
        return _hash(kind, "session", use.tool, group.session), False
    if use.subject and not use.ranked:
        return _hash(kind, "subject", use.tool, use.subject), True
    return _hash(kind, "client", use.tool), True


def seen_by_events(events: Iterable[Event]) -> Seen:
    """The scopes that events tell of."""
    found: Seen = {}
    for event in events:
        decision = bool(event.suggested)
        if not decision and not event.tells_use:
            continue
        kind, use, day = _kind(decision), event.use, event.at // (QUARTER_MS * DAY_QUARTERS)
        if event.session:
            scope = _hash(kind, "session", use.tool, event.session)
            found[scope] = EVENTS, scope
        scopes = [_hash(kind, "client", use.tool)]
        if use.subject and not use.ranked:
            scopes.append(_hash(kind, "subject", use.tool, use.subject))
        found |= {on_day(scope, day): (EVENTS, scope) for scope in scopes}
    return found


def seen_by_series(state: State) -> Seen:
    """The scopes that a group tells of, with its best ranks; only metrics that repeat each other are told apart."""
    found: Seen = {}
    if not state.group.use.ranked:
        return found
    scope = scope_of(state.group)[0]
    for quarter, rank in state.ranks().items():
        day = on_day(scope, quarter // DAY_QUARTERS)
        found[day] = min((rank, scope), found.get(day, (rank, scope)))
    return found


def scopes_of(state: State) -> set[bytes]:
    """The scopes that decide whether a group counts."""
    scope, daily = scope_of(state.group)
    return {on_day(scope, quarter // DAY_QUARTERS) for quarter in state.quarters()} if daily else {scope}


def on_day(scope: bytes, day: int) -> bytes:
    """A scope on a UTC day, counted from 1970."""
    return blake2b(scope + day.to_bytes(4, "big"), digest_size=KEY_BYTES).digest()


def counted(state: State, best: Ranks) -> dict[int, Sums]:
    """What of a group counts in each quarter, where these are the best signals."""
    scope, daily = scope_of(state.group)
    if not daily:
        return state.sums(best.get(scope))
    days = {quarter // DAY_QUARTERS for quarter in state.quarters()}
    by_day = {day: best.get(on_day(scope, day)) for day in days}
    found: dict[int, Sums] = {}
    for rank in set(by_day.values()):
        sums = state.sums(rank)
        found |= {quarter: held for quarter, held in sums.items() if by_day[quarter // DAY_QUARTERS] == rank}
    return found


def of_series(key: bytes, group: Group, quarter: int, sums: Sums, zone: ZoneInfo) -> UsageRecord | None:
    """The fact of a quarter; None where nothing was used in it."""
    if not any(sums.values()):
        return None
    at = quarter * QUARTER_MS
    named = fact_name(key, quarter)
    if group.decisions:
        return _record(named, group.use, at, zone, UNTOLD, None, 0, _decided(sums), 0)
    calls = [sums[measure] for measure in (Measure.REQUESTS, Measure.CALLS) if measure in sums]
    split, cost = _split(sums, group.use.counted), sums.get(Measure.COST)
    thought = _sum(sums, Measure.REASONING, Measure.THOUGHTS)
    return _record(named, group.use, at, zone, split, thought, max(calls, default=None), (None, None), cost)


def of_event(event: Event, zone: ZoneInfo) -> UsageRecord:
    """The fact of an event."""
    if event.suggested:
        decided = (event.suggested, event.accepted)
        return _record(event.key, event.use, event.at, zone, UNTOLD, None, 0, decided, 0)
    split = (event.input, event.cached, event.written, event.output)
    requests = event.requests
    return _record(
        event.key, event.use, event.at, zone, split, event.reasoning, requests, (None, None), event.cost, one_call=True
    )


def _record(
    named: str,
    use: Use,
    at: int,
    zone: ZoneInfo,
    split: tuple[int | None, int | None, int | None, int | None],
    reasoning: int | None,
    requests: int | None,
    decided: tuple[int | None, int | None],
    told: int | None,
    one_call: bool = False,
) -> UsageRecord:
    instant = datetime.fromtimestamp(at / 1000, UTC)
    cost, pricing = None if told is None else Decimal(told) / NANO, _pricing(use.tool, use.tier, told is not None)
    if told is None and decided == (None, None):
        cost = estimates.list_cost(use, instant.date(), split, one_call)
        size = sum(count or 0 for count in split[:3]) if one_call else 0
        if cost is not None:
            pricing = estimates.pricing(use.provider, use.model, use.tier, instant.date(), size)
    return UsageRecord(
        natural_key=named,
        day=_day(at // QUARTER_MS, zone),
        at=instant,
        subject=use.subject,
        tool=use.tool,
        provider=use.provider,
        model=use.model,
        mode=use.mode,
        ledger=Ledger(use.ledger),
        project=use.project,
        cost_center=use.cost_center,
        repository=use.repository,
        pricing=pricing,
        input_tokens=split[0],
        cached_input_tokens=split[1],
        cache_write_tokens=split[2],
        output_tokens=split[3],
        reasoning_tokens=reasoning if reasoning is None or split[3] is None else min(reasoning, split[3]),
        requests=_at_most(requests),
        suggested=_at_most(decided[0]),
        accepted=_at_most(decided[1]),
        cost=cost,
        cost_kind=None if cost is None else CostKind.ESTIMATED,
    )


def _at_most(events: int | None) -> int | None:
    """As a fact has room for: points that cannot be must not stop all that wait behind them."""
    return None if events is None else min(events, MOST_COUNTED)


@lru_cache(4096)
def _day(quarter: int, zone: ZoneInfo) -> date:
    return datetime.fromtimestamp(quarter * QUARTER_MS // 1000, zone).date()


@lru_cache(4096)
def _pricing(tool: str, tier: str, estimated: bool) -> PricingRecord | None:
    rule = f"estimate of {tool}"[:64] if estimated else ""
    return PricingRecord(service_tier=tier, rule=rule) if tier or rule else None


def _split(sums: Sums, told: tuple[int, ...]) -> tuple[int | None, int | None, int | None, int | None]:
    """The disjoint token counts; a class that the client always tells is nothing where it is absent."""
    if not any(measure in sums for measure in range(Measure.REASONING + 1)):
        return None, None, None, None
    found = {
        name: _sum(sums, *measures) if any(m in sums for m in measures) else 0 if {*measures} & {*told} else None
        for name, measures in OF.items()
    }
    cached, written, output = (found[name] for name in [*OF][1:])
    prompt = sums.get(Measure.PROMPT)
    fresh = sums.get(Measure.INPUT, 0) if prompt is None else max(0, prompt - (cached or 0) - (written or 0))
    thoughts = sums.get(Measure.THOUGHTS, 0)
    return (
        None if found["input_tokens"] is None else fresh,
        cached,
        written,
        None if output is None else output + thoughts,
    )


def _sum(sums: Sums, *measures: Measure) -> int | None:
    held = [sums[measure] for measure in measures if measure in sums]
    return sum(held) if held else None


def _decided(sums: Sums) -> tuple[int, int]:
    suggested, accepted = (sums.get(measure, 0) for measure in sorted(DECISIONS))
    return max(suggested, accepted), accepted


def _kind(decisions: bool) -> str:
    return "decisions" if decisions else "tokens"


def _hash(*parts: str) -> bytes:
    return blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=KEY_BYTES).digest()
