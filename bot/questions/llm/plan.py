"""From the calls of a model to readings: grounded in the question, resolved by code, checked like any other query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.questions.llm import refusals
from bot.questions.llm.failure import ModelFailure
from bot.questions.llm.linking import Linked
from bot.questions.llm.pressed import STEP, about, option
from bot.questions.llm.queries import query_of
from bot.questions.llm.schema import check as keeps_to
from bot.questions.llm.tools import ASK, BY_NAME, DECLINE, MOST_CALLS, OFFLOAD, CheckedCall
from bot.questions.llm.values import MY_TEAM, Elsewhere, read_filters
from bot.questions.llm.when import Doubtful, place, read_times
from bot.questions.llm.wire import ToolCall, parsed
from bot.questions.llm.words import CallReading, check
from bot.questions.periods import Calendar
from bot.questions.reading import Impossible, Reading, Unclear, Understood, World
from bot.questions.tokens import tokenise
from storage.answer.validate import checked
from storage.errors import InvalidQuery


@dataclass(frozen=True, slots=True)
class PlanInputs:
    """What a plan is made for."""

    linked: Linked
    world: World
    calendar: Calendar
    before: Understood | None = None


def readings_of(calls: Sequence[ToolCall], asked: PlanInputs) -> tuple[Reading, ...]:
    """The readings of the calls. Raises ModelFailure, with words to mend it by, where one of them is not sound."""
    said = [_checked(call) for call in calls]
    if asked.linked.refused is not None and any(call.tool != OFFLOAD for call in said):
        return (asked.linked.refused,)
    if not said:
        raise ModelFailure("a reply without a call")
    if len(said) > MOST_CALLS:
        raise ModelFailure(f"more than {MOST_CALLS} calls")
    declined = next((call for call in said if call.tool == DECLINE), None)
    if declined is not None:
        if len(said) > 1:
            raise ModelFailure("decline stands alone")
        return (refusals.declined(str(declined.get("reason")), STEP),)
    back = next((call for call in said if call.tool == ASK), None)
    try:
        reads = [_read(call, asked) for call in said if call.tool != ASK]
    except (Elsewhere, Doubtful) as stop:
        return (replace(stop.reading, steps=(STEP,)),)
    if back is not None:
        return (_asked_back(back, reads, asked),)
    return _confirmed(reads, asked)


def _checked(call: ToolCall) -> CheckedCall:
    tool = BY_NAME.get(call.tool)
    if tool is None:
        raise ModelFailure("a call of an unknown tool")
    said = parsed(call.arguments)
    keeps_to(said, tool.parameters, tool.name)
    return CheckedCall(tool.name, said)


def _read(call: CheckedCall, asked: PlanInputs) -> CallReading:
    asked.world.deadline.check()
    linked = asked.linked
    tokens = linked.tokens
    words = [token.text for token in tokenise(linked.said(str(call.get("part")))).tokens]
    part = place(words, tokens) if words else range(len(tokens))
    if part is None:
        raise ModelFailure("a part that is no part of the question")
    filters, personal = read_filters(call.get("filters"), linked, asked.world)
    times = read_times(call, linked, asked.calendar, asked.before)
    understood = query_of(call, filters, times)
    try:
        checked(understood.query)
    except InvalidQuery as error:
        raise ModelFailure(str(error)) from error
    return CallReading(
        replace(understood, personal=personal),
        times,
        part,
        _claims(call, asked),
        own_team=any(MY_TEAM in condition["values"] for condition in call.get("filters")),
    )


def _claims(call: CheckedCall, asked: PlanInputs) -> tuple[tuple[range, str], ...]:
    claims = []
    for read in call.get("words_read"):
        words = [token.text for token in tokenise(read["words"]).tokens]
        span = place(words, asked.linked.tokens)
        if span is None:
            raise ModelFailure("words_read holds words that the question does not")
        claims.append((span, str(read["means"])))
    return tuple(claims)


def _confirmed(reads: Sequence[CallReading], asked: PlanInputs) -> tuple[Reading, ...]:
    asked.world.deadline.check()
    found = check(asked.linked, reads, asked.world, asked.before)
    if found.added:
        raise ModelFailure(f"nothing in the question asks for that: {found.added}")
    readings = [replace(read.understood, steps=(STEP, f"query: {read.understood.query.to_json()}")) for read in reads]
    if isinstance(found.stopped, Impossible):
        return (replace(found.stopped, steps=(STEP, *found.stopped.steps)),)
    if found.stopped is not None:
        text = f"{found.stopped.text} Without it I read:"
        options = tuple(option(reading, asked.world.directory) for reading in readings)
        named = found.stopped.about or about(readings, asked.world)
        steps = (STEP, *found.stopped.steps)
        return (Unclear(text=text, options=options, about=named, steps=steps),)
    echoes = tuple(dict.fromkeys((*asked.linked.marked.echoes, *found.echoes)))
    return (replace(readings[0], echoes=echoes), *readings[1:])


def _asked_back(call: CheckedCall, reads: Sequence[CallReading], asked: PlanInputs) -> Unclear:
    words = tokenise(asked.linked.said(str(call.get("words")))).tokens
    span = place([word.text for word in words], asked.linked.tokens)
    said = ""
    if span is not None:
        tokens = asked.linked.tokens
        said = asked.linked.clean[tokens[span.start].start : tokens[span.stop - 1].end]
    sound = [read for read in reads if not check(asked.linked, [read], asked.world, asked.before).added]
    options = tuple(option(reading.understood, asked.world.directory) for reading in sound)
    named = about([reading.understood for reading in sound], asked.world)
    return Unclear(text=refusals.doubt(str(call.get("about")), said), options=options, about=named, steps=(STEP,))
