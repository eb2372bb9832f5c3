"""Questions for advice in anybody's words: known by what they name, what they want done, and how they ask.

A question for figures is none of these: one that names a figure, a past period or a model stays with the engine.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from bot.advice.wishes import AdviceQuestion, plain_words, strict_wish
from storage.names import Directory

WORDS = Path(__file__).parent / "lexicon" / "meanings.toml"
OF_TEAM = "in|for|at|of|from|within|inside|by|can|could|should|would|might|does|do|has|have|is"
UNKNOWN = (
    r"(?:is|are|can|could|should|would) (?:our |the |my )?(?!(?:we|you|i|it|ai|they|this|that|he|she)\b)"
    r"(?P<name>[a-z][\w-]*(?: [\w-]+){1,3}?) (?:be )?(?:ready|trusted|run|act|work|go|move|get|have)\b"
)
OPEN = re.compile(r"(?:so |and )?(?:what|how|why|when|which|where|tell|explain)\b")
OWN_TEAM = re.compile(r"\b(?:my|our) (?:team|squad|group|department)\b", re.IGNORECASE)
MY_TEAM = re.compile(r"\bmy (?:team|squad|group|department)\b", re.IGNORECASE)
WITHIN = re.compile(r"\b(?:last|past|previous) (?:[\w-]+ )?(?:day|week|month|quarter|year)s?\b|\bweek \d+\b")


Rules = tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]  # the kind, the words it needs and those it excludes
# About one workflow: may it be handed over, what is in the way, how is it doing.
OF_ONE: Rules = (
    ("worth", ("saved",), ()),
    ("worth", ("amount", "offloading"), ()),
    ("worth", ("suggested",), ()),
    ("back", ("single", "blocked", "progress"), ()),
    ("back", ("single", "blocked", "offloading"), ()),
    ("back", ("single", "alone"), ()),
    ("back", ("single", "trouble"), ()),
    ("stays", ("single", "left_to_people"), ("past",)),
    ("worth", ("single", "risk"), ()),
    *(("worth", ("single", "may", asked), ("past",)) for asked in ("offloading", "ready", "by_people")),
)
# About all of them, or a team's.
OF_ALL: Rules = (
    ("keep", ("lists", "by_people", "topic"), ("past",)),
    ("trouble", ("lists", "trouble", "of_ai"), ("people",)),
    ("ready", ("lists", "alone", "may"), ("past", "people")),
    ("where", ("saved", "offloading"), ()),
    ("where", ("saved", "progress"), ()),
    ("where", ("lists", "offloading", "may"), ("past",)),
    ("where", ("lists", "chance", "topic"), ("past",)),
)
STRONG = (
    *("automat", "offload", "delegat", "autonom", "take over", "taken over", "promot", "hand over", "on its own"),
    *("by itself", "alone", "trust", "ready", "demot", "unattended"),
)
# A sign of advice unless a figure is named, and one that may stand beside a workflow whose name sounds like a figure.
WEAK = (
    *(
        "ai ",
        "ai?",
        "agent",
        "workflow",
        "task",
        "opportunit",
        "potential",
        "suggest",
        "recommend",
        "candidate",
        "stage",
    ),
    *("quick win", "low-hanging", "low hanging", "unreliable", "do next", "too early", "too soon", "too far", "belong"),
    *("themselves", "unsupervised", "supervis", "on the table", "missing out", "hands-off", "hands off", "evidence"),
    *("back", "keep", "without", "frozen", "wrong", "earned", " save"),
)
NEAR_A_NAME = ("human", "people", "stay", "risk", "review", "check", "approv", "worth", "worse")


@dataclass(frozen=True, slots=True)
class AdviceNames:
    """What a question for advice may name, each by all of its words in lower case."""

    workflows: Mapping[str, str] = field(default_factory=dict)
    teams: Mapping[str, str] = field(default_factory=dict)
    own: str = ""  # the asker's team


def teams_by_name(directory: Directory) -> dict[str, str]:
    """Names of teams by every name they go by, folded; a name stands before another's alias."""
    aliases = {alias.casefold(): team.name for team in directory.teams for alias in team.aliases}
    return aliases | {team.name.casefold(): team.name for team in directory.teams}


def names_of(directory: Directory, asker: str | None) -> AdviceNames:
    """The names that a workspace's directory holds, for the person with this e-mail."""
    person = directory.person.get(asker or "")
    teams = teams_by_name(directory)
    return AdviceNames(
        {flow.name.casefold(): flow.name for flow in directory.workflows},
        teams,
        person.teams[-1] if person and person.teams else "",
    )


def may_be_wish(text: str) -> bool:
    """Whether a question may ask for advice; most have no word that such a question has."""
    said = f"{text.casefold()} "
    if any(sign in said for sign in STRONG):
        return True
    if strict_wish(text) is not None or any(sign in said for sign in NEAR_A_NAME):
        return True
    return any(sign in said for sign in WEAK) and not _has("figures", said)


def wish_of(text: str, names: AdviceNames) -> AdviceQuestion | None:
    """The wish that a question holds, with the workflow or team it names; None where it asks for something else."""
    text = OWN_TEAM.sub(lambda _: names.own, text) if names.own else text
    plain, strict = plain_words(text), strict_wish(text)
    if strict is not None and not (strict.kind == "where" and _has("by_people", plain)):
        return strict
    workflow, rest = _named(plain, names.workflows)
    # "Stay with people" is of no team that is called People.
    team, unnamed = _named(rest, names.teams, rf"(?:{OF_TEAM}) (?:the )?", r"(?:'s|s'| team)?")
    if _has("figures", unnamed) or WITHIN.search(unnamed):
        return None
    if workflow:
        return _meant(rest, OF_ONE, workflow)
    return _meant(unnamed, OF_ALL, team) or (None if team else _of_unknown(plain, text))


def _of_unknown(plain: str, text: str) -> AdviceQuestion | None:
    """The trust in a workflow that nobody has catalogued; a capital letter is a person's or a product's name."""
    found = re.match(UNKNOWN, plain)
    name = found["name"] if found and _has("alone", plain) and "promot" not in plain else ""
    return AdviceQuestion("unknown", name) if name and name in text and not _has("people", plain) else None


def _meant(plain: str, rules: Rules, name: str) -> AdviceQuestion | None:
    """The first rule all of whose kinds of words stand there, and none of those that it excludes."""
    for kind, needed, excluded in rules:
        if all(_has(words, plain) for words in needed) and not any(_has(words, plain) for words in excluded):
            # "What could go wrong with it" is no question for yes or no.
            return AdviceQuestion("about" if kind == "worth" and OPEN.match(plain) else kind, name)
    return None


def _named(
    plain: str, names: Mapping[str, str], before: str = "(?:the )?", after: str = "(?:'s|s|s')?"
) -> tuple[str, str]:
    """The one name that stands in the words, and the words without it; "" where none or several do."""
    found, rest = [], plain
    for said in _longest_first(names):
        pattern = rf"(?<![\w-])(?P<before>{before}){re.escape(said)}{after}(?![\w-])"
        if re.search(pattern, rest):
            rest = re.sub(pattern, r"\g<before>it", rest)
            found.append(names[said])
    single = {*found}
    return (single.pop(), rest) if len(single) == 1 else ("", rest if not found else plain)


def _longest_first(names: Collection[str]) -> Iterator[str]:
    yield from sorted(names, key=lambda name: (-len(name), name))


def _has(pattern: str, plain: str) -> bool:
    return _pattern(pattern).search(plain) is not None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """The words of a kind of `meanings.toml`, as whole words; what begins a question at its beginning."""
    words = "|".join(_read()[name])
    before = r"^(?:so |and )?" if name in ("lists", "single") else r"(?<![\w-])"
    return re.compile(rf"{before}(?:{words})(?![\w])")


@cache
def _read() -> Mapping[str, list[str]]:
    with WORDS.open("rb") as file:
        found: Mapping[str, list[str]] = tomllib.load(file)
    return found
