"""How each source is doing, as a message: a paragraph a source, what to do below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import Block

from bot.questions.periods.labels import range_label
from bot.slack.blocks.parts import Message, context, section, sections
from bot.sources.syncing.overview import FAILING, LACKING, OFF, WELL, SourceOverview, summary, told_days
from bot.text import escape

NONE_ON = "No source is set up yet. Whoever runs Fulcrum sets the key of one; `fulcrum sources` names them all."
FOR_ADMINS = "What failed and what to do about it is told to admins."
SIGNS = {WELL: ":white_check_mark:", FAILING: ":x:", LACKING: ":warning:"}
ELSE_SIGN = ":hourglass_flowing_sand:"


def overview_message(found: Sequence[SourceOverview], admin: bool) -> Message:
    """Those that are on, each with its state; to an admin also what failed and what to do, and which are off."""
    on = [source for source in found if source.state != OFF]
    if not on:
        return Message(text=NONE_ON, rich=tuple(sections(NONE_ON)), plain=tuple(sections(NONE_ON)))
    text = summary([(source.label, source.state) for source in on])
    blocks: list[Block] = [section(f"*{escape(text)}*"), *(block for source in on for block in _blocks(source, admin))]
    if admin:
        off = ", ".join(escape(source.label) for source in found if source.state == OFF)
        blocks += [context(f"Not set up: {off}.")] if off else []
    elif any(source.errors for source in on):
        blocks.append(context(FOR_ADMINS))
    return Message(text=text, rich=tuple(blocks), plain=tuple(blocks))


def _blocks(source: SourceOverview, admin: bool) -> Iterator[Block]:
    sign = SIGNS.get(source.state, ELSE_SIGN)
    yield section(f"{sign} *{escape(source.label)}*: {source.state}\n{' · '.join(_facts(source))}")
    if admin and (said := [*source.errors, *filter(None, [source.todo])]):
        yield context("\n".join(map(escape, said)))


def _facts(source: SourceOverview) -> Iterator[str]:
    last = source.last
    yield f"last sync {range_label(last.date(), last.date())}, {last:%H:%M} UTC" if last else "never synced"
    yield f"{source.rows:,} rows" + (f", {source.elsewhere:,} of them counted elsewhere" if source.elsewhere else "")
    if source.newest:
        yield f"newest day {range_label(source.newest, source.newest)}"
    if source.gaps:
        yield f"missing {told_days(source.gaps, range_label)}"
