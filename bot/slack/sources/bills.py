"""A month beside its bills, as a message: what it comes to, a table, the reasons below it."""

from __future__ import annotations

from dataclasses import replace

from slack_sdk.models.blocks import Block

from bot.slack.blocks.parts import Message, code, context, section
from bot.slack.blocks.table import aligned, fixed
from bot.sources.reconciliation import COLUMNS, MonthReconciliation
from bot.text import escape
from storage.answer.reconciling_guard import OTHER

SHOWN = 20  # providers; the rest is in no bill that anybody argues about
ROOM = 2_900  # characters of the table where Slack refuses a native one
FOLDED = "A provider that few people use stands in “other”, as in answers."


def reconciliation_message(found: MonthReconciliation) -> Message:
    """Everything in it is shown already as the reader may see it."""
    summary = section(f"*{escape(found.summary())}*")
    if not found.lines:
        return Message(text=found.summary(), rich=(summary,), plain=(summary,))
    lines = found.lines[:SHOWN]
    cells = [line.cells() for line in lines]
    below: list[Block] = [context(escape(reason)) for reason in replace(found, lines=lines).why()]
    if any(line.provider == OTHER for line in lines):
        below.append(context(FOLDED))
    return Message(
        text=found.summary(),
        rich=(summary, fixed(COLUMNS, cells), *below),
        plain=(summary, *code(aligned(COLUMNS, cells, 1, ROOM)), *below),
    )
