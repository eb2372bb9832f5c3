"""Greetings, reasons and other context around a question: dropped, so that their names and numbers mean nothing."""

from __future__ import annotations

from bot.questions.grammar.addressed import ask_whose, drop_addressed
from bot.questions.grammar.courtesy import drop_courtesies, names_a_place, times_kept
from bot.questions.grammar.draft import Draft
from bot.questions.grammar.gazetteer import Fit
from bot.questions.grammar.products import KNOWN_PRODUCTS
from bot.questions.grammar.sentence import STOPS, Item, Sentence
from bot.questions.grammar.spelling import is_ordinary
from bot.questions.grammar.stating import PERSONS
from bot.questions.grammar.vocabulary import CONTEXT, HARMLESS, MEANINGFUL
from bot.questions.grammar.wordlists import words

_PERSONAL = words("i we my our you your sorry quick hope thanks hello hi hey please just")
_CONDITIONS = words("of by on from among without")
_ASKS = words("how what which who whose why when where not no only without except")
_LEAD = (
    r"how much|how many|how|what|which|who|whose|show|give|list|tell|compare|rank|is|are|did|does|do|was|were|"
    r"can|could|has|have|where|when|why|top|bottom|break|split"
)
_ASKER = (
    r"^(?:[^ ]+ ){0,9}?(?:want|wants|wanted|needs?|needed|like|love|asked|asks|asking|wonders?|wondering|"
    r"wondered|curious|ask|to know|keeps asking|"
    r"know|tell|interested|see|understand|understanding|figure out|find out|check|checking|looking at|look "
    r"up|hear|say|explain|bet|report)(?: (?:me|us|to|about|if|in|know|you|for|on|see|find out|check|"
    r"understand|the board|whether|it))* (?P<ask>(?:and )?(?:<lead>)\b)"
).replace("<lead>", _LEAD)
_REASON = (
    r"(?:because|since (?=<H>|i|we|my|our|the (?:board|boss|ceo|cfo|team))|so (?:that )?(?:i|we|he|she|they|"
    r"my|that)(?! (?:would |really |just |also )*(?:like|love|want|need|wonder|was|am|were|have to))|as (?:my|our|"
    r"i|we|the (?:boss|board|ceo|cfo)) |"
    r"in order to|to (?:put|include|show|present|prepare|use|share|report|discuss|add|settle|decide|"
    r"understand|see|convince|check|plan|be able) |"
    r"for (?:my|a|an|the|our|tomorrow's|today's|next|this|his|her|their|some) (?:[^ ]+ ){0,3}?(?:deck|slide|"
    r"slides|meeting|report|presentation|review|board|planning|qbr|memo|email|newsletter|update|standup|"
    r"retro|offsite|call|ceo|cfo|cto|boss|vp|exec|executives|talk|1:1|audit|auditor|auditors|budget meeting|"
    r"budget review|budget round|budget planning|budget|steering|investors|all hands|article|post|sync|"
    r"leadership|sheet|spreadsheet|dashboard|doc|document|summary|workshop|pitch|conversation|discussion|"
    r"monthly|quarterly|wiki|bet|leads|finance team|agenda)|"
    r"(?:before|ahead of|in preparation for|prior to) (?:my|a|an|the|our|tomorrow's|tomorrow|today's|next|"
    r"this) [^ ]+.*|"
    r"(?:my|our|the) (?:boss|ceo|cfo|cto|vp|board|manager) (?:is|was|wants|asked|needs|keeps|will|has|would).*)"
)


def drop_asides(draft: Draft) -> None:
    """Take out what surrounds the question."""
    sentence = draft.sentence
    _around_teams(sentence)
    drop_addressed(draft)
    drop_courtesies(draft)
    greeting = sentence.find(
        r"^(?:good )?(?:hey|hi|hello|dear|morning|afternoon|evening|yo|greetings|thanks|howdy)(?: there)? "
        r"(?:<D=team>|<H>|all|fulcrum)"
    )
    if greeting is not None:
        sentence.drop(greeting.first, greeting.last)
    signed = sentence.find(
        r"(?:thanks(?! to)|thank you|best regards|kind regards|regards|cheers|all the best|in advance|best "
        r"wishes)(?: (?:a lot|so much|much|very much|again|in advance|and regards|,|-|!|\\.))* "
        r"(?P<name><E=person|mixed>|[^ ]+) ?[.!]?$"
    )
    if signed is not None and len(sentence.items) - signed.first < len(sentence.items) / 2:
        sentence.drop(signed.first, signed.last)
    needed = sentence.find(
        r"^(?:[^ ]+ ){2,40}?(?:and|so|hence|therefore|thus) (?P<ask>(?:(?:i|we)(?: would| will)?|would|will|now)"
        r"(?: also| just| really)? (?:need|want|like|must|require|am looking))"
    )
    if needed is not None:
        at = sentence.between(*needed.match.span("ask"))[0]
        left, rest = sentence.items[:at], sentence.items[at:]
        timed = any(one.tag == "T" for one in left) and not any(one.tag == "T" for one in rest)
        if not timed and not any(one.tag in ("M", "D", "G") for one in left):
            sentence.drop(0, at)
    _said_again(sentence)
    for found in list(
        sentence.all(
            r"\( (?:including |incl |with |plus )?(?:the )?<E>(?: <D>)? (?:counts?|included|too|also|as well|is in)"
            r"(?: too| as well| in| included)? \)"
        )
    ):
        sentence.drop(found.first, found.last)  # below it, and so in it anyway
    _before_the_ask(sentence)
    _meetings(draft)
    _reasons(draft)
    _segments(draft)
    ask_whose(draft)


def _around_teams(sentence: Sentence) -> None:
    """ "the Web lot", "my Web folks": no more than the team."""
    for pattern in (
        r"<E=team|location|title|mixed> (?P<x>lot|crowd|gang|bunch|clan|posse|squad|fellows)",
        r"(?P<x>my|our) <E=team>",
    ):
        while (found := sentence.find(pattern)) is not None:
            at = sentence.between(*found.match.span("x"))[0]
            sentence.drop(at, at + 1)


def _before_the_ask(sentence: Sentence) -> None:
    """ "the CFO wants to know how much …": the question begins at its question word."""
    so = sentence.find(rf"^(?:[^ ]+ ){{2,30}}?, (?:and )?(?:so|hence|therefore|thus) (?P<ask>(?:{_LEAD}))")
    if so is not None:
        at = sentence.between(*so.match.span("ask"))[0]
        before = sentence.items[:at]
        if not any(one.tag in ("M", "T", "G") for one in before) and any(one.word in _PERSONAL for one in before):
            sentence.drop(0, at)
            return
    found = sentence.find(_ASKER)
    if found is None:
        return
    ask = sentence.between(*found.match.span("ask"))[0]
    lead = sentence.items[:ask]
    if any(one.tag in ("M", "D", "G", "T") for one in lead) or names_a_place(lead):
        return
    if all(one.word in HARMLESS for one in lead) and not any(one.tag for one in lead):
        return
    sentence.drop(0, ask)


def _said_again(sentence: Sentence) -> None:
    """ "agents' share … (the bots)": a name in brackets that stands outside them too."""
    for found in list(sentence.all(r"\( (?:i e |ie |so |meaning |the |, )*(?P<name><E>)(?: ,)? \)")):
        inside = found.item("name")
        if inside is None:
            continue
        values = {(one.dimension, one.value) for one in inside.value}
        if any(
            one.start != inside.start and values == {(each.dimension, each.value) for each in one.value}
            for one in sentence.tags("E")
        ):
            sentence.drop(found.first, found.last)
            return


_EVENTS = words("review planning report reporting call briefing audit update meeting talk pitch")


def _meetings(draft: Draft) -> None:
    """ "for the ops review: …": an occasion, though its last word is a part of a workflow's name."""
    sentence = draft.sentence
    for found in list(
        sentence.all(
            r"(?:for|before|ahead of|prepping|preparing) (?:my|a|an|the|our|next|this|tomorrow 's|today 's) "
            r"(?:[^ ]+ ){1,3}?(?P<w><E=workflow|activity|mixed>)"
            r"(?= ?(?:,|:|-)| (?:i|we|give|show|can|could|please|need|what|how|which)(?: |$))"
        )
    ):
        occasion = found.item("w")
        begins = found.first == 0 or sentence.items[found.first - 1].word in (",", ".", "-", ":", "!")
        if occasion is None or occasion.word not in _EVENTS or not begins:
            continue
        if any(one.fit is Fit.WHOLE and one.dimension == "workflow" for one in occasion.value):
            continue
        draft.step("asides", f"“{' '.join(one.raw for one in found.items())}” is an occasion")
        sentence.drop(found.first, found.last)


_WISHING = words("like love want wants need wish able hoping prefer wanted happy keen glad allowed possible try me you")


def _reasons(draft: Draft) -> None:
    sentence = draft.sentence
    for found in list(sentence.all(_REASON)):
        first, last = found.first, _clause_end(sentence, found.last)
        clause = sentence.items[first:last]
        rest = [*sentence.items[:first], *sentence.items[last:]]
        said = found.said().startswith(("because", "so ", "in order", "as "))
        before = sentence.items[first - 1].word if first else ""
        if before in _WISHING and found.said().startswith("to "):
            continue  # "I would like to see …" is the question, no reason for one
        if any(one.tag in ("M", "G") for one in clause) and not said:
            continue
        if any(one.tag in ("T", "D") for one in clause) and not said and found.said().startswith("for"):
            last = found.last
        if not any(one.tag for one in rest):
            continue
        sentence.drop(first, last)
        draft.step("asides", f"“{' '.join(one.raw for one in clause)}” is context")
        return


def _clause_end(sentence: Sentence, at: int) -> int:
    while at < len(sentence.items) and sentence.items[at].word not in (",", ";", ".", "?", "!", ":", "-", "(", ")"):
        at += 1
    return at


def _segments(draft: Draft) -> None:
    """Stretches between stops that hold nothing of the language and some word of everyday context."""
    sentence = draft.sentence
    bounds: list[tuple[int, int]] = []
    start = 0
    for at, item in enumerate([*sentence.items, Item(".", ".", -1, -1)]):
        if item.word in STOPS and item.word not in ("/", '"', "'") and not item.tag:
            bounds.append((start, at))
            start = at + 1
    if len(bounds) < 2:
        return
    kept = [bound for bound in bounds if not _context(sentence.items[slice(*bound)])]
    if not any(times_kept(sentence.items, *bound) for bound in kept):
        kept += [bound for bound in bounds if bound not in kept and times_kept(sentence.items, *bound)]
    if not any(one.tag for bound in kept for one in sentence.items[slice(*bound)]):
        return
    for first, last in reversed([bound for bound in bounds if bound not in kept]):
        if last > first:
            draft.step("asides", f"“{' '.join(one.raw for one in sentence.items[first:last])}” is context")
            sentence.drop(first, last)


def _whose(items: list[Item]) -> bool:
    """ ", of executives", ", on planning": whose usage or what for, not why it is asked."""
    words = {one.word for one in items}
    return 1 < len(items) <= 3 and items[0].word in _CONDITIONS and not words & PERSONS


def _context(items: list[Item]) -> bool:
    if any(one.word in KNOWN_PRODUCTS for one in items):
        return False
    if names_a_place(items) or _whose(items):
        return False
    meeting = any(one.word in CONTEXT for one in items) and not any(
        one.tag in ("M", "D", "G", "E", "X") for one in items
    )
    if meeting and all(one.tag in ("", "T", "N", "H") for one in items) and not any(one.word in _ASKS for one in items):
        return True
    if not items or any(one.tag in ("M", "D", "G", "E", "X") or (one.tag == "T" and not one.used) for one in items):
        return not items
    words = [one.word for one in items if not one.tag]
    if (words and words[0] in ("how", "what", "which", "who", "whose", "where", "when", "why")) or {
        "minutes",
        "hours",
    } & set(words):
        return False
    if any(word in MEANINGFUL for word in words):
        return False
    strange = [word for word in words if word not in HARMLESS]
    if not strange:
        return any(one.tag == "N" for one in items) and any(one.tag == "H" for one in items)
    everyday = [word for word in strange if word in CONTEXT or is_ordinary(word)]
    if not any(word in CONTEXT or word in _PERSONAL for word in words):
        return False
    return (
        len(everyday) >= 1
        and len(words) > 2
        and (
            len(everyday) == len(strange)
            or words[0] in ("i", "we", "my", "for", "just", "sorry", "quick", "as", "after", "before")
        )
    )
