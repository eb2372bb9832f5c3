"""The chart of a series as a picture, for where Slack does not draw charts itself."""

from __future__ import annotations

from bot.drawing.line_chart import Picture
from bot.questions.answers.answer import Answer, Draw
from bot.slack.blocks.chart import chart

MAX_TITLE = 80  # as much as stands in a line of it


def picture(answer: Answer) -> Picture | None:
    """The same values as in the answer's native chart; None where that has none."""
    drawn = chart(answer, MAX_TITLE)
    if drawn is None or drawn.kind is not Draw.LINE:
        return None
    return Picture(
        title=_capital(drawn.title),
        x_label=drawn.x_label,
        y_label=_capital(drawn.y_label),
        unit=drawn.unit,
        times=drawn.times,
        lines=drawn.lines,
        partial=drawn.partial,
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
