"""Which model's list prices a question means: one in use, or one that the price table knows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.sources.prices import EPOCH, known_models, rates
from storage.answer.at_prices import ListPrice
from storage.names import Directory
from storage.records import Period

_SNAPSHOT = re.compile(r"-20\d{6}$|-20\d\d-\d\d-\d\d$|-latest$")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class PricedModel:
    """A model whose prices are meant; `others` are further ones in use that the words fit as well."""

    name: str
    others: tuple[str, ...] = ()


def priced_model(said: str, directory: Directory) -> PricedModel | None:
    """The model that these words name; of several that nobody here uses the newest. None where none has a price."""
    words = _words(said)
    used = directory.values.get("model", ())
    aliases = {alias: name for kind, name, alias in directory.aliases if kind == "model"}
    exact = next((aliases.get(name, name) for name in (*used, *aliases) if _words(name) == words), None)
    if exact is not None:
        return PricedModel(exact)
    if not words:
        return None
    fitting = [name for name in used if set(words) <= set(_words(name))]
    if fitting:
        first, *others = sorted(fitting)
        return PricedModel(first, tuple(others))
    known = [name for name in known_models() if set(words) <= set(_words(name)) and not _SNAPSHOT.search(name)]
    if known:
        return PricedModel(max(known, key=lambda name: (_generation(name), -len(name))))
    name = "-".join(words)
    return PricedModel(name) if rates("", name, {})[0].input is not None else None


def list_prices(model: str, period: Period) -> tuple[ListPrice, ...]:
    """The model's list prices on the days of a period; empty where none is known."""
    found = []
    rows = [rate for rate in rates("", model, {}) if rate.input is not None]
    first_minute = min((rate.start for rate in rows), default=0)  # of prices that change within the day the first
    for rate in rows:
        if rate.start != first_minute:
            continue
        first, last = max(_day(rate.since), period.start), min(_day(rate.before - 1), period.end)
        if first <= last:
            unit = (rate.input or 0, rate.cached or 0, rate.written or 0, rate.output or 0)
            found.append(ListPrice(first, last, rate.over, unit))
    return tuple(found)


def _day(number: int) -> date:
    return EPOCH + timedelta(days=number)


def _words(name: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[a-z]+|\d+(?:[a-z]+)?", name.casefold().rpartition("/")[2]))


def _generation(name: str) -> tuple[int, ...]:
    return tuple(int(number) for number in _NUMBER.findall(name) if len(number) < 4)
