"""`fulcrum offload` and `fulcrum workflow NAME`: the operator's view of the advice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.advice.card import Card
from bot.advice.service import Advice
from bot.errors import UserError
from bot.figures import MINUS
from bot.settings import Settings
from storage import workspaces
from storage.answer.privacy import OPERATOR
from storage.engine import reading_engine, sqlite_file, writing_engine
from storage.schema import require_newest

WIDE = 120  # columns of a terminal in which the whole table has room


def offload(settings: Settings, team: str | None, as_of: date | None, as_json: bool, console: Console) -> int:
    """Every catalogued workflow with its verdict, best first; then candidates that are in no catalogue."""
    with _opened(settings) as (advice, workspace):
        day = as_of or advice.today(workspace)
        found = advice.offload(workspace, team, day, OPERATOR)
        candidates = advice.candidates(workspace, day, OPERATOR) if team is None and not as_json else []
        known = advice.calibration(workspace, day).text()
    if as_json:
        _print(console, [card.to_json() for card in found])
        return 0
    if not found:
        raise UserError("No workflow is catalogued here. Import workflows.csv, or add one with /leverage workflows.")
    whole = console.width >= WIDE
    console.print(_table(found, whole=whole))
    if not whole:
        console.print("`fulcrum workflow NAME` has the stage, the score and the reasons of one.", markup=False)
    best = next((card for card in found if card.hours and card.score > 0), None)
    if best:
        console.print(escape(best.text()))
    if known:
        console.print(escape(known))
    for candidate in candidates:
        console.print(escape(f"{candidate.name}: {candidate.why}."))
    return 0


def workflow(settings: Settings, name: str, as_of: date | None, as_json: bool, console: Console) -> int:
    """One workflow: stage, evidence, decision, history, and its card."""
    with _opened(settings) as (advice, workspace):
        page = advice.workflow(workspace, name, as_of or advice.today(workspace), OPERATOR)
    if as_json:
        _print(console, page.to_json())
        return 0
    console.print(escape(page.text()))
    console.print(escape(page.card.text()))
    for given in page.card.given:
        console.print(escape(f"  {given.name}: {given.value} ({given.grade}, {given.source})"))
    return 0


@contextmanager
def _opened(settings: Settings) -> Iterator[tuple[Advice, int]]:
    """The advice over the store, and the workspace of an organisation that is alone in it."""
    file = sqlite_file(settings.database_url)
    if file is not None and not file.exists():
        raise UserError("There is no store yet. Fill one with: fulcrum import DIR")
    reading, writing = reading_engine(settings.database_url), writing_engine(settings.database_url)
    try:
        require_newest(reading)
        with reading.connect() as connection:
            workspace = workspaces.chosen(connection, settings.workspace)
        yield Advice(reading, writing, settings, lambda: datetime.now(UTC)), workspace
    finally:
        reading.dispose()
        writing.dispose()


def _table(found: list[Card], *, whole: bool) -> Table:
    """Best first; in a narrow terminal without stage, score, grade and reason, so that a workflow keeps to a line."""
    table = Table("workflow", "team", "verdict", "h/week (10-90%)", box=SIMPLE_HEAD, pad_edge=False)
    for column in ("stage", "score", "grade", "why") if whole else ():
        table.add_column(column)
    for card in found:
        hours = f"{_hours(card.hours.p50)} ({_hours(card.hours.p10)} to {_hours(card.hours.p90)})" if card.hours else ""
        stage = card.stage if card.stage == card.next_stage else f"{card.stage} → {card.next_stage}"
        more = (stage, f"{card.score:.0f}", card.grade, card.first_reason) if whole else ()
        table.add_row(*map(escape, (card.workflow, card.team, card.verdict.told, hours, *more)))
    return table


def _hours(size: float) -> str:
    return f"{size:,.1f}".replace("-", MINUS)


def _print(console: Console, data: object) -> None:
    console.print(json.dumps(data, ensure_ascii=False, indent=2), markup=False, highlight=False, soft_wrap=True)
