"""What stands behind an answer, as a modal: definition, reading, days, freshness, the rows as its reader may see them,
and the SQL that brought them."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.questions.answers.answer import Answer
from bot.questions.answers.receipts import line
from bot.slack.blocks.inputs import MAX_TITLE
from bot.slack.blocks.parts import code, context, label, section
from bot.slack.blocks.table import monospaced
from bot.text import cut, escape

TITLE = "The math"
LOOKING = "The rows and the SQL are being looked up…"
NO_ROWS = "The rows may not be shown to you."
ROOM = 2_900  # characters of the rows
STATEMENTS = 3
MAX_STATEMENT = 2_800


def math_view(said: Sequence[str], answer: Answer | None = None, waiting: bool = False) -> View:
    """The modal for these paragraphs; with the answer, asked anew for who reads it, also its rows and its SQL."""
    blocks = [section(_lead(paragraph)) for paragraph in said]
    if waiting:
        blocks.append(context(LOOKING))
    elif answer is not None:
        blocks += _behind(answer)
    return View(type="modal", title=label(TITLE, MAX_TITLE), close=label("Close"), blocks=blocks)


def _behind(answer: Answer) -> list[Block]:
    if not answer.rows:
        return [context(escape(answer.text) or NO_ROWS)]
    fresh = line(answer.receipt) if answer.receipt else ""
    blocks = [section(f"*Figures from:* {escape(fresh)}")] if fresh else []
    blocks += [section("*The rows, as you may see them*"), *code(monospaced(answer, ROOM))]
    statements = [cut(statement, MAX_STATEMENT) for statement in answer.explain.get("sql") or ()][:STATEMENTS]
    if statements:
        blocks.append(section("*The SQL that brought them*"))
        blocks += [block for statement in statements for block in code(escape(statement))]
    return blocks


def _lead(paragraph: str) -> str:
    """What a paragraph is about set off."""
    head, colon, rest = paragraph.partition(": ")
    return f"*{escape(head)}:* {escape(rest)}" if colon else escape(paragraph)
