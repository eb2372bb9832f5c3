"""What a row of LiteLLM's spend logs says: one call, as the API, the table or an exported callback has it.

Source of the format: the proxy's `LiteLLM_SpendLogs`. `prompt_tokens` holds what was read from and written to caches.
The money is the gateway's own estimate.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from bot.sources.values import amount, count, less, moment, packed, text
from storage.records import CostKind, PricingRecord, UsageRecord

TOOL = "litellm"
PRICING = PricingRecord(rule="LiteLLM's own price table")
# A tag “cost_center:R&D” books a call; other tags say nothing of that.
BOOKED = {
    "project": "project",
    "cost_center": "cost_center",
    "cost-center": "cost_center",
    "costcenter": "cost_center",
    "repository": "repository",
    "repo": "repository",
}
BOOKED_TO = (
    "user_api_key_project_alias",
    "user_api_key_project_id",
    "user_api_key_team_alias",
    "user_api_key_team_id",
)

Input = tuple[int | None, int | None, int | None]
Estimate = tuple[Decimal | None, CostKind | None, PricingRecord | None]


def call_records(rows: Iterable[Mapping[str, Any]]) -> Iterator[UsageRecord]:
    """A usage fact of each call; one that the gateway's own cache answered sent no tokens to anybody."""
    for row in rows:
        at = moment(row, "startTime")
        about = packed(row, "metadata")
        cached = str(row.get("cache_hit")).lower() == "true"
        (fresh, read, written), output, thought = _tokens(row, packed(about, "usage_object"), cached)
        cost, kind, pricing = estimate(amount(row, "spend", needed=True), fresh or output, free=cached)
        project, cost_center, repository = _booked(row, about)
        yield UsageRecord(
            natural_key=text(row, "request_id", needed=True),
            day=at.date(),
            at=at,
            subject=who(
                text(about, "user_api_key_user_email"),
                text(row, "user") or text(about, "user_api_key_user_id"),
                text(row, "end_user"),
                text(about, "user_api_key_alias"),
                text(row, "api_key"),
            ),
            tool=TOOL,
            provider=text(row, "custom_llm_provider"),
            model=text(row, "model", needed=True),
            requests=0 if about.get("internal_call_origin") or row.get("mcp_namespaced_tool_name") else 1,
            project=project,
            cost_center=cost_center,
            repository=repository,
            pricing=pricing,
            input_tokens=fresh,
            cached_input_tokens=read,
            cache_write_tokens=written,
            output_tokens=output,
            reasoning_tokens=thought,
            cost=cost,
            cost_kind=kind,
        )


def who(email: str, user: str, end_user: str, alias: str, key: str) -> str:
    """The gateway's best word for a person; where a key is nobody's, the key, which may be an agent's."""
    customer = end_user if "@" in end_user else ""  # other ones are customers of what is built on it
    return (email or user or customer or alias or key).strip()


def estimate(cost: Decimal | None, tokens: int | None, free: bool = False) -> Estimate:
    """A cost as the gateway estimates it: 0 dollars for tokens that came from no cache is a price it does not know."""
    if cost is None or (tokens and not cost and not free):
        return None, None, None
    return cost, CostKind.ESTIMATED, PRICING


def split(prompt: int | None, read: int | None, written: int | None) -> Input:
    """The classes of input made disjoint: fresh, read from a cache, written to one."""
    return less(prompt, read, written), read, written


def _tokens(row: Mapping[str, Any], usage: Mapping[str, Any], cached: bool) -> tuple[Input, int | None, int | None]:
    """The classes of input, output, and the reasoning in it."""
    if cached:
        return (0, None, None), 0, None
    prompt, output = count(row, "prompt_tokens", needed=True), count(row, "completion_tokens", needed=True)
    details = packed(usage, "prompt_tokens_details")
    read = _first(count(usage, "cache_read_input_tokens"), details, "cached_tokens")
    written = _first(count(usage, "cache_creation_input_tokens"), details, "cache_creation_tokens")
    thought = count(packed(usage, "completion_tokens_details"), "reasoning_tokens")
    return split(prompt, read, written), output, thought


def _first(told: int | None, details: Mapping[str, Any], name: str) -> int | None:
    return count(details, name) if told is None else told


def _booked(row: Mapping[str, Any], about: Mapping[str, Any]) -> tuple[str, str, str]:
    """Project, cost centre and repository: by tags, else the project or the team of the key."""
    booked = {}
    for tag in _tags(row.get("request_tags")):
        name, colon, value = tag.replace("=", ":", 1).partition(":")
        if colon and value.strip() and name.strip().lower() in BOOKED:
            booked[BOOKED[name.strip().lower()]] = value.strip()
    if "project" not in booked:
        known = (text(about, name) for name in BOOKED_TO)
        booked["project"] = next(filter(None, known), "") or text(row, "team_id")
    return booked["project"], booked.get("cost_center", ""), booked.get("repository", "")


def _tags(told: Any) -> Sequence[str]:
    if isinstance(told, str) and told:
        try:
            told = json.loads(told)
        except ValueError:
            return ()
    return [tag for tag in told if isinstance(tag, str)] if isinstance(told, list) else ()
