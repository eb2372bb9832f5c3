"""List prices of models, as genai-prices has them: whole numbers to multiply each call's tokens with.

A price may rise with the size of a call and change within the day, so that it is chosen for one call, never for a sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from genai_prices.types import ModelInfo, ModelPrice

PACKAGE = "genai-prices"
PICO = 10**12  # prices are whole pico-dollars a token: three digits finer than any list price
EPOCH = date(1970, 1, 1)
LAST_DAY = (date(9999, 12, 31) - EPOCH).days
MINUTES = 24 * 60
# Who sells other makers' models at their list prices: where a price of its own is not known, the maker's stands.
RESELLERS = frozenset({"", "github-copilot", "opencode"})


class TokenPrice(NamedTuple):
    """What a token costs in pico-dollars, in calls with more input than `over`, all None where nobody knows.

    It holds on UTC days (counted from 1970) from `since` to before `before`, on each from one minute to another.
    """

    since: int = 0
    before: int = LAST_DAY
    start: int = 0
    until: int = MINUTES
    over: int = -1
    input: int | None = None
    cached: int | None = None
    written: int | None = None
    written_hour: int | None = None
    output: int | None = None
    search: int | None = None


@dataclass(frozen=True, slots=True)
class KnownPrices:
    """The file of known prices, and the table that they come from."""

    table: str
    rates: dict[str, list[TokenPrice]]


UNKNOWN = (TokenPrice(),)
KNOWN = Path(__file__).parent / "static" / "list_prices.json"


@cache  # reading a package's metadata takes a millisecond or two
def table() -> str:
    """Which table the prices come from."""
    from importlib.metadata import version

    return f"{PACKAGE} {version(PACKAGE)}"


def rates(provider: str, model: str, terms: Mapping[str, str]) -> Sequence[TokenPrice]:
    """All prices that a model had, under the terms of a call (`{"speed": "fast"}`)."""
    known = _known().get(name_of(provider, model, terms))
    return known if known is not None else looked_up(provider, model, terms)


def list_cost(
    provider: str,
    model: str,
    day: date,
    terms: Mapping[str, str],
    *,
    input: int = 0,
    cached: int = 0,
    written: int = 0,
    written_hour: int = 0,
    output: int = 0,
    size: int = 0,
    minute: int | None = None,
) -> Decimal | None:
    """What a sum of calls of a day costs at list price in dollars, None where nobody knows; the counts are disjoint.

    A sum does not tell how large its calls were: `size` is how large each is known to have been, and the price of the
    smallest calls holds without it. Of prices that change within the day that of the UTC `minute` counts, or the first.
    """
    best = _best(provider, model, day, tuple(sorted(terms.items())), size, minute)
    if best is None or (output and best.output is None):
        return None
    unit = (best.input, best.cached, best.written, best.written_hour, best.output)
    used = (input, cached, written, written_hour, output)
    return Decimal(sum((price or 0) * tokens for price, tokens in zip(unit, used, strict=True))) / PICO


@lru_cache(maxsize=4096)
def class_prices(
    provider: str, model: str, day: date, terms: tuple[tuple[str, str], ...] = (), size: int = 0
) -> Mapping[str, Any]:
    """The list prices by class of a day in dollars for a million tokens, as `PricingRecord` names them; empty where
    nobody knows them. A cache write is one of five minutes."""
    best = _best(provider, model, day, terms, size, None)
    if best is None:
        return {}
    names = {"input": best.input, "cached": best.cached, "cache_write": best.written, "output": best.output}
    return {f"price_{name}": Decimal(price) / 1_000_000 for name, price in names.items() if price is not None}


def _best(
    provider: str, model: str, day: date, terms: tuple[tuple[str, str], ...], size: int, minute: int | None
) -> TokenPrice | None:
    on = (day - EPOCH).days
    found = [
        rate
        for rate in _rates(provider, model, terms)
        if rate.since <= on < rate.before
        and rate.over <= max(size - 1, -1)
        and (minute is None or rate.start <= minute < rate.until)
    ]
    if not found or found[0].input is None:
        return None
    first = min(rate.start for rate in found)
    return max((rate for rate in found if rate.start == first), key=lambda rate: rate.over)


def known_models() -> tuple[str, ...]:
    """Models whose prices are at hand without the package."""
    return tuple(dict.fromkeys(name.split(" ")[1] for name in _known()))


@lru_cache(maxsize=4096)
def _rates(provider: str, model: str, terms: tuple[tuple[str, str], ...]) -> Sequence[TokenPrice]:
    return rates(provider, model, dict(terms))


def name_of(provider: str, model: str, terms: Mapping[str, str]) -> str:
    """How a model under its terms is called in the file of known prices."""
    return " ".join([provider, model, *(f"{term}={value}" for term, value in sorted(terms.items()))])


@cache
def _known() -> Mapping[str, Sequence[TokenPrice]]:
    """The prices of models that most logs name, looked up beforehand: loading the package takes half a second.

    `python -m tests.bot.sources.list_prices` writes them; those of another release of the package are of no use.
    """
    from msgspec import json  # every command knows the sources, few of them need a price

    file = json.decode(KNOWN.read_bytes(), type=KnownPrices)
    return file.rates if file.table == table() else {}


def looked_up(provider: str, model: str, terms: Mapping[str, str]) -> Sequence[TokenPrice]:
    """The same from the package itself."""
    found = model_of(provider, model)
    if found is None:
        return UNKNOWN
    days, minutes = _edges(found)
    made = []
    for since, before in pairwise(days):
        for start, until in pairwise(minutes):
            at = datetime.combine(EPOCH + timedelta(days=since), time(), UTC) + timedelta(minutes=start)
            steps = _steps(found.get_prices(at, terms))
            made += [TokenPrice(since, before, start, until, over, *prices) for over, prices in steps]
    return made or UNKNOWN


@cache
def model_of(provider: str, model: str) -> ModelInfo | None:
    """A model as the package knows it, if it does."""
    from genai_prices.data_snapshot import get_snapshot

    for seller in (provider, None) if provider in RESELLERS else (provider,):
        try:
            return get_snapshot().find_provider_model(model, None, seller or None, None)[1] if model else None
        except LookupError:
            continue
    return None


def _edges(model: ModelInfo) -> tuple[list[int], list[int]]:
    """The days, and the minutes of a day, on which some price of the model may change, with both ends of time."""
    from genai_prices.types import ModelPrice, StartDateConstraint, TimeOfDateConstraint

    conditions = [] if isinstance(model.prices, ModelPrice) else [price.constraint for price in model.prices]
    conditions += [variant.constraint for variant in model.price_variants or ()]
    days, minutes = {0, LAST_DAY}, {0, MINUTES}
    for condition in conditions:
        if isinstance(condition, StartDateConstraint):
            days.add((condition.start_date - EPOCH).days)
        elif isinstance(condition, TimeOfDateConstraint):
            minutes |= {_minute(condition.start_time), _minute(condition.end_time)}
    return sorted(days), sorted(minutes)


def _minute(at: time) -> int:
    utc = datetime.combine(date(2000, 1, 1), at, at.tzinfo or UTC).astimezone(UTC)
    return utc.hour * 60 + utc.minute


def _steps(prices: ModelPrice) -> Iterator[tuple[int, Iterable[int | None]]]:
    """From which size of a call on which prices hold."""
    from genai_prices.types import TieredPrices

    if prices.input_mtok is None:
        return
    stepped = [price for price in vars(prices).values() if isinstance(price, TieredPrices)]
    for over in sorted({-1} | {tier.start for price in stepped for tier in price.tiers}):
        yield over, _unit_prices(prices, over + 1 or 1)


def _unit_prices(prices: ModelPrice, size: int) -> Iterator[int | None]:
    """What one token of each class costs in a call of `size` tokens of input: asked, not worked out."""
    from genai_prices import Usage

    def asked(**used: int) -> Decimal:
        return prices.calc_price(Usage(**used))["total_price"]

    plain = asked(input_tokens=size)
    for cache_use in ({}, {"cache_read_tokens": size}, {"cache_write_tokens": size}):
        yield _pico(asked(input_tokens=size, **cache_use) / size)
    yield _pico(asked(input_tokens=size, cache_write_tokens=size, cache_write_1h_tokens=size) / size)
    # What only reads, as models of embeddings do, has no price of output.
    yield None if prices.output_mtok is None else _pico(asked(input_tokens=size, output_tokens=1) - plain)
    yield _pico(asked(input_tokens=size, web_searches=1) - plain)


def _pico(dollars: Decimal) -> int:
    return round(dollars * PICO)
