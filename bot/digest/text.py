"""The words of a digest: at most 120, the state first; every figure in them is one of the digest's own."""

from __future__ import annotations

from collections.abc import Sequence

from bot.digest.value import Breadth, Correction, Digest, DigestState, Mover
from bot.digest.week import WORKDAYS, Week
from bot.figures import plural, points, short, signed
from bot.statistics.weekly import FEWEST_WEEKS, Usual
from storage.catalogue import Unit, metric

MAX_WORDS = 120
APART = 0.01  # of the cost, from which on what is a head is not of all of it
SMALL_TEAM = 20  # below it only a large change stands out from chance
MAX_NAME = 40
VOLUME_ONLY = "Volume only; it says nothing of value."
VERDICTS = {
    Breadth.TEAM_WIDE: "across the team",
    Breadth.FEW: "driven by a few people or one pipeline",
    Breadth.A_LITTLE: "most people a little, the total not unusual yet",
}
QUALITY_WORDS = {"success_rate": "of work items accepted", "acceptance_rate": "of suggestions accepted"}


def words(digest: Digest, notes: Sequence[str] = ()) -> str:
    """The top message; `notes` are what its sender has to say (late, an earlier one that did not come)."""
    lines = [_lead(digest), *([] if digest.unused else _changes(digest))]
    tail = [*notes, *map(correction_line, digest.corrections)]
    last = " ".join(sentence for sentence in (_action(digest), _confidence(digest)) if sentence)
    while True:
        text = "\n".join([*lines, *tail, last])
        if len(text.split()) <= MAX_WORDS:
            return text
        # The reasons give way first, then the smaller movers, then what is said of other weeks.
        if not _shorten(lines, tail):
            return _cut(text)


def _lead(digest: Digest) -> str:
    parts = [f"{digest.week.short_name}, {_scope(digest)}: {_state(digest)}."]
    if digest.hidden:
        parts.append("Its figures are hidden: the group is small, or too few of it use AI.")
    elif digest.state is DigestState.INCOMPLETE:
        parts.append(_withheld(digest))
    elif digest.unused:
        parts.append(_unused(digest))
    elif digest.value is None:
        parts.append("Nothing is recorded for it.")
    else:
        parts += [_headline(digest, digest.value), _cost(digest), _quality(digest)]
    if digest.sustained and not digest.hidden:
        side = "above" if digest.sustained.above else "below"
        since = digest.sustained.since.short_name
        parts.append(f"Since {since} it lies {side} what it was: {digest.sustained.weeks} weeks in a row.")
    if digest.workdays < WORKDAYS and not digest.running:
        parts.append(_holidays(digest))
    if digest.away and not digest.running:
        parts.append("Over a quarter of its people were on holiday: shown, not compared.")
    if digest.concentrated:
        parts.append("One person is over half of it.")
    if digest.provisional and not digest.running:
        parts.append("Provisional.")
    return " ".join(part for part in parts if part)


def _holidays(digest: Digest) -> str:
    days = f"({digest.workdays} of {WORKDAYS} workdays)"
    return f"Short week {days}: shown, not compared." if digest.short else f"Holiday week {days}."


def _scope(digest: Digest) -> str:
    name = _name(digest.team) if digest.team else "whole organisation"
    return f"{name} ({round(digest.people):,} people)" if digest.people is not None else name


def _state(digest: Digest) -> str:
    if digest.hidden:
        return "no figures"
    if digest.state is DigestState.INCOMPLETE:
        return "the week is still running" if digest.running else "data incomplete"
    if digest.unused:
        return "no AI activity recorded"
    if digest.state is DigestState.FORMING:
        return f"baseline forming ({digest.weeks} of {FEWEST_WEEKS} weeks)"
    if digest.state is DigestState.CHANGED:
        return _changed(digest.movers)
    if digest.short or digest.away:
        return "a short week" if digest.short else "a holiday week for many"
    if digest.people is not None and digest.people < SMALL_TEAM:
        return "nothing stands out, but too small a team to tell"
    # A week like the ones before it is no normal one where all of them lie off what was usual.
    return "no new change" if digest.sustained else "a normal week"


def _changed(movers: Sequence[Mover]) -> str:
    """What is new is a change; what has been off its usual range for weeks is a drift that goes on."""
    new = [mover for mover in movers if mover.since is None]
    if not new:
        first = min(mover.since.monday for mover in movers if mover.since)
        return f"a drift since {Week(first).short_name} goes on"
    told = "one real change" if len(new) == 1 else f"{len(new)} real changes"
    return told if len(new) == len(movers) else f"{told}, and a drift goes on"


def _withheld(digest: Digest) -> str:
    if digest.running:
        return "Its figures come when it is over."
    return f"{'; '.join(digest.broken[:2])}. Figures of use are withheld, not zero."


def _headline(digest: Digest, value: float) -> str:
    measure = metric("tokens_per_employee")
    said = f"{short(value, measure.unit)} {measure.label}"
    # What is told as risen from almost nothing has no usual range to stand beside.
    from_nothing = any(mover.near_zero and mover.metric == measure.name and not mover.labels for mover in digest.movers)
    usual = f", usually {span_words(digest.usual, measure.unit)}" if digest.usual and not from_nothing else ""
    return f"{said}{usual}."


def _cost(digest: Digest) -> str:
    a_head = digest.figures.get("cost_per_employee")
    if digest.cost is None:
        return ""
    if a_head is None:
        return f"Cost {short(digest.cost, Unit.USD)}."
    # What product inference costs is in the sum and nobody's: the two would not fit together.
    product = digest.cost - a_head * (digest.people or 0) > APART * digest.cost
    left_out = " without product inference" if product else ""
    return f"Cost {short(digest.cost, Unit.USD)}, {short(a_head, Unit.USD)} per employee{left_out}."


def _unused(digest: Digest) -> str:
    measure = metric("tokens_per_employee")
    usual = f" Usually {span_words(digest.usual, measure.unit)} {measure.label}." if digest.usual else ""
    return f"{'All of its sources report.' if digest.sources[1] else 'No use is on record.'}{usual}"


def _quality(digest: Digest) -> str:
    if digest.quality is None:
        return VOLUME_ONLY
    return f"{short(digest.quality.value, Unit.FRACTION)} {QUALITY_WORDS[digest.quality.metric]}."


def span_words(usual: Usual, unit: Unit) -> str:
    """A usual range to be read in passing; a share never passes the whole."""
    high = min(usual.high, 1.0) if unit is Unit.FRACTION else usual.high
    return f"{short(usual.low, unit)} to {short(high, unit)}"


def _changes(digest: Digest) -> list[str]:
    lines = [_moved(mover) for mover in digest.movers]
    return [*lines, *([_why(digest.movers[0])] if digest.movers else [])]


def _moved(mover: Mover) -> str:
    measure = metric(mover.metric)
    direction = "rose" if mover.value > mover.usual.centre else "fell"
    of = f" of {_name(mover.labels['team'])}" if "team" in mover.labels else ""
    start = " from almost nothing" if mover.near_zero else ""
    word = f"Drift since {mover.since.short_name}" if mover.since else "Changed"
    further = " further" if mover.since else ""
    said = f"{word}: {measure.label}{of} {direction}{further}{start} to {short(mover.value, measure.unit)}"
    said += "" if mover.near_zero else f" (usually {span_words(mover.usual, measure.unit)})"
    # A share of people is moved by single people by its nature; of nobody, it is the same for everybody.
    told = mover.metric != "adoption_rate" and mover.value > 0
    return f"{said}, {VERDICTS[mover.verdict]}." if told else f"{said}."


def _why(mover: Mover) -> str:
    change = mover.value - mover.usual.centre
    unit = metric(mover.metric).unit
    found = next((cause for cause in mover.why if cause.contribution * change > 0), None)
    parts = [f"mostly {found.factor} ({_signed(found.contribution, unit)})"] if found else ["unknown"]
    if mover.coincides:
        parts.append(f"coincides with {_name(mover.coincides[0])}")
    return f"Why: {'; '.join(parts)}."


def _signed(value: float, unit: Unit) -> str:
    return f"{'−' if value < 0 else '+'}{points(value)}" if unit is Unit.FRACTION else signed(value, unit)


def correction_line(correction: Correction) -> str:
    """ "Correction to W45: tokens per employee 1.71 M → 1.92 M." """
    restated = restated_words(correction.metric, correction.old, correction.new)
    return f"Correction to {correction.week.short_name}: {restated}."


def restated_words(name: str, old: float | None, new: float) -> str:
    """A figure told earlier, and what it is now."""
    measure = metric(name)
    told = "withheld" if old is None else short(old, measure.unit)
    return f"{measure.label} {told} → {short(new, measure.unit)}"


def _action(digest: Digest) -> str:
    action = digest.action
    if action is None:
        return "No action this week."
    low, most, high = (short(size, Unit.HOURS) for size in (action.p10, action.p50, action.p90))
    grade = f", grade {action.grade}" if action.grade else ""
    hours = f"about {most} h a week ({low} to {high}{grade})"
    return f"Try next: {_name(action.workflow)} ({_name(action.team)}), {action.stage} stage, {hours}."


def _confidence(digest: Digest) -> str:
    whole, sources = digest.sources
    parts = [] if digest.coverage is None else [f"{digest.coverage:.0%} attributed"]
    parts += [f"{whole} of {plural(sources, 'source')} complete"] if sources else []
    return f"Confidence {digest.confidence}{': ' if parts else ''}{', '.join(parts)}."


def _name(name: str) -> str:
    flat = " ".join(name.split())
    return flat if len(flat) <= MAX_NAME else flat[: MAX_NAME - 1].rstrip() + "…"


def _shorten(lines: list[str], tail: list[str]) -> bool:
    if len(lines) > 2:
        lines.pop()
        return True
    if len(tail) > 1:
        tail.pop()
        return True
    return False


def _cut(text: str) -> str:
    return " ".join(text.split()[: MAX_WORDS - 1]) + " …"
