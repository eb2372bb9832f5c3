"""Courtesies, clock times and other small talk inside a question: taken out before anything is read of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.questions.grammar.draft import Draft
from bot.questions.grammar.patterns import compiled
from bot.questions.grammar.products import KNOWN_PRODUCTS
from bot.questions.grammar.sentence import Item, Sentence
from bot.questions.grammar.spelling import is_ordinary
from bot.questions.grammar.vocabulary import CONTEXT, HARMLESS, MEANINGFUL
from bot.questions.grammar.wordlists import words

# No words of these say anything about figures.
_POLITE = (
    r"(?:it is |it 's |this is |it |this )?(?:is )?(?:not|nothing|no)(?: [^ ]+)? urgent(?: at all)?|"
    r"(?:there is |there 's )?no (?:great |real |particular |big )?(?:rush|hurry|pressure|worries|problem|panic|stress)"
    r"(?: at all)?|(?:i am |we are |i |we )?not in (?:a|any) (?:hurry|rush)(?: at all)?(?: ,? but)?|"
    r"(?:when|whenever|once|if|as soon as) you(?: ever| happen to)? (?:have|get|find|can spare|can find|could spare)"
    r"(?: yourself)? (?:a|the|some|any|one)(?: (?:free|spare|quiet|moment 's))? (?:moment|chance|"
    r"minute|second|sec|time|"
    r"opportunity|N\.[^ ]+)(?: please| for it| for me| to spare| free)?|"
    r"(?:when|whenever) (?:it is |it 's )?(?:convenient|possible|suits you|it suits you|you like|you can)(?: for you)?|"
    r"at your (?:leisure|convenience|earliest convenience|own pace)|(?:please )?take your time|no need to hurry|"
    r"(?:if|hope|hoping) (?:it |that |this )?(?:is|isn't|is not|'s|not|does|do)?(?: not)? ?(?:too|so) (?:much|big)"
    r"(?: (?:of )?an?)? ?(?:trouble|bother|ask|hassle|work|effort)(?: for you)?|"
    r"if (?:it |that )?(?:is |'s )?(?:not|no) (?:too much |any |much )?(?:trouble|bother|hassle|problem)|"
    r"if you (?:do )?not mind|if (?:that|it|this) (?:is|'s) (?:ok|okay|alright|fine|possible)|"
    r"(?:i am |i |we are |so |very |really )*sorry (?:to|for|about) (?:be |being |the |all |this |"
    r"my )?(?:a |asking|bother|"
    r"bothering|disturb|disturbing|trouble|pester|ask|keep|nag|nagging|pain|nuisance|late|many|stupid|silly|again)"
    r"(?: (?:you|again|a|so|often|bother|pain|nuisance|question|questions|asking|to ask|me|late|with this))*|"
    r"(?:just )?between (?:you and me|us|ourselves)|(?:a |one |just a |just one |just )?(?:quick|small|little|short|"
    r"silly|stupid|dumb) (?:one|question|thing|favour|favor|query)(?: from me| for you| please)?|asap|"
    r"as soon as (?:possible|you can)|as quickly as (?:possible|you can)|"
    r"thanks (?:ever )?so (?:very )?much(?: for [^?!.]{1,40})?|many thanks|much (?:appreciated|obliged)"
)
_CLOCK = (
    r"(?:(?:at|by|before|until|till|from|around|about|to|-) ){0,4}\d{1,2}:\d\d(?:h|am|pm)?"
    r"(?: (?:am|pm|h|o'clock|sharp))?|(?:(?:at|by|before|until|till|around|about) ){0,4}"
    r"(?:<N=plain> (?:am|pm|o'clock|sharp)|\d{1,2}(?:am|pm))(?: sharp)?"
)
_NUMBERED = (
    r"(?:(?:on|for|in|of|see|to|at) )?(?:the |our )?(?:page|pages|slide|slides|agenda item|room|floor|appendix|chapter|"
    r"section|paragraph|footnote|exhibit|annex|bullet) (?:number |#)?<N=plain>(?: (?:and|to|-|of) <N=plain>)?|"
    r"(?:the )?(?:<N=plain>|two|three|four|both) of us|"
    r"(?<!over )(?<!above )(?<!under )(?<!below )(?<!than )(?<!least )(?<!most )"
    r"<N=plain> (?:more |other |last |short |quick )?(?:slides?|pages?|decks?|emails?|meetings?|colleagues|bosses|"
    r"directors|managers|bullets?|charts?|things|people (?=waiting|asking|here))|"
    r"<N=plain> (?:number|figure|thing|gap|question) (?:is |are )?(?:still |left |also )*(?:missing|"
    r"open|left|to go|needed)"
)
_PERSON = r"(?:(?:<E=title>|(?![MDETGN]\.)[^ ,]+) ){1,3}?"
_ASKED_BY = (
    rf"^(?:so |hi |hello |, )*(?:my|our) {_PERSON}(?:wants|want|needs|need|asks|ask|asked|(?:is|are|"
    rf"was|keeps) asking|would like|"
    r"requested|requests|requires)(?: (?:me|us|for|to know|to see|to have|about|again))*"
)
_AT_A_LOSS = (
    r"(?:i|we|they|he|she|you) (?:(?:do|did|could|can|have|am|are|really|just|still) )*"
    r"not (?:really |quite |yet |even )?"
    r"(?:find|found|know|see|seen|understand|get|have|remember|think|trust|believe|want|need|sure|recall|manage)"
)
_RELATIVE = r", (?:who|which) (?:(?![,?])[^ ]+ ){1,12}?,"
_PRONOUNS = words("i we us our my me you they he she")
_PLACED = words("in at from of for within over")
_ASKS = words("how what which who whose whom why when where show give list tell compare rank could can would without")
_MINE = words(
    "own personal total ai daily weekly monthly average mean current last usual overall exact actual full the and use "
    "usage 's part share slice portion name side fulcrum of"
)


def drop_courtesies(draft: Draft) -> None:
    """Take out what is only polite, clock times, and the numbers of pages and of people who wait."""
    sentence = draft.sentence
    _whole_sentences(draft)
    for pattern in (_POLITE, _CLOCK, _NUMBERED, _ASKED_BY):
        while (found := sentence.find(pattern)) is not None and found.last - found.first < len(sentence.items):
            draft.step("asides", f"“{found.said()}” is context")
            sentence.drop(found.first, found.last)
    _clauses(sentence)
    _whole_sentences(draft)


def _clauses(sentence: Sentence) -> None:
    """ "my director, who joined 3 weeks back, asks": what stands between the commas is about the director."""
    for found in list(sentence.all(_RELATIVE)):
        before = sentence.items[found.first - 1] if found.first else None
        inside = found.items()[1:-1]
        if (
            before is None
            or before.tag in ("D", "M")
            or (before.tag == "E" and before.name != "title")
            or any(one.tag in ("M", "D", "E", "G") for one in inside)
        ):
            continue
        sentence.drop(found.first, found.last - 1)
        return


def _whole_sentences(draft: Draft) -> None:
    """A sentence of its own that speaks of people and of nothing recorded: "Bea and I have two slides due."."""
    sentence = draft.sentence
    start = 0
    spans: list[tuple[int, int]] = []
    for at, item in enumerate(sentence.items):
        if (not item.tag and item.word in (".", "!", "?", ":", ";", "…")) or (item.word == "-" and item.raw == "-"):
            spans.append((start, at + 1))
            start = at + 1
    if start < len(sentence.items):
        spans.append((start, len(sentence.items)))
    told = [span for span in spans if _tells(sentence, *span)]
    if not any(times_kept(sentence.items, *span) for span in spans if span not in told):
        told = [span for span in told if not times_kept(sentence.items, *span)]
    if len(told) == len(spans) or not any(one.tag == "M" for one in sentence.items):
        return
    for first, last in reversed(told):
        draft.step("asides", f"“{' '.join(one.raw for one in sentence.items[first:last])}” is context")
        sentence.drop(first, last)


def times_kept(items: Sequence[Item], first: int, last: int) -> bool:
    """Whether a stretch names a period that a figure may be asked for: "in Q3", not "on Friday"."""
    return any(
        one.tag == "T"
        and one.name in ("period", "compare")
        and getattr(one.value, "kind", "month") not in ("day", "now")
        for one in items[first:last]
    )


def _tells(sentence: Sentence, first: int, last: int) -> bool:
    inside = sentence.items[first:last]
    if compiled(r"<E=person|mixed> and (?:i|me|we)|(?:i|me|we) and <E=person|mixed>").search(
        " ".join(one.text for one in inside)
    ):
        inside = [one for one in inside if one.name not in ("person", "mixed")]
    plain = {one.word for one in inside if not one.tag}
    if names_a_place(inside) or plain & KNOWN_PRODUCTS:
        return False
    if any(one.tag in ("M", "D", "G", "E", "X", "O") for one in inside) or plain & _ASKS:
        return False
    if compiled(_AT_A_LOSS).search(" ".join(one.text for one in inside)):
        plain = plain - {"not"}
    if (plain & MEANINGFUL) - {"next", "first", "last", "new", "second", "third", "old", "never"}:
        return False
    return bool(plain & (_PRONOUNS | CONTEXT)) and last - first > 2


def names_a_place(items: Sequence[Item]) -> bool:
    """Whether a stretch names something unknown as one names a team: "we in Wobble want to know"."""
    return any(
        one.word in _PLACED and not after.tag and after.raw[:1].isupper() and not _known(after.word)
        for one, after in pairwise(items)
    )


def _known(word: str) -> bool:
    return is_ordinary(word) or word in CONTEXT or word in HARMLESS


def speaks_of_own(sentence: Sentence, at: int) -> bool:
    """Whether "my" at an item stands before a figure, a time or a use, not before a director or a deck."""
    for item in sentence.items[at + 1 : at + 5]:
        if item.tag:
            return item.tag in ("M", "T", "G", "D", "E", "N", "H") and item.name != "title"
        if item.word not in _MINE and compiled("<use>|<up>|<down>").fullmatch(item.word) is None:
            return False
    return True
