"""What of a reconciliation a reader without the operator's rights may see: providers of few people fold into "other".

A provider stands by itself where its row in "cost by provider" of that month would be shown to the reader, and where
nobody or a group is behind its use in each currency. All others are one line for each currency, behind which nobody or
a group stands too; while it does not, the provider with the fewest people joins them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import reduce

from sqlalchemy import Connection, select

from storage.answer.privacy import FEWEST_USERS, Viewer
from storage.answer.reconciling import Key, Side, in_order
from storage.answer.run import run
from storage.catalogue.spellings import family
from storage.errors import Denied, NoData
from storage.names import Directory
from storage.query import Query
from storage.records import DayState, Period
from storage.roster_records import Kind
from storage.tables import Spell, Stream, UsageDaily

OTHER = "other"
COST_BY_PROVIDER = ("cost",), ("provider",)
People = Mapping[Key, frozenset[int]]


def shown_to(
    connection: Connection, directory: Directory, month: Period, viewer: Viewer, sides: Iterable[Side]
) -> list[Side]:
    """The sides as the viewer may see them. Raises Denied where too few people are behind all of them."""
    by_provider: dict[str, list[Side]] = defaultdict(list)
    for side in sides:
        by_provider[family("provider", side.provider)].append(side)
    people = _people(connection, directory.workspace_id, month)
    folded = _hidden(connection, directory, month, viewer) & by_provider.keys()
    folded |= {provider for (provider, _), who in people.items() if _is_few(len(who), viewer)}
    left = sorted(by_provider.keys() - folded, key=lambda provider: _count(people, provider), reverse=True)
    while any(_is_few(len(who), viewer) for who in _together(people, folded).values()):
        if not left:
            raise Denied("group")
        folded.add(left.pop())
    apart = [side for provider, alike in by_provider.items() if provider not in folded for side in alike]
    return in_order([*apart, *_folded(side for provider in folded for side in by_provider.get(provider, ()))])


def _hidden(connection: Connection, directory: Directory, month: Period, viewer: Viewer) -> set[str]:
    """The providers whose cost an answer does not show."""
    metrics, by = COST_BY_PROVIDER
    try:
        found = run(connection, directory, Query(metrics=metrics, period=month, group_by=by), viewer)
    except NoData:
        return set()
    return {family("provider", row.labels["provider"]) for row in found.rows if row.suppressed}


def _people(connection: Connection, workspace_id: int, month: Period) -> dict[Key, frozenset[int]]:
    """Who used each provider in each currency; agents are nobody."""
    rows = connection.execute(
        select(Stream.provider, UsageDaily.currency, Spell.person_id)
        .join(Stream, Stream.id == UsageDaily.stream_id)
        .join(Spell, Spell.id == UsageDaily.spell_id)
        .where(
            UsageDaily.workspace_id == workspace_id,
            UsageDaily.day.between(month.start, month.end),
            Spell.kind != Kind.AGENT.value,
        )
        .distinct()
    )
    found: dict[Key, set[int]] = defaultdict(set)
    for provider, currency, person in rows:
        found[family("provider", provider), currency].add(person)
    return {key: frozenset(who) for key, who in found.items()}


def _is_few(people: int, viewer: Viewer) -> bool:
    return 0 < people < max(FEWEST_USERS, viewer.min_group)


def _count(people: People, provider: str) -> int:
    return len(frozenset().union(*(who for (used, _), who in people.items() if used == provider)))


def _together(people: People, providers: Iterable[str]) -> dict[str, frozenset[int]]:
    """The people behind some providers, by currency."""
    found: dict[str, frozenset[int]] = {}
    for (provider, currency), who in people.items():
        if provider in providers:
            found[currency] = found.get(currency, frozenset()) | who
    return found


def _folded(sides: Iterable[Side]) -> list[Side]:
    by_currency: dict[str, list[Side]] = defaultdict(list)
    for side in sides:
        by_currency[side.currency].append(side)
    return [reduce(_added, alike, Side(provider=OTHER, currency=currency)) for currency, alike in by_currency.items()]


def _added(total: Side, side: Side) -> Side:
    kinds, days = dict(total.kinds), dict[DayState, int](total.days)
    for kind, amount in side.kinds.items():
        kinds[kind] = kinds.get(kind, 0) + amount
    for state, count in side.days.items():
        days[state] = max(count, days.get(state, 0))
    return Side(
        provider=OTHER,
        currency=total.currency,
        ours=total.ours + side.ours,
        kinds=kinds,
        without_team=total.without_team + side.without_team,
        unpriced_tokens=total.unpriced_tokens + side.unpriced_tokens,
        covered_list=total.covered_list + side.covered_list,
        reported=_sum(total.reported, side.reported),
        invoiced=_sum(total.invoiced, side.invoiced),
        days=days,
    )


def _sum(total: int | None, amount: int | None) -> int | None:
    return total if amount is None else (total or 0) + amount
