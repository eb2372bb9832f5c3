"""What is offered to press beside a refusal that has nothing of its own: the figure that was named, asked plainly."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.questions.answers.answer import Answer, Option, Status
from bot.questions.answers.replies import EXAMPLES
from bot.questions.lexicon.tables import phrases
from storage.catalogue import metric

# Those that have a figure a month and one a team, whatever an organisation records.
OFFERED = frozenset(
    ("tokens", "cost", "requests", "active_people", "adoption_rate", "headcount", "agent_share", "hours_offloaded")
)
FAILED = (Status.CLARIFY, Status.UNSUPPORTED, Status.NO_DATA)
WORD = re.compile(r"[\w'’-]+")


def with_a_press(answer: Answer, text: str) -> Answer:
    """The same answer; one that gives no figure and offers nothing offers whole questions that are answered."""
    if answer.status not in FAILED or answer.options:
        return answer
    return replace(answer, options=tuple(Option(label=ask, ask=ask) for ask in _questions(text)))


def _questions(text: str) -> tuple[str, ...]:
    named = (name for name, _, _ in phrases("metrics").all(WORD.findall(text.casefold())))
    label = next((metric(name).label for name in named if name in OFFERED), "")
    return (f"{label} last month", f"{label} by team last month") if label else EXAMPLES[:2]
