"""In which ways exports count and write that are their own: what is inside what, what is money, which clock it is.

Each corrects the open columns of a row by the row's own fields.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from bot.sources.files import money, values
from bot.sources.files.dates import DecimalMark
from bot.sources.files.problems import BadRow

Fields = dict[str, str]
DAY_SECONDS = 86_400
OFFSET = re.compile(r"(?:Z|UTC|GMT|[+-][0-9]{2}:?(?:[0-9]{2})?)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Reads numbers as their file writes them; of what is none it knows nothing: the row is rejected later."""

    mark: DecimalMark = DecimalMark.POINT

    def whole(self, text: str) -> int | None:
        """A count."""
        with suppress(BadRow):
            return values.count(text, "", self.mark)
        return None

    def amount(self, text: str) -> Decimal | None:
        """An amount, of whatever currency."""
        if text.strip().casefold() in ("", *values.NOTHING):
            return None
        with suppress(BadRow):
            return money.amount(text, "", "", values.LARGEST_COUNT, self.mark, negative=True)[0]
        return None


def _less(open_: Fields, numbers: Numbers, name: str, *parts: str) -> None:
    """Take parts out of a count that its source counts inside it."""
    total, held = numbers.whole(open_.get(name, "")), [numbers.whole(open_.get(part, "")) for part in parts]
    if total is not None:
        open_[name] = str(max(0, total - sum(count or 0 for count in held)))


def _in_utc(open_: Fields) -> None:
    """Its times are of UTC where they name no offset."""
    at = open_.get("timestamp", "").strip()
    if ":" in at and not OFFSET.search(at):
        open_["timestamp"] = f"{at}Z"


def cursor(own: Fields, open_: Fields, numbers: Numbers) -> None:
    """What a plan includes costs nothing here, and use by somebody's own key is paid elsewhere."""
    _in_utc(open_)
    kind = own.get("kind", "").casefold()
    cost = open_.get("cost", "")
    if kind.startswith("included") or cost.strip().casefold().startswith("included"):
        open_["cost_kind"], open_["list_cost"], open_["cost"] = "covered", cost if _has_digits(cost) else "", "0"
    elif "not charged" in kind or "no charge" in kind:
        open_["cost"] = "0"
    elif "api key" in kind:
        open_["cost"] = ""  # paid to the vendor of the model, not here
    elif "cost_to_you" in own:
        open_["list_cost"], open_["cost"] = cost, own["cost_to_you"]
    if not _has_digits(open_.get("list_cost", "")):
        open_["list_cost"] = ""


def _has_digits(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def copilot_bill(own: Fields, open_: Fields, numbers: Numbers) -> None:
    """Quantities are requests or credits by their unit; what a discount takes away is covered by a seat."""
    if "request" in own.get("unit_type", own["sku"]).casefold():
        count = numbers.whole(own["quantity"])
        open_["requests"] = "" if count is None else str(count)  # models count for parts of a request
    else:
        open_["credits"] = own["quantity"]
    if numbers.amount(own["net_amount"] or "0") == 0:
        open_["cost_kind"], open_["list_cost"], open_["cost"] = "covered", own["gross_amount"], "0"
    open_["model"] = open_.get("model", "").removeprefix("Auto: ")


def copilot_requests(own: Fields, open_: Fields, numbers: Numbers) -> None:
    """Models count for parts of a request, which is no count of requests."""
    _in_utc(open_)
    count = numbers.whole(own["requests_used"])
    open_["requests"] = "" if count is None else str(count)


def seat(own: Fields, open_: Fields, numbers: Numbers) -> None:
    """The last use of a seat is an active day; no use is nothing."""
    if open_.get("timestamp", "").strip().casefold() in ("", "none", "never", "-"):
        open_["leave"] = "seats that were never used say nothing of a day"


def openai(own: Fields, open_: Fields, numbers: Numbers) -> None:
    """Cached tokens are inside the input."""
    _bucket(own, open_, numbers)
    if own.get("batch", "").casefold() == "true":
        open_["service_tier"] = "batch"
    _less(open_, numbers, "input_tokens", "cached_input_tokens", "cache_write_tokens")


def openai_cost(own: Fields, open_: Fields, numbers: Numbers) -> None:
    """A line item begins with its model."""
    _bucket(own, open_, numbers)
    open_["model"] = open_.get("model", "").partition(", ")[0]
    open_["currency"] = open_.get("currency", "").upper()


def _bucket(own: Fields, open_: Fields, numbers: Numbers) -> None:
    """A bucket of a day is a day in UTC; a shorter one is an instant."""
    start, end = (numbers.whole(own.get(name, "")) for name in ("start_time", "end_time"))
    if start is None:
        open_["date"] = own.get("start_time_iso", own["start_time"])[:10]
    elif end is not None and end - start < DAY_SECONDS:
        open_["timestamp"] = str(start)
    else:
        open_["date"] = datetime.fromtimestamp(start, UTC).date().isoformat()


def anthropic(own: Fields, open_: Fields, numbers: Numbers) -> None:
    """Both kinds of cache writes are one count, of which the long ones are a part."""
    texts = [own.get(f"usage_input_tokens_cache_write_{ttl}", "") for ttl in ("5m", "1h")]
    short, long = map(numbers.whole, texts)
    no_count = next((text for text in texts if numbers.whole(text) is None and _has_digits(text)), "")
    if no_count:
        open_["cache_write_tokens"] = no_count  # which is why the row is rejected
    elif short is not None or long is not None:
        open_["cache_write_tokens"] = str((short or 0) + (long or 0))
        open_["cache_write_1h_tokens"] = "" if long is None else str(long)


def litellm_log(own: Fields, open_: Fields, numbers: Numbers) -> None:
    """Its times are of UTC."""
    _in_utc(open_)
    litellm_cost(own, open_, numbers)


def litellm_cost(own: Fields, open_: Fields, numbers: Numbers) -> None:
    """Cached tokens are inside the input, and money is the gateway's estimate."""
    _less(open_, numbers, "input_tokens", "cached_input_tokens", "cache_write_tokens")
    open_["cost_kind"] = "estimated"
    free = own.get("cache_hit", "").casefold() == "true"
    used = numbers.whole(own.get("prompt_tokens", "")) or numbers.whole(own.get("completion_tokens", ""))
    if numbers.amount(open_.get("cost", "")) == 0 and used and not free:
        open_["cost"] = ""  # the gateway knows no price for it: unpriced, not free
