"""The euro's reference rates of the European Central Bank, which need no key: what currencies were worth, day by day.

Sources of the wire formats: eurofxref-hist.zip, one CSV file with a line a day and a column a currency, how much of it
one euro bought ("N/A" or nothing where none was fixed); and the SDMX CSV of the bank's data portal (flow EXR), a line
a currency and day with CURRENCY, TIME_PERIOD and OBS_VALUE. Either may stand behind an address of one's own.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from urllib.parse import urlsplit

from bot.sources.base import Asked, SourceChanged, SourceDown, VendorSource
from storage.records import RateRecord

RATES, URL = "FULCRUM_RATES", "FULCRUM_ECB_URL"  # names of settings
HISTORY = "/stats/eurofxref/eurofxref-hist.zip"
DOLLAR, EURO = "USD", "EUR"
SINCE = date(2020, 1, 1)  # nobody was billed for a language model before
LARGEST = 64 * 1024 * 1024  # bytes of the file, unpacked: all days of the portal are half of it
ZIP = b"PK\x03\x04"
CHANGED = "the vendor gives no rates where they are expected; its format may have changed"

Day = dict[str, Decimal]  # what one euro bought on a day, by currency


def rates(asked: Asked) -> Iterator[RateRecord]:
    """Every rate that the bank tells, in US dollars. Raises SourceChanged where it tells none."""
    return rates_of(text_of(asked.http.file("" if _is_file(asked.settings.get(URL, "")) else HISTORY)))


def text_of(body: bytes) -> str:
    """The CSV file, taken out of its archive where it is in one."""
    if not body.startswith(ZIP):
        return body.decode("utf-8-sig", "replace")
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            (member,) = (info for info in archive.infolist() if info.filename.lower().endswith(".csv"))
            with archive.open(member) as file:
                packed = file.read(LARGEST + 1)
    except (zipfile.BadZipFile, EOFError) as cut:
        raise SourceDown("the vendor's archive breaks off before its end; the next pass tries again") from cut
    except ValueError as several:
        raise SourceChanged(CHANGED) from several
    if len(packed) > LARGEST:
        raise SourceChanged(f"the vendor's file is larger than {LARGEST >> 20} MB and was not read")
    return packed.decode("utf-8-sig", "replace")


def rates_of(text: str) -> Iterator[RateRecord]:
    """The rates of either kind of file; a day without one of the dollar tells nothing. Raises SourceChanged."""
    rows = csv.DictReader(io.StringIO(text), skipinitialspace=True)
    names = {(name or "").strip().upper(): name or "" for name in rows.fieldnames or ()}
    if {"CURRENCY", "TIME_PERIOD", "OBS_VALUE"} <= names.keys():
        days = _by_series(rows, names)
    elif {"DATE", DOLLAR} <= names.keys():
        days = _by_day(rows, names)
    else:
        raise SourceChanged(CHANGED)
    found = [record for day, bought in sorted(days.items()) if day >= SINCE for record in _records(day, bought)]
    if not found:
        raise SourceChanged(CHANGED)
    yield from found


def _by_day(rows: Iterable[Mapping[str, str]], names: Mapping[str, str]) -> dict[date, Day]:
    codes = {code: name for code, name in names.items() if _is_code(code)}
    found: dict[date, Day] = {}
    for row in rows:
        if (day := _day(row[names["DATE"]])) is not None:
            read = ((code, _amount(row[name])) for code, name in codes.items())
            found[day] = {code: amount for code, amount in read if amount}
    return found


def _by_series(rows: Iterable[Mapping[str, str]], names: Mapping[str, str]) -> dict[date, Day]:
    found: dict[date, Day] = {}
    for row in rows:
        code, day = row[names["CURRENCY"]].strip().upper(), _day(row[names["TIME_PERIOD"]])
        of_euro = row.get(names.get("CURRENCY_DENOM", ""), EURO).strip().upper() == EURO
        amount = _amount(row[names["OBS_VALUE"]])
        if day is not None and amount and of_euro and _is_code(code):
            found.setdefault(day, {})[code] = amount
    return found


def _records(day: date, bought: Day) -> Iterator[RateRecord]:
    """A unit of each in dollars: one euro buys so many dollars, and so much of it."""
    dollars = bought.get(DOLLAR)
    if dollars:
        yield RateRecord(day=day, currency=EURO, usd=dollars)
        for code, amount in sorted(bought.items()):
            if code not in (DOLLAR, EURO):
                yield RateRecord(day=day, currency=code, usd=dollars / amount)


def _day(said: str | None) -> date | None:
    """A whole day; a month or a year of the portal's other series is none."""
    with suppress(ValueError):
        return date.fromisoformat((said or "").strip())
    return None


def _amount(said: str | None) -> Decimal | None:
    with suppress(ArithmeticError):
        amount = Decimal((said or "").strip())
        if amount.is_finite() and amount > 0:
            return amount
    return None


def _is_code(name: str) -> bool:
    return len(name) == len(DOLLAR) and name.isascii() and name.isalpha()


def _is_file(address: str) -> bool:
    """Whether an address is that of the file itself, and not only of where it lies."""
    parts = urlsplit(address.strip())
    return bool(parts.query) or parts.path.lower().endswith((".zip", ".csv"))


ECB = VendorSource(
    name="ecb",
    label="the European Central Bank",
    base_url="https://www.ecb.europa.eu",
    needs=(RATES,),
    choices={RATES: ("ecb",)},
    headers=lambda _settings: {"Accept": "application/zip, text/csv, */*"},
    reports=(),
    rates=rates,
    meanings={
        RATES: "`ecb` reads rates of currencies from the European Central Bank, without a key; "
        "`rates.csv` counts before them",
    },
    every_minutes=6 * 60,
)
