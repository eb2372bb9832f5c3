"""The rows of an answer as a CSV file that says what it holds; RFC 4180, with lines of `#` before the heading."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from bot.errors import UserError
from bot.questions.answers.answer import Answer, Row, Status

RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r", "\n")  # a cell that begins so may be run as a formula
NO_ROWS = "That answer has no rows to export"
FIGURES = "Ask for figures, such as “cost by team last month”."


def csv_text(answer: Answer) -> str:
    """UTF-8 text: what was measured, its definition, period, scope and what is hidden, then a row a row of the answer
    with unrounded figures. Raises UserError for an answer without rows."""
    parts = [part for part in (answer.answers or (answer,)) if part.rows]
    if not parts:
        raise UserError(f"{NO_ROWS}. {FIGURES}" if answer.status is Status.ANSWERED else f"{NO_ROWS}: {answer.text}")
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for number, part in enumerate(parts):
        if number:
            writer.writerow([])
        for said in _about(part):
            out.write(f"# {' '.join(said.split())}\r\n")
        writer.writerows(table(part))
    return out.getvalue()


def harmless(text: str) -> str:
    """A cell that no spreadsheet runs: what begins like a formula is quoted."""
    return f"'{text}" if text.startswith(RUN_BY_SPREADSHEETS) else text


def _about(answer: Answer) -> Iterator[str]:
    yield answer.title or answer.text
    receipt = answer.receipt
    if receipt:
        yield f"Definition: {receipt.definition}"
    if answer.period:
        yield f"Period: {answer.period.start} to {answer.period.end}"
    if answer.previous:
        yield f"Compared with: {answer.previous.start} to {answer.previous.end}"
    if receipt:
        yield f"Scope: {receipt.scope}; days are those of {receipt.zone}; data to {receipt.newest or 'no day'}"
    hidden = sum(row.suppressed for row in answer.rows)
    if hidden:
        yield f"Hidden because the group is too small: {hidden} of {len(answer.rows)} rows"
    yield from answer.caveats


def table(answer: Answer) -> Iterator[list[str | float | int]]:
    """The heading and the rows of an answer, with unrounded figures."""
    labels = list(dict.fromkeys(label for row in answer.rows for label in row.labels))
    columns = [column.name for column in answer.columns] or list(
        dict.fromkeys(name for row in answer.rows for name in row.values)
    )
    units = {column.name: column.unit for column in answer.columns}
    yield [*labels, *(f"{name} ({units[name]})" if units.get(name) else name for name in columns), "note"]
    for row in answer.rows:
        figures = ["" if (value := row.values.get(name)) is None else value for name in columns]
        yield [*(harmless(row.labels.get(label, "")) for label in labels), *figures, _note(row)]


def _note(row: Row) -> str:
    flags = {"hidden": row.suppressed, "rounded": row.rounded, "not whole": row.partial, "per day": row.per_day}
    return ", ".join(word for word, holds in flags.items() if holds)
