"""work.csv: items of work done on a day in one mode of a workflow, and the human time they took.

Grain:   one row a key (date, workflow, mode); rows of one key add up
Minutes: those of the timed items; empty is not recorded, never 0
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import date as Day
from hashlib import blake2b

from bot.sources.files import values
from bot.sources.files.problems import BadRow
from bot.sources.files.reading import Columns, CsvFile
from storage.load.filling import key_of
from storage.load.staging import Row
from storage.records import WorkMode

ORDER = ("date", "workflow", "mode", "items", "human_minutes", "accepted", "reworked", "failed", "timed_items")
COLUMNS = Columns(
    known=ORDER[:-1], needed=("date", "workflow", "mode", "items", "human_minutes"), optional=("timed_items",)
)


def rows(file: CsvFile, today: Day) -> Iterator[Row]:
    """The file's sound rows as the tuples that are staged; the others go into its problems."""
    return (row for _, row in file.sound(ORDER, lambda fields: _row(file, today, *fields)))


def _row(file: CsvFile, today: Day, date: str, workflow: str, mode: str, items: str, minutes: str, *counts: str) -> Row:
    day = values.fact_day(date, today, file.order)
    workflow = values.name(workflow, "workflow", needed=True)
    mode = str(values.word(mode, "mode", [*WorkMode]))
    if not mode:
        raise BadRow("mode is empty")
    token = urlsafe_b64encode(blake2b(workflow.encode(), digest_size=12).digest()).decode()
    *outcomes, timed = (values.count(text, column, file.mark) for text, column in zip(counts, ORDER[5:], strict=True))
    done, ms = values.count(items, "items", file.mark) or 0, values.minutes_ms(minutes, file.mark)
    if timed is not None and timed > done:
        raise BadRow(f"timed_items ({timed}) is more than items ({done}), of which it is a part")
    if timed is None:
        timed = done if ms is not None else 0
    if not timed:
        ms = None if done else ms
    key = key_of(f"{day:05d}{token}{mode}")
    return (key, 0, "", day, workflow, mode, done, ms, timed, *(count or 0 for count in outcomes), 1)
