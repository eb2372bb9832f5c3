"""What somebody teaches: “fuel means cost”, “when we say squad A we mean Core”, read against the names there are; an
admin's word counts at once, others propose."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from bot.errors import UserError
from bot.questions.finders.names import fold, gazetteer
from bot.questions.guards.words import is_known
from bot.questions.lexicon.tables import entries
from bot.questions.tokens import tokenise
from storage.names import Directory, read_directory

if TYPE_CHECKING:
    from storage.load.words import VocabularyWord

TAUGHT = (
    re.compile(r"^when (?:we|people|they) say (?P<alias>.+?),? (?:we|people|they) mean (?P<name>.+)$", re.IGNORECASE),
    re.compile(r"^(?P<alias>.+?) (?:means|stands for) (?P<name>.+)$", re.IGNORECASE),
)
# What is no lesson: a question, or talk of what was said before.
_TALK = re.compile(
    r"\?\s*$|^(?:what|which|how|why|who|that|this|it|so|and)\b|\bmeans? (?:what|that|we|you)\b", re.IGNORECASE
)
LONGEST = 100
HOW = "Say it like this: `/leverage words fuel means cost` or `/leverage words when we say squad A we mean Core`."


def is_lesson(text: str) -> bool:
    """Whether a message teaches a word rather than asks something."""
    said = " ".join(text.split())
    return not _TALK.search(said) and any(pattern.match(said) for pattern in TAUGHT)


def learn(writing: Engine, workspace_id: int, text: str, by: str, admin: bool, now: datetime) -> str:
    """Keep the word that a message teaches, or propose it; gives the sentence that says so. Raises UserError."""
    from storage.load.words import propose, teach  # the way in is needless to whoever asks something

    with writing.begin() as connection:
        word = taught(text, read_directory(connection, workspace_id), by)
        if admin:
            teach(connection, workspace_id, word)
            return f"{word.alias} means {word.name} ({word.kind}) from now on. `/leverage words` undoes it."
        propose(connection, workspace_id, word, now)
    said = f"{word.alias} means {word.name} ({word.kind})"
    return f"Proposed: {said}. It counts once an admin accepts it in `/leverage words`."


def stranger_in(text: str, directory: Directory) -> str:
    """The first word of a message that is neither of the language nor in a name, as it was written; "" without one."""
    names = gazetteer(directory).words
    tokens = tokenise(text).tokens
    return next((token.raw for token in tokens if not is_known(token.text) and token.text not in names), "")


def taught(text: str, directory: Directory, by: str) -> VocabularyWord:
    """The word that is taught, with what it means. Raises UserError where that is no name or several things."""
    from storage.load.words import VocabularyWord

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
    found += [("metric", entry.name) for entry in entries("metrics") if words in map(fold, (*entry.words, entry.name))]
    return list(dict.fromkeys(found))
