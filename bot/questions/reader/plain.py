"""What words say by themselves stands, whatever the network makes of them: recorded days, modes, times like names."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from bot.questions.finders.marks import Marked, Mention
from bot.questions.periods import PeriodMatch
from bot.questions.reader.choices import Choices, Role
from bot.questions.reading import World
from storage.catalogue import DIMENSIONS

BEFORE_TIMES = frozenset(("in", "since", "during", "until", "till", "through", "throughout"))
MODES = frozenset(("chat", "completion", "agent", "human", "assisted"))


def settled(marked: Marked, chosen: Choices, world: World) -> Choices:
    """The choices with what is plain in the message in their place."""
    heads, sure = dict(chosen.heads), dict(chosen.sure)
    if _refused_for_days(chosen) and _names_recorded_days(marked, world):
        heads |= {"status": "figures", "topic": "none"}
    modes = _modes(marked)
    if len(modes) == 1 and heads["group"] != "mode" and "|" not in heads["of_mode"]:
        heads["of_mode"], sure["of_mode"] = next(iter(modes)), 1.0
    roles = [
        Role("ignore", 1.0) if _is_a_time(mention, marked) else role
        for mention, role in zip(marked.mentions, chosen.roles, strict=True)
    ]
    return replace(chosen, heads=heads, sure=sure, roles=roles)


def _is_a_time(mention: Mention, marked: Marked) -> bool:
    """ "in June 2026" is no colleague called June."""
    said = mention.said.casefold().split()
    if mention.kind != "person" or mention.context or not said:
        return False
    beside = any(other.kind == "period" and other.said == mention.said for other in marked.mentions)
    return beside and (said[0] in BEFORE_TIMES or any(word.isdigit() for word in said))


def _refused_for_days(chosen: Choices) -> bool:
    return chosen.heads["topic"] == "period" and chosen.heads["status"] in ("no_data", "clarify")


def _names_recorded_days(marked: Marked, world: World) -> bool:
    said = [mention.match for mention in marked.mentions if mention.kind == "period" and not mention.context]
    day, first = (said[0] if len(said) == 1 and not marked.problem else None), world.directory.first_day
    return isinstance(day, PeriodMatch) and not day.future and first is not None and day.period.end >= first


def _modes(marked: Marked) -> set[str]:
    """The modes that are called by the word itself: "mode assisted", "agent mode"."""
    word = DIMENSIONS["mode"].label
    words = [part if isinstance(part, str) else "" for part, _ in marked.here]
    return {other for pair in pairwise(words) if word in pair for other in pair if other in MODES}
