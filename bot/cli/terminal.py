"""Answers on the command line: drawn for a person, as JSON, or one line a question of a batch."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TextIO

from rich.console import Console
from rich.table import Table

from bot.cli import answers
from bot.errors import UserError
from bot.questions.answers.answer import Answer, Status
from bot.questions.evaluation import Score, difference
from storage.catalogue import DIMENSIONS, METRICS

LOG = logging.getLogger(__name__)
FAILED = "Something went wrong while I read that question. Please ask it in other words."
Ask = Callable[[str, str | None, str | None], Answer]  # question, asker's e-mail, thread


def show(answer: Answer, console: Console) -> None:
    """The answer as Slack would lay it out."""
    console.print(answers.answer(answer))


def explain(answer: Answer, console: Console) -> None:
    """How the question was read: the reasons, the query, the definition, the statements that ran."""
    for step in answer.explain.get("steps", ()):
        console.print(f"  {step}", markup=False, highlight=False)
    if answer.query:
        console.print_json(json.dumps(answer.query))
    if answer.receipt:
        console.print(f"{answer.receipt.metric}: {answer.receipt.definition}", markup=False, highlight=False)
    for statement in answer.explain.get("sql", ()):
        console.print(statement, markup=False, highlight=False, soft_wrap=True)


def batch(lines: Iterable[str], ask: Ask, out: TextIO) -> Iterator[Answer]:
    """One JSON object in and out a line; the turns of a line are one thread, the last one is answered."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            asked = _asked(line, number)
            try:
                answer = _last(asked, ask)
            except Exception:  # one question that trips the engine costs the others nothing
                LOG.exception("line %d of the batch failed", number)
                answer = Answer(status=Status.UNSUPPORTED, text=FAILED)
            out.write(json.dumps({"id": asked.get("id", number)} | answer.to_json(), ensure_ascii=False) + "\n")
            yield answer


def evaluation(found: Score, before: Mapping[str, Any], console: Console) -> None:
    """A table by family, what is off, what changed since the last run, and the time."""
    table = Table("family", "right", "wrong", "missed", box=None)
    for family, counts in found.families.items():
        table.add_row(family, str(counts["right"]), str(counts["wrong"]), str(counts["missed"]))
    console.print(table)
    for verdict in found.verdicts:
        if verdict.outcome != "right" or verdict.ungrounded:
            loose = f" ungrounded {', '.join(verdict.ungrounded)}" if verdict.ungrounded else ""
            console.print(f"{verdict.outcome} {verdict.id} {verdict.why}{loose}", markup=False, highlight=False)
    for line in difference(found, before):
        console.print(line, markup=False, highlight=False)
    console.print(
        f"{len(found.verdicts)} questions: right {found.part('right'):.1%}, wrong {found.part('wrong'):.1%}, missed "
        f"{found.part('missed'):.1%}, ungrounded {found.ungrounded}; p50 {found.percentile(0.5):.1f} ms, "
        f"p95 {found.percentile(0.95):.1f} ms",
        highlight=False,
    )


def _asked(line: str, number: int) -> dict[str, Any]:
    try:
        asked = json.loads(line)
        turns = asked["turns"]
    except (ValueError, KeyError, TypeError) as error:
        raise UserError(f"Line {number} of the batch is not an object with `turns`.") from error
    if not isinstance(turns, list) or not turns or not all(isinstance(turn, str) for turn in turns):
        raise UserError(f"Line {number} of the batch needs `turns`, a list of questions.")
    found: dict[str, Any] = asked
    return found


def _last(asked: dict[str, Any], ask: Ask) -> Answer:
    thread = f"batch:{asked.get('id')}:{id(asked)}"
    return [ask(turn, asked.get("as"), thread) for turn in asked["turns"]][-1]


def catalogue(console: Console) -> None:
    """Every metric with its formula and every dimension."""
    for metric in METRICS.values():
        console.print(f"[bold]{metric.name}[/bold] ({metric.unit.value})")
        console.print(f"  {metric.description}", markup=False, highlight=False)
        console.print(f"  = {metric.formula}", markup=False, highlight=False)
    console.print("\n[bold]Dimensions[/bold]")
    for dimension in DIMENSIONS.values():
        use = "of days" if dimension.days else "of people" if dimension.people else "of usage"
        work = ", of work" if dimension.work is not None else ""
        console.print(f"  {dimension.name} ({use}{work})", markup=False, highlight=False)
