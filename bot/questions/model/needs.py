"""What words of the language ask for: each needs one of some features in the query."""

from __future__ import annotations

from bot.questions.grammar.patterns import FAMILIES
from bot.questions.grammar.vocabulary import HARMLESS, MEANINGFUL
from bot.questions.periods.words import word_set

_NEVER = word_set(
    "median percentile forecast predict prediction expect will next half double triple twice quartile stdev variance "
    "projected budgeted planned target"
)
_COMPARING = word_set("compare compared compares comparison")
OWN = word_set("my mine me i our own myself we us")


def _words(*families: str) -> frozenset[str]:
    return frozenset(word for name in families for word in FAMILIES[name].split("|") if " " not in word)


# What a word asks for: one of these features has to be in the query.
NEEDS: dict[str, frozenset[str]] = {}
for _ws, _features in (
    (_words("exc") | {"not", "no", "never", "none"}, {"excluded", "inactive"}),
    (_words("only"), {"filter"}),
    (_words("vs") | {"both", "between", "difference", *_COMPARING}, {"compare", "several"}),
    (_words("up") | {"first", "best", "more"}, {"descending", "above"}),
    (_words("down") | {"last", "worst", "less", "fewer"}, {"ascending", "under"}),
    (_words("grow", "rise", "fall", "growth", "gain", "loss", "change") | {"up", "down"}, {"compare"}),
    (_words("than") | {"more", "less", "fewer"}, {"compare", "above", "under", "share"}),
    (_words("gt", "ge") | {"above", "over"}, {"above", "compare"}),
    (_words("lt", "le") | {"below", "under"}, {"under", "below"}),
    (_words("sharenoun") | {"percentage", "mix", "ratio", "rate", "percent", "%"}, {"share", "fraction", "percent"}),
    ({"average", "mean", "typical", "avg", "averaged"}, {"average", "per", "normal"}),
    ({"trend", "evolution", "timeline", "trajectory"}, {"grain"}),
    ({"rank", "ranked", "ranking", "leaderboard"}, {"descending", "ascending"}),
    ({"normal", "unusual", "usual", "normally", "usually", "abnormal"}, {"normal"}),
    ({"others", "industry", "benchmark", "benchmarks", "peers", "competitors"}, {"peers"}),
    ({"why", "because", "explain", "reason", "reasons", "caused", "cause", "drove", "driver", "drivers"}, {"why"}),
    (_NEVER, set()),
):
    for _word in _ws:
        NEEDS[_word] = NEEDS.get(_word, frozenset()) | frozenset(_features)
# In these families only by one of their meanings; alone they hold a sentence together.
for _word in HARMLESS - MEANINGFUL - {"up", "down", "why", "others"}:
    NEEDS.pop(_word, None)
