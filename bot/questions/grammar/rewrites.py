"""Turns of phrase that mean the same as a plainer one, said plainly before anything is read of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.questions.grammar.everyday import EVERYDAY
from bot.questions.grammar.everyday_times import EVERYDAY_TIMES
from bot.questions.grammar.lexicon import lexicon
from bot.questions.grammar.turns import Said
from bot.questions.periods.words import MONTHS, WEEKDAYS, alternation
from bot.questions.tokens import Token

_UNIT = r"(?P<unit>day|date|week|month|quarter)"
_MONTH = rf"(?:{alternation(MONTHS)})"
_DAY = alternation(WEEKDAYS)
_TIME = rf"(?:(?:the |our )?(?:{_MONTH}|q[1-4]|h[12]|last|previous|prior|week|month|quarter|year)(?= |$))"
_ADVERBS = {"day": "daily", "date": "daily", "week": "weekly", "month": "monthly", "quarter": "quarterly"}
_SUBS = r"(?:sub ?(?:teams?|units?|groups?|orgs?)|child teams?)"
_POLITE = r"(?:please|pls|plz|kindly|can you|could you|would you|can u|could u|will you|just)"
# "send me X every Monday" asks for a subscription, "send it to Bea" for a message: no plain question.
_ONCE = (
    r"(?!.*(?:every|each) (?:mon|tues|wednes|thurs|fri|satur|sun)day)(?!.*(?:automatically|regularly|tomorrow|"
    r"every (?:day|week|month|morning|evening|quarter))(?: |$))"
    r"(?!.* to (?!date|now|today|yesterday|\d|q\d|h\d|this|last|the \d|" + _MONTH + r"|" + _DAY + r"))"
    r"(?!.* (?:to|with) (?:the team|the board|all|everyone|everybody|my|our|him|her|them|<|@|#))"
)
_SPAN = re.compile(
    r"(?:^| )(?:since|between|(?:last|past|previous|trailing) (?:[3-9]|\d\d+|three|four|five|six|seven|eight|nine|ten|"
    r"twelve) (?:day|week|month|quarter)s|from \S+ (?:\S+ )?(?:to|until|through|till)|ytd|this year)(?: |$)"
)
_MOVED = re.compile(r"(?:^| )(?:growth|grow|grew|change[ds]?|up|down|rise|rose|increase[ds]?|fell|drop(?:ped)?)(?: |$)")


def _adverb(match: re.Match[str]) -> str:
    return _ADVERBS[match["unit"]]


def _stepwise(match: re.Match[str]) -> str:
    """ "week on week since June": a weekly series, where no growth is asked."""
    text = match.string
    if _SPAN.search(text) is None or _MOVED.search(text) is not None:
        return match[0]
    unit = match["unit"] or {"w": "week", "m": "month", "q": "quarter"}[match["short"]]
    return _ADVERBS[unit]


def _how(match: re.Match[str]) -> str:
    """ "how large was the bill": the figure named; without one, how big a team is."""
    if _figure(match.string[match.end() :].split()):
        return f"what {match['be']}"
    return f"how big {match['be']}" if match["how"] in ("large", "small") else match[0]


def _over(match: re.Match[str]) -> str:
    unit = {"q": "quarter", "w": "week", "m": "month", "y": "year"}[match["s"]]
    return f"{unit} over {unit}"


def _dollars(match: re.Match[str]) -> str:
    return match[0] if _figure(match.string.split()) else "cost"


def _burning(match: re.Match[str]) -> str:
    return match[0] if _figure(match.string.split()) else f"{match['lead']} spending"


def _corrected(match: re.Match[str]) -> str:
    """ "teams between ... no, just teams with more than 40M": what is said after it is what is asked."""
    return "" if _figure(match.string[match.end() :].split()) else match[0]


def _nothing_else(match: re.Match[str]) -> str:
    """ "Cursor, nothing else": only that; where "only" stands already, or a sentence of its own ends, no more."""
    return "" if re.search(r"(?:^| )(?:only|just|is) ", match.string) or match[0].startswith(",") else "only"


def _figure(words: Sequence[str]) -> bool:
    table = lexicon()
    return any((found := table.get((word,))) is not None and found.tag == "M" for word in words) or any(
        (found := table.get(pair)) is not None and found.tag == "M" for pair in pairwise(words)
    )


_RULES: tuple[tuple[str, Said], ...] = (
    (r"how (?P<how>large|small|big|high|low|strong|heavy|hefty|steep|great) "
     r"(?P<be>is|was|were|are|has been|have been)", _how),
    (r"(?:^|(?<= ))(?:quick )?chat with (?:me|us)(?: ,| :)?", ""),
    (r"in a (?:flash|jiffy|hurry|nutshell)", ""),
    (r"(?:i|we) (?:don't|dont|do not) (?:really |much )?care (?:about|for) (?:[^ ,.;]+ ){1,5}?[,;.-] ?"
     r"(?:but )?(?=just |only |but |give |show |what |tell )", ""),
    (r"(?:don't|dont|do not|doesn't) (?:really |much )?care(?= |$)", "not bothered"),
    (rf"{_UNIT} after (?P=unit)", _adverb),
    (rf"{_UNIT} wise", _adverb),
    (r"(?P<d>team|tool|model|provider|vendor|person|location|title|workflow|department) wise",
     lambda m: f"by {m['d']}"),
    (rf"(?:{_UNIT} (?:on|over) (?P=unit)|(?P<short>[wmq])/(?P=short))(?: trend)?", _stepwise),
    (rf"(?:{_POLITE} )*(?:share|send|email|mail|forward|dm|message)(?: it)? (?:with )?(?:me|us)(?= ){_ONCE}",
     "show me"),
    (rf"(?:{_POLITE} )+(?:share|send|email|mail|forward) (?:with (?:me|us) )?(?=[a-z]){_ONCE}", "show "),
    (r"\$(?= [^\d]|$)", _dollars),
    (r"(?:no \.|no\.|no|qty|qty \.|quantity|cnt) of (?=[a-z])", "number of "),
    (r"(?P<lead>how much (?:are|r|were) (?:we|they|you)) burning(?! through)", _burning),
    (r"(?:(?:(?:way|far|well) )?(?:ahead of|behind|above|below|over|under) (?:where|what|that of|the one of)|"
     rf"vis a vis|wrt|with respect to|with regard to|as against)(?: (?:it|we|they) (?:was|were|had|did|is))?"
     rf"(?: (?:in|for|of|at|during))? (?={_TIME}|\d+ )", "compared to "),
    (rf"(?:next to|beside|alongside|side by side with|set against|up against|on top of)(?: the)? "
     rf"(?=(?:whole |full |all |entire |complete |same )*(?:of )?{_TIME})", "compared to "),
    (r"how (?:far|much) (?:ahead of|above|behind|below|over|under) (?P<b>\S+) (?:was|were|is|are) (?P<a>\S+)",
     lambda m: f"change in {m['a']} compared to {m['b']}"),
    (rf"(?P<a>{_MONTH}) minus (?P<b>{_MONTH})", lambda m: f"difference {m['a']} compared to {m['b']}"),
    (r"(?P<n>\d+ (?:days|weeks|months)) (?:(?:directly |just |immediately )?preceding|that preceded|that precede) "
     r"(?:them|these|those|it|that)", lambda m: f"{m['n']} before"),
    (r"(?P<u>week|month|quarter|year) of before", lambda m: f"{m['u']} before"),
    (r"(?P<w>this|last) (?P<u>week|month|quarter|year) (?:to|with|vs|versus|against) the (?:last|previous|prior) one",
     lambda m: f"{m['w']} {m['u']} compared to the previous {m['u']}"),
    (r"^compare (?P<x>(?:(?!and |with |to |between |vs |versus )\S+ ){1,6})(?:with|to|against) "
     r"(?=(?:the )?(?:last|previous) )",
     lambda m: f"{m['x']}compared with "),
    (r"(?P<s>[qwmy]) o (?P=s)", _over),
    (r"relative (?P<c>change|growth|increase|decrease)", lambda m: m["c"]),
    (rf"(?:,? ?)(?:and|with|incl|incl \.|including|plus|inclusive of) (?:all )?(?:of )?(?:its |their |the )?{_SUBS}"
     r"(?! (?:of|in|under|by|each|separately|individually|as))", ""),
    (r"and (?:everything|all|everyone|anything) (?:beneath|below|under|underneath)(?: (?:it|them))?", ""),
    (r"^(?:no|nope|nah|sorry)(?: sorry)? ,(?: (?:i meant|i mean|make it|rather))?(?! not)", ""),
    (r"^(?:sorry )?(?:i )?(?:meant|mean)(?= [a-z])", ""),
    (r"(?:wk|week) (?:by|after) wk|wk (?:by|after) week", "weekly"),
    (r"(?:mth|mo) (?:by|after) (?:mth|mo)", "monthly"),
    (r"develop(?:s|ed|ing)?(?! team| tool)", "evolve"),
    (r"(?:with )?everything (?:in|included)", ""),
    (r"(?:fully|entirely|wholly|purely)(?= by )", ""),
    (r"(?:budget|planning|review|reporting|crunch|report|deck) time(?! (?:spent|per|saved|in|on|needed))", ""),
    (r"(?:i ?\.? ?e ?\.?|i\.e\.?|i\.e|ie)(?= )", ","),
    (r",? ?(?:and )?not (?:the )?(?:modes?|tools?|accounts?|people|humans|team|workflow)(?= ?\)|$)", ""),
    (r"^(?:\S+ ){1,5}?(?:\.\.\.|\.\.|…|- ?|, ?)(?: ?)(?:no|nope|wait|scratch that|correction)(?: wait| sorry)? , "
     r"(?:(?:just|rather|make it|i meant|i mean) )?", _corrected),
    (r"^(?:\S+ ){1,5}?(?:\.\.\.|\.\.|…|- ?|, ?)(?: ?)(?:i mean|i meant|sorry , i mean) (?:the )?", _corrected),
    (r"(?:quick|short) (?:q|qn)", "quick question"),
    (r"set (?:us|you|me|them) back", "cost us"),
    (r"(?:shell|shelled|shelling|fork|forked|forking) (?:out|over)", "spend"),
    (r",? ?(?:and )?(?:nothing|nobody|none) else(?= ?[?.!,]| thanks|$)", _nothing_else),
    (r"how many (?:million|billion|thousand)s?(?: of)?(?= tokens)", "how many"),
    (r"(?P<w>failure|success|rework|adoption|acceptance) rates", lambda m: f"{m['w']} rate"),
    (r",? counting (?:everybody|everyone|all|anybody|anyone)(?!.* at least )(?: [^ ]+)*$", ""),
    (r"subteams", "sub teams"),
    (r"\( all (?:included|in) \)|(?<= )all included|(?<= )inclusive(?! of)", ""),
    (r"inclusive of", "including"),
    (r"thats", "that"), (r"theres", "there"), (r"heres", "here"), (r"wheres", "where"), (r"hadnt", "not"),
    (r"chaps|blokes|lads", "people"),
    (r"take up(?= (?:of|rate|in|for|at|within)|$)", "uptake"),
    (r"(?:raised|made|logged|recorded|booked|charged|sent|placed) against", "for"),
    (r"(?:falls?|fell) upon", "is of"),
    (r"upon(?! request)", "on"),
    (r"attributable to|attributed to", "of"),
    (r"over all of (?P<x>(?:\S+ ){1,4}?)'s workflows", lambda m: f"of {m['x']}"),
    (r"over all of", "of"),
    (r"been tracking", "been"),
    (r"on avg", "on average"),
    (rf"(?<=, )(?:taking|take) (?={_TIME})", "in "),
    (r"(?:restricting|restricted|limiting) (?:it |this |that |them )?to", "only"),
    (r"retain(?:ing)? only", "only"),
    (r"^enumerate(?: ,)?", "list"),
    (r"cross tabulate", "show"),
    (r"express(?:ed)? (?:these |those |this |that |them |it )?as", "show as"),
    (r"(?P<a>daily|weekly|monthly|quarterly) time series", lambda m: m["a"]),
    (r"(?:a |the )?time series of", "trend of"),
    (r"^(?:the )?development of", "trend of"),
    (r"(?:the )?(?P<a>daily|weekly|monthly|quarterly) picture", lambda m: m["a"]),
    (r"(?P<d>(?:which|what) (?:\S+ )?(?:teams?|tools?|models?|workflows?|locations?)) (?:exhibited|exhibits?|"
     r"showed|shows?|displayed|saw|experienced|registered|posted|enjoyed)", lambda m: f"{m['d']} had"),
    (r"(?:dearest|priciest|costliest|most expensive|busiest|heaviest) first", "highest first"),
    (r"cheapest first", "lowest first"),
    (r"(?:before|at|by|ahead of|for) (?:the |my |our )?\d+ o'clock", ""),
)  # fmt: skip
_COMPILED = tuple(
    (re.compile(rf"(?:(?<=^)|(?<= ))(?:{pattern})(?:(?= |$)|(?<= ))"), said)
    for pattern, said in (*EVERYDAY, *EVERYDAY_TIMES, *_RULES)
)


def plainly(tokens: list[Token], named: Callable[[Sequence[Token]], bool]) -> list[Token]:
    """The tokens with such turns said plainly; `named` tells which stretches are a name and stay."""
    text = " ".join(one.text for one in tokens)
    for pattern, said in _COMPILED:
        changed = False
        for match in reversed(list(pattern.finditer(text))):
            plain = said if isinstance(said, str) else said(match)
            first = text[: match.start()].count(" ")
            count = len(match[0].split())
            if count and plain != match[0] and not named(tokens[first : first + count]):
                tokens[first : first + count] = _written(plain.split(), tokens[first : first + count])
                changed = True
        if changed:
            text = " ".join(one.text for one in tokens)
    return tokens


def _written(plain: Sequence[str], old: Sequence[Token]) -> list[Token]:
    """New words in the place of old ones: words that stay keep how they were written."""
    whole = replace(old[0], end=old[-1].end)
    kept = {one.text: one for one in old}
    return [kept.get(word, replace(whole, text=word, raw=word)) for word in plain]
