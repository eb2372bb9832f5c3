"""What is said where the network refuses: one clear sentence for each topic."""

from __future__ import annotations

from bot.questions.lexicon.tables import entries
from storage.names import Directory

NO_FIGURE = "Which figure is meant: tokens, cost, requests, adoption?"
_ASKED = {
    "name": "I don't know that name here.",
    "period": "Which days are meant?",
    "metric": NO_FIGURE,
    "person": "Who is meant?",
}
_ELSE = {
    "unsupported": "Nothing recorded here can answer that.",
    "clarify": "I can read that in more than one way. Which is meant?",
    "no_data": "Nothing is recorded under that name or in that time.",
}


def refusal(topic: str, status: str) -> str:
    """The sentence of a topic; of the status where the topic says nothing."""
    known = next((entry.text for entry in entries("conditions") if entry.name == topic), "")
    return known or _ASKED.get(topic, _ELSE[status])


def recorded(directory: Directory) -> str:
    """Which days there are facts of, as a sentence; "" where there are none."""
    if directory.usage is None:
        return ""
    first, last = directory.usage
    return f" Usage is recorded from {first} to {last}."
