"""A condition that the lexicon knows stops the answer, whatever else the question holds."""

from __future__ import annotations

from bot.questions.answers.answer import Option
from bot.questions.finders.marks import Mention
from bot.questions.guards.scene import Scene
from bot.questions.lexicon.tables import entry, phrases
from bot.questions.reading import Impossible, Reading

_MASK = "§"


def unrecorded(scene: Scene) -> Reading | None:
    """Refuse what nothing recorded can answer, for what it is."""
    for clause in scene.asked:
        words = [part for part, _ in clause.parts for part in _said(part)]
        found = next(phrases("conditions").all(words), None)
        if found is not None:
            return refusal(found[0], " ".join(words[found[1] : found[2]]))
    return None


def _said(part: str | Mention) -> list[str]:
    if isinstance(part, Mention):
        return [_MASK]
    return ["s"] if part == "'s" else part.replace("-", " ").split()


def refusal(topic: str, said: str = "") -> Impossible:
    """The sentence of a topic with the nearest figure to press."""
    found = entry("conditions", topic)
    steps = (f"unsupported: {topic}" + (f" (“{said}”)" if said else ""),)
    return Impossible(text=found.text, options=(Option(label=found.nearest, ask=found.nearest),), steps=steps)
