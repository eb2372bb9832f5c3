"""What LiteLLM's daily sums say: a day, a key and a model, as the tables or the nested replies of the API have them.

Source of the formats: the proxy's `LiteLLM_DailyUserSpend`, and `/user/daily/activity`, whose cells are objects of
sums, in older releases without a name of their own. Cache reads and writes are parts of `prompt_tokens`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import chain
from operator import add
from typing import Any, NamedTuple

from bot.sources.litellm.calls import TOOL, estimate, split, who
from bot.sources.values import Row, amount, count, inner, required, text, utc_day
from storage.records import UsageRecord

DUST = Decimal("1e-9")  # dollars that floats leave when they are added up
NEEDED = ("prompt_tokens", "completion_tokens", "api_requests")
KEY_OF = ("date", "user_id", "api_key", "model", "custom_llm_provider", "mcp_namespaced_tool_name", "endpoint")


class Sums(NamedTuple):
    """What a cell of the sums counts."""

    spend: Decimal = Decimal(0)
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cache_read_input_tokens: int = 0
    cache_creation_input_tokens: int = 0
    api_requests: int = 0


def sum_records(rows: Iterable[Mapping[str, Any]]) -> Iterator[UsageRecord]:
    """A usage fact of each row."""
    for row in rows:
        prompt, output = count(row, "prompt_tokens", needed=True), count(row, "completion_tokens", needed=True)
        read, written = count(row, "cache_read_input_tokens"), count(row, "cache_creation_input_tokens")
        fresh, cached, stored = split(prompt, read, written)
        cost, kind, pricing = estimate(amount(row, "spend"), prompt or output)
        yield UsageRecord(
            natural_key="|".join(text(row, name) for name in KEY_OF),
            day=utc_day(row, "date"),
            subject=who(
                text(row, "user_email"), text(row, "user_id"), "", text(row, "key_alias"), text(row, "api_key")
            ),
            tool=TOOL,
            provider=text(row, "custom_llm_provider"),
            model=text(row, "model"),
            project=text(row, "team_alias") or text(row, "team_id"),
            output_tokens=output,
            requests=0 if row.get("mcp_namespaced_tool_name") else count(row, "api_requests"),
            input_tokens=fresh,
            cached_input_tokens=cached,
            cache_write_tokens=stored,
            cost=cost,
            cost_kind=kind,
            pricing=pricing,
        )


def rows_of(results: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The API's nested results as rows of the table, a day that is spread over pages put together."""
    cells: dict[tuple[str, str, str], Sums] = defaultdict(Sums)
    keys: dict[str, Mapping[str, Any]] = {}
    for result in results:
        day = text(result, "date", needed=True)
        breakdown = inner(result, "breakdown", needed=True)
        if any(_sums(result)) and not {"models", "api_keys"} & breakdown.keys():
            required(breakdown, "models")
        for key, model, sums in _cells(result, breakdown):
            cells[day, key, model] = _add(cells[day, key, model], sums)
        named = [_named(breakdown, "api_keys")]
        named += [_named(cell, "api_key_breakdown") for cell in _named(breakdown, "models").values()]
        for key, cell in chain.from_iterable(cells_of.items() for cells_of in named):
            keys[key] = {**inner(cell, "metadata"), **keys.get(key, {})}
    return [
        {**keys.get(key, {}), **sums._asdict(), "date": day, "api_key": key, "model": model}
        for (day, key, model), sums in cells.items()
    ]


def calls_in(results: Iterable[Mapping[str, Any]]) -> int:
    """How many calls results of the API tell of."""
    return sum(_sums(result).api_requests for result in results)


def _cells(result: Mapping[str, Any], breakdown: Mapping[str, Any]) -> Iterator[tuple[str, str, Sums]]:
    """Keys by models where the reply crosses them, else the one of the two that says more; then what is in neither."""
    models, keys = _named(breakdown, "models"), _named(breakdown, "api_keys")
    told = Sums()
    for key, model, sums in _crossed(models) or _uncrossed(models, keys):
        told = _add(told, sums)
        yield key, model, sums
    left = _beyond(_sums(result), told)
    if any(left):
        yield "", "", left


def _named(about: Row, part: str) -> dict[str, Row]:
    """The cells of a part of the reply, by what they are of; what is none is a field that is new there."""
    cells = inner(about, part).items()
    return {name: cell for name, cell in cells if isinstance(cell, Mapping) and {"metrics", *NEEDED} & cell.keys()}


def _crossed(models: Mapping[str, Any]) -> list[tuple[str, str, Sums]]:
    by_key = {model: _named(cell, "api_key_breakdown") for model, cell in models.items()}
    if not any(by_key.values()):
        return []
    found = [(key, model, _sums(cell)) for model, cells in by_key.items() for key, cell in cells.items()]
    for model, cell in models.items():
        told = Sums()
        for sums in map(_sums, by_key[model].values()):
            told = _add(told, sums)
        found.append(("", model, _beyond(_sums(cell), told)))
    return [cell for cell in found if any(cell[2])]


def _uncrossed(models: Mapping[str, Any], keys: Mapping[str, Any]) -> list[tuple[str, str, Sums]]:
    if not keys:
        return [("", model, _sums(cell)) for model, cell in models.items()]
    only = next(iter(models)) if len(models) == 1 else ""
    return [(key, only, _sums(cell)) for key, cell in keys.items()]


def _sums(cell: Any) -> Sums:
    told = inner(cell, "metrics") if "metrics" in cell else cell
    read, written = (count(told, f"cache_{part}_input_tokens") or 0 for part in ("read", "creation"))
    prompt, output, calls = (count(told, name, needed=True) or 0 for name in NEEDED)
    return Sums(amount(told, "spend", needed=True) or Decimal(0), prompt, output, read, written, calls)


def _add(one: Sums, other: Sums) -> Sums:
    return Sums(one.spend + other.spend, *map(add, one[1:], other[1:]))


def _beyond(total: Sums, told: Sums) -> Sums:
    spend = total.spend - told.spend
    return Sums(
        spend if spend > DUST else Decimal(0),
        *(max(0, one - other) for one, other in zip(total[1:], told[1:], strict=True)),
    )
