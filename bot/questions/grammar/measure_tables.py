"""Tables of the metric rules: per head, ratios, and which mention says nothing beside another."""

from __future__ import annotations

from storage.catalogue import METRICS

PER_HEAD = {
    "tokens": "tokens_per_employee", "fresh_tokens": "fresh_tokens_per_employee",
    "effective_tokens": "effective_tokens_per_employee", "cost": "cost_per_employee",
    "requests": "requests_per_employee", "tokens_per_employee": "tokens_per_employee",
    "active_days_per_person": "active_days_per_person",
}  # fmt: skip


PER_ACTIVE = {
    "tokens": "tokens_per_active_person",
    "active_days_per_person": "active_days_per_person",
    "tokens_per_active_person": "tokens_per_active_person",
}


RATIOS = {
    ("output_tokens", "tokens"): "output_share",
    ("cached_input_tokens", "input_tokens"): "cache_share",
    ("accepted", "suggested"): "acceptance_rate",
    ("human_minutes", "items"): "minutes_per_item",
    ("cached_input_tokens", "cached_input_tokens"): "cache_share",
}


_TOKEN_RATIOS = {
    "agent_share", "cache_share", "output_share", "top_decile_share", "cost_per_million_tokens", "tokens_per_employee",
    "tokens_per_active_person", "fresh_tokens_per_employee", "effective_tokens_per_employee", "active_people",
    "adoption_rate", "inactive_people", "fresh_tokens", "input_tokens", "output_tokens", "cached_input_tokens",
    "cache_write_tokens", "reasoning_tokens", "effective_tokens", "active_days_per_person",
}  # fmt: skip


_WORK_RATIOS = {
    "success_rate",
    "rework_rate",
    "failure_rate",
    "ai_share",
    "autonomy_share",
    "minutes_per_item",
    "human_hours",
    "human_minutes",
    "hours_offloaded",
    "offloadable_hours",
}


ABSORBED = (
    {name: {"tokens"} for name in _TOKEN_RATIOS}
    | {name: {"items"} for name in _WORK_RATIOS}
    | {
        "cost": {"tokens"}, "cost_per_employee": {"cost", "tokens"}, "cost_per_million_tokens": {"cost", "tokens"},
        "acceptance_rate": {"accepted", "suggested"}, "accepted": {"suggested"}, "requests": {"tokens"},
        "adoption_rate": {"active_people", "tokens"}, "active_people": {"tokens"},
        "requests_per_employee": {"requests"}, "agent_share": {"tokens", "requests"},
        "hours_offloaded": {"human_hours", "items", "tokens"},
        "offloadable_hours": {"human_hours", "items", "hours_offloaded"},
        "inactive_people": {"active_people", "tokens"}, "suggested": {"tokens"},
        "cache_share": {"tokens", "input_tokens", "cached_input_tokens"}, "output_share": {"tokens", "output_tokens"},
        "top_decile_share": {"tokens"}, "fresh_tokens": {"tokens", "cached_input_tokens"},
        "input_tokens": {"tokens", "fresh_tokens"}, "tokens_per_employee": {"tokens"},
    }
)  # fmt: skip


SHARE = r"(?:<sharenoun>|how much|ratio|rate|mix)"


OF = r"(?:of|from|in|out of)"


COUNT = r"(?:how many|how many of|number of|count of|count|total number of|what number of|nb of|quantity of)"


def plain_ratio(above: str, below: str) -> str:
    listed = above in METRICS and below in METRICS and METRICS[above].additive and METRICS[below].additive
    return f"{above}/{below}" if listed and above != below else ""
