"""From tokens to a tagged sentence: spelling, quoted names, names, periods, numbers and the words of the language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.questions.grammar.collisions import is_capital_part, is_name_here, is_part_before_kind, stands_like_a_name
from bot.questions.grammar.gazetteer import Fit, Gazetteer, Name, fold, gazetteer
from bot.questions.grammar.layout import Piece, Tagged, items, times
from bot.questions.grammar.lexicon import GRAMMAR_WORDS, Lexeme, fold_words, lexicon, lexicon_words
from bot.questions.grammar.rewrites import plainly
from bot.questions.grammar.sentence import STOPS, Sentence
from bot.questions.grammar.spelling import SHORTEST, by_initial, corrected, is_ordinary, singular
from bot.questions.grammar.vocabulary import CHAT_TIMES, SHORT
from bot.questions.grammar.wordlists import words
from bot.questions.periods import Calendar
from bot.questions.periods.words import CALENDAR_WORDS, UNITS
from bot.questions.reading import World
from bot.questions.tokens import Token, tokenise

_TIME_WORDS = (
    CALENDAR_WORDS
    | frozenset(UNITS)
    | words(
        """
    yesterday today tomorrow fortnight weekend weekends daily weekly monthly quarterly yearly annual previous
    prior trailing current quarter quarters first second third fourth half halves since until between before
    after ago
    """
    )
)


def tag(text: str, world: World, calendar: Calendar, *, mend: bool = False) -> Tagged:
    """The tagged sentence of a question."""
    world.deadline.check()
    names = gazetteer(world.directory)
    read = tokenise(text)
    tokens = plainly(list(_written_out(read.tokens, names)), lambda said: bool(names.find(_fold(said))))
    _joined(tokens, names)
    out = Tagged(Sentence([]), tokens)
    if mend:
        _respell(tokens, names, out)
    world.deadline.check()
    pieces = list(_quoted(tokens, names, out))
    pieces += _named(tokens, names, pieces)
    pieces += times(out, calendar, pieces)
    out.sentence = Sentence(items(tokens, pieces), read.text)
    return out


def _written_out(tokens: Sequence[Token], names: Gazetteer) -> Iterator[Token]:
    """Times in chat's short forms ("lw") as the words they stand for; "by tm" is the team."""
    before = ""
    for token in tokens:
        longer = CHAT_TIMES.get(token.text, "") if not names.find((token.text,)) else ""
        if longer and token.text == "tm" and before in ("by", "per", "each", "every", "which"):
            longer = "team"
        if longer:
            yield from (replace(token, text=word, raw=word) for word in longer.split())
        else:
            yield token
        before = token.text


def _joined(tokens: list[Token], names: Gazetteer) -> None:
    """ "rev ops" for a name written as one word, "RevOps"."""
    for at in range(len(tokens) - 2, -1, -1):
        one, other = tokens[at], tokens[at + 1]
        if not (one.text.isalpha() and other.text.isalpha()) or one.text in GRAMMAR_WORDS or is_ordinary(one.text):
            continue
        found = names.find((one.text + other.text,))
        if found and found[0].fit is not Fit.PART and not names.find((one.text,)):
            tokens[at : at + 2] = [replace(one, text=one.text + other.text, raw=one.raw + other.raw, end=other.end)]


def _respell(tokens: list[Token], names: Gazetteer, out: Tagged) -> None:
    known = GRAMMAR_WORDS | names.words | _TIME_WORDS
    targets: dict[str, list[str]] = {}
    strong: frozenset[str] = frozenset()
    mended: dict[str, str | None] = {}
    for index, token in enumerate(tokens):
        word = token.text
        if (
            len(word) < SHORTEST
            or not word.isalpha()
            or word in known
            or word in SHORT
            or singular(word) in known
            or is_ordinary(word)
        ):
            continue
        if not targets:
            strong = names.words | lexicon_words()
            targets = by_initial(one for one in known if one.isalpha())
        if word not in mended:
            mended[word] = corrected(word, targets, strong)
        if better := mended[word]:
            tokens[index] = replace(token, text=better, raw=better if token.raw.islower() else better.capitalize())
            out.echoes.append(f"read “{token.raw}” as “{better}”")


def _quoted(tokens: Sequence[Token], names: Gazetteer, out: Tagged) -> Iterator[Piece]:
    """Names in quotation marks; a dimension word before them decides what they name."""
    opened: int | None = None
    for index, token in enumerate(tokens):
        if token.text != '"':
            continue
        if opened is None:
            opened = index
            continue
        inner, at, opened = tokens[opened + 1 : index], opened, None
        said = "".join(f" {one.raw}" if one.start > tokens[at].end else one.raw for one in inner).strip()
        before = lexicon().get((tokens[at - 1].text,)) if at else None
        dimension = before.name if before and before.tag == "D" else "person" if before and before.tag == "H" else ""
        found = [
            one
            for one in names.find(fold(" ".join(one.raw for one in inner)))
            if not dimension or one.dimension == dimension
        ]
        if found:
            start = at - 1 if dimension else at
            yield Piece(start, index + 1, "E", _dimension(found), _best(found))
        elif dimension or any(one.raw[:1].isupper() for one in inner):
            yield Piece(at - 1 if dimension else at, index + 1, "X", dimension or "any", said)


def _best(found: Sequence[Name]) -> tuple[Name, ...]:
    fit = min(one.fit for one in found)
    return tuple(one for one in found if one.fit == fit)


def _dimension(found: Sequence[Name]) -> str:
    dimensions = {one.dimension for one in _best(found)}
    return dimensions.pop() if len(dimensions) == 1 else "mixed"


def _named(tokens: Sequence[Token], names: Gazetteer, taken: Sequence[Piece]) -> list[Piece]:
    """The longest names at each place; a name that is also a word of the language only where it stands like a name."""
    out: list[Piece] = []
    index = 0
    blocked = {at for piece in taken for at in range(piece.start, piece.end)}
    while index < len(tokens):
        piece = None if index in blocked else _name_at(tokens, names, index, blocked)
        if piece:
            out.append(piece)
        index = piece.end if piece else index + 1
    return out


def _name_at(tokens: Sequence[Token], names: Gazetteer, index: int, blocked: set[int]) -> Piece | None:
    if tokens[index].mark or tokens[index].text == "'s":
        return None
    following = tokens[index + 1].text if index + 1 < len(tokens) else ""
    if tokens[index].text in ("sub", "child") and following in ("team", "teams", "unit", "units", "group", "groups"):
        return None
    longest = min(len(tokens), index + names.longest + 2)
    for end in range(longest, index, -1):
        window = tokens[index:end]
        if window[-1].mark or window[-1].text == "'s" or any(at in blocked for at in range(index, end)):
            continue
        if any(one.text in STOPS and one.text not in ("-", "/", ".") for one in window):
            continue
        found = names.find(_fold(window))
        if found and (_stands(tokens, index, end, found) or _no_such_mode(tokens, index, end, found, names)):
            return Piece(index, end, "E", _dimension(found), found)
    return None


def _fold(window: Sequence[Token]) -> tuple[str, ...]:
    return fold("".join(one.raw if one.text == "'s" else f" {one.raw}" for one in window).strip())


def _stands(tokens: Sequence[Token], start: int, end: int, found: Sequence[Name]) -> bool:
    """Whether words that fit a name are meant as one here."""
    words = [SHORT.get(one.text, one.text) for one in tokens[start:end]]
    if not all(word in GRAMMAR_WORDS or word in _TIME_WORDS or word.isdecimal() for word in words):
        return True
    if end - start > 1 and found[0].fit is not Fit.PART and not _phrase(tokens, start, end):
        return True
    whole = found[0].fit is not Fit.PART or found[0].dimension == "person"
    if not whole:
        return end - start == 1 and (
            is_capital_part(tokens, start, end)
            or is_part_before_kind(tokens, end, found)
            or stands_like_a_name(tokens, start, end)
        )
    return is_name_here(tokens, start, end, found)


def _no_such_mode(tokens: Sequence[Token], start: int, end: int, found: Sequence[Name], names: Gazetteer) -> bool:
    """Whether a tool is called like a way of use that nobody has here ("chat")."""
    said = _phrase(tokens, start, end)
    if said is None or said.tag != "E" or said.name != "mode" or said.value in names.modes:
        return False
    return found[0].fit is Fit.WHOLE and found[0].dimension == "tool"


def _phrase(tokens: Sequence[Token], start: int, end: int) -> Lexeme | None:
    words = [SHORT.get(one.text, one.text) for one in tokens[start:end]]
    if any(one.text in STOPS or one.text == "'s" for one in tokens[start:end]):
        return None
    return lexicon().get(tuple(part for word in words for part in fold_words(word)))
