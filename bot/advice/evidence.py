"""Which verified outcomes count as evidence for a stage, and how much each; section 3.5 with a window of 300 runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from storage.load.outcomes import OutcomeRecord

WINDOW = 300  # runs; a window in days promoted falsely too often
FEWEST_RUNS = 30
FEWEST_PEOPLE = 3
FEWEST_WEEKS = 3
MOST_OF_ONE = 0.5  # of the evidence from a single person
STAMP_SECONDS = 15.0  # an approval faster than this, or than 5 % of a short task, is a rubber stamp
STAMP_SHARE = 0.05
OLD_WEIGHT = 0.5  # of runs before a change of model, until enough fresh ones are in
FRESH_MODEL = 0.2  # of the runs since: a model that is only tried out now and then is no change


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known of a workflow at its stage; `verified` and `accepted` are weighted counts.

    `runs` are the counted outcomes, oldest first; `stamps` were approved too fast to have been read.
    """

    runs: tuple[OutcomeRecord, ...] = ()
    verified: float = 0.0
    accepted: float = 0.0
    people: int = 0
    weeks: int = 0
    largest: float = 0.0
    stamps: int = 0
    changed: date | None = None
    fresh: int = 0

    @property
    def requalifying(self) -> bool:
        """Whether a new model has yet to show what it can do."""
        return self.changed is not None and self.fresh < FEWEST_RUNS

    @property
    def rate(self) -> float | None:
        """The share of successes."""
        return self.accepted / self.verified if self.verified else None


def is_stamp(outcome: OutcomeRecord, minutes: float | None) -> bool:
    """Whether a person approved it faster than anybody can read it."""
    if outcome.checker != "human" or outcome.approval_seconds is None:
        return False
    least = STAMP_SECONDS if minutes is None else min(STAMP_SECONDS, STAMP_SHARE * minutes * 60)
    return outcome.approval_seconds < least


def gather(
    outcomes: Sequence[OutcomeRecord],
    began: date | None = None,
    minutes: float | None = None,
    agents: Collection[str] = (),
) -> Evidence:
    """The last 300 verified outcomes since the stage began; those of its first day are of the stage before."""
    since = [outcome for outcome in outcomes if began is None or outcome.day > began]
    read = [outcome for outcome in since if not is_stamp(outcome, minutes)]
    runs = read[-WINDOW:]
    changed, fresh = _model_change(runs)
    halved = changed is not None and fresh < FEWEST_RUNS
    weights = [OLD_WEIGHT if halved and changed and run.day < changed else 1.0 for run in runs]
    people = Counter(run.checked_by for run in runs if _is_person(run, agents))
    return Evidence(
        runs=tuple(runs),
        verified=sum(weights),
        accepted=sum(weight for weight, run in zip(weights, runs, strict=True) if run.success),
        people=len(people),
        weeks=len({run.day.isocalendar()[:2] for run in runs}),
        largest=max(people.values(), default=0) / len(runs) if runs else 0.0,
        stamps=len(since) - len(read),
        changed=changed,
        fresh=fresh,
    )


def _is_person(run: OutcomeRecord, agents: Collection[str]) -> bool:
    # A test suite has a name too; only people and addresses of people count as somebody.
    named = run.checked_by and (run.checker == "human" or "@" in run.checked_by)
    return bool(named) and run.checked_by not in agents


def _model_change(runs: Sequence[OutcomeRecord]) -> tuple[date | None, int]:
    """Since when a model is in use that was not there before, and how many runs it has."""
    first: dict[str, int] = {}
    for place, outcome in enumerate(runs):
        if outcome.model:
            first.setdefault(outcome.model, place)
    for model, place in sorted(first.items(), key=lambda item: -item[1])[: max(len(first) - 1, 0)]:
        fresh = sum(run.model == model for run in runs[place:])
        if fresh >= FRESH_MODEL * (len(runs) - place):
            return runs[place].day, fresh
    return None, 0
