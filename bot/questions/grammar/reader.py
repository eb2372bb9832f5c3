"""Reads one question: tags it, applies the rules in order, and checks that nothing was overlooked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.questions.grammar.asides import drop_asides
from bot.questions.grammar.assemble import assemble
from bot.questions.grammar.core import cores
from bot.questions.grammar.draft import Draft, Stop
from bot.questions.grammar.filters import read_filters
from bot.questions.grammar.groups import read_groups, read_list_words
from bot.questions.grammar.intents import read_intent
from bot.questions.grammar.leftovers import check
from bot.questions.grammar.measures import read_measures
from bot.questions.grammar.odd_filters import apart
from bot.questions.grammar.ranks import read_ranking
from bot.questions.grammar.shares import read_shares
from bot.questions.grammar.tagging import tag
from bot.questions.grammar.thresholds import read_thresholds
from bot.questions.grammar.times import read_times
from bot.questions.grammar.unsupported import refuse
from bot.questions.grammar.values import settle_values
from bot.questions.grammar.wider import read_wider
from bot.questions.periods import Calendar
from bot.questions.reading import Impossible, Missing, Reading, Told, Unclear, Understood, World

# What is made of a sentence, in order.
STAGES: tuple[Callable[[Draft], object], ...] = (
    drop_asides, read_wider, refuse, read_intent, settle_values, read_measures, read_filters, read_groups,
    read_thresholds, read_ranking, apart, read_list_words, read_times, read_shares,
)  # fmt: skip


def read_question(text: str, world: World, before: Understood | None = None) -> Reading:
    """The reading of one question that stands on its own; where it fails, once more with slips of the pen mended."""
    first = _read(text, world, before)
    second = _read(text, world, before, mend=True) if isinstance(first, Unclear | Missing) else first
    if isinstance(second, Understood | Told):
        return second
    found = at_the_core(text, world, lambda core, mended: _read(core, world, before, mend=mended))
    if found is None and isinstance(second, Unclear) and second.about == "unknown":
        return Impossible(text=second.text, options=second.options, steps=second.steps)
    return found or second


def at_the_core(text: str, world: World, read: Callable[[str, bool], Reading]) -> Understood | Told | None:
    """The reading of the question within a message whose other words are context."""
    calendar = Calendar(world.as_of, world.directory.first_day, world.fiscal_start)
    for core in cores(tag(text, world, calendar)):
        world.deadline.check()
        got = read(core.text, False)
        got = read(core.text, True) if isinstance(got, Unclear | Missing) else got
        if isinstance(got, Understood):
            return replace(got, steps=(f"asides: “{core.left}” is context", *got.steps))
        if isinstance(got, Told):
            return got
    return None


def _read(text: str, world: World, before: Understood | None = None, *, mend: bool = False) -> Reading:
    try:
        draft = drafted(text, world, before, mend=mend)
        return complete(draft)
    except Stop as stop:
        return stop.reading


def complete(draft: Draft) -> Understood:
    """The reading of a draft in which every word was read; with what was read in place of what. Raises Stop."""
    draft.world.deadline.check()
    understood = assemble(draft)
    draft.world.deadline.check()
    check(draft)
    return replace(understood, echoes=tuple(dict.fromkeys(draft.tagged.echoes)))


def drafted(text: str, world: World, before: Understood | None = None, *, mend: bool = False) -> Draft:
    """What all rules make of a question, before it becomes a query. Raises Stop."""
    calendar = Calendar(world.as_of, world.directory.first_day, world.fiscal_start)
    draft = Draft(world, calendar, tag(text, world, calendar, mend=mend), before)
    for stage in STAGES:
        world.deadline.check()
        stage(draft)
    return draft
