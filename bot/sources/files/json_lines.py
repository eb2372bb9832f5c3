"""JSON lines as an import file: an object a line, its fields by the names of the columns."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import DecodeError, json

from bot.sources.files.problems import FileRefused
from bot.sources.files.reading import LONGEST_LINE

MOST_FIELDS = 200  # different ones in a file
BROKEN = object()


def to_csv(lines: Path, into: Path) -> None:
    """Write the objects as CSV whose rows stand one line below theirs; a line that is no object becomes a bad row.

    Raises FileRefused where the file is no JSON lines at all.
    """
    columns: dict[str, None] = {}
    for row in _rows(lines):
        if isinstance(row, Mapping):
            columns |= dict.fromkeys(row)
            if len(columns) > MOST_FIELDS:
                raise FileRefused(f"it has more than {MOST_FIELDS} different fields")
    if not columns:
        raise FileRefused("there is no JSON object in it; each line must be one")
    with into.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(columns)
        for row in _rows(lines):
            if row is None:
                text.write("\r\n")
            elif isinstance(row, Mapping):
                writer.writerow([_plain(row.get(name)) for name in columns])
            else:
                text.write("a line that is no JSON object\r\n" if len(columns) > 1 else '"","no JSON object"\r\n')


def _rows(lines: Path) -> Iterator[Any]:
    """What each line holds, None for an empty one."""
    with lines.open("rb") as file:
        for number, line in enumerate(iter(partial(file.readline, LONGEST_LINE), b"")):
            plain = (line.removeprefix(b"\xef\xbb\xbf") if not number else line).strip()
            if not plain:
                yield None
                continue
            try:
                yield json.decode(plain)
            except (DecodeError, UnicodeDecodeError, RecursionError):
                yield BROKEN


def _plain(value: Any) -> str:
    """A value as a cell; line ends in it would move the lines of the report."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "|".join(map(_plain, value))
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
    return " ".join(str(value).split()) if isinstance(value, (str, int)) else json.encode(value).decode()
