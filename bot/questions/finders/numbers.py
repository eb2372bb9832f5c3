"""Numbers in digits and words, with the unit said beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_DIGITS = re.compile(r"(?P<sign>[$€£])?(?P<number>\d+(?:[.,]\d+)*)(?P<tail>[a-z]*)(?P<percent>%)?")
_SCALES = {
    "k": 1e3, "thousand": 1e3, "thousands": 1e3, "grand": 1e3, "m": 1e6, "mn": 1e6, "mm": 1e6, "mio": 1e6, "mil": 1e6,
    "mill": 1e6, "million": 1e6, "millions": 1e6, "b": 1e9, "bn": 1e9, "bil": 1e9, "billion": 1e9, "billions": 1e9,
    "t": 1e12, "tn": 1e12, "trillion": 1e12, "hundred": 100.0, "mtok": 1e6,
    "lakh": 1e5, "lakhs": 1e5, "crore": 1e7, "crores": 1e7,
}  # fmt: skip
_TEENS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
"""
_ONES = {word: float(value) for value, word in enumerate(_TEENS.split())}
_TENS_SAID = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = {word: 10.0 * n for n, word in enumerate(_TENS_SAID.split(), 2)}
_FRACTIONS = {
    "half": 50.0, "third": 100 / 3, "thirds": 100 / 3, "quarter": 25.0, "quarters": 25.0, "fifth": 20.0, "fifths": 20.0,
    "tenth": 10.0, "tenths": 10.0, "twentieth": 5.0,
}  # fmt: skip
_GROUPS = {"dozen": 12.0, "couple": 2.0, "handful": 5.0}
_UNITS = {
    "percent": "percent", "pp": "percent", "points": "percent", "dollars": "usd", "dollar": "usd", "usd": "usd",
    "bucks": "usd", "buck": "usd", "quid": "usd", "$": "usd", "us$": "usd", "euro": "usd",
}  # fmt: skip


_COMPARED = frozenset(("least", "most", "than", "over", "above", "under", "below", "beyond"))
_HALVED = frozenset(("a", "an", "year", "day", "month", "week", "hour", "quarter", "dozen", "-"))


@dataclass(frozen=True, slots=True)
class Number:
    """A number as said; `unit` is percent, usd or "" where the words around it say it."""

    value: float
    unit: str = ""
    money: str = ""


def read_number(words: Sequence[str], at: int) -> tuple[Number, int] | None:
    """The number at a word, and the index after it with its unit."""
    taken = _digits(words, at) or _in_words(words, at)
    if taken is None:
        return None
    number, end = taken
    if number.unit or end >= len(words):
        return taken
    if words[end : end + 2] == ["percent", "points"]:
        return Number(number.value, "percent"), end + 2
    if words[end] in ("cent", "cents"):
        return Number(number.value / 100, "usd"), end + 1
    unit = _UNITS.get(words[end], "")
    return (Number(number.value, unit), end + 1) if unit else taken


def _digits(words: Sequence[str], at: int) -> tuple[Number, int] | None:
    if words[at] == "$" and at + 1 < len(words):
        inner = _digits(words, at + 1)
        return (Number(inner[0].value, "usd", "$"), inner[1]) if inner else None
    match = _DIGITS.fullmatch(words[at])
    if match is None or (match["tail"] and match["tail"] not in _SCALES):
        return None
    value = _plain(match["number"]) * _SCALES.get(match["tail"], 1.0)
    end = at + 1
    if not match["tail"] and end < len(words) and words[end] in _SCALES:
        value, end = value * _SCALES[words[end]], end + 1
    unit = "usd" if match["sign"] else "percent" if match["percent"] else ""
    return Number(value, unit, match["sign"] or ""), end


def _plain(text: str) -> float:
    """ "1,000" and "1.000.000" group thousands; "6.5" and "6,5" do not."""
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", text):
        return float(text.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(\.\d{3}){2,}", text):
        return float(text.replace(".", ""))
    return (
        float(text.replace(",", ".", 1)) if text.count(",") + text.count(".") <= 1 else float(re.sub(r"[.,]", "", text))
    )


def _in_words(words: Sequence[str], at: int) -> tuple[Number, int] | None:
    word = words[at]
    following = words[at + 1] if at + 1 < len(words) else ""
    compared = at > 0 and words[at - 1] in _COMPARED | {"by"}
    if compared and following in _FRACTIONS and (word in ("a", "an") or word in _ONES):
        return Number(_ONES.get(word, 1.0) * _FRACTIONS[following], "percent"), at + 2
    if word in ("a", "one", "an") and following in _SCALES and len(following) > 2:
        return _scaled(1.0, words, at + 1)
    if word == "half" and words[at + 1 : at + 3] in (["a", "million"], ["a", "billion"]):
        return Number(0.5 * _SCALES[words[at + 2]]), at + 3
    if word == "half" and at and words[at - 1] in _COMPARED and following not in _HALVED:
        return Number(50.0, "percent"), at + 1
    if word in ("a", "half") and following in _GROUPS:
        return Number(_GROUPS[following]), at + 2
    if word in _TENS:
        ones = words[at + 2] if following == "-" and at + 2 < len(words) else following
        step = (3 if following == "-" else 2) if ones in _ONES and 0 < _ONES[ones] < 10 else 1
        return _scaled(_TENS[word] + (_ONES[ones] if step > 1 else 0), words, at + step)
    if word in _ONES:
        return _scaled(_ONES[word], words, at + 1)
    return None


def _scaled(value: float, words: Sequence[str], end: int) -> tuple[Number, int]:
    while end < len(words) and words[end] in _SCALES and len(words[end]) > 2:
        value, end = value * _SCALES[words[end]], end + 1
    return Number(value), end
