"""The check every reading has to pass: each word that changes the meaning is used, and nothing is added to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.questions.grammar.patterns import FAMILIES
from bot.questions.grammar.products import KNOWN_PRODUCTS
from bot.questions.grammar.sentence import STOPS, Item
from bot.questions.grammar.vocabulary import HARMLESS, MEANINGFUL, QUESTION_LEADS
from bot.questions.llm.claims import allows
from bot.questions.llm.features import Features, each, related
from bot.questions.llm.linking import PUBLIC, Linked
from bot.questions.llm.needs import NEEDS
from bot.questions.llm.when import AROUND, Times
from bot.questions.reading import Understood
from storage.catalogue import Unit, metric

_COMPARING = frozenset(
    word for name in ("gt", "ge", "lt", "le", "than") for phrase in FAMILIES[name].split("|") for word in phrase.split()
)
# The name under which a feature that nobody asked for is missed, where it is not its own.
_ADDED = {"normal": "intent", "peers": "intent"}
_LISTING = frozenset(("which", "list", "rank", "top", "bottom", "who"))
# "Cost of AI usage", "tokens we burned" name one metric, not two; that it is the right one is checked the other way.
_WEAK = frozenset(("usage", "consumption", "use", "ai usage", "ai use", "burn", "burned", "burnt", "spend", "spent"))
_DAYTIMES = frozenset(("morning", "afternoon", "evening"))
_GREETING = frozenset(("good", "hi", "hello", "hey", "and", "a", "very", "nice"))
# A list of what to hand over next needs neither word spelled out.
_OF_TOOL = frozenset(("next",))


@dataclass(frozen=True, slots=True)
class Read:
    """A call as read: its query, times, its stretch of the question, and what it takes unplain words for."""

    understood: Understood
    times: Times
    part: range
    claims: tuple[tuple[range, str], ...] = ()
    given: frozenset[str] = frozenset()  # what the tool itself brings, so that no word has to ask for it
    own_team: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """`unread` words change the meaning and no call used them; `added` features no word asks for."""

    unread: tuple[str, ...]
    added: tuple[str, ...]
    echoes: tuple[str, ...]


def check(linked: Linked, reads: Sequence[Read], before: Understood | None) -> Checked:
    """Whether the calls say what the question says. Words inside a call's part are that call's alone to use."""
    items = linked.tagged.sentence.items
    unread, added, echoes = [], [], []
    for read in reads:
        features = _features(read, before)
        shared = [other.part for other in reads if other is not read]
        mine = [item for item in items if item.start in read.part or not any(item.start in part for part in shared)]
        claims = _grounded_claims(mine, read, features)
        echoes += [f"read “{_said(linked, span)}” as {features.name_of(what)}" for span, what in claims]
        claimed = {at for span, _ in claims for at in span}
        for item in items:
            outside = item.start not in read.part
            if outside and any(item.start in part for part in shared):
                continue
            if not _is_read(item, items, read, features, claimed) and not (
                outside and _by_another(item, items, reads, before)
            ):
                unread.append(item.raw)
        added += [one for one in features.added(mine, {what for _, what in claims}) if one not in read.given]
    return Checked(tuple(dict.fromkeys(unread)), tuple(dict.fromkeys(added)), tuple(dict.fromkeys(echoes)))


def _by_another(item: Item, items: Sequence[Item], reads: Sequence[Read], before: Understood | None) -> bool:
    return any(_is_read(item, items, one, _features(one, before), set()) for one in reads)


def _features(read: Read, before: Understood | None) -> Features:
    return Features(read.understood, before, read.own_team)


def _grounded_claims(items: Sequence[Item], read: Read, features: Features) -> list[tuple[range, str]]:
    """The claims that hold: of words that the lexicon allows for them, for features that nothing else asks for."""
    plain = features.plainly_said(items)
    missing = features.added(items, set())
    unplain = {at: item for item in items if _unplain(item) for at in range(item.start, item.end)}
    kept = []
    for span, what in read.claims:
        claimed = [unplain[at] for at in span if at in unplain]
        if (
            what in features.there
            and what not in plain
            and _ADDED.get(what, what) in missing
            and set(span) <= unplain.keys() | _loose(items)
            and allows(what, claimed, items, features.metrics)
        ):
            kept.append((span, what))
    return kept


def _loose(items: Sequence[Item]) -> set[int]:
    return {at for item in items if not item.tag and _harmless(item.word) for at in range(item.start, item.end)}


def _unplain(item: Item) -> bool:
    """Whether an item is a word without a meaning of its own here; what is written like a name is none."""
    return not item.tag and not is_plain(item.word) and item.raw.islower() and item.word not in KNOWN_PRODUCTS


def is_plain(word: str) -> bool:
    """Whether a word has a meaning here, or none at all."""
    return _harmless(word) or word in NEEDS or word in MEANINGFUL


def _harmless(word: str) -> bool:
    return word in STOPS or word == "'s" or ((word in HARMLESS or word in QUESTION_LEADS) and word not in NEEDS)


def _is_read(item: Item, items: Sequence[Item], read: Read, features: Features, claimed: set[int]) -> bool:
    if item.used or item.start in claimed or _in_times(item, read.times):
        return True
    if not item.tag:
        if item.word in _DAYTIMES and not _greets(item, items):
            return False
        return _word_is_read(item.word, features) or item.word in _OF_TOOL & read.given
    return _meaning_is_read(item, items, read, features)


def _meaning_is_read(item: Item, items: Sequence[Item], read: Read, features: Features) -> bool:
    query = read.understood.query
    match item.tag:
        case "M":
            return any(item.word in _WEAK or related(item.name, name) for name in features.metrics)
        case "D":
            return item.name in query.group_by or (
                query.filter_on(item.name) is not None and not _one_by_one(item, items)
            )
        case "H":
            return features.of_people or not _one_by_one(item, items)
        case "O":
            return True  # that nothing is added for it is the other half of the check
        case "E":
            return _name_is_read(item, read, features)
        case "G":
            return item.value.grain in (None, query.grain, query.average) and bool(query.grain or query.average)
        case "N":
            return _number_is_read(item, items, features)
        case "T":
            return item.name == "compare" and query.previous is not None
    return False


def _greets(item: Item, items: Sequence[Item]) -> bool:
    """Whether a time of day is a greeting, at the beginning, and no condition."""
    at = next(n for n, one in enumerate(items) if one.start == item.start)
    return all(one.word in _GREETING or one.word in STOPS for one in items[:at])


def _one_by_one(item: Item, items: Sequence[Item]) -> bool:
    """Whether a word for a kind of thing asks for a list of them: "by team", "every team", "top users", "tools"."""
    at = next((n for n, one in enumerate(items) if one.start == item.start), 0)
    while at and (items[at - 1].tag == "D" or items[at - 1].word in ("and", ",", "the", "of", "our")):
        at -= 1
    if at and (each(items[at - 1]) or items[at - 1].word in _LISTING):
        return True
    return item.tag == "H" and any(one.word in _LISTING for one in items if not one.tag)


def _in_times(item: Item, times: Times) -> bool:
    """Whether the call's time phrases hold the item, but for a word like "in" that stands before."""
    words = item.word.split()
    covered = {at for span in times.spans for at in span} & set(range(item.start, item.end))
    return bool(covered) and all(
        word in AROUND for at, word in zip(range(item.start, item.end), words, strict=False) if at not in covered
    )


def _word_is_read(word: str, features: Features) -> bool:
    if word in NEEDS:
        return bool(NEEDS[word] & features.there)
    if word in MEANINGFUL:
        return False
    return _harmless(word)


def _name_is_read(item: Item, read: Read, features: Features) -> bool:
    query = read.understood.query
    wanted = {(one.dimension, one.value) for one in item.value}
    there = {(one.dimension, value) for one in query.filters for value in one.values} | {
        ("team", s) for s in query.scopes
    }
    if query.share:
        there |= {(one.dimension, value) for one in query.share.over for value in one.values}
    if wanted & there:
        return True
    if item.name not in PUBLIC:
        return False
    value = item.value[0].value
    return (value in ("agent", "one", "bot") and bool({("kind", "agent"), ("mode", "agent")} & there)) or (
        value in ("agent", "one") and "agent_share" in features.metrics
    )


def _number_is_read(item: Item, items: Sequence[Item], features: Features) -> bool:
    """Whether a number is the limit, or a threshold on what it counts: "over 10 people" is none on tokens."""
    query, number = features.query, item.value
    if query.limit == number.value:
        return True
    bounds = [one for one in query.having if one.value in (number.value, number.value / 100)]
    return bool(bounds) and all(_counts(one.metric or query.metrics[0], item, items, features) for one in bounds)


def _counts(name: str, number: Item, items: Sequence[Item], features: Features) -> bool:
    """Whether a number that stands beside these words is one of a metric."""
    at = next(n for n, one in enumerate(items) if one.start == number.start)
    of_people = metric(name).unit is Unit.PEOPLE
    while at and not items[at - 1].tag and items[at - 1].word in _COMPARING:
        at -= 1
    before = items[at - 1] if at else None
    if before is not None and before.tag == "H" and before.name != "anyone":
        return of_people or "person" in features.query.group_by  # "people over 40" have no more tokens than that
    after = next((one for one in items if one.start == number.end), None)
    if after is None or not after.tag:
        return True
    return {"H": of_people, "M": related(after.name, name), "D": False}.get(after.tag, True)


def _said(linked: Linked, span: range) -> str:
    tokens = linked.tagged.tokens
    return linked.clean[tokens[span.start].start : tokens[span.stop - 1].end]
