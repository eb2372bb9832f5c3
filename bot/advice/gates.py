"""The gates G1 to G7: each a small rule that lets a workflow pass or says, in words, why not; section 3.3."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.advice.values import Hours, Verdict
from bot.questions.periods.labels import day_label
from storage.keep.advice import SaidOfSuggestion

LEAST_HOURS = 1.0  # a week, by hand
LEAST_RUNS = 3.0  # a week
DISMISSED_DAYS = 90
LATER_DAYS = 28
MUCH_BETTER = 1.5
LEAST_RISE = 0.5  # hours: what "half as much again" means of nothing

_STAFF = r"(?:employees?|staff|workers?|personnel|people|colleagues?)"
_APPLICANTS = r"(?:candidates?|applicants?|applications? for jobs?|cvs?|resumes?|résumés?)"
PEOPLE = re.compile(
    r"\b(?:hiring|recruit\w*|lay-?offs?|redundanc(?:y|ies)|salar(?:y|ies)|disciplinary"
    rf"|{_APPLICANTS} (?:interview\w*|screening|scor\w+|selection|rank\w+|review\w*)"
    rf"|(?:interview|screen|scor|select|rank|shortlist|assess)\w* (?:of |the )*{_APPLICANTS}"
    r"|job interviews?|firing (?:of )?people|performance (?:reviews?|ratings?|appraisals?|evaluations?|rankings?)"
    rf"|(?:rat|rank|scor|grad|evaluat|apprais|monitor|track|disciplin|dismiss|terminat|promot|fir|surveill)\w* "
    rf"(?:of |the |our )*{_STAFF}"
    rf"|{_STAFF} (?:ratings?|rankings?|scor\w+|evaluations?|appraisals?|monitoring|tracking|surveillance|discipline"
    r"|terminations?|dismissals?|compensation|bonus(?:es)?|promotions?)"
    r"|(?:pay|compensation|bonus|promotion) (?:reviews?|rises?|raises?|bands?|decisions?|adjustments?|planning))\b",
    re.IGNORECASE,
)
LEGAL_OR_SAFETY = re.compile(
    r"\b(?:legal\w*|contracts?(?! tests?)|contractual|agreements?|litigation|lawsuits?|ndas?|counsel|regulatory"
    r"|statutory|safety|medical|clinical|hazards?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What the gates look at; `volume` is runs a week and None where nobody knows it."""

    name: str
    team: str
    activity: str
    description: str
    error_class: int
    access: float
    volume: float | None
    minutes: float
    said: Sequence[SaidOfSuggestion] = ()
    as_of: date


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate that is closed, or only ajar: its number, the verdict it gives, the reason people read."""

    number: str
    verdict: Verdict
    reason: str


def about_people(case: Case) -> Gate | None:
    """G2: decisions about people are never offloaded."""
    if PEOPLE.search(_words(case, team=False)):
        return Gate("G2", Verdict.EXCLUDED, "decisions about people (hiring, rating, pay, discipline) stay with people")
    return None


def legal_or_safety(case: Case) -> Gate | None:
    """G1: legal and safety work is drafted at most, and never suggested unasked."""
    if case.error_class >= 5 or LEGAL_OR_SAFETY.search(_words(case, team=True)):
        return Gate("G1", Verdict.DRAFT_ONLY, "legal and safety work is only ever drafted; a person decides every one")
    return None


def data(case: Case) -> Gate | None:
    """G3: data that may not be used close it, data that need a connector come first."""
    if case.access <= 0:
        return Gate("G3", Verdict.DO_NOT, "its data may not be used by AI")
    if case.access < 1:
        return Gate("G3", Verdict.UNBLOCK, "its data are not ready: connect them first")
    return None


def size(case: Case) -> Gate | None:
    """G4: too little of it to be worth anybody's time."""
    if case.volume is None:
        return Gate(
            "G4",
            Verdict.SUPPRESSED,
            "how often it comes is not known: eight weeks record none of it, and nobody has said",
        )
    if case.volume < LEAST_RUNS or case.volume * case.minutes / 60 < LEAST_HOURS:
        return Gate("G4", Verdict.SUPPRESSED, "too little of it: under three runs or one hour a week")
    return None


def dismissed(case: Case) -> Gate | None:
    """What a dismissal said is taken at its word while it lasts."""
    last = next((suggestion for suggestion in reversed(case.said) if suggestion.state == "dismissed"), None)
    if last is None or (case.as_of - last.day).days >= DISMISSED_DAYS:
        return None
    found = {
        "too risky": (Verdict.DRAFT_ONLY, "called too risky on {day}: drafts only"),
        "data blocked": (Verdict.UNBLOCK, "its data were called blocked on {day}: connect them first"),
        "already done": (Verdict.SUPPRESSED, "called done already on {day}"),
    }.get(last.reason, (Verdict.SUPPRESSED, f"called {last.reason or 'not useful'} on {{day}}"))
    return Gate("G7", found[0], found[1].format(day=day_label(last.day)))


BEFORE_SCORING = (about_people, legal_or_safety, data, size)


def closed(case: Case) -> Gate | None:
    """The first gate that is not open, before anything is scored."""
    return next((gate for rule in BEFORE_SCORING if (gate := rule(case))), None)


def too_few(minimum: int) -> Gate:
    """G5: what so few people do is shown to them and the owner alone."""
    return Gate("G5", Verdict.SUPPRESSED, f"fewer than {minimum} people do it, so only they and its owner see it")


def worth_it(hours: Hours) -> Gate | None:
    """G6: where even the middle is not above nothing."""
    if hours.p50 <= 0:
        return Gate("G6", Verdict.DO_NOT, "review and the cost of errors take more than it saves")
    return None


def is_resting(said: Iterable[SaidOfSuggestion], as_of: date, worth: float) -> bool:
    """G7: whether a suggestion stays away: dismissed within 90 days unless it got much better, or put off for four
    weeks."""
    for suggestion in said:
        age = (as_of - suggestion.day).days
        if suggestion.state == "later" and age < LATER_DAYS:
            return True
        worse = worth < max(MUCH_BETTER * suggestion.worth, LEAST_RISE)
        if suggestion.state == "dismissed" and age < DISMISSED_DAYS and worse:
            return True
    return False


def _words(case: Case, team: bool) -> str:
    # A team called People does much that decides about nobody; one called Legal does legal work.
    return " ".join([case.name, case.activity, case.description, case.team if team else ""])
