"""seats.csv: who holds a seat of which tool, from when to when, at what price; the whole truth of it."""

from __future__ import annotations

from bot.sources.files import money, values
from bot.sources.files.problems import BadRow
from bot.sources.files.reading import Columns, CsvFile
from storage.records import SeatRecord

ORDER = ("email", "tool", "plan", "start_date", "end_date", "monthly_price", "currency")
ALIASES = {
    "e_mail": "email",
    "mail": "email",
    "user_email": "email",
    "product": "tool",
    "license": "plan",
    "from": "start_date",
    "to": "end_date",
    "price": "monthly_price",
}
COLUMNS = Columns(known=ORDER, needed=("email", "tool", "start_date"), aliases=ALIASES)
DEAREST = 10**7  # a month


def read(file: CsvFile) -> list[tuple[int, SeatRecord]]:
    """The sound rows, each with its line."""
    return [*file.sound(ORDER, lambda fields: _record(file, fields))]


def _record(file: CsvFile, fields: list[str]) -> SeatRecord:
    email, tool, plan, start, end, price, currency = fields
    first = values.day(start, "start_date", file.order) if start.strip() else None
    last = values.day(end, "end_date", file.order) if end.strip() else None
    if first and last and last < first:
        raise BadRow(f"end_date {last} is before start_date {first}")
    known = price.strip() and price.strip().casefold() not in values.NOTHING
    paid, paid_in = money.amount(price, "monthly_price", currency, DEAREST, file.mark) if known else (None, "")
    if not known and currency.strip():
        paid_in = values.currency(currency)
    return SeatRecord(
        subject=values.name(email, "email", values.LONGEST_EMAIL, needed=True),
        tool=values.name(tool, "tool", needed=True),
        plan=values.name(plan, "plan"),
        start=first,
        end=last,
        monthly_price=paid,
        currency=paid_in or money.DOLLARS,
    )
