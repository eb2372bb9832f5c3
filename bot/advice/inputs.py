"""From the catalogue, the work facts, the owner's values and the defaults to the inputs of the formula, each graded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TypeVar

from bot.advice.defaults import (
    ACCESS,
    DATA_READY,
    DETECTED,
    EASE,
    HARM_MINUTES,
    REVERSIBLE,
    REVIEW,
    ROUTING,
    Activity,
    activity_of,
    prior_of,
)
from bot.advice.evidence import FEWEST_RUNS, Evidence
from bot.advice.values import Given, Grade, Inputs
from bot.statistics.draws import Triangle
from storage.answer.workload import WeekOfWork
from storage.keep.advice import OwnerValue
from storage.records import WorkflowRecord

T = TypeVar("T")
MINUTES, ROUTED = "minutes by hand", "share of runs routed"
NUMBERS = ("minutes", "briefing", "review", "volume")  # what an owner can put in, beside the words below
WORDS: Mapping[str, tuple[str, ...]] = {
    "error_class": ("1", "2", "3", "4", "5"),
    "exposure": ("E0", "E1", "E2"),
    "verifiable": ("auto", "yes", "partly", "no"),
    "reversible": ("yes", "partly", "no"),
    "data_ready": ("yes", "partly", "no"),
}
TEXTS = ("intent", "constraints", "done_check", "stop_and_ask_when")
FEWEST_ITEMS = 5  # by hand, from which on their minutes are a measurement
MOST_ROUTED = 40  # runs of a trial that count beside what is assumed: the next team is not this one
SOURCES = {Grade.B: "work facts of eight weeks", Grade.C: "catalogue", Grade.D: "default of its activity"}


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkFacts:
    """What eight weeks of work say: runs a week, the part AI has in them, minutes by hand, and in hours of
    people a week what was done by hand, all of it, and what they spent beside AI (briefing, review, redoing)."""

    volume: float | None = None
    ai_share: float = 0.0
    minutes: Triangle | None = None
    hand_hours: float = 0.0
    spent_hours: float = 0.0
    beside_hours: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A workflow ready to be gated and scored."""

    activity: Activity
    inputs: Inputs
    volume: float | None
    error_class: int
    reversible: str
    verifiable: str
    given: tuple[Given, ...]

    @property
    def grade(self) -> Grade:
        """D where anything is assumed, else that of the minutes: nothing is better known than the work itself.

        The share routed is left out: before a trial it is the same guess for all, with its width in the interval.
        """
        return Grade.D if self.assumed else next(given.grade for given in self.given if given.name == MINUTES)

    @property
    def assumed(self) -> list[str]:
        """The inputs that nobody gave."""
        return [given.name for given in self.given if given.grade is Grade.D and given.name != ROUTED]


def facts_of(rows: Sequence[WeekOfWork], weeks: float) -> WorkFacts:
    """What a workflow's weeks come to."""
    items = sum(row.items for row in rows)
    hand = [row for row in rows if row.mode == "human" and row.items]
    timed = [row for row in hand if row.timed]
    if not items or not weeks:
        return WorkFacts()
    done, counted = sum(row.items for row in hand), sum(row.timed for row in timed)
    minutes = sum(row.minutes for row in hand)
    beside = sum(row.minutes for row in rows if row.mode != "human")
    return WorkFacts(
        volume=items / weeks,
        ai_share=1 - done / items,
        minutes=(
            _triangle(minutes / counted, [row.minutes / row.timed for row in timed])
            if counted >= FEWEST_ITEMS
            else None
        ),
        hand_hours=minutes / 60 / weeks,
        spent_hours=sum(row.minutes for row in rows) / 60 / weeks,
        beside_hours=beside / 60 / weeks,
    )


def prepare(
    record: WorkflowRecord,
    facts: WorkFacts,
    owner: Mapping[str, OwnerValue],
    evidence: Evidence | None = None,
    routed: tuple[int, int] = (0, 0),
) -> Prepared:
    """The inputs: facts first, then what the owner put in, then the catalogue, then the default of the activity."""
    activity = activity_of(record.activity)
    evidence = evidence or Evidence()
    said: dict[str, Given] = {}
    minutes = _minutes(record, facts, owner, activity, said, evidence)
    volume = _volume(facts, owner, said)
    words = {name: _word(name, record, owner, default, said) for name, default in _defaults(activity).items()}
    briefing = _part("briefing", owner, activity.briefing.times(minutes.mode), said)
    review = _part("review", owner, REVIEW[words["verifiable"]].times(minutes.mode), said)
    error_class = int(words["error_class"])
    linked = words["data_ready"] == "yes"
    detected = DETECTED[EASE[words["verifiable"]]]
    inputs = Inputs(
        key=record.name,
        volume=volume or 0.0,
        ai_share=facts.ai_share,
        exposure={"E0": 0.0, "E1": 1.0, "E2": 1.0 if linked else 0.5}[words["exposure"]],
        minutes=minutes,
        briefing=briefing,
        review=review,
        prior=prior_of(activity, minutes.mode),
        successes=evidence.accepted,
        verified=evidence.verified,
        routing=_routing(routed, said),
        missed=(1 - detected) * HARM_MINUTES[error_class],
        access=ACCESS[words["data_ready"]],
    )
    return Prepared(
        activity=activity,
        inputs=inputs,
        volume=volume,
        error_class=error_class,
        reversible=words["reversible"],
        verifiable=words["verifiable"],
        given=tuple(said.values()),
    )


def shown(tried: tuple[int, int]) -> tuple[float, float]:
    """The Beta of a share that trials showed, so many of so many, beside what is assumed of any."""
    some, of = tried
    weight = min(1.0, MOST_ROUTED / of) if of else 0.0
    return ROUTING[0] + weight * some, ROUTING[1] + weight * (of - some)


def _routing(routed: tuple[int, int], said: dict[str, Given]) -> tuple[float, float]:
    """u, the share of the runs still done by hand that the team really hands over.

    Observed is only what its own trials showed: of the runs that were by hand before, so many went to AI. The share
    that AI has anyway (s) is not u: the formula takes 1 − s off first, and to count it again would count it twice.
    Where no trial has ended, the default of any workflow is assumed, and graded D.
    """
    some, of = routed
    if of:
        said[ROUTED] = Given(name=ROUTED, value=f"{some / of:.0%} in its trials", grade=Grade.B, source="its trials")
    else:
        value = f"about {ROUTING[0] / sum(ROUTING):.0%}"
        said[ROUTED] = Given(name=ROUTED, value=value, grade=Grade.D, source="default of any workflow")
    return shown(routed)


def triangle_of(text: str) -> Triangle:
    """ "25", "15-45" or "15, 25, 45" as a triangle. Raises ValueError for anything else."""
    numbers = [float(part) for part in text.replace("–", "-").replace("-", ",").replace(";", ",").split(",")]
    if len(numbers) == 1:
        numbers = [numbers[0] * 0.7, numbers[0], numbers[0] * 1.5]
    if len(numbers) == 2:
        numbers.insert(1, sum(numbers) / 2)
    if len(numbers) != 3 or not 0 < numbers[0] <= numbers[2] <= 10_000:
        raise ValueError("a triangle has one, two or three numbers, all above 0")
    return Triangle(*numbers)


def _triangle(mean: float, weekly: Sequence[float]) -> Triangle:
    """The weeks' extremes with the mode that gives the mean, where there is one."""
    low, high = min(*weekly, mean), max(*weekly, mean)
    return Triangle(low, min(max(3 * mean - low - high, low), high), high)


def _defaults(activity: Activity) -> dict[str, str]:
    return {
        "error_class": str(activity.error_class),
        "exposure": activity.exposure,
        "verifiable": activity.verifiable,
        "reversible": REVERSIBLE,
        "data_ready": DATA_READY,
    }


def _minutes(
    record: WorkflowRecord,
    facts: WorkFacts,
    owner: Mapping[str, OwnerValue],
    activity: Activity,
    said: dict[str, Given],
    evidence: Evidence,
) -> Triangle:
    if facts.minutes:
        grade = Grade.A if evidence.verified >= FEWEST_RUNS else Grade.B
        return _keep(said, MINUTES, facts.minutes, grade, SOURCES[Grade.B])
    if found := _owned("minutes", owner, triangle_of):
        return _keep(said, MINUTES, found, Grade.C, _who(owner["minutes"]))
    low, mode, high = record.minutes_low, record.minutes_mode, record.minutes_high
    known = [minutes for minutes in (low, mode, high) if minutes is not None and minutes > 0]
    if known:
        mode = mode or fmean(known)
        return _keep(said, MINUTES, Triangle(min(*known, mode), mode, max(*known, mode)), Grade.C, SOURCES[Grade.C])
    return _keep(said, MINUTES, activity.minutes, Grade.D, SOURCES[Grade.D])


def _volume(facts: WorkFacts, owner: Mapping[str, OwnerValue], said: dict[str, Given]) -> float | None:
    name = "runs a week"
    if facts.volume is not None:
        said[name] = Given(name=name, value=f"{facts.volume:,.1f}", grade=Grade.B, source=SOURCES[Grade.B])
        return facts.volume
    found = _owned("volume", owner, float)
    if found is not None:
        said[name] = Given(name=name, value=f"{found:,.1f}", grade=Grade.C, source=_who(owner["volume"]))
        return found
    said[name] = Given(name=name, value="unknown", grade=Grade.D, source="no work is recorded")
    return None


def _part(name: str, owner: Mapping[str, OwnerValue], default: Triangle, said: dict[str, Given]) -> Triangle:
    found = _owned(name, owner, triangle_of)
    if found:
        return _keep(said, f"{name} minutes", found, Grade.C, _who(owner[name]))
    return _keep(said, f"{name} minutes", default, Grade.D, SOURCES[Grade.D])


def _word(
    name: str, record: WorkflowRecord, owner: Mapping[str, OwnerValue], default: str, said: dict[str, Given]
) -> str:
    label = name.replace("_", " ")
    mine = owner.get(name)
    if mine and mine.value in WORDS[name]:
        said[label] = Given(name=label, value=mine.value, grade=Grade.C, source=_who(mine))
        return mine.value
    listed = str(getattr(record, name) or "")
    if listed in WORDS[name]:
        said[label] = Given(name=label, value=listed, grade=Grade.C, source=SOURCES[Grade.C])
        return listed
    said[label] = Given(name=label, value=default, grade=Grade.D, source=SOURCES[Grade.D])
    return default


def _owned(name: str, owner: Mapping[str, OwnerValue], read: Callable[[str], T]) -> T | None:
    mine = owner.get(name)
    try:
        return read(mine.value) if mine and mine.value else None
    except ValueError:
        return None


def _keep(said: dict[str, Given], name: str, triangle: Triangle, grade: Grade, source: str) -> Triangle:
    said[name] = Given(
        name=name,
        value=f"{triangle.low:,.0f} to {triangle.high:,.0f}, mostly {triangle.mode:,.0f}",
        grade=grade,
        source=source,
    )
    return triangle


def _who(value: OwnerValue) -> str:
    return f"put in on {value.at:%Y-%m-%d}"
