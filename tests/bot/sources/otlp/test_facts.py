"""From observations to records."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from msgspec.structs import replace as changed

from bot.sources.otlp.facts import fact_name, group_key, of_event, of_series, on_day, scope_of, seen_by_events
from bot.sources.otlp.observations import Event, Group, Measure, Use
from bot.sources.otlp.series import QUARTER_MS
from bot.sources.otlp.signals import EVENTS
from storage.records import CostKind, UsageRecord

UTC, TOKYO = ZoneInfo("UTC"), ZoneInfo("Asia/Tokyo")
USE = Use("claude_code", "anthropic", "opus", subject="ada@acme.test")
GROUP = Group(USE, "s-1", False)
QUARTER = 1_993_000
EVENT = Event("k", USE, "s-1", QUARTER * QUARTER_MS, input=10, cached=5, output=20, reasoning=99, cost=1_500_000_000)


def fact(**sums: int) -> UsageRecord | None:
    return of_series(b"key", GROUP, QUARTER, {Measure[name.upper()]: value for name, value in sums.items()}, UTC)


def test_an_event_is_a_fact_of_its_own_at_an_estimated_cost() -> None:
    found = of_event(EVENT, UTC)

    assert (found.natural_key, found.input_tokens, found.cached_input_tokens, found.output_tokens) == ("k", 10, 5, 20)
    assert (found.cost, found.cost_kind) == (Decimal("1.5"), CostKind.ESTIMATED)
    assert found.reasoning_tokens == 20  # it is a part of the output
    assert found.cache_write_tokens is None


def test_a_decision_counts_no_tokens_and_no_request() -> None:
    found = of_event(changed(EVENT, suggested=1, accepted=1), UTC)

    assert (found.suggested, found.accepted, found.requests, found.input_tokens) == (1, 1, 0, None)


def test_a_prompt_holds_what_was_cached_in_it_and_thoughts_are_output() -> None:
    found = fact(prompt=100, cached=30, written=20, output=7, thoughts=3)

    assert found is not None
    assert (found.input_tokens, found.output_tokens, found.reasoning_tokens) == (50, 10, 3)


def test_nothing_used_is_no_fact_and_a_class_that_is_not_told_is_unknown() -> None:
    told = fact(input=5)

    assert fact(input=0) is None
    assert told is not None
    assert (told.input_tokens, told.output_tokens) == (5, None)


def test_days_are_those_of_the_organisation() -> None:
    late = changed(EVENT, at=1_794_006_000_000)  # 23:00 on 6 November in UTC

    assert of_event(late, UTC).day == date(2026, 11, 6)
    assert of_event(late, TOKYO).day == date(2026, 11, 7)


def test_groups_of_another_use_or_session_are_other_groups() -> None:
    others = [Group(USE, "s-2", False), Group(USE, "s-1", True), Group(changed(USE, model="haiku"), "s-1", False)]

    assert len({group_key(group) for group in (GROUP, *others)}) == 4
    assert fact_name(b"\x01", 5) == "series 01 5"


def test_a_session_is_told_as_a_whole_and_without_one_a_day_is() -> None:
    assert not scope_of(GROUP)[1]
    assert scope_of(Group(USE, "", False))[1]


def test_events_tell_of_their_session_and_of_their_user_on_that_day() -> None:
    found = seen_by_events([EVENT])

    assert {rank for rank, _ in found.values()} == {EVENTS}
    assert scope_of(GROUP)[0] in found
    day = EVENT.at // (24 * 60 * 60 * 1000)
    assert on_day(scope_of(Group(USE, "", False))[0], day) in found
    assert seen_by_events([changed(EVENT, input=None, output=None)]) == {}
