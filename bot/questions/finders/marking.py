"""The door of the finders: a message as words and typed mentions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from bot.questions.finders.marks import Marked, Mention
from bot.questions.finders.names import Fit, Gazetteer, gazetteer
from bot.questions.finders.naming import names_in, own_reports, own_team, teams_of
from bot.questions.finders.spelling import SHORTEST, corrected, singular
from bot.questions.finders.standing import is_capital, is_placed, word_at
from bot.questions.finders.strangers import unknown_names
from bot.questions.finders.timing import Laid, clocks, numbers, shape, times
from bot.questions.lexicon.words import (
    dimension_of,
    figure_words,
    known_products,
    language_words,
    short_times,
    short_words,
    single_words,
    time_words,
)
from bot.questions.limits import Deadline
from bot.questions.periods import Calendar
from bot.questions.reading import World
from bot.questions.tokens import Token, tokenise

_SHORTENED = frozenset(("excl", "incl", "approx", "exkl", "inkl"))

__all__ = ["Marked", "Mention", "mark", "shape"]


def mark(text: str, world: World) -> Marked:
    """The message with its mentions."""
    calendar = Calendar(world.as_of, world.directory.first_day, world.fiscal_start)
    names = gazetteer(world.directory)
    out = Marked(calendar=calendar)
    tokens = list(_joined(_written_out(tokenise(text).tokens, names), names))
    _respell(tokens, names, out, world.deadline)
    laid = Laid(tokens)
    for start, end, found in (*own_team(tokens, world), *own_reports(tokens, world), *names_in(tokens, names)):
        laid.add(start, end, found)
    for start, end, found in list(teams_of(laid.spans, tokens, world)):
        laid.replace(start, end, found)
    clocks(laid)
    times(laid, calendar, out)
    numbers(laid)
    unknown_names(laid)
    _lay_out(laid, out)
    return out


def _lay_out(laid: Laid, out: Marked) -> None:
    index = 0
    while index < len(laid.tokens):
        token = laid.tokens[index]
        end, found = laid.spans.get(index, (index + 1, []))
        end = max(end, index + 1)
        said = " ".join(token.raw for token in laid.tokens[index:end])
        for mention in found:
            mention.said = said
        out.parts += found or [short_words().get(token.text, token.text)]
        out.raws += [said] * max(len(found), 1)
        index = end


def _written_out(tokens: Sequence[Token], names: Gazetteer) -> Iterator[Token]:
    """Times in chat's short forms ("lw") as the words they stand for; "by tm" is the team; "excl." ends no sentence."""
    before = ""
    for token in tokens:
        if token.text == "." and before in _SHORTENED:
            continue
        longer = "" if names.find((token.text,)) else short_times().get(token.text, "")
        if longer and token.text == "tm" and before in ("by", "per", "each", "every", "which"):
            longer = "team"
        if longer:
            yield from (replace(token, text=word, raw=word) for word in longer.split())
        else:
            yield token
        before = token.text


def _joined(tokens: Iterator[Token], names: Gazetteer) -> Iterator[Token]:
    """ "rev ops" for a name written as one word, "RevOps"."""
    held: Token | None = None
    for token in tokens:
        found = names.find((held.text + token.text,)) if held is not None else ()
        if held is not None and found and found[0].fit is not Fit.PART and _loose(held, names) and token.text.isalpha():
            yield replace(held, text=held.text + token.text, raw=held.raw + token.raw, end=token.end)
            held = None
            continue
        if held is not None:
            yield held
        held = token
    if held is not None:
        yield held


def _loose(token: Token, names: Gazetteer) -> bool:
    return token.text.isalpha() and token.text not in language_words() and not names.find((token.text,))


def _respell(tokens: list[Token], names: Gazetteer, out: Marked, until: Deadline) -> None:
    """Slips in names, time and figures; a capitalised word in a name's place is never made another word."""
    known = (names.words, time_words(), figure_words())  # never joined to one set: names may be tens of thousands
    others = (language_words(), known_products(), single_words("conditions", "occasions"))
    kept = (*known, *others)
    targets: list[str] = []
    for index, token in enumerate(tokens):
        word = token.text
        if len(word) < SHORTEST or not word.isalpha() or _any_has(kept, word) or _any_has(kept, singular(word)):
            continue
        until.check()  # each slip is held against every name
        targets = targets or [word for word in frozenset().union(*known) if len(word) >= SHORTEST and word.isalpha()]
        better = corrected(word, targets, names.words)
        if better and (better in names.words or not _like_a_name(tokens, index)):
            tokens[index] = replace(token, text=better, raw=better if token.raw.islower() else better.capitalize())
            out.echoes.append(f"read “{token.raw}” as “{better}”")


def _any_has(some: Iterable[Collection[str]], word: str) -> bool:
    return any(word in words for words in some)


def _like_a_name(tokens: Sequence[Token], at: int) -> bool:
    capital = tokens[at].raw[:1].isupper() and at > 0
    told = dimension_of(word_at(tokens, at + 1)) or dimension_of(word_at(tokens, at - 1))
    return is_capital(tokens, at, at + 1) or (capital and is_placed(tokens, at, at + 1)) or bool(told)
