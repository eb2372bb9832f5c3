"""All guards in order: the first that objects stops the answer."""

from __future__ import annotations

from collections.abc import Callable

from bot.questions.guards import (
    added,
    amounts,
    conditions,
    counts,
    figures,
    kinds,
    names,
    replies,
    shapes,
    turns,
    words,
)
from bot.questions.guards.scene import Scene
from bot.questions.reading import Reading

Guard = Callable[[Scene], Reading | None]

# What holds whatever became of the message.
BEFORE: tuple[Guard, ...] = (conditions.unrecorded, amounts.clock_times, names.unknown_names)
# What a query has to account for.
AFTER: tuple[Guard, ...] = (
    turns.money_by_class,
    turns.divided,
    names.passed_over,
    names.parts_of_names,
    names.twice_read,
    amounts.held_against,
    amounts.numbers,
    amounts.periods,
    turns.left_out,
    words.unknown_words,
    replies.follows_something,
    replies.pointed_back,
    counts.figure_named,
    counts.days_said,
    counts.people_counted,
    counts.nothing_named,
    counts.shares_of_modes,
    counts.outcomes_counted,
    counts.agents_counted,
    counts.own_people,
    figures.figure_said,
    figures.money_said,
    figures.share_said,
    kinds.values_said,
    kinds.lists_said,
    kinds.heads_said,
    kinds.names_said,
    figures.grain_said,
    figures.direction_said,
    figures.comparison_said,
    figures.order_said,
    shapes.divided_by,
    shapes.ratio_said,
    shapes.day_said,
    shapes.share_of_people,
    shapes.one_over_another,
    added.unasked,
)


def objection(scene: Scene, guards: tuple[Guard, ...]) -> Reading | None:
    """What the first guard that objects says. Raises TookTooLong."""
    for guard in guards:
        scene.world.deadline.check()
        found = guard(scene)
        if found is not None:
            return found
    return None
