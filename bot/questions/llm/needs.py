"""What words of the language ask for: each needs one of some features in the query."""

from __future__ import annotations

from bot.questions.grammar.patterns import FAMILIES
from bot.questions.grammar.vocabulary import HARMLESS, MEANINGFUL
from bot.questions.periods.words import word_set

_NEVER = word_set(
    "median percentile forecast predict prediction expect will next half double triple twice quartile stdev variance "
    "projected budgeted planned target"
)
_COMPARING = word_set("compare compared compares comparing comparison")
OWN = word_set("my mine me i our own myself we us")


# Alone these hold a sentence together, whatever family they stand in.
_PLAIN = HARMLESS - MEANINGFUL


def _words(*families: str) -> frozenset[str]:
    return frozenset(word for name in families for word in FAMILIES[name].split("|") if " " not in word) - _PLAIN


_ASKS: tuple[tuple[frozenset[str], str], ...] = (
    (_words("exc") | word_set("not no never none"), "excluded inactive"),
    (_words("only"), "filter"),
    (_words("vs") | word_set("both between difference") | _COMPARING, "compare apart"),
    (_words("up") | word_set("first best more"), "descending above"),
    (_words("down") | word_set("last worst less fewer"), "ascending under"),
    (_words("grow", "rise", "fall", "growth", "gain", "loss", "change") | word_set("up down"), "compare"),
    (_words("than") | word_set("more less fewer"), "compare above under share"),
    (_words("gt", "ge") | word_set("above over"), "above compare"),
    (_words("lt", "le") | word_set("below under"), "under below"),
    (_words("sharenoun") | word_set("mix ratio rate"), "share fraction percent"),
    (word_set("percentage percent % points"), "share fraction percent compare"),
    (word_set("least minimum min"), "above"),
    (word_set("most maximum max"), "under"),
    (word_set("together combined jointly"), "several"),
    (word_set("average mean typical avg averaged"), "average per normal"),
    (word_set("trend evolution timeline trajectory"), "grain"),
    (word_set("rank ranked ranking leaderboard"), "descending ascending"),
    (word_set("normal unusual usual normally usually abnormal"), "normal"),
    (word_set("others industry benchmark benchmarks peers competitors"), "peers"),
    (word_set("why because explain reason reasons caused cause drove driver drivers"), "why"),
    (word_set("my mine myself"), "own"),
    (_NEVER, ""),
)


def _table() -> dict[str, frozenset[str]]:
    needs: dict[str, frozenset[str]] = {}
    for words, features in _ASKS:
        for word in words:
            needs[word] = needs.get(word, frozenset()) | word_set(features)
    return needs


# What a word asks for: one of these features has to be in the query; of an empty set none ever is.
NEEDS = _table()
