"""What somebody teaches: “fuel means cost”, “when we say squad A we mean Core”, read against the names there are."""

from __future__ import annotations

import re

from bot.errors import UserError
from bot.questions.finders.names import fold
from bot.questions.lexicon.tables import entries
from storage.load.words import VocabularyWord
from storage.names import Directory

TAUGHT = (
    re.compile(r"^when (?:we|people|they) say (?P<alias>.+?),? (?:we|people|they) mean (?P<name>.+)$", re.IGNORECASE),
    re.compile(r"^(?P<alias>.+?) (?:means|stands for) (?P<name>.+)$", re.IGNORECASE),
)
LONGEST = 100
HOW = "Say it like this: `/leverage words fuel means cost` or `/leverage words when we say squad A we mean Core`."


def taught(text: str, directory: Directory, by: str) -> VocabularyWord:
    """The word that is taught, with what it means. Raises UserError where that is no name or several things."""
    said = " ".join(text.strip().rstrip(".!").split())
    found = next((match for pattern in TAUGHT if (match := pattern.match(said))), None)
    if found is None:
        raise UserError(HOW)
    alias, name = (found[part].strip(" \"'“”‘’") for part in ("alias", "name"))
    if not fold(alias) or len(alias) > LONGEST:
        raise UserError(HOW)
    if clash := _meanings(alias, directory):
        raise UserError(f"{alias} is a {clash[0][0]} already, so it cannot mean anything else.")
    meant = _meanings(name, directory)
    if not meant:
        raise UserError(f"I know no team, tool, provider, model, workflow or metric called {name}.")
    if len(meant) > 1:
        kinds = " and ".join(f"a {kind}" for kind, _ in meant)
        raise UserError(f"{name} is {kinds}; that cannot be told apart by a word for it.")
    return VocabularyWord(meant[0][0], alias, meant[0][1], by)


def _meanings(said: str, directory: Directory) -> list[tuple[str, str]]:
    """What is called so: each kind with the name."""
    words = fold(said)
    named = [("team", team.name) for team in directory.teams]
    named += [(kind, name) for kind in ("tool", "provider", "model") for name in directory.values.get(kind, ())]
    named += [("workflow", workflow.name) for workflow in directory.workflows]
    found = [(kind, name) for kind, name in named if fold(name) == words]
    found += [("metric", one.name) for one in entries("metrics") if words in map(fold, (*one.words, one.name))]
    return list(dict.fromkeys(found))
