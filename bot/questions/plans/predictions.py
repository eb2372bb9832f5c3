"""Questions that ask for a prediction, read as the same question about the past, with days to come."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.questions.lexicon.patterns import LatePattern
from bot.questions.plans.horizon import horizon, running_month
from bot.questions.reading import Intent, Read, Understood, World
from storage.query import Compare, Having, Query

_PACE = r"(?:at|with|on|given) (?:this|the|our|that|today's) (?:current |present )?(?:pace|rate|speed|trend|trajectory)"
_KEEPS = r"if (?:we|things|it|this|usage|spend(?:ing)?) (?:keeps?|continues?|goes|go|stays?|carr(?:y|ies))"
_EXPECT = r"(?:do|should|can|would) (?:you|we|i|one) (?:expect|predict|project|forecast|anticipate)"
_BOUND = r"(?:likely|expected|set|bound|on (?:track|course|pace)|headed|heading) (?:to|for)"
_NOUN = r"(?:forecast(?:s|ed|ing)?|predict(?:s|ed|ion|ions)?|projected|projections?|extrapolat\w+|run[- ]?rate|outlook)"
PREDICTS = LatePattern(
    rf"\b(?:{_NOUN}|{_PACE}|at current (?:pace|rate|speed)|{_KEEPS}|{_EXPECT}|{_BOUND}|going to|gonna)\b"
    r"|\b(?:will|'ll)\b(?! you\b| i be able\b)"
    r"|\b(?<!since )(?<!from )(?:when|what day|which day) (?:do|does|would|might|could) (?:we|our|the|it)\b"
    r"|\bhow (?:long|soon|many days)(?: is it)? (?:until|till|before)\b"
    r"|\bwhere (?:do|does|are|is) .{1,40}\b(?:land|end up|heading|headed)\b"
    r"|\bexpected (?:cost|costs|spend|spending|bill|usage|tokens)\b"
    r"|\b(?:month|week)[- ]end (?:estimate|cost|bill|spend)\b|\bhow (?:much )?longer until\b",
    re.I,
)
NOT_OURS = LatePattern(
    r"\b(?:should(?! (?:i|we|you) expect)|could|who|which|why|worth|budgets?|targets?|goals?|price|prices|per token)\b"
    r"|\bby (?:team|tool|person)\b",
    re.I,
)
WHEN = LatePattern(
    r"\b(?:when|what day|which day|on what day|what date"
    r"|how (?:long|soon|many days|much longer)(?: until| till| before)?)\b",
    re.I,
)
WHETHER = LatePattern(r"^(?:so |and )?(?:will|are|is|do you think|would)\b", re.I)
PASS = LatePattern(
    r"\b(?:(?:spend|use|burn|pay|cost|need|be|have) (?:more than|over|above)|pass(?:es)?|cross(?:es)?|exceed(?:s)?"
    r"|hit(?:s)?|reach(?:es)?|surpass(?:es)?|break(?:s)?|top(?:s)?"
    r"|(?:have|has) (?:spent|used)"
    r"|go(?:es)? (?:over|above|past|beyond)|get (?:to|over|past)|be (?:over|above|past)|spend|burn|use)\s+"
    r"(?P<money>[$€£]\s?)?(?P<number>\d[\d,]*(?:\.\d+)?)\s?(?P<size>k|m|bn|b|million|billion|thousand)?\b"
    r"(?:\s?(?:dollars|usd|tokens))?",
    re.I,
)
SIZES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9}
_LANDS = r"(?:land|end up|finish|close|come (?:in|out|to)|amount to|be|look(?: like)?)"
PAST = tuple(
    (LatePattern(pattern, re.I), new)
    for pattern, new in (
        (rf"\b{_KEEPS}[^,?]*", ""),
        (r"\b(?:monthly|weekly|current|present|our) (?=run[- ]?rate\b)", ""),
        (rf"\b(?:{_PACE}|at current (?:pace|rate|speed))\b,?", ""),
        (rf"\b{_EXPECT}(?: to (?=spend|pay|use|burn))?\b", "did we"),
        (r"\bdid we (?=.{1,40} to (?:cost|spend|use|pay|burn)\b)", "did "),
        (r"\bto (?=(?:cost|spend|use|pay|burn)\b)", ""),
        (rf"\b(?:are|is|am) (?=.{{1,50}}?\b(?:going to|gonna|{_BOUND})\b)", "did "),
        (rf"\b(?:going to|gonna|{_BOUND})\b", ""),
        (r"\bwhere (?:do|does|did|will) (?=.{1,40}\b(?:land|end up))", "did "),
        (r"\bwill\b|'ll\b", " did "),
        (
            rf"\b(?:the |our |a |an |your )?(?:current |expected |latest )?(?:{_NOUN}|expected|estimate)\b"
            r"(?: is| for| of)?",
            "",
        ),
        (rf"\b{_LANDS}\b(?: at| on| with| around)?(?= |$|\?)", ""),
    )
)
OF_MEASURE = LatePattern(
    r"\b(?:cost\w*|spen[dt]\w*|bill\w*|money|pay|paid|burn|charged?|dollars|usd|tokens?|usage|consum\w+|use[ds]?|active|people"
    r"|users?|adopt\w*|requests?|hours|items)\b|\$",
    re.I,
)
PROBE = "last week"  # any days that are over: the figure and its scope are what is wanted


def predicted(text: str, world: World, read: Read) -> tuple[Understood, ...]:
    """A prediction that may be answered, as one query over the days to come; empty where none is asked for."""
    said = " ".join(text.replace("’", "'").split()).strip(" ?!.")
    if not PREDICTS.search(said) or NOT_OURS.search(said):
        return ()
    period, rest = horizon(said, world.as_of)
    level, rest = _level(rest)
    found = _figure(rest, world, read)
    if found is None:
        return ()
    query = found.query.with_(period=period or running_month(world.as_of), having=level)
    intent = Intent.PASSING if level else Intent.FORECAST
    return (replace(found, query=query, intent=intent, steps=(*found.steps, "a prediction: the days are to come")),)


def _level(text: str) -> tuple[tuple[Having, ...], str]:
    """The amount that "when will we pass $2,000" or "will we spend more than $2,000" names, and the rest."""
    asked, passing = WHEN.search(text) or WHETHER.match(text), PASS.search(text)
    if asked is None or passing is None:
        return (), text
    value = float(passing["number"].replace(",", "")) * SIZES.get((passing["size"] or "").lower(), 1)
    rest = text[: passing.start()] + text[passing.end() :]
    what = "tokens" if "token" in passing[0].lower() else "cost" if not OF_MEASURE.search(WHEN.sub("", rest)) else ""
    return (Having(Compare.GE, value),), f"{what} {WHEN.sub('', rest)}"


def _figure(text: str, world: World, read: Read) -> Understood | None:
    for pattern, new in PAST:
        text = pattern.sub(new, text)
    text = " ".join(text.split()).strip(" ,")
    if not OF_MEASURE.search(text):
        text = f"cost {text}"
    for words in (text, re.sub(r"^(?:what|where|how)\b(?: much)?|\b(?:did|is|was|we|us|it)\b", "", text, flags=re.I)):
        readings = read(f"{' '.join(words.split())} {PROBE}", world, None)
        reading = readings[0] if len(readings) == 1 else None
        if isinstance(reading, Understood) and plain(reading):
            return reading
    return None


def plain(reading: Understood) -> bool:
    """Whether it is one figure of one scope."""
    query = reading.query
    bare = Query(metrics=query.metrics[:1], period=query.period, filters=query.filters, currency=query.currency)
    return bare == query and reading.intent is Intent.FIGURES and not reading.personal
