"""usage.csv and known exports: tokens, requests, suggestions and cost of a day or an event, by who, with what.

Grain: one row a key (feed, date or timestamp, email, tool, provider, model, mode, workflow, ledger, service_tier,
       currency, project, cost_center, repository); rows of one key add up, rows of one event_id are one row said again
Cost:  what the organisation says it paid, so it counts as billed; an empty field is unpriced, never 0. A negative one
       is a credit, "Included" is covered by a seat
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date
from decimal import Decimal
from functools import lru_cache, partial
from hashlib import blake2b
from typing import Any
from zoneinfo import ZoneInfo

from bot.sources.files import money, values
from bot.sources.files.dates import DecimalMark
from bot.sources.files.estimates import estimate
from bot.sources.files.problems import BadRow
from bot.sources.files.reading import Columns, CsvFile
from bot.sources.files.usage_columns import BILLED, REMEMBERED, PlainPieces
from storage.catalogue.daily import COUNTS
from storage.catalogue.spellings import plain
from storage.load.filling import instant, key_of, nano, pricing_of
from storage.load.keys import of_credit
from storage.load.staging import PRICES, Row
from storage.records import CostKind, Ledger, Mode, PricingRecord
from storage.tables import NUMBER_OF_KIND

WHAT = ("tool", "provider", "model", "mode", "workflow", "ledger")
BOOKED = ("project", "cost_center", "repository")
# What an open file may have, and after it what only declared exports fill.
MORE = ("feed", "event_id", "service_tier", *BOOKED, "cost", "currency", *PRICES)
OF_EXPORTS = ("cost_kind", "list_cost", "credits", "cache_write_1h_tokens")
ORDER = ("date", "timestamp", "email", *WHAT, *COUNTS, "cost_usd", *MORE, *OF_EXPORTS)
FIRST_MORE = ORDER.index("feed")
ALIASES = {
    "day": "date",
    "usage_date": "date",
    "datetime": "timestamp",
    "time": "timestamp",
    "created_at": "timestamp",
    "e_mail": "email",
    "mail": "email",
    "user": "email",
    "user_email": "email",
    "useremail": "email",
    "username": "email",
    "application": "tool",
    "vendor": "provider",
    "model_name": "model",
    "prompt_tokens": "input_tokens",
    "completion_tokens": "output_tokens",
    "cache_read_tokens": "cached_input_tokens",
    "cached_tokens": "cached_input_tokens",
    "cache_creation_tokens": "cache_write_tokens",
    "request_count": "requests",
    "costs": "cost",
    "cost_center_name": "cost_center",
    "repo": "repository",
}
COLUMNS = Columns(
    known=tuple(name for name in ORDER[:FIRST_MORE] if name != "ledger"),
    needed=("email", "tool", "model", "input_tokens", "output_tokens", "requests"),
    optional=("ledger", *MORE),
    either=(("date", "timestamp"),),
    aliases=ALIASES,
    foreign=True,
)
PLAIN_COUNTS = re.compile(r"[0-9]{1,15}(?:,[0-9]{1,15}){4}(?:,[0-9]{1,9}){3}").fullmatch
PLAIN_COST = re.compile(r"([0-9]{1,6})\.([0-9]{1,9})").fullmatch
LARGEST_COST = 10**7  # in one row
MILLION = 1_000_000
COVERED, CREDIT, ESTIMATED = (NUMBER_OF_KIND[kind] for kind in (CostKind.COVERED, CostKind.CREDIT, CostKind.ESTIMATED))
FREE = ("free", "no charge", "not charged", "errored, not charged", "aborted, not charged")


@dataclass(slots=True)
class Clocks:
    """What rows are dated by, and whether all instants so far were written in UTC."""

    zone: ZoneInfo
    today: date
    in_utc: bool = True


def rows(file: CsvFile, clocks: Clocks) -> Iterator[Row]:
    """The file's sound rows as the tuples that are staged; the others go into its problems."""
    read = _row_reader(file, clocks)
    plain = PlainPieces(
        on_day=partial(_day, file=file, clocks=clocks),
        moment=partial(_moment, file=file, clocks=clocks),
        who=_who,
        stream=_stream,
        cost=lambda text: _cost(text, "", "", "", file.mark),
        file=file,
    )
    for piece in file.pieces(ORDER):
        made = plain.read(piece)
        yield from (row for _, row in file.sound_of(piece, read)) if made is None else made


def _row_reader(file: CsvFile, clocks: Clocks) -> Callable[[list[str]], Row]:
    # This runs once a row of files that may hold fifty millions: what repeats is looked up, the rest is checked
    # by one expression and only taken apart where that says no.
    stream_of, who = lru_cache(REMEMBERED)(_stream), lru_cache(REMEMBERED)(_who)
    more_of = lru_cache(REMEMBERED)(lambda *fields: _more(fields, file.mark))
    on_day = lru_cache(REMEMBERED)(lambda text: _day(text, file, clocks))
    in_name_of = {name: place for place, name in enumerate(ORDER[FIRST_MORE:])}
    event_at, currency_at = in_name_of["event_id"], in_name_of["currency"]
    amounts = [in_name_of[name] for name in ("cost", "cost_kind", "list_cost", "credits", "cache_write_1h_tokens")]
    still = [place for place in in_name_of.values() if place not in (event_at, *amounts)]

    def read(fields: list[str]) -> Row:
        date, timestamp, address, tool, provider, model, mode, workflow, ledger = fields[:9]
        counts, cost, more = fields[9:17], fields[17], fields[FIRST_MORE:]
        day, day_key, at = on_day(date) if not timestamp else _moment(timestamp, file, clocks)
        subject, subject_key = who(address)
        stream, stream_key = stream_of(tool, provider, model, mode, workflow, ledger)
        sums: tuple[int | None, ...]
        sums = tuple(map(int, counts)) if PLAIN_COUNTS(",".join(counts)) else _sums(counts, file.mark)
        if (sums[4] or 0) > (sums[3] or 0):
            raise BadRow(f"reasoning_tokens ({sums[4]}) is more than output_tokens ({sums[3]}), of which it is a part")
        key = day_key + subject_key + stream_key
        found = None if file.mark is DecimalMark.COMMA else PLAIN_COST(cost)
        if found and not any(more):
            amount = int(found[1] + found[2].ljust(9, "0"))
            return (key_of(key), 0, "", day, at, subject, stream, None, None, BILLED, *sums,
                    None, amount, None, None, None, 0, 1)  # fmt: skip
        feed, booked, pricing, prices, more_key = more_of(*(more[place] for place in still))
        own, given, listed, credits_, hour = (more[place] for place in amounts)
        kind, paid, currency = _cost(cost, own, given, more[currency_at], file.mark)
        if currency and not pricing:
            pricing, more_key = pricing_of(PricingRecord(currency=currency)), more_key + currency
        list_nano = _listed(sums, prices) if prices else _amount(listed, "list_cost", file.mark)
        long_writes = values.count(hour, "cache_write_1h_tokens", file.mark)
        if paid is None and not pricing and file.export and file.export.priced_by_call:
            guess = estimate(stream[1], stream[2], sums, long_writes, day, at)
            if guess:
                kind, (paid, pricing), list_nano = ESTIMATED, guess, guess[0]
        unpriced = sum(count or 0 for count in sums[:4]) or None if paid is None else None
        event = more[event_at].strip()
        hashed = key_of(f"event\0{event}" if event else key + more_key)
        return (
            of_credit(hashed) if kind == CREDIT else hashed, int(bool(event)), feed, day, at, subject, stream,
            booked, pricing, kind, *sums, long_writes, paid, list_nano,
            _amount(credits_, "credits", file.mark), unpriced, int(paid is None), 1,
        )  # fmt: skip

    return read


def _day(text: str, file: CsvFile, clocks: Clocks) -> tuple[int, str, int | None]:
    if not text.strip():
        raise BadRow("it has neither date nor timestamp")
    if len(text.strip()) > 10 and "T" in text.upper() and text.strip()[:4].isdigit():
        return _moment(text, file, clocks, "date")
    day = values.fact_day(_without_midnight(text), clocks.today, file.order)
    return day, f"{day:05d}", None


def _without_midnight(text: str) -> str:
    day, _, time = text.strip().partition(" ")
    return day if time and not time.strip("0:. ") else text


def _moment(text: str, file: CsvFile, clocks: Clocks, column: str = "timestamp") -> tuple[int, str, int | None]:
    if not text.strip():
        raise BadRow("it has neither date nor timestamp")
    time = values.moment(text, column, file.order)
    if time.tzinfo is None:  # local already, and no instant that another zone could see on another day
        return values.plausible(time.date(), clocks.today), f"~{time.isoformat()}~", None
    clocks.in_utc = clocks.in_utc and not time.utcoffset()
    day = values.plausible(time.astimezone(clocks.zone).date(), clocks.today)
    return day, f"@{time.astimezone(UTC).isoformat()}@", instant(time)


def _who(text: str) -> tuple[str, str]:
    subject = values.email(text, "email")
    return subject, _token(subject)


def _stream(tool: str, provider: str, model: str, mode: str, workflow: str, ledger: str) -> tuple[Any, str]:
    stream = (
        values.name(tool, "tool", needed=True),
        values.name(provider, "provider"),
        values.name(model, "model"),
        values.word(mode, "mode", [*Mode]),
        values.name(workflow, "workflow"),
        values.word(ledger, "ledger", [*Ledger], Ledger.WORKFORCE),
    )
    # Two spellings of one name make one row, also from file to file.
    return stream, _token("\0".join([*map(plain, stream[:3]), *stream[3:]]))


def _more(fields: tuple[str, ...], mark: DecimalMark) -> tuple[str, Any, Any, tuple[int | None, ...] | None, str]:
    """Feed, booking, pricing, list prices, and what they add to the key."""
    feed, tier, project, center, repository, currency, *prices = fields
    booked = tuple(
        values.name(text, column) for text, column in zip((project, center, repository), BOOKED, strict=True)
    )
    tier = values.name(tier, "service_tier", 64).lower()
    currency = values.currency(currency) if currency.strip() else ""
    listed = [_price(text, column, mark) for text, column in zip(prices, PRICES, strict=True)]
    priced = any(price is not None for price in listed)
    pricing = None
    if priced or tier or currency not in ("", "USD"):
        pricing = pricing_of(
            PricingRecord(
                service_tier=tier,
                currency=currency or "USD",
                price_input=listed[0],
                price_cached=listed[1],
                price_cache_write=listed[2],
                price_output=listed[3],
            )
        )
    own = (tier, "" if currency == "USD" else currency, *booked)
    return (
        values.name(feed, "feed"),
        booked if any(booked) else None,
        pricing,
        tuple(map(nano, listed)) if priced else None,
        _token("\0".join(own)) if any(own) else "",
    )


def _price(text: str, column: str, mark: DecimalMark) -> Decimal | None:
    return values.decimal(text, column, LARGEST_COST, mark) if text.strip() else None


def _listed(sums: tuple[int | None, ...], prices: tuple[int | None, ...]) -> int | None:
    """What the tokens of a row cost at its own list prices; None where one that is needed is not given."""
    total = 0
    for count, price in zip(sums[:4], prices, strict=True):
        if count and price is None:
            return None
        total += (count or 0) * (price or 0)
    return round(Decimal(total) / MILLION)


def _cost(usd: str, own: str, given: str, stated: str, mark: DecimalMark) -> tuple[int | None, int | None, str]:
    """The number of the kind, the amount in nano-units, and the currency that it tells itself."""
    text, column = (own.strip(), "cost") if own.strip() else (usd.strip(), "cost_usd")
    said = text.casefold()
    if not said or said in values.NOTHING:
        return (COVERED, 0, "") if given == CostKind.COVERED else (None, None, "")
    if said.startswith("included"):
        return COVERED, 0, ""
    if said in FREE:
        return BILLED, 0, ""
    stated = stated if own.strip() else ""
    amount, currency = money.amount(text, column, stated, LARGEST_COST, mark, negative=True)
    if currency not in ("", "USD") and column == "cost_usd":
        raise BadRow(f"cost_usd is {values.short(text)}, which is no amount in dollars; use cost and currency")
    kind = NUMBER_OF_KIND.get(given, CREDIT if amount < 0 else BILLED)
    return kind, nano(amount), "" if currency == "USD" or stated.strip() else currency


def _amount(text: str, column: str, mark: DecimalMark) -> int | None:
    if not text.strip() or text.strip().casefold() in values.NOTHING:
        return None
    return nano(values.decimal(text, column, LARGEST_COST, mark))


def _sums(texts: list[str], mark: DecimalMark) -> tuple[int | None, ...]:
    return tuple(values.count(text, column, mark) for text, column in zip(texts, COUNTS, strict=True))


def _token(text: str) -> str:
    # Short and as good as unique: 96 bits, so that a key has one length whatever the names are.
    return urlsafe_b64encode(blake2b(text.encode(), digest_size=12).digest()).decode()
