"""identities.csv: what sources call people (an e-mail, a vendor's id, a domain, a pattern), the whole truth of it."""

from __future__ import annotations

from bot.sources.files import values
from bot.sources.files.dates import DateOrder
from bot.sources.files.problems import BadRow
from bot.sources.files.reading import Columns, CsvFile
from storage.load.filling import subject_of
from storage.load.identities import ANY
from storage.records import IdentityRecord

ORDER = ("outside_id", "email", "from", "to")
COLUMNS = Columns(known=ORDER, needed=ORDER[:2], aliases={"start_date": "from", "end_date": "to", "id": "outside_id"})


def read(file: CsvFile) -> list[tuple[int, IdentityRecord]]:
    """The sound rows, each with its line."""
    return [*file.sound(ORDER, lambda fields: record(fields, file.order))]


def record(fields: list[str], order: DateOrder = DateOrder.ISO) -> IdentityRecord:
    """One identity. Raises BadRow."""
    outside, email, start, end = fields
    subject = subject_of(values.name(outside, "outside_id", values.LONGEST_EMAIL, needed=True))
    address = values.email(email, "email", needed=True)
    if subject == address:
        raise BadRow(f"outside_id and email are the same, {values.short(address)}")
    if subject.startswith("@") != address.startswith("@"):
        raise BadRow("a domain (@old.example) stands for a domain (@new.example)")
    if subject.count(ANY) > 1 or address.count(ANY) > subject.count(ANY):
        raise BadRow("one * stands for a part of outside_id, and in email for the same part")
    first = values.day(start, "from", order) if start.strip() else None
    last = values.day(end, "to", order) if end.strip() else None
    if first and last and last < first:
        raise BadRow(f"to {last} is before from {first}")
    return IdentityRecord(outside_id=subject, email=address, start=first, end=last)
