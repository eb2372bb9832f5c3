"""Questions about the system itself: greetings, what can be asked, how fresh the data are, what a word means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from bot.questions.lexicon.tables import entry, phrases
from bot.questions.lexicon.words import dimension_of, short_words, single_words
from bot.questions.periods.words import word_set
from bot.questions.reading import Told
from bot.questions.tokens import tokenise
from storage.catalogue import METRICS

_LOOSE = word_set(
    "please fulcrum there again all so and ok hi hello hey sir madam team everyone you just now then dear s"
)

_WHAT = r"(?P<what>teams|tools|models|providers|vendors|workflows|locations|titles|job titles)"
_LISTED = re.compile(
    rf"(?:(?:what|which) (?:are (?:our |the )?)?|(?:list|name|show)(?: me)? (?:our |the )?)(?:known )?{_WHAT}"
    r"(?: (?:do we have|are there|are|exist|do we know|do you know|are known|are recorded|do we track|have we got))?"
)


_IT = r"(?:that|this|it)(?: (?:figure|number|metric|word))?"
_THAT = re.compile(
    rf"(?:and |so |but )?(?:what (?:does|do) {_IT} (?:actually |even )?(?:mean|stand for|count|include|measure)"
    rf"|how (?:is|was|do you|are you) (?:{_IT} )?(?:defined?|calculat\w+|comput\w+|measur\w+|work(?:ing|ed)? out)"
    rf"(?: {_IT})?"
    rf"|(?:the )?definition(?: (?:of {_IT}|please))?|define(?: {_IT})?|meaning|what exactly is {_IT})"
)


def told(text: str) -> Told | None:
    """What is asked of the system itself, None for any other message."""
    words = spoken(text)
    if not words:
        return Told(topic="help", steps=("intent: what can be asked",))
    said = " ".join(word for word in words if word not in _LOOSE)
    whole = " ".join(words)
    for topic, step in (("privacy", "who sees what"), ("limits", "what the figures do not show")):
        if any(f"{whole} ".startswith(f"{start} ") for start in entry("told", topic).words):
            return Told(topic=topic, steps=(f"intent: {step}",))
    if any(each in {*entry("told", "help").words, *entry("told", "greeting").words} for each in (said, whole)):
        return Told(topic="help", steps=("intent: what can be asked",))
    if all(word in _LOOSE for word in words):
        return Told(topic="help", steps=("intent: what can be asked",))
    if any(whole.startswith(start.rstrip("*")) for start in entry("told", "freshness").words) and not _figures(words):
        return Told(topic="freshness", steps=("intent: how fresh the data are",))
    listed = _LISTED.fullmatch(said)
    if listed is not None:
        dimension = dimension_of(listed["what"]) or ""
        return Told(topic="names", about=dimension, steps=(f"intent: which {listed['what']} there are",))
    about = _defined(words)
    return Told(topic="definition", about=about, steps=(f"intent: what {about} means",)) if about else None


def defined_in_thread(text: str, metric: str) -> Told | None:
    """ "What does that mean?", "definition?" after a figure; None for any other message."""
    if not _THAT.fullmatch(" ".join(text.casefold().replace("’", "'").split()).strip(" ?!.")):
        return None
    return Told(topic="definition", about=metric, steps=(f"intent: what {metric} means",))


def spoken(text: str) -> list[str]:
    """The words of a message in lower case, short ones in full."""
    out = []
    for token in tokenise(text).tokens:
        if any(map(str.isalnum, token.text)):
            out += ["s"] if token.text == "'s" else short_words().get(token.text, token.text).split()
        elif token.text == "'s":
            out.append("s")
    return out


def _figures(words: Sequence[str]) -> bool:
    return any(True for _ in phrases("metrics").all(list(words)))


def _defined(words: list[str]) -> str:
    """The metric or word whose meaning is asked."""
    alone = _after(words, "defines")
    rest = alone or _after(words, "asks meaning")
    if not rest or len(rest) > 9:
        return ""
    meaning = set(entry("told", "meaning").words)
    ended = bool(meaning & set(rest))
    if (alone or ended) and (whole := _labels().get(" ".join(word for word in rest if word not in meaning))):
        return whole
    found = next(phrases("metrics").all(rest), None)
    if found is not None and (ended or (alone and found[1] <= 1 and len(rest) - found[2] <= 1)) and found[1] <= 3:
        return found[0]
    plain = [word for word in rest if word not in single_words("plain", "told")]
    return " ".join(plain[:3]) if ended and found is None and len(rest) <= 6 else ""


@cache
def _labels() -> dict[str, str]:
    """Each metric by the words it is called by in answers."""
    return {" ".join(spoken(metric.label)): name for name, metric in METRICS.items()}


def _after(words: list[str], name: str) -> list[str]:
    """The words after the longest opening of an entry, none where none opens the message."""
    openings = sorted((phrase.split() for phrase in entry("told", name).words), key=len, reverse=True)
    return next((words[len(opening) :] for opening in openings if words[: len(opening)] == opening), [])
