"""The classes of tokens in Anthropic's reports, which do not overlap, and sums and differences of them."""

from __future__ import annotations

from typing import Any

from bot.sources.values import Row, count, inner

Tokens = tuple[int, int, int, int, int]  # input, cached, written for five minutes, written for an hour, output
NONE: Tokens = (0, 0, 0, 0, 0)


def of_row(row: Row) -> Tokens:
    """The tokens of a row of the messages report."""
    written = inner(row, "cache_creation")
    return (
        count(row, "uncached_input_tokens", needed=True) or 0,
        count(row, "cache_read_input_tokens", needed=True) or 0,
        count(written, "ephemeral_5m_input_tokens") or 0,
        count(written, "ephemeral_1h_input_tokens") or 0,
        count(row, "output_tokens", needed=True) or 0,
    )


def taken_out(row: Tokens, told: Tokens) -> tuple[Tokens, Tokens]:
    """What a row has beyond what was told of persons, and what of that is still to be taken out of others.

    Persons' cache writes are told without how long they are kept: those of five minutes go first.
    """
    fresh, cached, short, long, output = (min(have, want) for have, want in zip(row, told, strict=True))
    long = min(row[3], told[2] - short)
    out = (fresh, cached, short, long, output)
    left = tuple(have - gone for have, gone in zip(row, out, strict=True))
    still = (told[0] - fresh, told[1] - cached, told[2] - short - long, 0, told[4] - output)
    return (left[0], left[1], left[2], left[3], left[4]), still


def added(one: Tokens, other: Tokens) -> Tokens:
    """The sum of both, class by class."""
    return (
        one[0] + other[0],
        one[1] + other[1],
        one[2] + other[2],
        one[3] + other[3],
        one[4] + other[4],
    )


def counts(tokens: Tokens, hour: int | None = 0) -> dict[str, Any]:
    """The tokens as a usage record has them; `hour` None where it is not told how long cache writes are kept."""
    fresh, cached, short, long, output = tokens
    return {
        "input_tokens": fresh,
        "cached_input_tokens": cached,
        "cache_write_tokens": short + long,
        "cache_write_1h_tokens": None if hour is None else long,
        "output_tokens": output,
    }
