"""What is assumed where nobody said: one row an activity, one row an error class, one a way to check. All grade D."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.statistics.draws import Triangle

# Bars of execute, audit, autonomous by error class; a stage without one is not for such errors.
BARS: Mapping[int, tuple[float, ...]] = {1: (0.80, 0.85, 0.90), 2: (0.85, 0.90, 0.95), 3: (0.90, 0.95), 4: (0.95,)}
# The last stage that errors of a class are fit for.
SAFE_STAGE: Mapping[int, str] = {1: "autonomous", 2: "autonomous", 3: "audit", 4: "execute", 5: "draft"}
# Minutes of harm of an error that nobody notices; class 5 is gated and only drafted, priced like class 4.
HARM_MINUTES: Mapping[int, float] = {1: 5.0, 2: 45.0, 3: 240.0, 4: 2_400.0, 5: 2_400.0}
ERROR_WORDS: Mapping[int, str] = {
    1: "an annoyance",
    2: "less than an hour of rework inside",
    3: "more than an hour of rework, or one customer sees it",
    4: "money, an outage, privacy or a contract",
    5: "a legal, safety or employment decision",
}
# How easily a result is checked (κ), and the share of errors that the check finds.
EASE: Mapping[str, float] = {"auto": 1.0, "yes": 0.8, "partly": 0.5, "no": 0.2}
DETECTED: Mapping[float, float] = {1.0: 0.95, 0.8: 0.85, 0.5: 0.6, 0.2: 0.2}
CHECK_WORDS: Mapping[str, str] = {
    "auto": "an automatic check",
    "yes": "a quick look by a person",
    "partly": "reading all of it again",
    "no": "only what shows later",
}
# Review by hand, as a share of the minutes that the work takes.
REVIEW: Mapping[str, Triangle] = {
    "auto": Triangle(0.02, 0.06, 0.12),
    "yes": Triangle(0.08, 0.15, 0.20),
    "partly": Triangle(0.20, 0.30, 0.45),
    "no": Triangle(0.25, 0.40, 0.60),
}
ACCESS: Mapping[str, float] = {"yes": 1.0, "partly": 0.5, "no": 0.0}
REVERSIBLE = "partly"
DATA_READY = "yes"
ROUTING = (6.0, 4.0)  # the part of the runs that a team will really hand over
STRENGTH = 6.0  # runs that the prior of success is worth
LENGTHS = ((60.0, 1.0), (180.0, 0.88), (float("inf"), 0.75))  # success falls with the minutes of a task


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """The usual workflow of a kind of thinking; `briefing` is a share of the minutes, `success` the prior's mean."""

    name: str
    kind: str
    minutes: Triangle
    briefing: Triangle
    success: float
    error_class: int
    exposure: str
    verifiable: str
    words: tuple[str, ...] = ()


QUICK, USUAL, LONG = Triangle(0.02, 0.05, 0.10), Triangle(0.04, 0.08, 0.16), Triangle(0.08, 0.14, 0.25)

# fmt: off
ACTIVITIES: Mapping[str, Activity] = {activity.name: activity for activity in (
    Activity(name="retrieval", kind="retrieve and monitor", minutes=Triangle(4, 10, 25), briefing=USUAL,
             success=0.70, error_class=1, exposure="E2", verifiable="yes",
             words=("monitor", "lookup", "search")),
    Activity(name="classification", kind="classify and triage", minutes=Triangle(3, 8, 20), briefing=QUICK,
             success=0.70, error_class=2, exposure="E1", verifiable="yes",
             words=("triage", "routing", "classify", "tagging")),
    Activity(name="transformation", kind="extract and transform", minutes=Triangle(10, 25, 60), briefing=QUICK,
             success=0.70, error_class=2, exposure="E1", verifiable="yes",
             words=("extraction", "migration", "transform")),
    Activity(name="analysis", kind="analyse and diagnose", minutes=Triangle(15, 40, 100), briefing=USUAL,
             success=2 / 3, error_class=2, exposure="E2", verifiable="partly",
             words=("diagnosis", "debugging", "analyse", "analyze")),
    Activity(name="generation", kind="draft and communicate", minutes=Triangle(10, 30, 80), briefing=USUAL,
             success=2 / 3, error_class=2, exposure="E1", verifiable="yes",
             words=("drafting", "writing", "draft", "communication")),
    Activity(name="synthesis", kind="gather and condense", minutes=Triangle(20, 50, 120), briefing=USUAL,
             success=2 / 3, error_class=2, exposure="E1", verifiable="yes",
             words=("research", "summary", "summarising")),
    Activity(name="review", kind="check against rules", minutes=Triangle(10, 25, 70), briefing=QUICK,
             success=2 / 3, error_class=3, exposure="E1", verifiable="partly",
             words=("checking", "audit", "inspection")),
    Activity(name="reconciliation", kind="compare and explain", minutes=Triangle(10, 40, 180), briefing=USUAL,
             success=2 / 3, error_class=4, exposure="E2", verifiable="yes",
             words=("matching", "close", "bookkeeping")),
    Activity(name="planning", kind="plan and schedule", minutes=Triangle(15, 40, 120), briefing=LONG,
             success=2 / 3, error_class=2, exposure="E1", verifiable="partly",
             words=("plan", "scheduling", "estimation")),
    Activity(name="decision", kind="decide and judge", minutes=Triangle(10, 30, 120), briefing=LONG,
             success=0.60, error_class=4, exposure="E1", verifiable="partly",
             words=("approval", "judgement", "decide")),
    Activity(name="negotiation", kind="negotiate and care", minutes=Triangle(20, 45, 120), briefing=LONG,
             success=0.50, error_class=4, exposure="E0", verifiable="no",
             words=("care", "counselling")),
    Activity(name="other", kind="thinking of another kind", minutes=Triangle(10, 30, 90), briefing=USUAL,
             success=2 / 3, error_class=3, exposure="E1", verifiable="partly"),
)}
# fmt: on


def activity_of(word: str) -> Activity:
    """The row of an activity, by its name or one of its other words."""
    wanted = word.strip().casefold()
    for activity in ACTIVITIES.values():
        if wanted == activity.name or wanted in activity.words:
            return activity
    return ACTIVITIES["other"]


def prior_of(activity: Activity, minutes: float) -> tuple[float, float]:
    """The Beta prior of success: by kind of thinking and by length, worth six runs."""
    mean = activity.success * next(factor for longest, factor in LENGTHS if minutes <= longest)
    return STRENGTH * mean, STRENGTH * (1 - mean)
