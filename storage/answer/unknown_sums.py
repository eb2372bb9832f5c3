"""Which sums are unknown, and not 0: costs of use without a price, tokens of use that reports none."""

from __future__ import annotations

from storage.answer.labelled_sums import Sums

COSTS = {"cost_nano": "", "w_cost_nano": "w_", "people_cost_nano": "w_"}
TOKENS = ("input", "cached", "cache_write", "output")


def leave_out_unknown(sums: Sums) -> None:
    """Empty the sums of a row that nobody knows."""
    _leave_out_unpriced(sums)
    _leave_out_unreported(sums)


def _leave_out_unpriced(sums: Sums) -> None:
    """Where no row at all has a price, or all of it is billed apart, the cost is unknown, not 0."""
    for cost, prefix in COSTS.items():
        lacking = (f"{prefix}unpriced_facts", f"{prefix}apart_facts")
        if cost in sums and not sums[f"{prefix}priced_facts"] and any(sums[name] for name in lacking):
            sums[cost] = None


def _leave_out_unreported(sums: Sums) -> None:
    """Where there is use and none of it reports tokens, these are unknown, not 0: nobody is idle for that."""
    for prefix, tokenless in (("", "tokenless_facts"), ("w_", "w_tokenless_facts")):
        names = [f"{prefix}{name}" for name in TOKENS if f"{prefix}{name}" in sums]
        if sums.get(tokenless) and not any(sums[name] for name in names):
            sums |= dict.fromkeys(names)
    if sums.get("w_tokenless_facts") and sums.get("people_tokens", 1) == 0:
        sums["people_tokens"] = None
    if sums.get("uncounted_facts") and sums.get("people_requests", 1) == 0:
        sums["people_requests"] = None
