"""`fulcrum export DIR`: answers or the whole store as CSV or Parquet, each with a side file that describes it."""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any

from bot.cli.commands import Asking
from bot.errors import UserError
from bot.figures import plural
from bot.processes.store import clock
from bot.questions.answers.answer import Answer, Status
from bot.questions.answers.csv_file import harmless, table
from bot.settings import Settings
from storage.views import MEANING
from storage.whole import BY_PERSON, rows_by_person, rows_of_view

NO_PARQUET = "Parquet files need a package more: pip install 'fulcrum-bot[parquet]'. Without --parquet they are CSV."
SMALL = "Rows of groups that are too small are empty and say “hidden” in the column note."
ALL = "Nothing is hidden: these are the operator's files, to be shared as the store itself would be."
LONGEST = 60


def run(settings: Settings, parsed: argparse.Namespace) -> int:
    """Write the files and say which."""
    if parsed.parquet:
        _require_parquet()
    folder: Path = parsed.folder
    with closing(Asking(settings, as_of=parsed.as_of, email=parsed.as_email)) as asking:
        if not parsed.question and parsed.as_email:
            raise UserError("The whole store is the operator's to export. With --as name a question too.")
        # Asked before anything is written: a question that fails leaves no half of an export.
        answers = [(question, _answered(asking, question)) for question in parsed.question]
        folder.mkdir(parents=True, exist_ok=True)
        if answers:
            for question, answer in answers:
                for number, part in enumerate(answer.answers or (answer,)):
                    name = _name(part.title or question) + (f"-{number + 1}" if answer.answers else "")
                    _write(folder, name, [*table(part)], _about(part, question, parsed.as_email), parsed.parquet)
        else:
            _whole(asking, folder, parsed.parquet)
    return 0


def _whole(asking: Asking, folder: Path, parquet: bool) -> None:
    """The views, and what names people, which no view does."""
    with asking.reading.connect() as connection:
        recorded = asking.questions.directory(connection, asking.workspace_id).usage
        period = {"start": recorded[0].isoformat(), "end": recorded[1].isoformat()} if recorded else None
        for name, meaning in (MEANING | BY_PERSON).items():
            read = rows_of_view if name in MEANING else rows_by_person
            heading, rows = read(connection, asking.workspace_id, name)
            about = {
                "definition": meaning,
                "period": period,
                "filters": [],
                "suppression": ALL,
                "names_people": name in BY_PERSON,
                "columns": [*heading],
            }
            lines = ([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
            _write(folder, name, chain([heading], lines), about, parquet)


def _answered(asking: Asking, question: str) -> Answer:
    answer = asking.ask(question)
    if answer.status is not Status.ANSWERED or not any(part.rows for part in answer.answers or (answer,)):
        raise UserError(f"“{question}” has no rows to export: {answer.text}")
    return answer


def _about(answer: Answer, question: str, email: str | None) -> dict[str, Any]:
    receipt = answer.receipt
    return {
        "question": question,
        "title": answer.title,
        "asked_as": email or "operator",
        "definition": receipt.definition if receipt else "",
        "period": answer.period.to_json() if answer.period else None,
        "compared_with": answer.previous.to_json() if answer.previous else None,
        "filters": (answer.query or {}).get("filters", []),
        "query": answer.query,
        "scope": receipt.scope if receipt else "",
        "zone": receipt.zone if receipt else "",
        "newest_day": receipt.newest if receipt else "",
        "coverage": receipt.coverage if receipt else None,
        "suppression": SMALL if email else ALL,
        "hidden_rows": sum(row.suppressed for row in answer.rows),
        "caveats": [*answer.caveats],
    }


def _write(folder: Path, name: str, lines: Iterable[Iterable[Any]], about: dict[str, Any], parquet: bool) -> None:
    file, written = folder / f"{name}.csv", -1  # the heading is no row
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        for line in lines:
            writer.writerow(line)
            written += 1
    if parquet:
        file = _as_parquet(file)
    held = {
        "file": file.name,
        **about,
        "made_at": clock().isoformat(timespec="seconds"),
        "release": version("fulcrum-bot"),
    }
    side = folder / f"{name}.json"
    side.write_text(json.dumps(held, ensure_ascii=False, indent=2, default=_plain) + "\n", encoding="utf-8")
    print(f"{file}: {plural(written, 'row')}, described in {side.name}")


def _as_parquet(file: Path) -> Path:
    """The same rows as Parquet, with the types that their values have; the CSV file goes."""
    import duckdb

    made = file.with_suffix(".parquet")
    rows = duckdb.read_csv(str(file), header=True, sample_size=-1)
    rows.write_parquet(str(made))
    file.unlink()
    return made


def _require_parquet() -> None:
    try:
        import duckdb  # noqa: F401
    except ImportError:
        raise UserError(NO_PARQUET) from None


def _name(title: str) -> str:
    """A file's name of what it holds."""
    return re.sub(r"[^a-z0-9]+", "-", title.casefold())[:LONGEST].strip("-") or "answer"


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
