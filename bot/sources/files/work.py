"""work.csv: items of work done on a day in one mode of a workflow, and the human time they took.

Grain: one row a key (date, workflow, mode); rows of one key add up
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from hashlib import blake2b

from bot.sources.files import values
from bot.sources.files.problems import BadRow
from bot.sources.files.reading import Columns, CsvFile
from storage.load.staging import Row
from storage.records import WorkMode

ORDER = ("date", "workflow", "mode", "items", "human_minutes", "accepted", "reworked", "failed")
COLUMNS = Columns(known=ORDER, needed=("date", "workflow", "mode", "items", "human_minutes"))


def rows(file: CsvFile) -> Iterator[Row]:
    """The file's sound rows as the tuples that are staged; the others go into its problems."""
    for line, fields in file.rows(ORDER):
        try:
            row = _row(*fields)
        except BadRow as bad:
            file.problems.reject(line, str(bad))
        else:
            yield row


def _row(date: str, workflow: str, mode: str, items: str, minutes: str, *outcomes: str) -> Row:
    day = values.fact_day(date)
    workflow = values.name(workflow, "workflow", needed=True)
    mode = str(values.word(mode, "mode", [*WorkMode]))
    if not mode:
        raise BadRow("mode is empty")
    key = urlsafe_b64encode(blake2b(workflow.encode(), digest_size=12).digest()).decode()
    counts = (values.count(text, column) for text, column in zip(outcomes, ORDER[5:], strict=True))
    ms = values.minutes_ms(minutes)
    return (f"{day:05d}{key}{mode}", day, workflow, mode, values.count(items, "items"), ms, *counts, 1)
