"""The check every reading of a model has to pass: the guards of the trained reader, over what its calls say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.questions.finders.marking import mark
from bot.questions.finders.marks import Marked, Mention
from bot.questions.guards.added import unasked
from bot.questions.guards.check import AFTER, objection
from bot.questions.guards.counts import figure_named
from bot.questions.guards.figures import direction_said, figure_said, grain_said
from bot.questions.guards.scene import Choice, Scene
from bot.questions.guards.words import unknown_words
from bot.questions.lexicon.tables import entry
from bot.questions.llm.linking import Linked
from bot.questions.llm.when import CallPeriods
from bot.questions.reading import Impossible, Intent, Reading, Unclear, Understood, World
from storage.catalogue import METRICS
from storage.query import Query

_MENDED = (figure_named, unasked, grain_said, figure_said, direction_said)  # what a model may say better when told


@dataclass(frozen=True, slots=True)
class CallReading:
    """A call as read: its query, times, its stretch of the question, and what it takes unplain words for."""

    understood: Understood
    times: CallPeriods
    part: range
    claims: tuple[tuple[range, str], ...] = ()
    own_team: bool = False


@dataclass(frozen=True, slots=True)
class WordCheck:
    """What stops the calls, or what of a call no word asks for; `echoes` say what unplain words were taken for."""

    stopped: Unclear | Impossible | None = None
    added: str = ""
    echoes: tuple[str, ...] = ()


def check(linked: Linked, reads: Sequence[CallReading], world: World, before: Understood | None) -> WordCheck:
    """Whether the calls say what the question says. Words inside a call's part are that call's alone to use."""
    echoes: list[str] = []
    for read in reads:
        said, claimed = _said(linked, read)
        echoes += [f"read “{words}” as {_label(read.understood.query)}" for words in claimed]
        scene = _scene(mark(said, world), read.understood, world, before)
        found = objection(scene, _MENDED if not claimed else tuple(set(_MENDED) - {figure_said, figure_named}))
        if found is not None:
            return WordCheck(added=found.steps[0])
        stopped = objection(scene, tuple(guard for guard in AFTER if guard not in _MENDED))
        if isinstance(stopped, Unclear | Impossible):
            return WordCheck(stopped)
    left = _left_over(linked, reads, world)
    return WordCheck(left, echoes=tuple(dict.fromkeys(echoes)))


def _said(linked: Linked, read: CallReading) -> tuple[str, list[str]]:
    """A call's stretch of the question without the words that it may take for something, and those words."""
    allowed = frozenset(entry("asked", "may be claimed").words)
    claimed = [span for span, what in read.claims if what == "metric" and _words(linked, span) <= allowed]
    gone = {at for span in claimed for at in span}
    out, at = "", None
    for index in read.part:
        token = linked.tokens[index]
        gap = "" if at is None else linked.clean[at : token.start]
        out, at = out + gap + ("" if index in gone else token.raw), token.end
    return out, [" ".join(linked.tokens[index].raw for index in span) for span in claimed]


def _words(linked: Linked, span: range) -> set[str]:
    return {linked.tokens[index].text for index in span}


def _left_over(linked: Linked, reads: Sequence[CallReading], world: World) -> Unclear | None:
    """A word outside every call's part that means nothing here."""
    covered = {at for read in reads for at in read.part}
    rest = " ".join(token.raw for at, token in enumerate(linked.tokens) if at not in covered)
    found: Reading | None = unknown_words(_scene(mark(rest, world), None, world, None)) if rest else None
    return found if isinstance(found, Unclear) else None


def _scene(marked: Marked, found: Understood | None, world: World, before: Understood | None) -> Scene:
    query = found.query if found is not None else None
    roles = tuple("in" if query is not None and _is_used(mention, query) else "ignore" for mention in marked.mentions)
    intent = found.intent if found is not None else Intent.FIGURES
    return Scene(marked, Choice(roles), world, query, before.query if before else None, intent)


def _is_used(mention: Mention, query: Query) -> bool:
    """Whether a mention's value stands in the query."""
    if mention.kind == "number":
        value = float(mention.values[0])
        held = {float(query.limit or 0), *(abs(threshold.value) for threshold in query.having)}
        return bool({value, value / 100} & held)
    if mention.kind == "period":
        return mention.values[0] in (query.period, query.previous)
    held_names = {(condition.dimension, value) for condition in query.filters for value in condition.values}
    held_names |= {("team", value) for value in query.scopes}
    if query.share is not None:
        held_names |= {(condition.dimension, value) for condition in query.share.over for value in condition.values}
    return any((mention.kind, value) in held_names for value in mention.values)


def _label(query: Query) -> str:
    return " and ".join(METRICS[name].label if name in METRICS else name for name in query.metrics)
