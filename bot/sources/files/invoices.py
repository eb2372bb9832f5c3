"""invoices.csv: what vendors billed, line by line and month, to be laid beside what use cost; the whole truth of it."""

from __future__ import annotations

import re
from datetime import date

from bot.sources.files import money, values
from bot.sources.files.problems import BadRow
from bot.sources.files.reading import Columns, CsvFile
from storage.records import InvoiceRecord

ORDER = ("month", "provider", "amount", "currency", "line")
ALIASES = {
    "vendor": "provider",
    "total": "amount",
    "amount_usd": "amount",
    "description": "line",
    "invoice_month": "month",
}
COLUMNS = Columns(known=ORDER, needed=("month", "provider", "amount"), aliases=ALIASES)
MONTH = re.compile(r"([0-9]{4})-([0-9]{2})(?:-[0-9]{2})?")
LARGEST = 10**9


def read(file: CsvFile) -> list[tuple[int, InvoiceRecord]]:
    """The sound rows, each with its line."""
    return [*file.sound(ORDER, lambda fields: _record(file, fields))]


def _record(file: CsvFile, fields: list[str]) -> InvoiceRecord:
    month, provider, amount, currency, line = fields
    billed, billed_in = money.amount(amount, "amount", currency, LARGEST, file.mark, negative=True)
    return InvoiceRecord(
        month=_month(month),
        provider=values.name(provider, "provider", needed=True),
        amount=billed,
        currency=billed_in or money.DOLLARS,
        line=values.name(line, "line"),
    )


def _month(text: str) -> date:
    found = MONTH.fullmatch(text.strip())
    if not found or not 1 <= int(found[2]) <= 12 or found[1] < "2000":
        raise BadRow(f"month is {values.short(text)}, which is no month as YYYY-MM")
    return date(int(found[1]), int(found[2]), 1)
