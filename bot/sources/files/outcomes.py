"""outcomes.csv: runs of workflows that somebody or something checked.

Grain: one row a run; a run that comes again is replaced, and of two rows of one run in a file the later one counts
"""

from __future__ import annotations

from datetime import date

from bot.sources.files import values
from bot.sources.files.dates import DecimalMark
from bot.sources.files.problems import BadRow
from bot.sources.files.reading import Columns, CsvFile
from storage.load.outcomes import OutcomeRecord
from storage.tables import EPOCH

FIRST = ("date", "workflow", "run_id", "checker", "checked_by", "approval_seconds", "success", "severity", "model")
MORE = ("request_type", "edited", "tool_errors", "escalated", "retries")  # empty is not recorded, which is not none
ALL = (*FIRST, *MORE)
COLUMNS = Columns(known=FIRST, needed=("date", "workflow", "run_id", "checker", "success"), optional=MORE)
CHECKERS = ("human", "tests", "survival")
SEVERITIES = ("none", "1", "2", "3")
LONGEST_APPROVAL = 10**7  # seconds
MOST = 10**6  # errors or retries of one run


def read(file: CsvFile, today: date) -> list[tuple[int, OutcomeRecord]]:
    """The sound rows, each with its line."""
    return [*file.sound(ALL, lambda fields: _record(dict(zip(ALL, fields, strict=True)), file, today))]


def _record(row: dict[str, str], file: CsvFile, today: date) -> OutcomeRecord:
    checker = values.word(row["checker"], "checker", CHECKERS)
    if not checker:
        raise BadRow("checker is empty")
    severity = values.word(row["severity"], "severity", SEVERITIES, "none")
    return OutcomeRecord(
        run_id=values.name(row["run_id"], "run_id", needed=True),
        day=date.fromordinal(values.fact_day(row["date"], today, file.order) + EPOCH),
        workflow=values.name(row["workflow"], "workflow", needed=True),
        checker=checker,
        checked_by=values.email(row["checked_by"], "checked_by"),
        approval_seconds=_seconds(row["approval_seconds"], file.mark),
        success=_success(row["success"]),
        severity=0 if severity == "none" else int(severity),
        model=values.name(row["model"], "model"),
        request_type=values.name(row["request_type"], "request_type"),
        edited=_share(row["edited"], file.mark),
        tool_errors=_some(row["tool_errors"], "tool_errors"),
        escalated={"0": False, "1": True}.get(values.word(row["escalated"], "escalated", ("0", "1"))),
        retries=_some(row["retries"], "retries"),
    )


def _seconds(text: str, mark: DecimalMark) -> float | None:
    return float(values.decimal(text, "approval_seconds", LONGEST_APPROVAL, mark)) if text.strip() else None


def _share(text: str, mark: DecimalMark) -> float | None:
    """0 for untouched, 1 for changed, or the share that was changed."""
    found = float(values.decimal(text, "edited", mark=mark)) if text.strip() else None
    if found is not None and found > 1:
        raise BadRow(f"edited is {values.short(text.strip())}, not between 0 and 1")
    return found


def _some(text: str, column: str) -> int | None:
    found = values.count(text, column) if text.strip() else None
    if found is not None and found > MOST:
        raise BadRow(f"{column} is {values.short(text.strip())}, which is more than can be")
    return found


def _success(text: str) -> bool:
    found = values.word(text, "success", ("0", "1"))
    if not found:
        raise BadRow("success is empty")
    return found == "1"
