"""roster.csv: who is in which team from when to when, the whole truth of it. Agents stand in it beside people."""

from __future__ import annotations

from datetime import date

from bot.sources.files import values
from bot.sources.files.dates import DateOrder
from bot.sources.files.problems import BadRow
from bot.sources.files.reading import Columns, CsvFile
from storage.roster_records import Kind, SpellRecord

ORDER = ("email", "name", "team", "title", "manager_email", "kind", "location", "start_date", "end_date")
ALIASES = {
    "e_mail": "email",
    "mail": "email",
    "work_email": "email",
    "full_name": "name",
    "department": "team",
    "job_title": "title",
    "manager": "manager_email",
    "employment_type": "kind",
    "office": "location",
    "hire_date": "start_date",
    "termination_date": "end_date",
}
COLUMNS = Columns(known=ORDER, needed=("email", "team", "start_date"), aliases=ALIASES)
FIRST = date(1900, 1, 1)


def read(file: CsvFile) -> list[tuple[int, SpellRecord]]:
    """The sound rows, each with its line."""
    return [*file.sound(ORDER, lambda fields: _record(fields, file.order))]


def _record(fields: list[str], order: DateOrder) -> SpellRecord:
    email, name, team, title, manager, kind, location, start, end = fields
    email = values.email(email, "email", needed=True)
    first = values.day(start, "start_date", order)
    last = values.day(end, "end_date", order) if end.strip() else None
    if first < FIRST:
        raise BadRow(f"start_date is {first}, before {FIRST.year}")
    if last and last < first:
        raise BadRow(f"end_date {last} is before start_date {first}")
    return SpellRecord(
        email=email,
        name=values.name(name, "name") or email,
        team=values.name(team, "team", needed=True),
        title=values.name(title, "title"),
        manager_email=values.email(manager, "manager_email"),
        kind=Kind(values.word(kind, "kind", [*Kind], Kind.EMPLOYEE)),
        location=values.name(location, "location"),
        start=first,
        end=last,
    )
