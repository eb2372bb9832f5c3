"""workflows.csv: the catalogue of work that could be done with AI, the whole truth of it."""

from __future__ import annotations

from bot.sources.files import values
from bot.sources.files.dates import DecimalMark
from bot.sources.files.problems import BadRow
from bot.sources.files.reading import Columns, CsvFile
from storage.records import WorkflowRecord

FIRST = ("workflow", "team", "activity", "description", "stage", "reversible", "verifiable", "data_ready")
LATER = ("owner_email", "error_class", "minutes_low", "minutes_mode", "minutes_high", "exposure")
COLUMNS = Columns(known=FIRST, needed=("workflow", "team"), optional=LATER)
STAGES = ("manual", "assist", "draft", "execute", "audit", "autonomous")
DEGREES = ("yes", "partly", "no")
EXPOSURES = ("e0", "e1", "e2")
LONGEST_DESCRIPTION = 4_000
ERROR_CLASSES = range(1, 6)


def read(file: CsvFile) -> list[tuple[int, WorkflowRecord]]:
    """The sound rows, each with its line."""
    return [
        *file.sound(
            (*FIRST, *LATER), lambda fields: _record(dict(zip((*FIRST, *LATER), fields, strict=True)), file.mark)
        )
    ]


def _record(row: dict[str, str], mark: DecimalMark) -> WorkflowRecord:
    return WorkflowRecord(
        name=values.name(row["workflow"], "workflow", needed=True),
        team=values.name(row["team"], "team"),
        activity=values.name(row["activity"], "activity", 100),
        description=" ".join(row["description"].replace("\0", "").split())[:LONGEST_DESCRIPTION],
        stage=values.word(row["stage"], "stage", STAGES, "manual"),
        reversible=values.word(row["reversible"], "reversible", DEGREES),
        verifiable=values.word(row["verifiable"], "verifiable", ("auto", *DEGREES)),
        data_ready=values.word(row["data_ready"], "data_ready", DEGREES),
        owner_email=values.email(row["owner_email"], "owner_email"),
        error_class=_error_class(row["error_class"]),
        minutes_low=_minutes(row, "minutes_low", mark),
        minutes_mode=_minutes(row, "minutes_mode", mark),
        minutes_high=_minutes(row, "minutes_high", mark),
        exposure=values.word(row["exposure"], "exposure", EXPOSURES).upper(),
    )


def _error_class(text: str) -> int | None:
    found = values.count(text, "error_class")
    if found is None:
        return None
    if found not in ERROR_CLASSES:
        raise BadRow(f"error_class is {found}, not {ERROR_CLASSES[0]} to {ERROR_CLASSES[-1]}")
    return found


def _minutes(row: dict[str, str], column: str, mark: DecimalMark) -> float | None:
    return float(values.decimal(row[column], column, mark=mark)) if row[column].strip() else None
