"""Answers without figures: refusals, what is missing, what a word means; each says what to do next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches

from bot.privacy.policy import in_sentences
from bot.questions.answers.answer import Answer, Audience, Option, Receipt, Status
from bot.questions.answers.card import has_figure, is_scored, summary
from bot.questions.answers.describe import scope_parts, title
from bot.questions.answers.formulas import formula
from bot.questions.limits import TOO_LONG, TOO_SLOW
from bot.questions.periods.labels import range_label
from bot.questions.reading import Told
from bot.settings import Settings
from storage.catalogue import DIMENSIONS, METRICS, metric
from storage.errors import InvalidQuery, NoData, UnknownName
from storage.names import Directory
from storage.query import Op, Query

EXAMPLES = (
    "tokens per employee by team last month",
    "which workflow has the most offloadable hours?",
    "cost last month compared with the month before",
)

NAMED_REPLIES = re.compile(r"[:?] (?P<replies>[a-z, ]+)\?$")
REPLIES = frozenset({"tokens", "cost", "requests", "adoption"})

_DENIED = {
    "person": "Figures of a single person are shown to that person alone. I can give you those of a team instead.",
    "people": "Figures of single people are not listed here. I can give you the same by team.",
    "ranking": "People are not ranked or listed here. I can give you the same by team.",
    "group": "This group is too small, or too few of it have usage, for its figures to be shown.",
    "difference": "Beside answers that were given here before, this figure would tell the use of a few people.",
}


def denied(reason: str, query: Query | None = None) -> Answer:
    """The asker may not see it; offers the nearest group figure. A hidden person reads the same as an absent one."""
    options = _by_team(query) if query and reason in ("people", "ranking") else ()
    if reason == "person":
        options = (Option(label=EXAMPLES[0], ask=EXAMPLES[0]),)
    return Answer(status=Status.DENIED, text=_DENIED[reason], options=options)


def too_few(reason: str, nearest: Query | None, directory: Directory) -> Answer:
    """A group too small, or one that would give a small one away; with the nearest figure that may be shown."""
    if nearest is None:
        return Answer(status=Status.DENIED, text=f"{_DENIED[reason]} I can give you those of a larger group.")
    whose = "" if scope_parts(nearest, directory) else "whole organisation, "
    named = title(nearest, directory).replace(", ", f", {whose}", 1)
    text = f"{_DENIED[reason]} The nearest figure that may be shown: {named}."
    ask = _question(nearest)
    options = (Option(label=named, ask=ask),) if ask else ()
    return Answer(status=Status.DENIED, text=text, period=nearest.period, options=options)


def replies_to(asked: str) -> tuple[Option, ...]:
    """The replies that a question asked back names itself ("tokens, cost, requests?"): pressed like typed, each
    completes what was asked."""
    found = NAMED_REPLIES.search(asked)
    if not found:
        return ()
    words = re.split(r",? or |, ", found["replies"])
    return tuple(Option(label=word, ask=word) for word in words if word in REPLIES)


def _question(query: Query) -> str:
    """The query as a whole question to press; "" for one that a plain question does not say."""
    teams = query.filter_on("team")
    plain = query.with_(filters=(), period=query.period, group_by=query.group_by[:1], currency="")
    simple = Query(metrics=query.metrics[:1], period=query.period, group_by=query.group_by[:1], grain=query.grain)
    if plain != simple or (query.filters and (not teams or len(query.filters) > 1)):
        return ""
    if teams and (teams.op is not Op.IN or len(teams.values) > 1):
        return ""
    whose = f" of {teams.values[0]}" if teams else ""
    by = "".join(f" by {name}" for name in (*query.group_by, *([query.grain.value] if query.grain else [])))
    when = f" from {query.period.start.isoformat()} to {query.period.end.isoformat()}"
    return f"{metric(query.metrics[0]).label}{whose}{by}{when}"


def stranger() -> Answer:
    """An asker who is not on the roster."""
    text = "I don't know you: your e-mail address is not on the roster. Ask whoever runs Fulcrum to add you."
    return Answer(status=Status.DENIED, text=text)


def too_long() -> Answer:
    """A question longer than what is read of one."""
    return Answer(status=Status.CLARIFY, text=TOO_LONG)


def too_slow() -> Answer:
    """A question whose reading did not end in time."""
    return Answer(status=Status.CLARIFY, text=TOO_SLOW)


def no_data(error: NoData, query: Query, directory: Directory) -> Answer:
    """Nothing is recorded there."""
    text = str(error)
    if error.asked and error.recorded:
        text = f"nothing is recorded of {range_label(*error.asked)}: the data run {range_label(*error.recorded)}"
    said = f"{text[0].upper()}{text[1:]}."
    return Answer(status=Status.NO_DATA, text=said, title=title(query, directory), query=query.to_json())


def unknown(error: UnknownName) -> Answer:
    """A name that the store no longer holds."""
    text = f"I know no {error.dimension} called “{error.name}”. Which one do you mean?"
    return Answer(status=Status.CLARIFY, text=text)


def invalid(error: InvalidQuery) -> Answer:
    """The catalogue cannot give it."""
    text = str(error)
    return Answer(status=Status.UNSUPPORTED, text=f"{text[0].upper()}{text[1:]}.")


def together(answers: Sequence[Answer]) -> Answer:
    """Several questions in one message; a scorecard begins with what is worth knowing of it.

    What may not be shown of a group is said once, and not of each figure.
    """
    denied = [answer for answer in answers if answer.status is Status.DENIED]
    if len(denied) > 1 and len({answer.text.partition(".")[0] for answer in denied}) == 1:
        rest = [answer for answer in answers if answer.status is not Status.DENIED]
        if all(part.columns and not has_figure(part) for part in rest):
            return denied[0]
        answers = [denied[0], *rest]
    status = next((answer.status for answer in answers if answer.status is Status.ANSWERED), answers[0].status)
    private = next((answer for answer in answers if answer.private), None)
    found = Answer(
        status=status,
        text="\n".join(answer.text for answer in answers),
        answers=tuple(answers),
        private=private is not None,
        public_text=private.public_text if private else None,
    )
    return replace(found, text=f"{summary(found)}\n{found.text}") if is_scored(found) else found


def elsewhere(audience: Audience) -> str:
    """What the channel reads where the figures go to the asker alone."""
    if audience is Audience.OPEN:
        return "Guests or people of other organisations can read this channel, so the figures went to the asker alone."
    return "That is for the asker alone, so the answer went there."


MOST_NAMES = 60  # of a dimension that are listed
KNOWN_BEST = ("tokens_per_employee", "adoption_rate", "cost_per_employee")


LIMITS = (
    "Every figure comes from a query over what your sources report; *Show the math* has it, with the days that are "
    "missing. Tokens show how much AI is used and where, not whether an answer was right, worth it or well used, and "
    "they judge nobody: more is not better by itself. Time saved and success are known for catalogued workflows alone, "
    "from their items. What is used outside the connected sources is not seen."
)


def told(reading: Told, directory: Directory, as_of: date, settings: Settings) -> Answer:
    """A definition, what can be asked, how fresh the data are, who sees what."""
    if reading.topic == "privacy":
        return Answer(status=Status.ANSWERED, text=in_sentences(settings), title="who sees what, and what is kept")
    if reading.topic == "limits":
        return Answer(status=Status.ANSWERED, text=LIMITS, title="what the figures do not show")
    if reading.topic == "definition" and reading.about:
        return _definition(reading.about)
    if reading.topic == "freshness":
        return Answer(status=Status.ANSWERED, text=_freshness(directory, as_of))
    if reading.topic == "names":
        return _names(reading.about, directory)
    return help_()


def help_() -> Answer:
    """What can be asked, with examples to press."""
    return Answer(
        status=Status.ANSWERED,
        text="Ask in plain words, by team, tool, model, workflow, time: how much AI is used (tokens, requests, active "
        "people, adoption), what it costs, what it takes over (items, hours offloaded) and how well (success, rework). "
        "Compare periods, rank, set thresholds, ask for shares, trends or why something changed.",
        options=tuple(Option(label=example, ask=example) for example in EXAMPLES),
    )


def _definition(name: str) -> Answer:
    if name not in METRICS:
        return _undefined(name)
    meant = metric(name)
    text = f"{meant.label.capitalize()}: {meant.description}{formula(meant)} Unit: {meant.unit.value}."
    receipt = Receipt(
        metric=meant.label, definition=meant.description, period="", zone="", scope="", newest="", coverage=None
    )
    return Answer(status=Status.ANSWERED, text=text, title=f"what {meant.label} means", receipt=receipt)


def _undefined(name: str) -> Answer:
    """A word that no figure is called by: those that are called nearly so, else the ones asked for most."""
    labels = [METRICS[known].label for known in METRICS]
    near = get_close_matches(name, labels, n=3, cutoff=0.5) or [METRICS[known].label for known in KNOWN_BEST]
    options = tuple(Option(label=label, ask=f"what does {label} mean") for label in near)
    return Answer(
        status=Status.CLARIFY,
        text=f"I know no figure called “{name}”, so I cannot say what it means. Which of these do you mean?",
        options=options,
    )


def _names(dimension: str, directory: Directory) -> Answer:
    """What there is of a dimension, by name alone."""
    known = {"team": [team.name for team in directory.teams], "workflow": [flow.name for flow in directory.workflows]}
    names = sorted(known.get(dimension) or directory.values.get(dimension, ()), key=str.casefold)
    what = DIMENSIONS[dimension].plural
    if not names:
        return Answer(status=Status.NO_DATA, text=f"No {what} are recorded yet.")
    more = " and more" if len(names) > MOST_NAMES else ""
    text = f"{what[0].upper()}{what[1:]}: {', '.join(names[:MOST_NAMES])}{more}."
    ask = f"tokens by {DIMENSIONS[dimension].label}" if dimension != "workflow" else "items by workflow"
    return Answer(status=Status.ANSWERED, text=text, options=(Option(label=ask, ask=ask),))


def _freshness(directory: Directory, as_of: date) -> str:
    said = []
    for what, span in (("Usage", directory.usage), ("Work", directory.work)):
        if span is None:
            said.append(f"No {what.lower()} is recorded yet.")
            continue
        age = (as_of - span[1]).days
        old = "today" if age == 0 else "yesterday" if age == 1 else f"{age} days ago"
        said.append(f"{what} is recorded {range_label(*span)} ({old}).")
    return " ".join(said)


def _by_team(query: Query) -> tuple[Option, ...]:
    """The same figure of groups."""
    measure = metric(query.metrics[0]).label
    when = f" from {query.period.start.isoformat()} to {query.period.end.isoformat()}"
    return (Option(label=f"{measure} by team", ask=f"{measure} by team{when}"),)
