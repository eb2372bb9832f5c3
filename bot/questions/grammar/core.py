"""Where a message is not read as a whole: the question at its core, with what is plainly context around it left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.questions.grammar.carriers import is_manner
from bot.questions.grammar.courtesy import names_a_place
from bot.questions.grammar.gazetteer import Fit
from bot.questions.grammar.layout import Tagged
from bot.questions.grammar.patterns import compiled
from bot.questions.grammar.products import KNOWN_PRODUCTS
from bot.questions.grammar.sentence import Found, Item, Sentence
from bot.questions.grammar.stating import PERSONS, states
from bot.questions.grammar.vocabulary import CONTEXT, HARMLESS, MEANINGFUL
from bot.questions.grammar.wordlists import words

MOST_SEGMENTS = 9
MOST_CORES = 6
_ENDS = frozenset((",", ";", ":", ".", "!", "?", "-", "(", ")", "…"))
_ASK = (
    r"(?:please|kindly|how|what|which|who|whose|when|where|why|give|show|list|tell|compare|rank|plot|pull|break|split|"
    r"(?:would|could|can|may|might|will|do|did) (?:you|i|we|somebody|someone|anyone|it)|"
    r"(?:i|we)(?: would| 'd| should| will| do| just| also| really| now)* (?:like|love|want|need|appreciate|wish|be|"
    r"wonder|ask|am|are|was|were|have|hope|must)|i am|i was|we are|is|are|was|were|has|have|does)"
)
_JOIN = (
    rf"(?:(?:and|so|but|hence|therefore|thus|now|then) ){{1,4}}(?={_ASK}(?: |$))|(?:which|that) is why (?=[^ ]+)|"
    r"(?:because|as|since|so that|although|though|even though|hence my question|whereas) "
    r"(?=(?:i|we|he|she|they|it|my|our|the|some|there|this|that|people|everyone|somebody|<E=person>) )"
)
# Inside a stretch: where an occasion or a name who asks ends and the question begins.
_TURNS = (
    r"(?:^|(?<=[,.:;!?-] ))(?:for|to|before|ahead|as|with|in|after|while|whilst|when|having|given|from) (?:[^ ,]+ "
    r"){2,12}?"
    r"(?P<ask>(?:i|we) (?:would|was|am|were|need|want|have|had|love|like|should|must|will|appreciate)|"
    r"(?:would|could|can|may|might) (?:you|i|we) )",
    r"(?:^|(?<=[,.:;!?-] ))(?:[^ ,]+ ){1,4}?(?:would like|wants?|needs?|asked|asks?|is asking|are asking|requests|"
    r"requested)"
    r"(?: me| us)?(?: for| to (?:see|know|have|get|understand))? (?P<ask>(?:the|our|a|how|what|which|all|<M>|<T>) )",
    r"(?<!of )(?<!in )(?<!by )(?<!for )(?<!with )(?<!from )(?<!at )(?<!on )(?<!and )(?<!or )(?<!, )(?<!is )(?<=[^ ] )"
    r"(?P<ask>(?:how|what|which|who|whose|why|whether) )",
)
# A statement begins with what it is about, or with when, why and what for it is made; a command does not.
_TELLS = words(
    """
    i we my our the a an this that these those it he she they you your his her their there somebody someone everybody
    everyone people one some both new was were been writing preparing budget
    nobody as since because having with without before after to for from following whilst
    while given ahead in on at by during if when whenever once though although purely just sorry apologies good hi
    hello hey dear thanks thank morning afternoon evening ok okay so and but now next also hence therefore thus not
    no nothing excuse pardon forgive hope hoping last yesterday today which who being looks sounds seems seeing quick
    long short first second finally lastly meanwhile otherwise anyway well right great happy sad fun true
    """
)
# Each of these changes a figure wherever it stands: what holds one is never context.
_BINDING = words(
    """
    excluded ignored ignore omitted omit skip counted removed hidden relevant out-of-scope
    percent percentage share shares ratio per each average mean median top bottom except excluding exclude exclusively
    excluded include including included compared versus growth trend forecast predict daily weekly monthly quarterly
    split breakdown grouped ranked sorted combined apiece respectively
    """
)
_STRICT = (MEANINGFUL | _BINDING) - words(
    "only not new next first last old more less never nothing no nobody rate will second other others most half none "
    "peak until unless range change expect over under above below between lowest highest without except minimum "
    "maximum "
    "predict"
)
_QUESTIONS = words("how what which who whose when where why whom whether")
# Words that are a figure without its name.
_IMPLYING = words(
    "priciest costliest cheapest dearest pricey expensive spender spenders busiest heaviest quietest hungriest "
    "hours minutes"
)
_BACK = (
    r"(?:its|their|his|her)|(?:the|that|this) (?:<D=team|location|tool|model|workflow>|office|site|depot|branch|"
    r"department|unit|group|squad|lot)|they|them|there|he|she|him"
)


@dataclass(frozen=True, slots=True)
class Core:
    """A question inside a message: its text, and what was left out of it."""

    text: str
    left: str


def cores(tagged: Tagged) -> Iterator[Core]:
    """The stretches of a message that may be its question, those that leave out least first."""
    sentence = tagged.sentence
    segments = _segments(sentence)
    if not 2 <= len(segments) <= MOST_SEGMENTS:
        return
    told = [_is_context(sentence.items, *one) for one in segments]
    spans = [
        (first, last)
        for first in range(len(segments))
        for last in range(first + 1, len(segments) + 1)
        if last - first < len(segments) and all(told[:first]) and all(told[last:])
    ]
    found = 0
    for first, last in sorted(spans, key=lambda one: (-(one[1] - one[0]), -one[0])):
        core = _core(tagged, segments, first, last)
        if core is not None:
            yield core
            found += 1
            if found == MOST_CORES:
                return


def _segments(sentence: Sentence) -> list[tuple[int, int]]:
    """Stretches between stops, and before a joining word after which somebody asks."""
    cuts = {0, len(sentence.items)}
    for at, item in enumerate(sentence.items):
        if not item.tag and item.word in _ENDS:
            cuts.add(at + 1)
    for found in compiled(_JOIN).finditer(sentence.text):
        cuts.add(sentence.between(*found.span())[0])
    for pattern in _TURNS:
        for found in compiled(pattern).finditer(sentence.text):
            at = sentence.between(*found.span("ask"))[0]
            left = sentence.items[_begin(sentence.items, at) : at]
            loose = {"M"} if left and left[0].word in ("for", "before", "ahead") and len(left) < 7 else {"M", "D"}
            told = bool({one.word for one in left} & PERSONS) and not any(one.tag == "M" for one in left)
            if len(left) > 2 and (told or not any(one.tag in loose for one in left) or left[-1].word in CONTEXT):
                cuts.add(at)
    edges = sorted(cuts)
    return [
        (first, last)
        for first, last in pairwise(edges)
        if any(any(char.isalnum() for char in one.word) for one in sentence.items[first:last])
    ]


def _begin(items: Sequence[Item], at: int) -> int:
    """Where the stretch between stops that holds an item begins."""
    while at > 0 and (items[at - 1].tag or items[at - 1].word not in _ENDS):
        at -= 1
    return at


def _is_context(items: Sequence[Item], first: int, last: int) -> bool:
    """Whether a stretch tells something and asks, limits and commands nothing."""
    inside = [one for one in items[first:last] if one.tag or one.word not in _ENDS]
    plain = [one.word for one in inside if not one.tag]
    if compiled(r"(?:i|we|they|you) (?:both |all )?share").search(" ".join(plain)):
        plain = [word for word in plain if word != "share"]  # "we share a rota"
    if any(one.tag == "X" for one in inside) or (_STRICT | KNOWN_PRODUCTS) & set(plain):
        return False
    if any(one.tag == "G" for one in inside) and (
        any(one.tag in ("M", "D", "E") for one in inside)
        or not (inside[0].word in ("for", "before", "ahead", "as", "to") or PERSONS & set(plain))
    ):
        return False
    if not any(one.tag for one in inside) and all(word in HARMLESS or is_manner(word) for word in plain):
        return True  # "could you oblige"
    if items[last - 1].word == "?" and not (
        last == len(items) and inside[0].word in ("when", "since", "because", "as")
    ):
        return False
    if _QUESTIONS & set(plain[:2]):  # "asked how dependent we are on X": told, where nothing is measured or split
        embedded = first > 0 and (items[first - 1].tag or items[first - 1].word not in _ENDS)
        return bool(embedded) and last < len(items) and not any(one.tag in "MDHNTG" and one.tag for one in inside)
    if not states(inside, plain):
        return False
    if any(one.tag == "D" for one in inside) and not PERSONS & set(plain):
        return False  # "for every tool" is the question's
    if _QUESTIONS & set(plain) and any(one.tag in ("M", "H") for one in inside):
        return False
    if any(one.tag == "G" for one in inside) and not any(one.tag == "M" for one in inside):
        return True  # "it's for my monthly note"
    occasion = (inside[-1].word in CONTEXT or not any(one.tag == "M" for one in inside)) and inside[0].word in (
        "for",
        "to",
        "before",
        "ahead",
        "as",
        "in",
    )
    if (
        any(one.tag in ("M", "G") for one in inside)
        and not occasion
        and not (PERSONS & set(plain) and any(word not in HARMLESS for word in plain))
    ):
        return False
    lead = inside[0]
    begins = (not lead.tag and (lead.word in _TELLS or lead.word.endswith("ing"))) or (
        lead.tag in ("H", "E", "M")
        and (
            bool({"me", "us", "i", "we", "my", "our"} & set(plain))
            or (
                not any(one.tag in ("M", "D", "T", "G", "N") for one in inside)
                and any(word not in HARMLESS for word in plain)
            )
        )
    )
    return (
        begins
        or compiled(
            r"(?:[^ ]+ ){1,3}?(?:wants|would like|needs|asked|asks|is asking|is|are|was|were|has|have|had|feels?|"
            r"thinks?|believes?|says?|claims?|seems?|looks?|would|will|keeps?|came|took|made)(?: .*)?"
        ).match(" ".join(one.text for one in inside))
        is not None
    )


def _core(tagged: Tagged, segments: list[tuple[int, int]], first: int, last: int) -> Core | None:
    items = tagged.sentence.items
    inside = items[segments[first][0] : segments[last - 1][1]]
    outside = [*items[: segments[first][0]], *items[segments[last - 1][1] :]]
    measured = any(one.tag in "MH" and one.tag for one in inside) or any(one.word in _IMPLYING for one in inside)
    if any(one.tag == "M" for one in outside) and not measured:
        return None
    if any(one.tag == "T" and one.name != "absorbed" for one in outside) and not any(one.tag == "T" for one in inside):
        return None
    if not any(one.tag for one in inside) and not {"data", "ask", "mean", "means", "questions", "know"} & {
        one.word for one in inside
    }:
        return None
    named = [
        one
        for one in outside
        if one.tag == "E" and one.name not in ("mode", "ledger") and any(each.fit is not Fit.PART for each in one.value)
    ]
    if names_a_place(outside) and not any(one.tag == "E" for one in inside):
        return None  # "we in Wobble wonder how many tokens they used"
    strange = [one for one in named if not _said_inside(one, inside)]
    text = tagged.sentence.original
    begin = segments[first][0]
    start = tagged.tokens[items[begin - 1].end - 1].end if begin else 0
    end = max(one.end for one in tagged.tokens[inside[0].start : inside[-1].end])
    core = text[start:end]
    if strange:
        back = _spoken_of(tagged, inside, strange)
        if back is None:
            return None
        core = back
    core = re.sub(
        r"^[ ,;:(-]*(?:(?:so|and|but|hence|therefore|thus|then|which is why|that is why|that's why)\b[ ,]*)+",
        "",
        core,
        flags=re.I,
    )
    return Core(core.strip(" ,;:-("), " … ".join(filter(None, (text[:start].strip(), text[end:].strip()))))


def _said_inside(item: Item, inside: Sequence[Item]) -> bool:
    """Whether the question names the same thing, or something else of its kind."""
    return any(one.tag == "E" and one.name == item.name for one in inside)


def sentence_of(items: Sequence[Item]) -> Sentence:
    """A stretch as a sentence of its own."""
    return Sentence(list(items))


def _of_its_kind(found: Found, named: Item) -> bool:
    """ "the team" points back to a team, "the tools" to nothing in particular."""
    split = next((one for one in found.items() if one.tag == "D"), None)
    return split is None or (split.name == named.name and not split.word.endswith("s"))


def _spoken_of(tagged: Tagged, inside: Sequence[Item], named: list[Item]) -> str | None:
    """The question with the one name of its context in the place of the word that points back to it."""
    if len({one.raw.casefold() for one in named}) > 1:
        return None
    if named[0].name in ("person", "mixed") and not sentence_of(inside).said(r"he|she|him|her|his|they|their|them"):
        return None
    sentence = sentence_of(inside)
    found = next((one for one in sentence.any(_BACK) if _of_its_kind(one, named[0])), None)
    if found is None:
        return None
    text, name = tagged.sentence.original, named[0].raw
    covered = found.items()
    start, end = tagged.tokens[covered[0].start].start, tagged.tokens[covered[-1].end - 1].end
    owns = found.said() in ("its", "their", "his", "her")
    there = f"{'to' if named[0].name in ('tool', 'model', 'provider') else 'in'} {name}"
    put = f"{name}'s" if owns else there if found.said() == "there" else name
    first, last = tagged.tokens[inside[0].start].start, tagged.tokens[inside[-1].end - 1].end
    return f"{text[first:start]}{put}{text[end:last]}"
