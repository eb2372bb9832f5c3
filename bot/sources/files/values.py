"""From the text of a field to its value; whatever cannot be right raises BadRow with the reason."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from bot.sources.files.problems import BadRow
from storage.tables import EPOCH, MS_PER_MINUTE, NANO

LARGEST_COUNT = 10**15  # more than any organisation uses in a day
LARGEST_COST = 10**7  # dollars in one row
FIRST_FACT, LAST_FACT = date(2000, 1, 1), date(2099, 12, 31)  # a day outside is a slip of the pen
LONGEST_NAME, LONGEST_EMAIL = 200, 320
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
WHOLE = re.compile(r"([0-9]{1,30})(?:\.0*)?")
DECIMAL = re.compile(r"-?(?:[0-9]{1,30}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,2})?")
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


def name(text: str, column: str, longest: int = LONGEST_NAME, needed: bool = False) -> str:
    """A name without the spaces around it."""
    text = text.strip()
    if needed and not text:
        raise BadRow(f"{column} is empty")
    if len(text) > longest:
        raise BadRow(f"{column} is longer than {longest} characters")
    if UNPRINTABLE.search(text):
        raise BadRow(f"{column} holds a control character")
    return text


def email(text: str, column: str, needed: bool = False) -> str:
    """An e-mail as it is compared: without spaces around, in lower case."""
    return name(text.lower(), column, LONGEST_EMAIL, needed)


def word(text: str, column: str, allowed: Collection[str], default: str = "") -> str:
    """One of a few words; empty is the default."""
    text = text.strip().lower()
    if not text:
        return str(default)  # a plain text, not the member of an enum
    if text not in allowed:
        raise BadRow(f"{column} is {short(text)}, not one of {', '.join(word for word in allowed if word)}")
    return text


def day(text: str, column: str) -> date:
    """A day as YYYY-MM-DD."""
    text = text.strip()
    if not text:
        raise BadRow(f"{column} is empty")
    try:
        if DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise BadRow(f"{column} is {short(text)}, which is no date as YYYY-MM-DD")


def fact_day(text: str) -> int:
    """The day of a fact, as days since 1970."""
    found = day(text, "date")
    return _plausible(found)


def local_day(text: str, zone: ZoneInfo) -> int:
    """The local day of a time; one that names no offset is local already."""
    text = text.strip()
    try:
        at = datetime.fromisoformat(text)
        local = at if at.tzinfo is None else at.astimezone(zone)
    except (ValueError, OverflowError) as error:
        raise BadRow(f"timestamp is {short(text)}, which is no time as YYYY-MM-DDTHH:MM:SS") from error
    return _plausible(local.date())


def count(text: str, column: str) -> int:
    """A whole number, not negative; empty is 0."""
    text = text.strip()
    if not text:
        return 0
    found = WHOLE.fullmatch(text)
    if found is None:
        decimal(text, column)  # says what is wrong with it where it is no number at all, or negative
        raise BadRow(f"{column} is {short(text)}, which is no whole number")
    if int(found[1]) > LARGEST_COUNT:
        raise BadRow(f"{column} is {short(text)}, which is more than can be")
    return int(found[1])


def decimal(text: str, column: str, largest: int = LARGEST_COUNT) -> Decimal:
    """A number, not negative."""
    text = text.strip()
    try:
        found = Decimal(text) if DECIMAL.fullmatch(text) else None
    except InvalidOperation:
        found = None
    if found is None:
        raise BadRow(f"{column} is {short(text)}, which is no number")
    if found < 0:
        raise BadRow(f"{column} is {short(text)}, which is negative")
    if found > largest:
        raise BadRow(f"{column} is {short(text)}, which is more than can be")
    return found


def cost_nano(text: str) -> int | None:
    """Dollars as whole nano-dollars; empty is None, unpriced."""
    return round(decimal(text, "cost_usd", LARGEST_COST) * NANO) if text.strip() else None


def minutes_ms(text: str) -> int:
    """Minutes as whole milliseconds; empty is 0."""
    return round(decimal(text, "human_minutes", LARGEST_COUNT // MS_PER_MINUTE) * MS_PER_MINUTE) if text.strip() else 0


def short(text: str) -> str:
    """A text of the file, quoted and cut, so that it can stand in a report."""
    return repr(text if len(text) <= 40 else text[:39] + "…")


def _plausible(found: date) -> int:
    if not FIRST_FACT <= found <= LAST_FACT:
        raise BadRow(f"{found} is not between {FIRST_FACT.year} and {LAST_FACT.year}")
    return found.toordinal() - EPOCH
