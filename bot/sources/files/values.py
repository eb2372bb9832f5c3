"""From the text of a field to its value; whatever cannot be right raises BadRow with the reason."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation

from bot.sources.files import dates
from bot.sources.files.dates import DateOrder, DecimalMark
from bot.sources.files.problems import BadRow
from storage.tables import EPOCH, MOST_COUNTED, MS_PER_MINUTE

LARGEST_COUNT = 10**15  # more than any organisation uses in a day
OF_EVENTS = frozenset(("requests", "suggested", "accepted"))  # what a fact has four bytes for
FIRST_FACT = date(2000, 1, 1)  # a day before is a slip of the pen
MILLISECOND_DIGITS = 12  # a time in seconds has ten
LONGEST_NAME, LONGEST_EMAIL = 200, 320
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
WHOLE = re.compile(r"([0-9]{1,30})(?:\.0*)?")
DECIMAL = re.compile(r"-?(?:[0-9]{1,30}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,2})?")
CURRENCY = re.compile(r"[A-Z]{3}")
CLOCK = re.compile(
    r"(?P<day>.*?[0-9])(?:,?[ T]+|,)(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?"
    r"\s*(?P<half>[AaPp])?\.?[Mm]?\.?\s*(?P<utc>UTC|GMT|Z)?"
)
EPOCH_TIME = re.compile(r"[0-9]{9,14}")
MONEY = re.compile(r"(?:[$€£¥]|\b(?:US\$|USD|EUR|GBP))\s*+|(?<!\s)\s*+(?:[$€£¥]|(?:USD|EUR|GBP)\b)", re.IGNORECASE)
MINUS_BEHIND = re.compile(r"[0-9][0-9.,\s'\u2019]*-")  # how ledgers print it
SPACED = re.compile(r"(?<=[0-9])[\s'\u2019](?=[0-9]{3})")
GROUPED_ONCE = re.compile(r"-?[0-9]{1,3},[0-9]{3}")
POINTED_ONCE = re.compile(r"[1-9][0-9]{0,2}\.000")  # a whole number with decimals, or thousands
GROUPED = {
    # In thousands, or in lakhs and crores as India writes them.
    DecimalMark.POINT: re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3})(?:\.[0-9]*)?"),
    DecimalMark.COMMA: re.compile(r"-?(?:[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]*)?)"),
}
NOTHING = ("-", "–", "—", "n/a", "na", "null", "none", "nan")  # how exports write that there is nothing
ADDRESSED = re.compile(r"[^<>]*<\s*(?P<named>[^<>@\s]+@[^<>@\s]+)\s*>\s*|\s*mailto:(?P<linked>.*)", re.IGNORECASE)
FORMULA = re.compile(r'="([^"]*)"')  # a text that a spreadsheet must not take for a number
SERIAL = re.compile(r"[34][0-9]{4}(?:\.[0-9]+)?")
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
    """An e-mail as it is compared: in lower case, without spaces, a name or a link's `mailto:` around it."""
    found = ADDRESSED.fullmatch(text)
    return name((found["named"] or found["linked"] if found else text).lower(), column, LONGEST_EMAIL, needed)


def word(text: str, column: str, allowed: Collection[str], default: str = "") -> str:
    """One of a few words; empty is the default."""
    text = text.strip().lower()
    if not text:
        return str(default)  # a plain text, not the member of an enum
    if text not in allowed:
        raise BadRow(f"{column} is {short(text)}, not one of {', '.join(word for word in allowed if word)}")
    return text


def day(text: str, column: str, order: DateOrder = DateOrder.ISO) -> date:
    """A day as YYYY-MM-DD, or in the order in which its file writes days."""
    text = _bare(text)
    if not text:
        raise BadRow(f"{column} is empty")
    try:
        if DATE.fullmatch(text):
            return date.fromisoformat(text)
        found = dates.read(text, order)
        if found:
            return found
    except ValueError:
        pass
    either = dates.two_ways(text)
    if either:
        raise BadRow(f"{column} is {short(text)}, which can be read in two ways: write {either[0]} or {either[1]}")
    if SERIAL.fullmatch(text):
        raise BadRow(f"{column} is {short(text)}, a spreadsheet's number of a day: write the column as YYYY-MM-DD")
    raise BadRow(f"{column} is {short(text)}, which is no date as YYYY-MM-DD")


def fact_day(text: str, today: date, order: DateOrder = DateOrder.ISO) -> int:
    """The day of a fact, as days since 1970."""
    return plausible(day(text, "date", order), today)


def moment(text: str, column: str = "timestamp", order: DateOrder = DateOrder.ISO) -> datetime:
    """A time; one that names no offset is local and stays without. Its day may be written in its file's order."""
    text = text.strip()
    if EPOCH_TIME.fullmatch(text):
        seconds = int(text) / (1000 if len(text) >= MILLISECOND_DIGITS else 1)
        return datetime.fromtimestamp(seconds, UTC)
    try:
        return datetime.fromisoformat(text.removesuffix(" UTC") + "+00:00" if text.endswith(" UTC") else text)
    except ValueError:
        return _spelled(text, column, order)


def _spelled(text: str, column: str, order: DateOrder) -> datetime:
    """A time as spreadsheets and people write it: 13/10/2026 9:30 PM."""
    found = CLOCK.fullmatch(text)
    try:
        if found:
            hour = int(found["hour"])
            if found["half"]:
                hour = hour % 12 + (12 if found["half"] in "Pp" else 0)
            at = time(hour, int(found["minute"]), int(found["second"] or 0), tzinfo=UTC if found["utc"] else None)
            return datetime.combine(day(found["day"], column, order), at)
    except ValueError:
        pass
    raise BadRow(f"{column} is {short(text)}, which is no time as YYYY-MM-DDTHH:MM:SS")


def count(text: str, column: str, mark: DecimalMark = DecimalMark.POINT) -> int | None:
    """A whole number, not negative; None where it is not reported."""
    text = _bare(text)
    if not text or text.casefold() in NOTHING:
        return None
    grouping = DecimalMark.POINT if mark is DecimalMark.UNKNOWN else mark  # only thousands make a whole number of 1,234
    if mark is DecimalMark.UNKNOWN and POINTED_ONCE.fullmatch(text):
        raise BadRow(f"{column} is {short(text)}, which can be read in two ways: write {text[:-4]} or {text[:-4]}000")
    found = WHOLE.fullmatch(_without_groups(text, grouping))
    if found is None:
        decimal(text, column, mark=mark)  # says what is wrong with it where it is no number at all, or negative
        raise BadRow(f"{column} is {short(text)}, which is no whole number")
    if int(found[1]) > (MOST_COUNTED if column in OF_EVENTS else LARGEST_COUNT):
        raise BadRow(f"{column} is {short(text)}, which is more than can be")
    return int(found[1])


def decimal(
    text: str, column: str, largest: int = LARGEST_COUNT, mark: DecimalMark = DecimalMark.POINT, negative: bool = False
) -> Decimal:
    """A number, not negative unless that is asked for."""
    text = _bare(text)
    plain = text if mark is not DecimalMark.COMMA and DECIMAL.fullmatch(text) else _without_groups(text, mark)
    try:
        found = Decimal(plain) if DECIMAL.fullmatch(plain) else None
    except InvalidOperation:
        found = None
    if found is None and mark is DecimalMark.UNKNOWN and GROUPED_ONCE.fullmatch(text):
        raise BadRow(f"{column} is {short(text)}, which can be read in two ways: write {_either(text)}")
    if found is None:
        raise BadRow(f"{column} is {short(text)}, which is no number")
    if found < 0 and not negative:
        raise BadRow(f"{column} is {short(text)}, which is negative")
    if abs(found) > largest:
        raise BadRow(f"{column} is {short(text)}, which is more than can be")
    return found


def currency(text: str) -> str:
    """A currency's three letters."""
    found = text.strip().upper()
    if not CURRENCY.fullmatch(found):
        raise BadRow(f"currency is {short(found)}, not three letters such as EUR")
    return found


def minutes_ms(text: str, mark: DecimalMark = DecimalMark.POINT) -> int | None:
    """Minutes as whole milliseconds; None where they are not recorded."""
    if not text.strip() or text.strip().casefold() in NOTHING:
        return None
    return round(decimal(text, "human_minutes", LARGEST_COUNT // MS_PER_MINUTE, mark) * MS_PER_MINUTE)


def short(text: str) -> str:
    """A text of the file, quoted and cut, so that it can stand in a report."""
    return repr(text if len(text) <= 40 else text[:39] + "…")


def plausible(found: date, today: date) -> int:
    """A day as days since 1970, where something can have happened on it."""
    if found < FIRST_FACT:
        raise BadRow(f"{found} is before {FIRST_FACT.year}")
    if found > today:
        raise BadRow(f"{found} is after today, {today}")
    return found.toordinal() - EPOCH


def _bare(text: str) -> str:
    found = FORMULA.fullmatch(text.strip())
    return found[1].strip() if found else text.strip()


def _without_groups(text: str, mark: DecimalMark) -> str:
    """A number as exports write it, in plain digits: signs of money and marks between groups of digits left out."""
    text = text.replace("\u2212", "-")
    if text.startswith("(") and text.endswith(")"):
        text = "-" + text[1:-1]  # how bookkeepers write what comes back
    text = MONEY.sub("", text).strip()
    if MINUS_BEHIND.fullmatch(text):
        text = "-" + text[:-1]
    text = SPACED.sub("", text)
    if mark is DecimalMark.COMMA:
        return (
            text.replace(".", "").replace(",", ".")
            if GROUPED[DecimalMark.COMMA].fullmatch(text)
            else text.replace(",", ".")
        )
    if mark is DecimalMark.UNKNOWN and GROUPED_ONCE.fullmatch(text):
        return text
    return text.replace(",", "") if GROUPED[DecimalMark.POINT].fullmatch(text) else text


def _either(text: str) -> str:
    return f"{text.replace(',', '')} or {text.replace(',', '.')}"
