"""Reads a file of questions with what they should be read as, and compares.

A line is `question => wanted`, the turns of a thread separated by ` // `. Wanted is one of the words clarify,
unsupported, no_data, told, `!any` (only that it ends), or fields separated by `;`: m=metrics by=grouping g=grain
p=period c=compared o=order l=limit skip=passed over h=threshold avg=grain share everyone personal why normal peers
scopes=A|B and, for filters, DIMENSION=A|B, !DIMENSION=A (without), <team=A (below). What is not named must not be in
the query.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.questions.read import read
from bot.questions.reading import Impossible, Intent, Missing, Reading, Told, Unclear, Understood, World
from storage.catalogue import DIMENSIONS
from storage.names import Directory
from tests.bot.questions.organisations import AS_OF

PERIODS = {
    "lm": "2026-10-01..2026-10-31", "oct": "2026-10-01..2026-10-31", "sep": "2026-09-01..2026-09-30",
    "aug": "2026-08-01..2026-08-31", "jul": "2026-07-01..2026-07-31", "jun": "2026-06-01..2026-06-30",
    "may": "2026-05-01..2026-05-31", "lw": "2026-11-09..2026-11-15", "q3": "2026-07-01..2026-09-30",
    "q2": "2026-04-01..2026-06-30", "tm": "2026-11-01..2026-11-18", "tw": "2026-11-16..2026-11-18",
    "tr": "2026-08-24..2026-11-15", "28": "2026-10-21..2026-11-17", "ytd": "2026-01-01..2026-11-18",
    "today": "2026-11-18..2026-11-18", "yest": "2026-11-17..2026-11-17", "wbl": "2026-11-02..2026-11-08",
    "qtd": "2026-10-01..2026-11-18", "q1": "2026-01-01..2026-03-31",
}  # fmt: skip
STATUS = {"clarify": Unclear, "unsupported": Impossible, "no_data": Missing, "told": Told}


@dataclass(frozen=True)
class Case:
    """One line."""

    turns: tuple[str, ...]
    wanted: str
    asker: str | None


def cases(path: Path) -> Iterator[Case]:
    """The lines of a file."""
    for line in path.read_text("utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        said, _, wanted = line.partition(" => ")
        asker = None
        if wanted.startswith("as="):
            asker, _, wanted = wanted[3:].partition("; ")
        yield Case(tuple(said.split(" // ")), wanted.strip(), asker)


def reading_of(case: Case, directory: Directory) -> Reading:
    """What the engine makes of the last turn."""
    world = World(directory=directory, as_of=AS_OF, asker=case.asker)
    before: Understood | None = None
    last: Reading | None = None
    for turn in case.turns:
        for last in read(turn, world, before):
            before = last if isinstance(last, Understood) else before
    assert last is not None
    return last


def verdict(case: Case, directory: Directory) -> tuple[str, str]:
    """right, wrong (another query than the wanted one) or missed, and why."""
    got = reading_of(case, directory)
    if case.wanted == "!any":
        return "free", ""
    if case.wanted in STATUS:
        if isinstance(got, STATUS[case.wanted]):
            return "right", ""
        first = directory.usage[0] if directory.usage else None
        if case.wanted == "no_data" and first and isinstance(got, Understood) and got.query.period.end < first:
            return "right", ""  # the store says so
        return ("wrong" if isinstance(got, Understood) else "missed"), _short(got)
    if not isinstance(got, Understood):
        return "missed", _short(got)
    wanted, found = _fields(case.wanted), _found(got)
    for loose in ("p", "l"):
        if loose not in wanted:
            found.pop(loose, None)
    if "c" in wanted and wanted["c"] == "any":
        wanted["c"] = found.get("c", "none")
    return ("right", "") if wanted == found else ("wrong", f"{_difference(wanted, found)}")


def _difference(wanted: dict[str, Any], found: dict[str, Any]) -> str:
    keys = [key for key in {**wanted, **found} if wanted.get(key) != found.get(key)]
    return "; ".join(f"{key}: wanted {wanted.get(key)!r}, got {found.get(key)!r}" for key in keys)


def _fields(text: str) -> dict[str, Any]:
    out: dict[str, Any] = {}
    filters: dict[str, tuple[str, ...]] = {}
    havings: list[str] = []
    for field in text.split(";"):
        key, _, value = field.strip().partition("=")
        if key.lstrip("!<") in DIMENSIONS:
            filters[key] = tuple(sorted(value.split("|")))
        elif key in ("p", "c"):
            out[key] = PERIODS.get(value, value)
        elif key == "h":
            havings.append(value)
        elif key in ("m", "by"):
            out[key] = value.split(",")
        elif key == "scopes":
            out[key] = sorted(value.split("|"))
        elif key in ("l", "skip"):
            out[key] = int(value)
        else:
            out[key] = value or True
    if filters:
        out["filters"] = filters
    if havings:
        out["h"] = sorted(_threshold(threshold) for threshold in havings)
    return out


def _threshold(text: str) -> tuple[str, float, str, str]:
    compare, value, *rest = text.split(":")
    return compare, float(value), rest[0] if rest else "", rest[1] if len(rest) > 1 else "value"


def _found(got: Understood) -> dict[str, Any]:
    query = got.query
    marks = {"in": "", "not_in": "!", "below": "<"}
    out: dict[str, Any] = {
        "m": list(query.metrics),
        "by": list(query.group_by),
        "g": query.grain.value if query.grain else None,
        "p": f"{query.period.start}..{query.period.end}",
        "c": f"{query.previous.start}..{query.previous.end}" if query.previous else None,
        "scopes": sorted(query.scopes),
        "avg": query.average.value if query.average else None,
        "everyone": query.everyone,
        "personal": got.personal,
        "l": query.limit,
        "skip": query.skip or None,
        "h": sorted(
            (threshold.compare.value, threshold.value, threshold.metric, threshold.by.value)
            for threshold in query.having
        ),
        "filters": {
            f"{marks[condition.op.value]}{condition.dimension}": tuple(sorted(condition.values))
            for condition in query.filters
        },
    }
    if query.order:
        by = "" if query.order.by.value == "value" else f":{query.order.by.value}"
        out["o"] = ("desc" if query.order.descending else "asc") + by
    if query.share:
        over = query.share.over
        plain = tuple(condition for condition in over if condition in query.filters) == over and len(over) == len(
            query.filters
        )
        out["share"] = (
            True
            if plain or not over
            else ",".join(f"{condition.dimension}:{'|'.join(condition.values)}" for condition in over)
        )
    if got.intent is not Intent.FIGURES:
        out[got.intent.value] = True
    return {key: value for key, value in out.items() if value not in (None, [], {}, False)}


def _short(got: Reading) -> str:
    if isinstance(got, Understood):
        return str(got.query.to_json())
    return f"{type(got).__name__}: {got.topic if isinstance(got, Told) else got.text}"
