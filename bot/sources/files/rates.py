"""rates.csv: what currencies were worth on days, the whole truth of it; also as the European Central Bank gives them.

Its history is a line a day with a column a currency, how much of it one euro bought; a unit in dollars follows.
"""

from __future__ import annotations

from decimal import Decimal

from bot.sources.files import values
from bot.sources.files.problems import BadRow
from bot.sources.files.reading import Columns, CsvFile
from storage.records import RateRecord

ORDER = ("day", "currency", "usd")
OF_THE_BANK = (
    "jpy bgn cyp czk dkk eek gbp huf ltl lvl mtl pln rol ron sek sit skk chf isk nok hrk rub trl try aud brl cad cny"
    " hkd idr ils inr krw mxn myr nzd php sgd thb zar"
)
CODES = tuple(OF_THE_BANK.split())
COLUMNS = Columns(known=("day", "usd"), needed=("day", "usd"), optional=("currency", *CODES), aliases={"date": "day"})
LARGEST = 10**9


def read(file: CsvFile) -> list[tuple[int, RateRecord]]:
    """The sound rows, each with its line."""
    made = file.sound((*ORDER, *CODES), lambda fields: _records(file, fields))
    return [(line, record) for line, records in made for record in records]


def _records(file: CsvFile, fields: list[str]) -> list[RateRecord]:
    day = values.day(fields[0], "day", file.order)
    if fields[1].strip():
        return [RateRecord(day=day, currency=values.currency(fields[1]), usd=_positive(file, fields[2], "usd"))]
    euro = _positive(file, fields[2], "usd")
    found = [RateRecord(day=day, currency="EUR", usd=euro)]
    for code, text in zip(CODES, fields[len(ORDER) :], strict=True):
        if text.strip() and text.strip().casefold() not in values.NOTHING:
            found.append(RateRecord(day=day, currency=code.upper(), usd=euro / _positive(file, text, code)))
    return found


def _positive(file: CsvFile, text: str, column: str) -> Decimal:
    found = values.decimal(text, column, LARGEST, file.mark)
    if not found:
        raise BadRow(f"{column} is 0")
    return found
