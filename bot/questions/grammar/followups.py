"""A message in a thread: a new question, or a change to the one before."""

from __future__ import annotations

from dataclasses import replace

from bot.questions.grammar.draft import Draft, Pick, Stop
from bot.questions.grammar.measures import divided
from bot.questions.grammar.reader import at_the_core, complete, drafted
from bot.questions.grammar.thread_time import thread_period
from bot.questions.grammar.two_turns import both_turns, fewer_rows
from bot.questions.periods import Calendar, previous
from bot.questions.reading import Impossible, Intent, Missing, Reading, Told, Unclear, Understood, World
from storage.catalogue import METRICS, metric
from storage.query import By, Filter, Op, Query

_MARK = (
    r"^(?:ok |okay |so |hm |hmm |great |thanks |thx |cool |nice |, |! |\. )*(?:and|or|but|also|same|only|"
    r"just|now|then|instead|again|rather|plus|what about|how about|what if|"
    r"without|excluding|except|including|with|split|break|by|per|as|in|for|to|not|top|bottom|compare|make it|"
    r"do it|show it|show that|show them|show this|leave|drop|why|is that|is this|"
    r"the same|that|those|them|it|which of|how many of|how much of|who|whose|make that|go by|sort|rank them|"
    r"rank it|limit|add|remove|the)"
)
_BACK = r"(?:instead|same|those|them|that|these|it|again|rather|too|as well|ones|of which|thereof|the two)"
_ALSO = r"further|also|plus|as well|too|together with|add|in addition|additionally|and also|on top|both|along with"
_ECHO = (
    r"same|the same|instead|again|rather|(?:do|make|show|give|split|break|put|display|see|get|run|try|use|"
    r"compare|list|rank) (?:me |us )?(?:it|that|this|them|those|these)|if (?:you|we|i) (?:go|look|do|count|take|"
    r"use|sort|rank)(?: at| by| it)?|go by|of (?:those|these|them|that)|go|swap(?: in| to)?|switch(?: to)?|"
    r"change(?: it| that)?(?: to)?|turn(?: it| that)? into|what if|ones|them|now|so|just|only|keep|leave it at|"
    r"(?<=which )(?:one|ones)|(?<=one )(?:saved|spent|cost|used|made|burned|consumed|accepted|took|had|has|got)|"
    r"(?:keep|hold) (?:it|that|everything|all) (?:as it is|else)|list them|listed"
)


def read_in_thread(text: str, world: World, before: Understood) -> Reading:
    """The reading of a message that has a question before it."""
    first = _read(text, world, before)
    second = _read(text, world, before, mend=True) if isinstance(first, Unclear | Missing) else first
    if isinstance(second, Understood | Told):
        return second
    return at_the_core(text, world, lambda core, mend: _read(core, world, before, mend=mend)) or second


def _read(text: str, world: World, before: Understood, *, mend: bool = False) -> Reading:
    try:
        draft = drafted(text, world, before, mend=mend)
        if _new_question(draft):
            return complete(draft)
        both_turns(draft, before)
        _carry(draft, before)
        fewer_rows(draft, before)
        for found in list(draft.sentence.all(_ECHO)):
            draft.sentence.use(found)
        return complete(draft)
    except Stop as stop:
        alone = _alone(text, world, mend=mend) if isinstance(stop.reading, Unclear | Impossible) else None
        return alone or stop.reading


def _alone(text: str, world: World, *, mend: bool) -> Understood | None:
    """The message as a question of its own, where it names a figure, a time and nothing of the thread."""
    try:
        draft = drafted(text, world, None, mend=mend)
        own = draft.metrics and not draft.defaulted and (draft.compared or draft.groups or draft.grain or draft.picks)
        if not own or draft.sentence.said(_MARK) or draft.sentence.said(_BACK) or draft.sentence.said(_ALSO):
            return None
        return complete(draft)
    except Stop:
        return None


def _new_question(draft: Draft) -> bool:
    """Whether the message says all of a question itself."""
    sentence = draft.sentence
    if not draft.metrics or sentence.has(_MARK) or sentence.has(_BACK):
        return False
    lead = sentence.has(
        r"^(?:ok |so |please |hey |hi |can you |could you |, )*(?:how much|how many|how|what|which|show|give|"
        r"list|tell|who|is|are|did|does|total)"
    )
    said = not draft.defaulted or bool(draft.picks)
    return (lead and said) or (not draft.defaulted and bool(draft.picks or draft.groups))


def _carry(draft: Draft, before: Understood) -> None:
    """Keep of the question before what this message does not name."""
    query, sentence = before.query, draft.sentence
    also = sentence.has(_ALSO)
    for found in list(sentence.all(_ALSO)):
        sentence.use(found)
    _metrics(draft, query, also)
    _names(draft, query, also)
    _grouping(draft, query, also)
    _ranking(draft, query)
    _shares(draft, query)
    _times(draft, query)
    own = before.personal and query.filter_on("person") == Filter("person", (draft.world.asker or "",))
    elsewhere = any(one.dimension in ("person", "team") and one.start >= 0 for one in draft.picks)
    draft.personal = draft.personal or (own and "person" not in draft.widened and not elsewhere)
    if draft.personal or (own and elsewhere):  # the asker's own figures are a filter of their own
        draft.picks = [one for one in draft.picks if one.dimension != "person" or one.start >= 0]
    if draft.intent is Intent.WHY and draft.earlier is None and draft.period is not None:
        draft.earlier = previous(draft.period, Calendar(draft.calendar.as_of))
        draft.change = True
    draft.step("thread", "what is not named is kept from the question before")


def _metrics(draft: Draft, query: Query, also: bool) -> None:
    limited = {one.metric for one in draft.limits if one.metric}
    if draft.metrics and not (limited and set(draft.metrics) <= limited):
        if also and not draft.picks:
            draft.metrics = list(dict.fromkeys((*query.metrics, *draft.metrics)))
        return
    draft.metrics = list(query.metrics)
    rest = draft.sentence.find(r"(?:how many |who )?(?:<do> |<be> )?not(?: <use>| active)?(?: it)?|the rest|the others")
    if rest is not None and draft.metrics[0] in ("active_people", "adoption_rate"):
        draft.metrics = ["inactive_people"]
        draft.sentence.use(rest)
    if draft.per and draft.per not in METRICS:
        draft.metrics = divided(draft, draft.metrics)
    elif draft.per:
        draft.metrics = divided(draft, [*draft.metrics, draft.per])


def _names(draft: Draft, query: Query, also: bool) -> None:
    """A new value replaces the old one of its dimension, unless it is said to be added."""
    kept = [Pick(one.dimension, one.values, one.op) for one in query.filters]
    if also and draft.sentence.said("together|combined|in total|summed|jointly"):
        draft.together = True
        for found in list(draft.sentence.all("together|combined|in total|summed|jointly")):
            draft.sentence.use(found)
    if query.scopes and "team" not in draft.widened:
        kept.append(Pick("team", query.scopes))
        draft.beside = draft.beside or "team"
    kept = [one for one in kept if one.dimension not in draft.widened]
    if not draft.picks and query.filter_on("kind") and draft.sentence.tags("H"):
        people = draft.sentence.tags("H")[0].name
        values = ("employee",) if people == "employee" else ("employee", "contractor") if people == "people" else ()
        draft.picks = [Pick("kind", values, joint=True)] if values else []
    fresh = draft.picks
    if draft.beside_before:
        _beside_the_one_before(draft, kept)
        return
    for new in fresh:
        same = [
            one
            for one in kept
            if one.dimension == new.dimension and (one.op is not Op.NOT_IN or new.op is not Op.NOT_IN)
        ]
        for old in same:
            if new.op is Op.NOT_IN and old.op is not Op.NOT_IN:
                continue
            kept.remove(old)
            if also and new.op is Op.IN and old.op is Op.IN:
                fresh = [replace(one, values=(*old.values, *one.values)) if one is new else one for one in fresh]
                if query.scopes or old.dimension in query.group_by:
                    draft.beside = draft.beside or new.dimension
                else:
                    draft.together = True
            elif new.op is Op.IN and len(new.values) == 1 and draft.beside == new.dimension:
                draft.beside = ""
    draft.picks = [*kept, *fresh]


def _beside_the_one_before(draft: Draft, kept: list[Pick]) -> None:
    """ "vs IT", "put Care next to it": a row for the name before and one for the new."""
    new = next((one for one in draft.picks if one.op is Op.IN), None)
    old = next((one for one in kept if new and one.dimension == new.dimension and one.op is Op.IN), None)
    if new is None or old is None:
        raise draft.ask("Beside what? Name both, such as two teams.")
    kept.remove(old)
    draft.picks = [*kept, replace(new, values=tuple(dict.fromkeys((*old.values, *new.values))))]
    draft.beside, draft.together = new.dimension, False


def _grouping(draft: Draft, query: Query, also: bool) -> None:
    if not draft.groups:
        lone = {one.dimension for one in draft.picks if one.op is Op.IN and one.start >= 0 and len(one.values) == 1}
        side = {one.dimension for one in query.filters if one.op is Op.IN and len(one.values) > 1}
        scoped = {"team"} if query.scopes else set()
        gone = scoped | draft.ungrouped
        draft.groups = [one for one in query.group_by if one not in gone and not (one in lone and one in side)]
    elif also:
        draft.groups = list(dict.fromkeys((*query.group_by, *draft.groups)))
    draft.everyone = draft.everyone or (query.everyone and "person" in draft.groups)
    draft.grain = draft.grain or (
        query.grain.value if query.grain and not draft.average and "grain" not in draft.ungrouped else None
    )
    draft.average = draft.average or (query.average.value if query.average else None)


def _ranking(draft: Draft, query: Query) -> None:
    if query.previous is not None and draft.ranked and draft.shares and query.share is None:
        draft.shares, draft.rank_by = False, By.CHANGE_PCT  # "top 3 in percentage terms"
    grouped = bool(draft.groups or draft.grain or query.scopes or draft.beside)
    if draft.limits or not query.having or list(query.metrics) != draft.metrics:
        pass
    else:
        draft.kept_having = query.having
    if query.order is None or draft.ranked or not grouped:
        return
    draft.ranked, draft.descending = True, query.order.descending
    if query.order.by is not By.LABEL:
        draft.rank_by = query.order.by
    draft.skip = draft.skip or (query.skip if not draft.limit else 0)
    draft.limit = draft.limit or query.limit or 0


def _shares(draft: Draft, query: Query) -> None:
    if query.share is None:
        if draft.shares and not draft.groups and draft.part is None:
            parts = [one for one in draft.picks if one.op is Op.IN and one.dimension != "ledger"]
            draft.part = parts[-1] if parts else None
        _part_of_before(draft, query)
        return
    if not all(metric(name).additive for name in draft.metrics):
        return
    draft.shares = True
    if query.group_by or draft.groups:
        return
    over = {(one.dimension, one.values) for one in query.share.over}
    part = next((one for one in query.filters if (one.dimension, one.values) not in over), None)
    if part is not None:
        draft.part = _same_dimension(draft, part)
        draft.picks = [one for one in draft.picks if one is draft.part or one.dimension != part.dimension]
        whole = next((one for one in query.share.over if one.dimension == part.dimension), None)
        if whole is not None:
            draft.picks.append(Pick(whole.dimension, whole.values, whole.op))


def _part_of_before(draft: Draft, query: Query) -> None:
    """ "what percentage of that was Streets", "what share of Web's tokens is that": the turn before is whole or "
    "part."""
    if not draft.shares or draft.groups:
        return
    fresh = [one for one in draft.picks if one.op is Op.IN and one.start >= 0]
    old = [Pick(one.dimension, one.values, one.op) for one in query.filters]
    if len(fresh) == 1 and draft.sentence.said(r"of (?:that|it|this|those|them|the total|which)"):
        draft.part = fresh[0]
        draft.picks = [*old, fresh[0]]
    elif draft.sentence.said(
        r"(?:is|are|was|were|does|did) (?:that|it|this|those|they)(?: make| represent| amount to)?(?= ?[?.!]*$)"
    ):
        rest = [one for one in old if one.op is Op.IN and one.dimension not in {each.dimension for each in fresh}]
        if len(rest) == 1 and fresh:
            draft.part = rest[0]
            draft.picks = [
                *(one for one in old if one is not rest[0] and one.dimension != fresh[0].dimension),
                *fresh,
                rest[0],
            ]


def _same_dimension(draft: Draft, part: Filter) -> Pick:
    return next(
        (one for one in reversed(draft.picks) if one.dimension == part.dimension),
        Pick(part.dimension, part.values, part.op),
    )


def _times(draft: Draft, query: Query) -> None:
    """The period before, and its comparison, where the message names none."""
    free = Calendar(draft.calendar.as_of)
    if draft.compared or (draft.grain and not draft.ranked):
        return
    thread = thread_period(draft)
    if draft.defaulted and thread is not None:
        draft.period = thread
        if query.previous is not None and not draft.change:
            draft.earlier, draft.change, draft.running = query.previous, True, query.running
            draft.headline = By.CHANGE_PCT
    elif query.previous is not None and draft.period is not None and not draft.change:
        draft.change = True
        draft.earlier = previous(draft.period, free)
        draft.running = draft.period.running and draft.period.unit is not None
        draft.headline = By.CHANGE_PCT
