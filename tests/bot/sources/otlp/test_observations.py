"""What is kept of telemetry."""

from __future__ import annotations

from bot.sources.otlp.observations import TOKENS, Batch, Event, Group, Measure, Point, Use, pack, unpack

USE = Use("claude_code", "anthropic", "opus", subject="ada@acme.test", counted=(0, 4))
POINT = Point(b"s", Measure.INPUT, 2, True, 1, 2, 300)
EVENT = Event("k", USE, "s-1", 5, input=10, output=20)


def test_what_was_kept_is_what_was_observed() -> None:
    batch = Batch([(Group(USE, "s-1", False), [POINT, POINT])], [EVENT])
    found = unpack(pack(batch))

    assert found == batch
    assert found.size == 3


def test_of_two_tellings_the_one_with_its_user_then_its_tokens_then_most_output_is_fuller() -> None:
    nameless = Event("k", Use("claude_code"), "s-1", 5, input=10, output=900)
    untold = Event("k", USE, "s-1", 5)
    more = Event("k", USE, "s-1", 5, input=10, output=21)

    assert nameless.fullness < untold.fullness < EVENT.fullness < more.fullness


def test_an_event_without_tokens_tells_no_use() -> None:
    assert EVENT.tells_use
    assert not Event("k", USE, "s-1", 5, cost=7).tells_use
    assert Event("k", USE, "s-1", 5, output=0).tells_use


def test_requests_and_cost_are_no_tokens() -> None:
    assert not {Measure.REQUESTS, Measure.CALLS, Measure.COST} & TOKENS
