"""How well questions are read: answers held against gold rows, by family, beside the last run.

The measure is the contract's: right is the expected status and figures, wrong is an answer with other figures or where
none was possible, missed is a question not answered that could be, ungrounded a number in the text that nothing
in the answer accounts for.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from math import isclose
from typing import Any

CLOSE = 5e-3  # relative; gold figures may have been worked out in another order
NUMBER = re.compile(r"(?<![\w.#-])[-+−]?\$?(\d[\d,]*(?:\.\d+)?)\s?(%|pp\b)?")


@dataclass(frozen=True, slots=True)
class QuestionVerdict:
    """How one question ended; `why` says what is off."""

    id: str
    family: str
    outcome: str  # right, wrong, missed
    why: str = ""
    ungrounded: tuple[str, ...] = ()
    elapsed_ms: float = 0.0


@dataclass(frozen=True)
class Score:
    """All verdicts of a run."""

    verdicts: tuple[QuestionVerdict, ...]
    families: dict[str, Counter[str]] = field(init=False)

    def __post_init__(self) -> None:
        families: dict[str, Counter[str]] = defaultdict(Counter)
        for verdict in self.verdicts:
            families[verdict.family][verdict.outcome] += 1
        object.__setattr__(self, "families", dict(sorted(families.items())))

    def part(self, outcome: str) -> float:
        """The share of questions that ended so."""
        return sum(verdict.outcome == outcome for verdict in self.verdicts) / max(len(self.verdicts), 1)

    @property
    def ungrounded(self) -> int:
        """Answers with a number out of nowhere."""
        return sum(bool(verdict.ungrounded) for verdict in self.verdicts)

    def percentile(self, part: float) -> float:
        """Milliseconds within which this part of the questions was answered."""
        times = sorted(verdict.elapsed_ms for verdict in self.verdicts)
        return times[min(int(len(times) * part), len(times) - 1)] if times else 0.0

    def to_json(self) -> dict[str, Any]:
        """For the next run to be held against."""
        return {"verdicts": [asdict(verdict) for verdict in self.verdicts]}


def score(gold: Iterable[Mapping[str, Any]], results: Mapping[str, Mapping[str, Any]]) -> Score:
    """Hold each result against its gold line; a line without a result is missed."""
    return Score(tuple(_judge(question, results.get(str(question["id"]))) for question in gold))


def difference(now: Score, before: Mapping[str, Any]) -> list[str]:
    """What ended otherwise than in the run before, one line each."""
    past = {verdict["id"]: verdict["outcome"] for verdict in before.get("verdicts", ())}
    return [
        f"{verdict.id}: {past[verdict.id]} → {verdict.outcome}"
        for verdict in now.verdicts
        if verdict.id in past and past[verdict.id] != verdict.outcome
    ]


def _judge(question: Mapping[str, Any], result: Mapping[str, Any] | None) -> QuestionVerdict:
    id_, family = str(question["id"]), str(question.get("family", "?"))
    if result is None:
        return QuestionVerdict(id_, family, "missed", "no result")
    outcome, why = _outcome(question["expect"], result)
    loose = tuple(_ungrounded(question["turns"], result)) if result["status"] == "answered" else ()
    return QuestionVerdict(id_, family, outcome, why, loose, float(result.get("elapsed_ms") or 0))


def _outcome(expect: Mapping[str, Any], result: Mapping[str, Any]) -> tuple[str, str]:
    wanted, got = expect["status"], result["status"]
    if wanted != "answered":
        if got == wanted:
            return "right", ""
        return ("wrong", "answered") if got == "answered" else ("missed", f"{got} for {wanted}")
    if got != "answered":
        return "missed", f"{got}: {str(result.get('text', ''))[:80]}"
    off = _rows_off(expect, result.get("rows", []))
    return ("wrong", off) if off else ("right", "")


def _rows_off(expect: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> str:
    """What is off with the rows; "" where they are the expected ones."""
    found = [({_plain(label) for label in row["labels"].values()}, list(row["values"].values())) for row in rows]
    places: list[int] = []
    for gold in expect["rows"]:
        place = _place(gold, found, places)
        if place is None:
            return f"no row {gold['labels']} with {gold['value']}"
        places.append(place)
    if expect.get("ordered") and places != sorted(places):
        return f"order {places}"
    if expect.get("ordered") and not expect.get("exact") and places and places[0] != 0:
        return "the first row is another"
    extra = [row for i, row in enumerate(found) if i not in places and any(value not in (None, 0) for value in row[1])]
    return f"{len(extra)} more rows" if expect.get("exact") and extra else ""


def _place(gold: Mapping[str, Any], found: Sequence[tuple[set[str], list[Any]]], taken: Sequence[int]) -> int | None:
    wanted = {_plain(label) for label in gold["labels"]}
    for i, (labels, values) in enumerate(found):
        if i not in taken and wanted <= labels and any(_close(value, gold["value"]) for value in values):
            return i
    return None


def _close(a: Any, b: Any) -> bool:
    if a is None or b is None:
        return a is None and b is None
    return isclose(float(a), float(b), rel_tol=CLOSE, abs_tol=1e-6)


def _plain(label: Any) -> str:
    return str(label).strip().lower()


def _ungrounded(turns: Sequence[str], result: Mapping[str, Any]) -> Iterable[str]:
    """The numbers of the text that nothing in the result or the question accounts for."""
    held = [value for row in result.get("rows", []) for value in row["values"].values()]
    held += [fact["value"] for fact in result.get("facts", [])]
    figures = [abs(float(value)) for value in held if isinstance(value, int | float)]
    said = {float(number) for number in re.findall(r"\d+(?:\.\d+)?", json.dumps([turns, _without_text(result)]))}
    said |= set(map(float, range(len(result.get("rows", [])) + 1)))
    for match in NUMBER.finditer(str(result.get("text", ""))):
        digits, percent = match.group(1).replace(",", ""), bool(match.group(2))
        half = 0.5000001 * 10.0 ** -len(digits.partition(".")[2])
        number, scale = float(digits), 100.0 if percent else 1.0
        if not any(abs(value * scale - number) <= half for value in figures) and number not in said:
            yield match.group(0).strip()


def _without_text(result: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in result.items() if name not in ("text", "rows", "elapsed_ms")} | {
        "labels": [row["labels"] for row in result.get("rows", [])]
    }
