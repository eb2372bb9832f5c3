"""What a reply points at is in its query, and a reply has something that it replies to."""

from __future__ import annotations

from itertools import pairwise

from bot.questions.finders.marks import Mention
from bot.questions.guards.scene import Scene
from bot.questions.lexicon.words import dimension_of
from bot.questions.reading import Reading, Unclear
from storage.catalogue import DIMENSIONS
from storage.query import Query

_JOINS = frozenset(("and", "also", "just", "only", "but", "or", "plus", "then"))
_OWNERS = frozenset(("his", "her", "their"))
_BOTH = frozenset(("both", "two"))


def follows_something(scene: Scene) -> Reading | None:
    """ "And requests" follows a question that was understood; a whole question may begin so too."""
    words = scene.words()
    dated = any(mention.kind in ("period", "compare") for mention in scene.marked.mentions)
    if scene.before is not None or scene.world.open or dated or words[:1] == [] or words[0] not in _JOINS:
        return None
    return Unclear(text="I have no answer that this goes on from. Say the whole question.", steps=("guard: replies",))


def pointed_back(scene: Scene) -> Reading | None:
    """ "His team" is a team, "the two" are two, and "June's" after a list of people may be June."""
    before, query = scene.before, scene.query
    if before is None or query is None:
        return None
    words = scene.words()
    team = any(word in _OWNERS and dimension_of(after) == "team" for word, after in pairwise(words))
    if team and before.filter_on("person") and not query.filter_on("team"):
        return Unclear(text="Which team is meant?", about="person", steps=("guard: replies",))
    if (_BOTH & set(words) or _says_two(scene)) and _left_behind(scene):
        return Unclear(text="Which two are meant? Name both.", steps=("guard: replies",))
    if _BOTH & set(words) and _is_single(query):
        return Unclear(text="Which two are meant? Say both in one question.", steps=("guard: replies",))
    person = next(
        (mention for mention in scene.marked.mentions if not mention.context and mention.kind == "person"), None
    )
    if person is not None and not scene.is_used(person) and "person" in before.group_by:
        text = f"Is “{person.said}” somebody, or a time?"
        return Unclear(text=text, about="person", steps=("guard: replies",))
    return None


def _is_single(query: Query) -> bool:
    """Whether there are no two of anything in it."""
    several = query.previous or query.scopes or query.group_by or query.grain or len(query.metrics) > 1
    return not several and all(len(condition.values) == 1 for condition in query.filters)


def _says_two(scene: Scene) -> bool:
    numbers = (mention for mention in scene.marked.mentions if mention.kind == "number" and not mention.context)
    return any(number.values[0] == 2 and not scene.is_used(number) for number in numbers)


def _left_behind(scene: Scene) -> list[Mention]:
    """Names of the questions before that this query has not."""
    assert scene.query is not None
    held = {(condition.dimension, value) for condition in scene.query.filters for value in condition.values}
    held |= {("team", value) for value in scene.query.scopes}
    names = (mention for mention in scene.marked.mentions if mention.context and mention.kind in DIMENSIONS)
    return [name for name in names if not {(name.kind, value) for value in name.values} <= held]
