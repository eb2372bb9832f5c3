"""What the model is told: the rules of planning, the catalogue, and the question with placeholders for names."""

from __future__ import annotations

from pathlib import Path

from bot.questions.llm.linking import Linked
from bot.questions.llm.wire import Prompt
from bot.questions.reading import World

PROMPTS = Path(__file__).parent / "prompts"
PLAN = (PROMPTS / "plan.txt").read_text("utf-8").strip()


def prompt(linked: Linked, world: World) -> Prompt:
    """The prompt of one question."""
    scope = "everything" if world.asker is None else "groups and the asker's own figures"
    parts = [f"The asker may see: {scope}.", f"Question: {linked.text}"]
    if linked.thread:
        parts.insert(1, f"The thread's last query: {linked.thread}")
    return Prompt(PLAN, "\n".join(parts))


def mend(reason: str) -> str:
    """What is said after a call that could not be used: our own words about it, none of the data."""
    return f"The last call could not be used: {reason}. Call the tools again."
