"""The words of the calendar and the pieces that period patterns are made of."""

from __future__ import annotations

from collections.abc import Iterable

from bot.questions.lexicon.patterns import LatePattern

_MONTH_WORDS = (
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
    "september sept sep", "october oct", "november nov", "december dec",
)  # fmt: skip
_WEEKDAY_WORDS = (
    "monday mon", "tuesday tues tue", "wednesday weds wed", "thursday thurs thur thu", "friday fri", "saturday sat",
    "sunday sun",
)  # fmt: skip


def _numbered(lines: Iterable[str], start: int) -> dict[str, int]:
    return {word: number for number, line in enumerate(lines, start) for word in line.split()}


def word_set(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


def alternation(words: Iterable[str]) -> str:
    """A regex alternative of whole words, longest first."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


MONTHS = _numbered(_MONTH_WORDS, 1)
# "octobers tokens": the apostrophe a hurried writer leaves out; "mays" and "marchs" would be names.
MONTHS |= {f"{word}s": number for word, number in MONTHS.items() if len(word) > 3 and word not in ("march", "sept")}
WEEKDAYS = _numbered(_WEEKDAY_WORDS, 0)
SHORT_WEEKDAYS = frozenset(word for word in WEEKDAYS if not word.endswith("day"))
CALENDAR_WORDS = frozenset(MONTHS) | frozenset(WEEKDAYS)

UNITS = _numbered(
    ("days day dys d", "weeks week wks wk w", "months month mths mth mos mo m", "quarters quarter qtrs qtr q",
     "years year yrs yr y"),
    0,
)  # fmt: skip
_UNIT_NAMES = ("day", "week", "month", "quarter", "year")
_ONES = _numbered(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"), 1)
_TEENS = _numbered(
    ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"), 10
)
_TENS = {word: 10 * n for n, word in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty",
                                                "ninety"), 2)}  # fmt: skip
_COUNTS = {"a couple of": 2, "couple of": 2, "a couple": 2, "couple": 2, "a dozen": 12, "dozen": 12} | _ONES | _TEENS
ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": -1, "final": -1,
    "latter": 2, "other": 2,
}  # fmt: skip

MONTH = rf"(?P<month>{alternation(MONTHS)})"
WEEKDAY = rf"(?:{alternation(WEEKDAYS)})"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
NUMBER = rf"(?:\d{{1,4}}|(?:{alternation(_TENS)})(?: (?:{alternation(_ONES)}))?|{alternation(_COUNTS)})"
# One letter is a unit only glued to its number ("7d"): alone it is a word of something else.
UNIT = rf"(?:(?<=\d)(?:{alternation(w for w in UNITS if len(w) == 1)})|{alternation(w for w in UNITS if len(w) > 1)})"
ONE_UNIT = r"(?:day|week|wk|month|mth|mo|quarter|qtr|half year|half|year|yr)"
ORDINAL = rf"(?:{alternation(ORDINALS)})"
YEAR = r"(?:(?:19|20)\d\d|'\d\d)"
# "2025", ", 2025", "of 2025", "last year", "of this year"
YEAR_TAIL = (
    rf"(?:(?: ,)?(?: of| in)? (?P<year>{YEAR})(?! (?:days?|people|tokens|requests)\b)"
    r"|(?: of| in)?(?: the)? (?P<rel_year>last|previous|prior|this|current|next) (?:year|yr))?"
)
SO_FAR = r"(?:so far|to date|thus far|until now|till now|up to now|up until now|to now|up to today|until today)"
EDGE = r"(?= |$)"


def rule(pattern: str) -> LatePattern:
    """A pattern over tokens joined by single spaces; it ends where a token ends."""
    return LatePattern(f"(?:{pattern}){EDGE}")


def unit_name(word: str) -> str:
    """The unit a word or abbreviation stands for."""
    if word == "weekend":
        return word
    return "half" if word.startswith("half") else _UNIT_NAMES[UNITS[word]]


def number(word: str) -> int:
    """The value of a number in digits or words."""
    if word.isdecimal():
        return int(word)
    if word in _COUNTS:
        return _COUNTS[word]
    tens, _, ones = word.partition(" ")
    return _TENS[tens] + _ONES.get(ones, 0)


def full_year(word: str) -> int:
    """ "2025" or "'25" as a year."""
    return 2000 + int(word[1:]) if word.startswith("'") else int(word)
