"""outcomes.csv: runs of workflows that somebody or something checked.

Grain: one row a run; a run that comes again is replaced, and of two rows of one run in a file the later one counts
"""

from __future__ import annotations

from datetime import date

from bot.sources.files import values
from bot.sources.files.problems import BadRow
from bot.sources.files.reading import Columns, CsvFile
from storage.outcomes import OutcomeRecord
from storage.tables import EPOCH

FIRST = ("date", "workflow", "run_id", "checker", "checked_by", "approval_seconds", "success", "severity", "model")
COLUMNS = Columns(known=FIRST, needed=("date", "workflow", "run_id", "checker", "success"))
CHECKERS = ("human", "tests", "survival")
SEVERITIES = ("none", "1", "2", "3")
LONGEST_APPROVAL = 10**7  # seconds


def read(file: CsvFile) -> list[tuple[int, OutcomeRecord]]:
    """The sound rows, each with its line."""
    found = []
    for line, fields in file.rows(FIRST):
        try:
            found.append((line, _record(dict(zip(FIRST, fields, strict=True)))))
        except BadRow as bad:
            file.problems.reject(line, str(bad))
    return found


def _record(row: dict[str, str]) -> OutcomeRecord:
    checker = values.word(row["checker"], "checker", CHECKERS)
    if not checker:
        raise BadRow("checker is empty")
    severity = values.word(row["severity"], "severity", SEVERITIES, "none")
    seconds = row["approval_seconds"].strip()
    return OutcomeRecord(
        run_id=values.name(row["run_id"], "run_id", needed=True),
        day=date.fromordinal(values.fact_day(row["date"]) + EPOCH),
        workflow=values.name(row["workflow"], "workflow", needed=True),
        checker=checker,
        checked_by=values.email(row["checked_by"], "checked_by"),
        approval_seconds=float(values.decimal(seconds, "approval_seconds", LONGEST_APPROVAL)) if seconds else None,
        success=_success(row["success"]),
        severity=0 if severity == "none" else int(severity),
        model=values.name(row["model"], "model"),
    )


def _success(text: str) -> bool:
    found = values.word(text, "success", ("0", "1"))
    if not found:
        raise BadRow("success is empty")
    return found == "1"
