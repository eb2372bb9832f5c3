"""What is offered to press beside a refusal that has nothing of its own: the figure that was named, asked plainly."""

from __future__ import annotations

import re
from collections.abc import Callable
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
PLACES = r"(?:of|in|by|per|for|last|this)\b"  # what follows a figure
WORD = re.compile(r"[\w'’-]+")


def with_a_press(answer: Answer, text: str, is_read: Callable[[str], bool] = lambda _: False) -> Answer:
    """The same answer; one that gives no figure and offers nothing offers whole questions that are answered: with a
    known figure in the place of the word that nobody knows, where `is_read` takes them so."""
    if answer.status not in FAILED or answer.options:
        return answer
    asks = tuple(ask for ask in _in_its_place(answer.unknown, text) if is_read(ask)) or _questions(text)
    return replace(answer, options=tuple(Option(label=ask, ask=ask) for ask in asks))


def _in_its_place(unknown: str, text: str) -> tuple[str, ...]:
    if not unknown or any(phrases("metrics").all(WORD.findall(text.casefold()))):
        return ()
    # Where it comes first it stands for the figure; elsewhere the question would be no sentence any more.
    head = re.match(rf"\s*((?:show|give) me )?{re.escape(unknown)}\s+(?={PLACES})", text, re.IGNORECASE)
    if head is None:
        return ()
    rest = " ".join(text[head.end() :].split())
    return tuple(f"{head[1] or ''}{label} {rest}" for label in ("tokens", "cost"))


def _questions(text: str) -> tuple[str, ...]:
    named = (name for name, _, _ in phrases("metrics").all(WORD.findall(text.casefold())))
    label = next((metric(name).label for name in named if name in OFFERED), "")
    return (f"{label} last month", f"{label} by team last month") if label else EXAMPLES[:2]
