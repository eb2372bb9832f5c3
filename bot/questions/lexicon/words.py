"""Sets of words that the finders and guards ask for."""

from __future__ import annotations

from functools import cache, lru_cache

from bot.questions.lexicon.tables import HERE, entries, read
from bot.questions.periods.words import CALENDAR_WORDS, UNITS, word_set

# Words of the calendar beside the names of months and days.
_TIMES = word_set(
    """
    yesterday today tomorrow fortnight weekend weekends daily weekly monthly quarterly yearly annual previous prior
    trailing current quarter quarters first second third fourth half halves since until between before after ago
    """
)


@cache
def short_words() -> dict[str, str]:
    """What people write short, by word."""
    return dict(read("short")["words"])


@cache
def short_times() -> dict[str, str]:
    """Times as people type them in a chat."""
    return dict(read("short")["times"])


@cache
def known_products() -> frozenset[str]:
    """Well-known AI products: a question that names one that is not in use here means it."""
    return frozenset((HERE / "products.txt").read_text("ascii").split())


@cache
def single_words(*files: str) -> frozenset[str]:
    """Every word of the phrases of these files."""
    return frozenset(
        word for file in files for entry in entries(file) for phrase in entry.words for word in phrase.split()
    )


@cache
def whole_words(*files: str) -> frozenset[str]:
    """The phrases of one word of these files."""
    return frozenset(phrase for file in files for entry in entries(file) for phrase in entry.words if " " not in phrase)


@cache
def stating_verbs() -> frozenset[str]:
    """Verbs by which a sentence states something rather than asks for a figure."""
    return single_words("stating")


@cache
def time_words() -> frozenset[str]:
    """The calendar's words."""
    return CALENDAR_WORDS | frozenset(UNITS) | _TIMES


@cache
def figure_words() -> frozenset[str]:
    """Words of metrics, dimensions and values: what a slip of the pen may have meant."""
    return frozenset(word for word in single_words("metrics", "dimensions", "values") if len(word) > 3)


@cache
def language_words() -> frozenset[str]:
    """All words that carry no condition: of figures, dimensions, comparisons, time and plain speech."""
    files = ("metrics", "dimensions", "values", "comparisons", "plain")
    short = {word for longer in short_words().values() for word in longer.split()}
    return single_words(*files) | time_words() | short | frozenset(short_words())


@cache
def meanings(file: str, prefix: str = "") -> dict[str, str]:
    """Phrases of a file by what they name, of entries whose name begins so."""
    return {phrase: entry.name for entry in entries(file) if entry.name.startswith(prefix) for phrase in entry.words}


@lru_cache(maxsize=2_000)  # any word of a question is asked for
def dimension_of(word: str) -> str:
    """The dimension that a word names ("teams": team), "" where it names none."""
    name = meanings("dimensions").get(word, "")
    return "" if name.startswith("people.") else name
