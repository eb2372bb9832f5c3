"""Exports that people have at hand, as the open columns: declared mappings, recognised by their headings.

Each says how its source counts: what is inside what, what is money and what a credit, and what it does not report.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.sources.files.sniffing import column

Fields = dict[str, str]
DAY_SECONDS = 86_400


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
    change: Callable[[Fields, Fields], None] = lambda _own, _open: None
    priced_by_call: bool = False

    def reader(self, header: Sequence[str]) -> Callable[[list[str]], Fields]:
        """How a row of this header becomes the open columns."""
        names = [column(name) for name in header]
        places = {
            open_: next((names.index(name) for name in of if name in names), None) for open_, of in self.columns.items()
        }

        def read(row: list[str]) -> Fields:
            own = dict(zip(names, row, strict=True))
            found = {**self.constants} | {open_: row[place] for open_, place in places.items() if place is not None}
            self.change(own, found)
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


def _less(open_: Fields, name: str, *parts: str) -> None:
    """Take parts out of a count that its source counts inside it."""
    texts = [open_.get(name, ""), *(open_.get(part, "") for part in parts)]
    if all(text.strip().isdigit() or not text.strip() for text in texts) and texts[0].strip():
        first, *others = (int(text or 0) for text in texts)
        open_[name] = str(max(0, first - sum(others)))


def _cursor(own: Fields, open_: Fields) -> None:
    kind = own.get("kind", "").casefold()
    cost = open_.get("cost", "")
    if kind.startswith("included") or cost.strip().casefold().startswith("included"):
        open_["cost_kind"], open_["list_cost"], open_["cost"] = "covered", cost if _is_money(cost) else "", "0"
    elif "not charged" in kind or "no charge" in kind:
        open_["cost"] = "0"
    elif "api key" in kind:
        open_["cost"] = ""  # paid to the vendor of the model, not here
    elif "cost_to_you" in own:
        open_["list_cost"], open_["cost"] = cost, own["cost_to_you"]
    if not _is_money(open_.get("list_cost", "")):
        open_["list_cost"] = ""


def _is_money(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def _copilot_bill(own: Fields, open_: Fields) -> None:
    if "request" in own.get("unit_type", own["sku"]).casefold():
        open_["requests"] = own["quantity"] if own["quantity"].replace(".0", "").isdigit() else ""
    else:
        open_["credits"] = own["quantity"]
    if not own["net_amount"].strip().replace("0", "").replace(".", ""):
        open_["cost_kind"], open_["list_cost"], open_["cost"] = "covered", own["gross_amount"], "0"
    open_["model"] = open_.get("model", "").removeprefix("Auto: ")


def _seat(own: Fields, open_: Fields) -> None:
    if open_.get("timestamp", "").strip().casefold() in ("", "none", "never", "-"):
        open_["leave"] = "seats that were never used say nothing of a day"


def _openai(own: Fields, open_: Fields) -> None:
    _bucket(own, open_)
    if own.get("batch", "").casefold() == "true":
        open_["service_tier"] = "batch"
    _less(open_, "input_tokens", "cached_input_tokens", "cache_write_tokens")


def _openai_cost(own: Fields, open_: Fields) -> None:
    _bucket(own, open_)
    open_["model"] = open_.get("model", "").partition(", ")[0]
    open_["currency"] = open_.get("currency", "").upper()


def _bucket(own: Fields, open_: Fields) -> None:
    """A bucket of a day is a day in UTC; a shorter one is an instant."""
    start, end = own["start_time"], own.get("end_time", "")
    if not start.isdigit():
        open_["date"] = own.get("start_time_iso", start)[:10]
    elif end.isdigit() and int(end) - int(start) < DAY_SECONDS:
        open_["timestamp"] = start
    else:
        open_["date"] = datetime.fromtimestamp(int(start), UTC).date().isoformat()


def _anthropic(own: Fields, open_: Fields) -> None:
    short, long = own.get("usage_input_tokens_cache_write_5m", ""), own.get("usage_input_tokens_cache_write_1h", "")
    if short.isdigit() or long.isdigit():
        open_["cache_write_tokens"] = str(int(short or 0) + int(long or 0))
        open_["cache_write_1h_tokens"] = long


def _litellm_log(own: Fields, open_: Fields) -> None:
    at = open_.get("timestamp", "").strip()
    open_["timestamp"] = at if at.endswith("Z") or "+" in at[10:] else f"{at}Z"  # its times are of UTC
    _litellm_cost(own, open_)


def _litellm_cost(own: Fields, open_: Fields) -> None:
    _less(open_, "input_tokens", "cached_input_tokens", "cache_write_tokens")
    open_["cost_kind"] = "estimated"
    free = own.get("cache_hit", "").casefold() == "true"
    used = own.get("prompt_tokens", "0").strip("0 ") or own.get("completion_tokens", "0").strip("0 ")
    if not open_.get("cost", "").strip("0. ") and used and not free:
        open_["cost"] = ""  # the gateway knows no price for it: unpriced, not free


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
        change=_cursor,
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
        change=_copilot_bill,
    ),
    Export(
        name="GitHub Copilot seats",
        needs=("login", "last_activity_at"),
        columns={"timestamp": ("last_activity_at",), "email": ("email", "login"), "feed": ("organization",)},
        constants={"tool": "copilot", "provider": "github", "model": ""},
        change=_seat,
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
        change=_openai,
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
        change=_openai_cost,
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
        change=_anthropic,
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
        change=_litellm_log,
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
        change=_litellm_cost,
        priced_by_call=True,
    ),
)
