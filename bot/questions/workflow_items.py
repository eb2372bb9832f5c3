"""What people call an item of a workflow: "cost per ticket", "how many tickets did AI answer", of ticket answering."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.questions.answers.answer import Option
from bot.questions.reading import Impossible, Read, Reading, Unclear, Understood, World
from storage.names import Directory

ASKED_BACK = "By “{noun}”, do you mean items of the workflow {workflow}?"
SHORTEST = 4  # letters of a noun or of the stem of a verb
_I = re.IGNORECASE
_ENDINGS = re.compile(r"(?:ciliation|ations?|arations?|ings?|ments?|sis|ies|es|e|s|y)$")
_AVERAGE = re.compile(r"\b(?:on\s+)?average\s+", _I)
_DONE = (
    r"handled?|process(?:ed)?|done|completed?|closed?|resolved?|finish(?:ed)?|dealt\s+with|work(?:ed)?\s+(?:on|through)|"
    r"taken\s+on|take\s+on|took|got\s+through|get\s+through|written|wrote|made|prepared"
)
_WHO = r"(?P<who>(?:the\s+)?(?:ai|agents?|bots?|humans?|people|hand)|autonomously)"
_MODES = (
    (re.compile(r"agents?|bots?|autonomously", _I), "in mode agent"),
    (re.compile(r"ai", _I), "with AI"),
    (re.compile(r"humans?|people|hand", _I), "by hand"),
)


@dataclass(frozen=True, slots=True)
class _Noun:
    """A word for the items of one workflow, and the words for doing them."""

    word: str  # as a pattern, singular
    words: str  # as a pattern, plural
    verb: str
    workflow: str


def with_items_named(read: Read) -> Read:
    """The same reading; what cannot be read is tried with the items of a workflow by their name.

    A verb of the workflow ("answered"), or one for any work ("handled"), makes sure; without one it is asked back.
    """

    def reading(text: str, world: World, before: Understood | None) -> tuple[Reading, ...]:
        found = read(text, world, before)
        if len(found) != 1 or not isinstance(found[0], Impossible | Unclear):
            return found
        for noun in _nouns(world.directory):
            said, sure = in_items(text, noun)
            if said == text:
                continue
            meant = read(said, world, before)
            if len(meant) != 1 or not isinstance(meant[0], Understood):
                continue
            if sure:
                return meant
            known = re.search(rf"\b(?:{noun.words}|{noun.word})\b", text, _I)
            asked = ASKED_BACK.format(noun=known[0] if known else noun.workflow, workflow=noun.workflow)
            return (Unclear(text=asked, options=(Option(label=said, ask=said),), steps=("items: by a word alone",)),)
        return found

    return reading


def in_items(text: str, noun: _Noun) -> tuple[str, bool]:
    """The text with the items of the workflow in the place of their name, and whether a verb makes sure of it."""
    one, many, verb, workflow = noun.word, noun.words, noun.verb, noun.workflow
    work = f"items of {workflow}"
    taking = r"\bhow\s+(?:long|much\s+time)\s+(?:does|do|did)\s+(?:an?|one|each|the\s+average)\s+"
    takes = rf"{taking}{one}(?:\s+{verb})?\s+take\b"
    said = re.sub(takes, f"minutes per item of {workflow}", text, flags=_I)
    if said != text:
        return said, True
    costs = rf"\b(?:what|how\s+much)\s+(?:does|did)\s+(?:an?|one|each)\s+{one}(?P<verb>\s+{verb})?\s+cost(?:\s+us)?\b"
    each = rf"\b(?:per|for\s+each|for\s+every|for\s+one|an?|each)\s+{one}\b(?P<verb>\s+{verb}\b)?"
    for pattern, plain in ((costs, "cost per item of"), (each, "per item of")):
        hit = re.search(pattern, text, _I)
        if hit:
            start = _AVERAGE.sub("", text[: hit.start()])  # minutes per item are an average already
            return f"{start}{plain} {workflow}{text[hit.end() :]}", bool(hit["verb"])
    counted = rf"\b(?:how\s+many|(?P<of>number\s+of))\s+(?:\w+\s+)?{many}\s+"
    passive = rf"{counted}(?:(?:were|are|got|was|have\s+been|had\s+been)\s+)?{verb}\b(?:\s+(?:by\s+|with\s+)?{_WHO}\b)?"
    active = rf"{counted}(?:did|do|does|have|has|can)\s+(?:{_WHO}|(?:we|our\s+\w+|they|the\s+team))\s+{verb}\b"
    listed = rf"\b{many}\s+(?:(?:that\s+|which\s+)?(?:were|are|was)\s+)?{verb}\b(?:\s+(?:by\s+|with\s+)?{_WHO}\b)?"
    for pattern, plain in ((active, f"how many {work}"), (passive, f"how many {work}"), (listed, work)):
        hit = re.search(pattern, text, _I)
        if hit:
            mode = next((words for who, words in _MODES if hit["who"] and who.search(hit["who"])), "")
            return re.sub(r"\s+", " ", f"{text[: hit.start()]}{plain} {mode}{text[hit.end() :]}"), True
    rate = re.sub(rf"(?<=\brate of )(?:the\s+)?{many}\b", workflow, text, flags=_I)
    return (rate, False) if rate != text else (re.sub(rf"\b{many}\b", work, text, count=1, flags=_I), False)


def _nouns(directory: Directory) -> Iterator[_Noun]:
    """The words that name the items of one workflow alone, and nothing else that is recorded."""
    named = [word for values in _others(directory) for word in _words(values)]
    stems: dict[str, list[str]] = {}
    for workflow in directory.workflows:
        for word in {_single(word) for word in _words(workflow.name)}:
            stems.setdefault(word, []).append(workflow.name)
    taken = {_single(word) for word in named}
    for workflow in directory.workflows:
        words = _words(workflow.name)
        if len(words) < 2:
            continue
        for at, word in enumerate(words):
            single = _single(word)
            if len(single) < SHORTEST or single in taken or len(stems[single]) > 1:
                continue
            rest = [_ENDINGS.sub("", other) for place, other in enumerate(words) if place != at]
            verbs = "|".join(rf"(?:re)?{re.escape(stem)}\w*" for stem in rest if len(stem) >= SHORTEST)
            yield _Noun(
                re.escape(single), rf"{_plural(single)}", f"(?:{verbs + '|' if verbs else ''}{_DONE})", workflow.name
            )


def _others(directory: Directory) -> Iterator[str]:
    yield from (team.name for team in directory.teams)
    for name, values in directory.values.items():
        if name != "workflow":
            yield from values


def _words(name: str) -> list[str]:
    return re.findall(r"[a-z]+", name.casefold())


def _single(word: str) -> str:
    if word.endswith("ies") and len(word) > SHORTEST:
        return f"{word[:-3]}y"
    if re.search(r"(?:sh|ch|x|ss)es$", word):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _plural(single: str) -> str:
    if re.search(r"[^aeiou]y$", single):
        return f"{re.escape(single[:-1])}ies"
    return re.escape(single) + ("es" if re.search(r"(?:sh|ch|x|ss)$", single) else "s")
