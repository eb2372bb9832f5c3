"""Exports that people have at hand, as the open columns: declared mappings, recognised by their headings.

Each says how its source counts: what is inside what, what is money and what a credit, and what it does not report.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from bot.sources.files import quirks
from bot.sources.files.quirks import Fields, Numbers
from bot.sources.files.sniffing import column


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One kind of file: `needs` tell it from others, `columns` say which heading is which open column.

    With `priced_by_call` a row of one request without a price is estimated at list price: nothing else tells its cost.
    `constants` fill what the file leaves unsaid; `change` sees a row's own fields, of which it uses those that are in
    `also`, and corrects the open ones.
    """

    name: str
    needs: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    constants: Mapping[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    change: Callable[[Fields, Fields, Numbers], None] = lambda _own, _open, _numbers: None
    priced_by_call: bool = False

    def as_written(self, header: Sequence[str]) -> Callable[[list[str]], Fields]:
        """What a row of this header writes in the open columns, as it stands there."""
        names = [column(name) for name in header]
        found = ((open_, next((names.index(name) for name in of if name in names), None))
                 for open_, of in self.columns.items())  # fmt: skip
        places = [(open_, place) for open_, place in found if place is not None]
        return lambda row: {open_: row[place] for open_, place in places}

    def reader(self, header: Sequence[str], numbers: Numbers) -> Callable[[list[str]], Fields]:
        """How a row of this header becomes the open columns; `numbers` are written as in its file."""
        names, written = [column(name) for name in header], self.as_written(header)

        def read(row: list[str]) -> Fields:
            found = {**self.constants} | written(row)
            self.change(dict(zip(names, row, strict=True)), found, numbers)
            return found

        return read

    def unknown(self, header: Sequence[str]) -> list[str]:
        """Headings that no open column has use for."""
        used = {name for of in self.columns.values() for name in of} | {*self.needs, *self.also}
        return [name for name in header if column(name) not in used]


def recognise(header: Sequence[str]) -> Export | None:
    """The export whose headings these are."""
    names = {column(name) for name in header}
    return next((export for export in EXPORTS if names.issuperset(export.needs)), None)


def headings() -> Collection[str]:
    """All headings that tell an export."""
    return {name for export in EXPORTS for name in export.needs}


EXPORTS = (
    Export(
        name="Cursor usage events",
        needs=("date", "model", "input_(w/_cache_write)", "input_(w/o_cache_write)", "cache_read", "output_tokens"),
        columns={
            "timestamp": ("date",),
            "email": ("user", "user_email", "email"),
            "model": ("model",),
            "cache_write_tokens": ("input_(w/_cache_write)",),
            "input_tokens": ("input_(w/o_cache_write)",),
            "cached_input_tokens": ("cache_read",),
            "output_tokens": ("output_tokens",),
            "cost": ("cost", "cost_($)"),
        },
        constants={"tool": "cursor", "provider": "cursor", "mode": "agent", "requests": "1"},
        also=("kind", "cost_to_you"),
        change=quirks.cursor,
    ),
    Export(
        name="GitHub Copilot usage report (billing)",
        needs=("date", "username", "product", "sku", "quantity", "gross_amount", "net_amount"),
        columns={
            "date": ("date",),
            "email": ("username",),
            "model": ("model",),
            "cost": ("net_amount",),
            "feed": ("organization",),
            "repository": ("repository",),
            "cost_center": ("cost_center_name",),
        },
        constants={"tool": "copilot", "provider": "github"},
        also=("unit_type",),
        change=quirks.copilot_bill,
    ),
    Export(
        name="GitHub Copilot premium requests",
        needs=("timestamp", "user", "model", "requests_used", "exceeds_monthly_quota"),
        columns={"timestamp": ("timestamp",), "email": ("user",), "model": ("model",)},
        constants={"tool": "copilot", "provider": "github"},
        also=("total_monthly_quota",),
        change=quirks.copilot_requests,
    ),
    Export(
        name="GitHub Copilot seats",
        needs=("login", "last_activity_at"),
        columns={"timestamp": ("last_activity_at",), "email": ("email", "login"), "feed": ("organization",)},
        constants={"tool": "copilot", "provider": "github", "model": ""},
        change=quirks.seat,
    ),
    Export(
        name="OpenAI usage",
        needs=("start_time", "input_tokens", "output_tokens", "num_model_requests"),
        columns={
            "email": ("user_email", "user_id", "user_name"),
            "model": ("model",),
            "input_tokens": ("input_tokens",),
            "cached_input_tokens": ("input_cached_tokens",),
            "cache_write_tokens": ("input_cache_write_tokens",),
            "output_tokens": ("output_tokens",),
            "requests": ("num_model_requests",),
            "project": ("project_name", "project_id"),
            "service_tier": ("service_tier",),
        },
        constants={"tool": "openai_api", "provider": "openai"},
        also=("end_time", "start_time_iso", "batch"),
        change=quirks.openai,
    ),
    Export(
        name="OpenAI costs",
        needs=("start_time", "amount_value", "line_item"),
        columns={
            "email": ("user_email", "user_id"),
            "model": ("line_item",),
            "cost": ("amount_value",),
            "currency": ("amount_currency",),
            "project": ("project_name", "project_id"),
        },
        constants={"tool": "openai_api", "provider": "openai"},
        also=("end_time", "start_time_iso"),
        change=quirks.openai_cost,
    ),
    Export(
        name="Anthropic Console usage",
        needs=("usage_date_utc", "usage_input_tokens_no_cache", "usage_output_tokens"),
        columns={
            "date": ("usage_date_utc",),
            "email": ("api_key", "user_email"),
            "model": ("model_version", "model"),
            "input_tokens": ("usage_input_tokens_no_cache",),
            "cached_input_tokens": ("usage_input_tokens_cache_read",),
            "output_tokens": ("usage_output_tokens",),
            "project": ("workspace",),
            "service_tier": ("usage_type",),
        },
        constants={"tool": "anthropic_api", "provider": "anthropic"},
        also=("usage_input_tokens_cache_write_5m", "usage_input_tokens_cache_write_1h"),
        change=quirks.anthropic,
    ),
    Export(
        name="Anthropic Console cost",
        needs=("usage_date_utc", "token_type", "cost_usd"),
        columns={
            "date": ("usage_date_utc",),
            "email": ("api_key", "user_email"),
            "model": ("model", "model_version"),
            "cost_usd": ("cost_usd",),
            "project": ("workspace",),
            "service_tier": ("usage_type",),
        },
        constants={"tool": "anthropic_api", "provider": "anthropic"},
    ),
    Export(
        name="LiteLLM spend logs",
        needs=("request_id", "spend", "prompt_tokens", "completion_tokens", "starttime"),
        columns={
            "timestamp": ("starttime",),
            "event_id": ("request_id",),
            "email": ("user_email", "user", "end_user"),
            "provider": ("custom_llm_provider",),
            "model": ("model",),
            "input_tokens": ("prompt_tokens",),
            "cached_input_tokens": ("cache_read_input_tokens",),
            "cache_write_tokens": ("cache_creation_input_tokens",),
            "output_tokens": ("completion_tokens",),
            "cost": ("spend",),
            "project": ("team_alias", "team_id"),
        },
        constants={"tool": "litellm", "requests": "1"},
        also=("cache_hit",),
        change=quirks.litellm_log,
        priced_by_call=True,
    ),
    Export(
        name="LiteLLM daily activity",
        needs=("date", "spend", "prompt_tokens", "completion_tokens", "api_requests"),
        columns={
            "date": ("date",),
            "email": ("user_email", "user_id", "email"),
            "provider": ("custom_llm_provider",),
            "model": ("model", "model_group"),
            "input_tokens": ("prompt_tokens",),
            "cached_input_tokens": ("cache_read_input_tokens",),
            "cache_write_tokens": ("cache_creation_input_tokens",),
            "output_tokens": ("completion_tokens",),
            "requests": ("api_requests",),
            "cost": ("spend",),
            "project": ("team_alias", "team_id"),
        },
        constants={"tool": "litellm"},
        change=quirks.litellm_cost,
        priced_by_call=True,
    ),
)
