"""Names that are also words of the language (a team "People", a location "May"): whether they stand as a name."""

from __future__ import annotations

from collections.abc import Sequence

from bot.questions.grammar.gazetteer import Fit, Name
from bot.questions.grammar.lexicon import GRAMMAR_WORDS, fold_words, lexicon
from bot.questions.grammar.patterns import compiled
from bot.questions.grammar.vocabulary import FREQUENT, HARMLESS, MEANINGFUL, SHORT
from bot.questions.grammar.wordlists import words
from bot.questions.periods.words import CALENDAR_WORDS
from bot.questions.tokens import Token

_BEFORE = words(
    """
    in for at of from versus with except excluding without and or vs than within inside
    """
)
_AFTER_NAME = words(
    """
    , : ; . ? ! ) - / and or versus 's in last this since yesterday today over during for
    """
)
_LEADS = _BEFORE | words("my your what how much many did was is the our show give me get list please and")
# Forms of verbs that stand before a figure: "compare tokens", "falling cost", "total requests".
_VERBS = (
    r"<be>|<do>|<det>|<use>|<up>|<down>|<rise>|<fall>|<gain>|<loss>|<change>|<grow>|<sharenoun>|<exc>|<only>|<gt>|<lt>|"
    r"total|overall|actual|actually|compare|show|give|list|find|plot|rank|current|daily|exact|more|less|many|much|what|"
    r"about|with|made|make|makes|total|totals|burn|burned|all|our|your|their|average|combined|aggregate|same|each"
)
_PLACES = words("in for at of within from under across inside outside below")
_EACH = words("each every per by which what a this that any one")
# Idioms that a name of one word may not claim: "in total", "of course", "for use".
_LOOSE = words(
    """
    total fact use time short general order course all one it them us people detail details full sum part place turn
    company organisation average addition numbers figures now today day days week weeks month months use usage
    """
)
_SENTENCE_ENDS = frozenset([".", "?", "!", ";", ":", '"', "(", "-"])


def is_name_here(tokens: Sequence[Token], start: int, end: int, found: Sequence[Name]) -> bool:
    """Whether the tokens from `start` to `end` are the name rather than the word."""
    before = _word(tokens, start - 1)
    after = _word(tokens, end)
    if _dimension(before) in _of(found) or _dimension(after) in _of(found):
        return not (_dimension(after) and after.endswith("s") and before in ("by", "per", "each", "which"))
    if all(one.text in CALENDAR_WORDS for one in tokens[start:end]):
        return False  # "in May" is the month
    words = tuple(part for one in tokens[start:end] for part in fold_words(SHORT.get(one.text, one.text)))
    if (lexeme := lexicon().get(words)) is not None and lexeme.tag == "E":
        return False  # a title "Agent" is not what "agents" alone are
    if _capitalised(tokens, start, end):
        return True
    if found[0].dimension == "person" and found[0].fit is not Fit.WHOLE:
        return False
    return _apart(before, after, start, tokens, end)


def is_capital_part(tokens: Sequence[Token], start: int, end: int) -> bool:
    """ "what did Lines cost": a part of names, written as one, that is no word for a figure, a split or people."""
    word = _word(tokens, start)
    return word in HARMLESS and lexicon().get((word,)) is None and _capitalised(tokens, start, end)


def is_part_before_kind(tokens: Sequence[Token], end: int, found: Sequence[Name]) -> bool:
    """ "in the supplier workflow": a part of workflows' names, though the word alone is a split."""
    after = _word(tokens, end)
    return after in ("workflow", "process") and _dimension(after) in _of(found)


def stands_like_a_name(tokens: Sequence[Token], start: int, end: int) -> bool:
    """ "how many hours did drawing take", "tokens in learning": where no verb or adjective of the language stands."""
    word, before, after = _word(tokens, start), _word(tokens, start - 1), _word(tokens, end)
    if word not in HARMLESS or word in FREQUENT or lexicon().get((word,)) is not None:
        return False
    verb = before in ("did", "does", "do", "has", "have") and after not in ("", "?", ".", ",")
    return verb or before in _PLACES or (after == "'s" and before not in _EACH)


def _of(found: Sequence[Name]) -> set[str]:
    return {one.dimension for one in found}


def _word(tokens: Sequence[Token], at: int) -> str:
    if not 0 <= at < len(tokens):
        return ""
    return SHORT.get(tokens[at].text, tokens[at].text)


def _dimension(word: str) -> str:
    lexeme = lexicon().get((word,)) if word else None
    return lexeme.name if lexeme and lexeme.tag == "D" else ""


def _capitalised(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Written with a capital inside a sentence that is otherwise written small."""
    others = [one for at, one in enumerate(tokens) if one.raw[:1].isalpha() and not start <= at < end]
    small = [one for one in others if SHORT.get(one.text, one.text) in HARMLESS]
    words = small or others
    shouted = sum(one.raw[:1].isupper() for one in words) > 0.5 * len(words) and len(words) > 3
    first = start == 0 or tokens[start - 1].text in _SENTENCE_ENDS
    return (
        all(one.raw[:1].isupper() for one in tokens[start:end] if one.raw[:1].isalpha()) and not first and not shouted
    )


# The dimensions' own words, which no name may claim by itself.
_CANON = words(
    """
    team teams tool tools model models provider providers vendor vendors title titles location locations office offices
    kind kinds mode modes workflow workflows activity activities department departments
    """
)
_SPLITS = _EACH | words("top bottom two three four five ten most least our all across over")


_AUXILIARIES = words("did does has have")
_DOING = words(
    """
    use used spend spent cost burn burned make made send sent get got go gone run consume consumed rack have eat take
    accept save process handle produce generate need
    """
)


def _loose_word(tokens: Sequence[Token], at: int) -> bool:
    """ "did growth use", "did labs spend": neither people nor a pronoun."""
    word = _word(tokens, at)
    found = lexicon().get((word,))
    plain = found is None and word not in _LOOSE and word not in _CANON and len(word) > 3
    return plain or (found is not None and found.tag == "D" and word not in _CANON)


def _a_name_rather(tokens: Sequence[Token], start: int, before: str, after: str) -> bool:
    """ "Crew vs Apps", "apps tokens": a word that is a split elsewhere, where the organisation has a team of that "
    "name."""
    word = _word(tokens, start)
    split = lexicon().get((word,))
    if split is None or split.tag != "D" or word in _CANON or before in _SPLITS:
        return False
    if after in ("with", "that", "where", "whose", "which", "by"):
        return False
    single = not word.endswith("s")
    return single or tokens[start].raw[:1].isupper() or start == 0 or before in _BEFORE


def _opens(tokens: Sequence[Token], after: str) -> bool:
    """ "Apps requests, day by day", "Crew week by week": a name first, where the word would split nothing."""
    word = _word(tokens, 0)
    split = lexicon().get((word,))
    if split is None or split.tag != "D" or word in ("team", "teams") or not tokens[0].raw[:1].isupper():
        return False
    pair = lexicon().get((after, _word(tokens, 2)))
    figure = lexicon().get((after,)) or pair
    return (figure is not None and figure.tag == "M") or (
        after in ("in", "for", "last", "this", "since")
        or (not word.endswith("s") and after in ("day", "week", "month"))
    )


def _measured(tokens: Sequence[Token], start: int, end: int) -> bool:
    """ "Growth tokens", "tech cost": a name before a figure, where the word of the language would not stand."""
    after = lexicon().get((_word(tokens, end),))
    word = _word(tokens, start)
    if after is None or after.tag != "M" or end - start > 1 or lexicon().get((word,)) is not None:
        return False
    if word in MEANINGFUL - {"growth"} or (
        start and tokens[start - 1].raw.isalpha() and _word(tokens, start - 1) not in _LEADS
    ):
        return False
    return tokens[start].raw.isupper() if len(word) < 4 else not compiled(_VERBS).fullmatch(word)


def _apart(before: str, after: str, start: int, tokens: Sequence[Token], end: int) -> bool:
    """ "adoption in people last week", "People: tokens", "people's headcount": no word of the language stands so."""
    if start == 0 and after in (":", "-", "'s", ",", "as"):
        return True
    if start == 0 and end == 1 and _opens(tokens, after):
        return True
    rare = _word(tokens, 0) in HARMLESS and _word(tokens, 0) not in FREQUENT
    if start == 0 and end == 1 and rare and tokens[0].raw[:1].isupper() and lexicon().get((_word(tokens, 0),)) is None:
        return True  # "Technology accounted for how much of it"
    opened = start == 0 and end == 1 and tokens[0].raw[:1].isupper() and after in ("in", "last", "this", "since", "for")
    if opened and _word(tokens, 0) in HARMLESS and lexicon().get((_word(tokens, 0),)) is None:
        return _word(tokens, 0) not in _LOOSE  # "Tech in September, cost by team"
    if end - start == 1 and before in _AUXILIARIES and after in _DOING and _loose_word(tokens, start):
        return True
    if end - start == 1 and _a_name_rather(tokens, start, before, after):
        return True
    following = _word(tokens, end + 1)
    if start == 0 and after in ("or", "versus", "and") and following and following not in GRAMMAR_WORDS:
        return True
    if _measured(tokens, start, end):
        return True
    people = lexicon().get((_word(tokens, start),))
    word = _word(tokens, start)
    if end - start == 1 and word not in _LOOSE and word not in MEANINGFUL and (people is None or people.tag == "D"):
        loose_noun = people is None and before in _PLACES
        if loose_noun or (people is not None and before in ("in", "at", "within", "inside", "across")):
            return True
        if after == "'s" and before not in _EACH:
            return True
    loose = people is not None and people.tag == "H"
    if before in ("in", "for", "at", "within") and (not after or after in _AFTER_NAME):
        return not (loose and after in ("in", "and", "or", "'s")) or end - start > 1
    return before == "of" and after == "" and loose is False
