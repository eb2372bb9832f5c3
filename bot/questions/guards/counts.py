"""What is counted is what is asked: a named figure, days of a group, people who are many; else it is asked back."""

from __future__ import annotations

import re
from itertools import pairwise

from bot.questions.answers.answer import Option
from bot.questions.answers.describe import title
from bot.questions.guards.conditions import refusal
from bot.questions.guards.scene import Scene
from bot.questions.lexicon.tables import entry, phrases
from bot.questions.reader.refusals import NO_FIGURE
from bot.questions.reading import Reading, Unclear
from storage.catalogue import metric
from storage.catalogue.measures import MeasuredRows
from storage.query import Grain

_PEOPLE = frozenset(("active_people", "inactive_people"))
_OUTCOMES = frozenset(("success_rate", "rework_rate", "failure_rate"))
_OWN_PEOPLE = re.compile(r"\bown (?:people|staff|members)\b")
_AGENTS = re.compile(
    r"\b(?:how many|number of|count of|headcount of|active|inactive)(?: the| our| active| inactive)? "
    r"(?:agents|bots|robots|service accounts)\b(?!'|’)"
)

_OF_NONE = re.compile(
    r"\b(?:(?:(?:without|outside|lacking)(?: of)?|"
    r"(?:not|n't) (?:\w+ )?(?:in|of|on|to|under|have|has|with))(?: an?| any)|"
    r"(?:without|lacking|missing)|(?:with|has|have|had|to|in|of|under|on|for) no|nobody ?'s) "
    r"(?P<what>team|department|workflow|process)\b(?! of\b)|\bunattributed\b"
)


def figure_named(scene: Scene) -> Reading | None:
    """ "The numbers by supplier" names no figure; a reply keeps that of its thread."""
    loose = [word for mention in scene.marked.mentions if mention.doubtful for word in mention.words]
    words = [*scene.words(), *loose]
    asked = set(entry("asked", "asks a figure").words)
    money = any(mention.kind == "number" and mention.words == ("usd",) for mention in scene.marked.mentions)
    figure = any(True for _ in phrases("metrics").all(words)) or asked & set(words) or money
    if scene.query is None or scene.before is not None or scene.world.open or figure:
        return None
    if MeasuredRows.WORK in metric(scene.query.metrics[0]).bases and _names_work(scene, words):
        return None
    return Unclear(text=NO_FIGURE, steps=("guard: no figure",))


def agents_counted(scene: Scene) -> Reading | None:
    """ "How many agents do we have": an agent is no head, and its use is no person's."""
    of_people = _PEOPLE | {"headcount", "agent_share", "adoption_rate"}
    if scene.query is None or not of_people & set(scene.query.metrics):
        return None
    return refusal("agents") if _AGENTS.search(scene.said()) else None


def own_people(scene: Scene) -> Reading | None:
    """ "Engineering's own people": without the teams below it they are a row of the list by team, and no filter."""
    query = scene.query
    if query is None or "team" in query.group_by or not _OWN_PEOPLE.search(scene.said()):
        return None
    team = query.filter_on("team")
    if team is None or not any({*scene.world.directory.below(name)} - {name} for name in team.values):
        return None
    asked = title(query.with_(group_by=("team",)), scene.world.directory)
    text = "Those are a row of the list by team, without the teams below."
    return Unclear(text=text, options=(Option(label=asked, ask=asked),), steps=("guard: own people",))


def nothing_named(scene: Scene) -> Reading | None:
    """ "Cost without a team", "tokens in no workflow": a row of the list, and no filter; the sum of all is not it."""
    found = _OF_NONE.search(scene.said())
    if scene.query is None or found is None:
        return None
    name = "workflow" if found["what"] in ("workflow", "process") else "team"
    if name in scene.query.group_by:
        return None
    asked = title(scene.query.with_(group_by=(*scene.query.group_by, name)), scene.world.directory)
    text = f"That is the row “no {name}” of the list by {name}."
    return Unclear(text=text, options=(Option(label=asked, ask=asked),), steps=("guard: nothing named",))


def shares_of_modes(scene: Scene) -> Reading | None:
    """ "Share of reviews done by agents": of the items of one mode alone the AI's share is all or nothing."""
    query = scene.query
    if query is None or not {"ai_share", "autonomy_share"} & set(query.metrics) or query.filter_on("mode") is None:
        return None
    every = query.with_(filters=tuple(held for held in query.filters if held.dimension != "mode"))
    meant = (every.with_(metrics=("autonomy_share",)), every.with_(metrics=("items",), group_by=("mode",)))
    asked = [title(reading, scene.world.directory) for reading in meant]
    text = "A share of the items of one mode alone says nothing. Is one of these meant?"
    return Unclear(text=text, options=tuple(Option(label=ask, ask=ask) for ask in asked), steps=("guard: modes",))


def outcomes_counted(scene: Scene) -> Reading | None:
    """ "How many letters failed": what became of items is known as a rate."""
    query, pairs = scene.query, _pairs(scene.words())
    counted = ("how", "many") in pairs or ("number", "of") in pairs
    if query is None or not counted or not set(query.metrics) <= _OUTCOMES or {"percent", "%"} & set(scene.words()):
        return None
    asked = title(query, scene.world.directory)
    text = "I know what became of items as a rate, not as a count. Is the rate what you want?"
    return Unclear(text=text, options=(Option(label=asked, ask=asked),), steps=("guard: outcomes",))


def _names_work(scene: Scene, words: list[str]) -> bool:
    named = any(mention.kind in ("workflow", "activity") for mention in scene.marked.mentions)
    return named or any(name in ("workflow", "activity") for name, _, _ in phrases("dimensions").all(words))


def days_said(scene: Scene) -> Reading | None:
    """ "On how many days did Core use it": days are counted for a person alone, or on average."""
    query, words = scene.query, scene.words()
    if query is None or "active_days_per_person" not in query.metrics or "person" in query.group_by:
        return None
    people = [condition for condition in query.filters if condition.dimension == "person"]
    single = len(people) == 1 and len(people[0].values) == 1
    mean = set(words) & {*entry("asked", "average").words, *entry("asked", "own").words, "person", "user", "people"}
    if single or mean - {"a"} or any(word == "a" and after in ("user", "person") for word, after in _pairs(words)):
        return None
    text = "Days of use are counted for each person. Do you want the active days a person on average?"
    return Unclear(text=text, steps=("guard: days of use",))


def people_counted(scene: Scene) -> Reading | None:
    """ "How many people used over a million", "… used it every day": a count that no figure here is."""
    query, words = scene.query, scene.words()
    counted = ("how", "many") in _pairs(words) or ("number", "of") in _pairs(words)
    if query is None or not counted:
        return None
    listed = "person" in query.group_by and bool(query.having) and not _PEOPLE & set(query.metrics)
    daily = bool(_PEOPLE & set(query.metrics)) and query.grain is Grain.DAY and ("every", "day") in _pairs(words)
    if listed or daily:
        text = (
            "I cannot count those people. I can list figures by person where that is allowed, or count active people."
        )
        return Unclear(text=text, steps=("guard: people counted",))
    return None


def _pairs(words: list[str]) -> list[tuple[str, str]]:
    return list(pairwise(words))
