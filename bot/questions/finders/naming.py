"""Names in a message: the longest at each place, and how surely each is one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.questions.finders.english import is_english
from bot.questions.finders.marks import Mention
from bot.questions.finders.names import Fit, Gazetteer, Name, fold
from bot.questions.finders.spelling import singular
from bot.questions.finders.standing import (
    is_capital,
    is_listed,
    is_of_figure,
    is_placed,
    is_quoted,
    is_small,
    is_told,
    word_at,
)
from bot.questions.lexicon.tables import entry
from bot.questions.lexicon.words import dimension_of, language_words, meanings, time_words
from bot.questions.periods.words import CALENDAR_WORDS, word_set
from bot.questions.reading import World
from bot.questions.tokens import Token
from storage.catalogue import DIMENSIONS

MARKS = frozenset(("'s", '"', "(", ")", ",", ".", "?", "!", ":", ";"))
_MODALS = frozenset(("will", "may", "can", "might"))
_PRONOUNS = word_set("i you we it they he she there someone somebody anyone anybody")
_PRODUCTS = frozenset(("tool", "provider", "model"))
Found = tuple[int, int, list[Mention]]


def own_team(tokens: Sequence[Token], world: World) -> Iterator[Found]:
    """ "my team", "our squad": the asker's team, where one is known."""
    person = world.directory.person.get(world.asker or "")
    for at in range(len(tokens) - 1):
        noun = word_at(tokens, at + 1)
        if tokens[at].text in ("my", "our") and dimension_of(noun) == "team" and not noun.endswith("s"):
            values = (person.teams[-1],) if person else ()
            if values or tokens[at].text == "my":
                yield at, at + 2, [Mention("team", (tokens[at].text, noun), values, doubtful=True)]


def own_reports(tokens: Sequence[Token], world: World) -> Iterator[Found]:
    """ "my reports", "my direct reports": those whom the roster has report to the asker."""
    for at in range(len(tokens) - 1):
        last = at + 1 + (word_at(tokens, at + 1) == "direct")
        if tokens[at].text == "my" and last < len(tokens) and word_at(tokens, last) == "reports":
            emails = tuple(person.email for person in world.directory.people if person.manager == world.asker)
            if world.asker:
                yield at, last + 1, [Mention("person", (), emails, together=True)]


def names_in(tokens: Sequence[Token], names: Gazetteer) -> Iterator[Found]:
    """The names of a message, left to right."""
    index = 0
    while index < len(tokens):
        found = _name_at(tokens, names, index)
        if found:
            yield found
        index = found[1] if found else index + 1


def _name_at(tokens: Sequence[Token], names: Gazetteer, index: int) -> Found | None:
    if tokens[index].mark or tokens[index].text == "'s":
        return None
    for end in range(min(len(tokens), index + names.longest + 2), index, -1):
        window = tokens[index:end]
        if window[-1].mark or window[-1].text in MARKS or any(token.text in MARKS - {"'s", "."} for token in window):
            continue
        said = "".join(token.raw if token.text == "'s" else f" {token.raw}" for token in window)
        found = names.find(fold(said.strip())) or _without_apostrophe(said, names)
        if not found:
            continue
        mentions = _mentions(tokens, index, end, found)
        if mentions:
            return index, end, mentions
    return None


def _without_apostrophe(said: str, names: Gazetteer) -> tuple[Name, ...]:
    """ "will brandts tokens", "growths cost": the possessive of a hurried writer."""
    words = fold(said)
    if not words or not words[-1].endswith("s") or len(words[-1]) < 5:
        return ()
    found = names.find((*words[:-1], words[-1][:-1]))
    surely = [name for name in found if name.fit is not Fit.PART and (len(words) > 1 or not _is_word(words[-1]))]
    return tuple(surely)


def teams_of(laid: dict[int, tuple[int, list[Mention]]], tokens: Sequence[Token], world: World) -> Iterator[Found]:
    """ "Mark's team": the team of somebody named."""
    for start, (end, found) in laid.items():
        told = word_at(tokens, end) == "'s" and dimension_of(word_at(tokens, end + 1)) == "team"
        person = world.directory.person.get(found[-1].values[0]) if len(found[-1].values) == 1 else None
        if told and person is not None and person.teams and found[-1].kind == "person":
            words = ("team", "of", "person")
            yield start, end + 2, [Mention("team", words, (person.teams[-1],))]


def _mentions(tokens: Sequence[Token], start: int, end: int, found: Sequence[Name]) -> list[Mention]:
    """What the words may name, of the best fit; nothing where they are only words."""
    if end - start == 1 and tokens[start].text in _MODALS and word_at(tokens, end) in _PRONOUNS:
        return []  # "will you tell me", "may I have"
    best = [name for name in found if name.fit == found[0].fit]
    told = [name for name in found if is_told(tokens, start, end, frozenset((name.dimension,)))]
    best = [name for name in told if name.fit == told[0].fit] if told else best
    if best[0].fit is Fit.PART and end - start == 1 and word_at(tokens, end) == "wise":
        return []  # "day-wise" is of no colleague called Day
    single = best[0].fit is Fit.PART and end - start == 1 and best[0].dimension != "person"
    if single and tokens[start].text in entry("plain", "function").words:
        return []
    plain = _is_plain(tokens, start, end)
    surely = bool(told) or is_capital(tokens, start, end) or is_quoted(tokens, start, end)
    if plain and not surely and (is_listed(tokens, start, end) or not _may_be(tokens, start, end, best)):
        return []
    doubtful = plain and not surely and not _whole_phrase(tokens, start, end, best)
    said_so = best[0].fit is not Fit.PART and not (end - start == 1 and _is_loose(tokens[start].text))
    of_figure = said_so and is_of_figure(tokens, start, end)
    if doubtful and of_figure:
        doubtful = not _is_noun_here(tokens, start, end) and not _is_activity_here(tokens, start)
    if doubtful and best[0].fit is not Fit.PART and is_placed(tokens, start, end):
        opens = start == 0 and tokens[0].raw[:1].isupper() and not _is_loose(tokens[0].text)
        doubtful = not (opens or (is_small(tokens) and _is_noun_here(tokens, start, end)))
    if best[0].fit is Fit.PART and not told and end - start == 1 and _is_part_word(tokens[start].text, best):
        doubtful = True  # one word of a longer name never binds by itself
    if end - start == 1 and tokens[start].text in CALENDAR_WORDS and not told:
        doubtful = True  # May and June are months as well
    called = end - start > 1 and best[0].fit is Fit.WHOLE and not doubtful and best[0].dimension == "person"
    # "Max Price" asks no price: of somebody's whole name the network sees no word.
    words = tuple(token.text for token in tokens[start:end]) if plain and not called else ()
    out = [
        Mention(
            dimension,
            words,
            tuple(dict.fromkeys(name.value for name in best if name.dimension == dimension)),
            doubtful=doubtful,
            part=best[0].fit is Fit.PART and not told,
            of_figure=of_figure,
            together=dimension != "person" and word_at(tokens, end) == DIMENSIONS[dimension].plural,  # "Claude models"
        )
        for dimension in dict.fromkeys(name.dimension for name in best)
    ]
    return [replace(mention, words=()) for mention in out[:-1]] + out[-1:]  # one span: the words come once


def _is_plain(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether every word is one of the language besides."""
    return all(_is_word(token.text) or token.text.isdecimal() for token in tokens[start:end])


def _is_word(word: str) -> bool:
    return word in language_words() or is_english(word) or is_english(singular(word))


def _is_part_word(word: str, best: Sequence[Name]) -> bool:
    """ "review", "report": but for a person's first name and a product's ("Opus"), which are names by themselves."""
    return _is_word(word) and best[0].dimension not in {"person", *_PRODUCTS}


def _may_be(tokens: Sequence[Token], start: int, end: int, best: Sequence[Name]) -> bool:
    """Whether plain words without a capital may be the name at all: whole names may; parts hardly."""
    word = tokens[start].text
    if best[0].fit is not Fit.PART:
        return True
    if best[0].dimension == "person" and (tokens[start].raw[:1].isupper() or is_placed(tokens, start, end)):
        return True
    if end - start > 1:
        return not all(token.text in language_words() for token in tokens[start:end])
    return word not in language_words() and word not in CALENDAR_WORDS


def _whole_phrase(tokens: Sequence[Token], start: int, end: int, best: Sequence[Name]) -> bool:
    """ "will call", "cost control": whole names of several words, that are no phrase of the language."""
    if end - start < 2 or best[0].fit is Fit.PART:
        return False
    said = " ".join(token.text for token in tokens[start:end])
    return not any(said in meanings(file) for file in ("metrics", "dimensions", "values", "comparisons"))


def _is_noun_here(tokens: Sequence[Token], start: int, end: int) -> bool:
    """ "tokens of data", "in growth": no word that a sentence would hold there besides."""
    if end - start > 1:
        return True
    return not _is_loose(tokens[start].text) and tokens[start].text not in _IDIOMS


def _is_activity_here(tokens: Sequence[Token], start: int) -> bool:
    """ "Cost of support", "failure rate in review": of such work, where "for review" may be why somebody asks."""
    return tokens[start].text in _ACTIVITIES and word_at(tokens, start - 1) in ("in", "of", "within")


def _is_loose(word: str) -> bool:
    """A word of time, a dimension or a value of the language."""
    return word in time_words() or any(word in meanings(file) for file in ("dimensions", "values"))


_ACTIVITIES = frozenset(("review", "support", "reading", "writing", "reporting"))
# "in total", "of course", "for use": a name of that one word needs more than its place.
_IDIOMS = word_set(
    """
    total fact use time short general order course all one it them us people detail details full sum part place turn
    company organisation average addition numbers figures now today usage cost costs price money ai review support
    work working reading writing report reports change will may mark comparison proportion percent person question
    """
)
