"""Rows as Anthropic's reports give them."""

from __future__ import annotations

import json
from typing import Any

from tests.shared import shared

DAY = "2026-11-06"
OPUS, HAIKU = "claude-opus-4-8", "claude-haiku-4-5-20251001"


def message(*tokens: int, **more: Any) -> dict[str, Any]:
    """A row of the messages report: fresh input, cached, written for five minutes, for an hour, output."""
    fresh, cached, short, long, output = tokens
    return {
        "uncached_input_tokens": fresh,
        "cache_read_input_tokens": cached,
        "cache_creation": {"ephemeral_5m_input_tokens": short, "ephemeral_1h_input_tokens": long},
        "output_tokens": output,
        "api_key_id": "apikey_1",
        "workspace_id": None,
        "account_id": None,
        "model": OPUS,
        **more,
    }


def person(email: str, *tokens: int, customer: str = "api", model: str = OPUS, **more: Any) -> dict[str, Any]:
    """A row of Claude Code's analytics: fresh input, cached, written, output."""
    said = dict(zip(("input", "cache_read", "cache_creation", "output"), tokens, strict=True))
    cost = {"currency": "USD", "amount": "150"}
    return {
        "date": f"{DAY}T00:00:00Z",
        "actor": {"type": "user_actor", "email_address": email},
        "customer_type": customer,
        "terminal_type": "vscode",
        "core_metrics": {"num_sessions": 2},
        "tool_actions": {"edit_tool": {"accepted": 3, "rejected": 1}},
        "model_breakdown": [{"model": model, "tokens": said, "estimated_cost": cost}],
        **more,
    }


def line(cents: str, **more: Any) -> dict[str, Any]:
    row = {"amount": cents, "currency": "USD", "workspace_id": None, "model": OPUS, "token_type": "output_tokens"}
    return {**row, "description": "Claude Opus 4.8 Usage", "cost_type": "tokens", **more}


def analytics(product: str, what: dict[str, Any], **actor: Any) -> dict[str, Any]:
    who = {"type": "user_actor", "user_id": "user_1", "email_address": "ada@acme.example", "name": "Ada", **actor}
    return {"starting_at": f"{DAY}T00:00:00Z", "group": {"actor": who, "product": product, "model": OPUS}, **what}


def used(*tokens: int, requests: int | None = 5) -> dict[str, Any]:
    row = message(*tokens)
    return {"usage": {name: row[name] for name in list(row)[:4]} | {"requests": requests}}


def sample(name: str) -> Any:
    return json.loads(shared("data", "wire", "anthropic", name).read_text("utf-8"))
