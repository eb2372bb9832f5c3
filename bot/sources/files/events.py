"""events.csv: what happened on which day, to a team or the whole organisation; the whole truth of it."""

from __future__ import annotations

from bot.sources.files import values
from bot.sources.files.problems import BadRow
from bot.sources.files.reading import Columns, CsvFile
from storage.plan_records import EventRecord

ORDER = ("date", "name", "team")
ALIASES = {"day": "date", "event": "name", "what": "name"}
COLUMNS = Columns(known=ORDER, needed=("date", "name"), aliases=ALIASES)


def read(file: CsvFile) -> list[tuple[int, EventRecord]]:
    """The sound rows, each with its line."""
    found = []
    for line, (day, name, team) in file.rows(ORDER):
        try:
            found.append(
                (
                    line,
                    EventRecord(
                        day=values.day(day, "date", file.order),
                        name=values.name(name, "name", needed=True),
                        team=values.name(team, "team"),
                    ),
                )
            )
        except BadRow as bad:
            file.problems.reject(line, str(bad))
    return found
