"""One model call, and what two tellings of it come to."""

from __future__ import annotations

from itertools import permutations

import pytest

from bot.sources.logs.calls import KEY_BYTES, Call, CallStream, fuller, gather, key, maker, message_key

STREAM = CallStream("claude-code", "anthropic", "claude-opus-4-8")


def call(rank: int = 0, at: int = 100, output: int = 0, name: str = "m1") -> Call:
    return Call(key("tool", name), rank, at, STREAM, output=output)


def test_an_identity_has_one_length_and_no_two_are_alike() -> None:
    keys = {key("a", "b"), key("b", "a"), key("ab"), key(1, 2), message_key("a", "c"), key("é\ud83d")}

    assert len(keys) == 6
    assert {len(found) for found in keys} == {KEY_BYTES}
    assert message_key("a", "b") == key("a", "b")


def test_the_fuller_telling_counts_from_the_earliest_time_on() -> None:
    begun, done = call(rank=1, at=100, output=3), call(rank=5, at=200, output=40)

    assert fuller(begun, done) == fuller(done, begun) == done._replace(at=100)


def test_of_two_equal_ranks_the_larger_figures_count_whichever_is_read_first() -> None:
    few, many = call(output=3), call(output=40)

    assert fuller(few, many) == fuller(many, few) == many


def test_calls_are_gathered_once_in_any_order() -> None:
    told = [call(rank=1, at=300, output=1), call(rank=2, at=200, output=9), call(rank=0, at=100), call(name="other")]
    results = []
    for order in permutations(told):
        found: dict[bytes, Call] = {}
        gather(order[:2], found)
        gather(order[2:], found)
        results.append(found)

    assert all(found == results[0] for found in results)
    assert results[0][key("tool", "m1")] == call(rank=2, at=100, output=9)
    assert len(results[0]) == 2


@pytest.mark.parametrize(
    ("model", "sold_by"),
    [
        ("claude-opus-4-8", "anthropic"),
        ("gpt-5.5", "openai"),
        ("gemini-3-pro", "google"),
        ("eu.anthropic.claude-sonnet", "aws"),
        ("arn:aws:bedrock:claude", "aws"),
        ("house-model", ""),
        ("", ""),
    ],
)
def test_a_models_name_tells_who_sells_it_or_nothing(model: str, sold_by: str) -> None:
    assert maker(model) == sold_by
