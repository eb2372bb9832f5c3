"""What stands in a digest's thread: answers, as questions would give them, to whoever wants more than the top."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.digest.baseline import DigestScope, series_query
from bot.digest.text import span_words
from bot.digest.value import Digest
from bot.figures import plural, short
from bot.questions.answers.answer import Answer, Status
from bot.questions.answers.figures import answer_of
from bot.questions.periods.labels import range_label
from bot.questions.reading import Understood
from bot.settings import Settings
from bot.statistics.weekly import WEEKS
from storage.answer.money import USD
from storage.catalogue import metric
from storage.catalogue.seats import IDLE_DAYS
from storage.errors import StorageError
from storage.query import By, Filter, Order, Query
from storage.records import Period

PARTS: Mapping[str, str] = {
    "teams": "Table by team",
    "chart": "Chart of the last weeks",
    "adoption": "Adoption",
    "cost": "Cost by tool",
    "health": "Data health and what is hidden",
}
SHOWN_NAMES = 8


def details(scope: DigestScope, digest: Digest, settings: Settings, parts: Sequence[str]) -> tuple[Answer, ...]:
    """The answers of the chosen parts; where the data are incomplete, their health alone."""
    answers: list[Answer] = []
    hidden = list(digest.suppressed)
    withheld = digest.value is None
    alone = scope.team is not None and not scope.directory.children.get(scope.team)
    for part in parts:
        if part in QUERIES and not withheld and not (part == "teams" and alone):
            answer = _answer(scope, QUERIES[part](scope), settings)
            if answer is not None:
                answers.append(answer)
                hidden += [", ".join(row.labels.values()) for row in answer.rows if row.suppressed]
    if "health" in parts:
        answers.append(_health(digest, list(dict.fromkeys(hidden)), settings))
    return tuple(answers)


def sustained(digest: Digest) -> tuple[Answer, ...]:
    """The level since a sustained shift began, beside the range of twelve weeks; nothing where there is none."""
    run = digest.sustained
    if run is None or digest.hidden:
        return ()
    text = (
        f"Since {run.since} tokens per employee lie {'above' if run.above else 'below'} the mean of the weeks compared "
        f"with, {run.weeks} weeks in a row. Counted from there alone, usual is "
        f"{span_words(run.usual, metric('tokens_per_employee').unit)}; the range above goes on being that of the "
        f"{digest.weeks} weeks before this one, until they all lie behind the shift."
    )
    return (Answer(status=Status.ANSWERED, title=f"sustained shift, {digest.week}", text=text),)


def idle_seats(scope: DigestScope, settings: Settings) -> tuple[Answer, ...]:
    """What idle seats cost on the week's last day, where that is worth taking them back; else nothing."""
    currency = settings.currency if settings.currency != USD else ""
    query = scope.query("idle_seat_cost", "idle_seats").with_(currency=currency)
    found = _answer(scope, query, settings)
    values = found.rows[0].values if found and found.rows else {}
    cost, seats = values.get("idle_seat_cost"), values.get("idle_seats")
    if found is None or cost is None or not seats or cost < settings.idle_seat_cost:
        return ()
    text = (
        f"{plural(int(seats), 'seat')} lay idle for the last {IDLE_DAYS} days and cost {short(cost, currency or USD)} "
        "a month. Worth taking back: “idle seats by tool” and “idle seats by team” say where they are."
    )
    return (replace(found, title=f"seats to take back, {scope.week}", text=text),)


def budget(scope: DigestScope, settings: Settings) -> tuple[Answer, ...]:
    """How much of the scope's budget was used up to the week's last day; nothing where it has none."""
    last = scope.week.sunday
    month = Period(last.replace(day=1), last, range_label(last.replace(day=1), last))
    found = _answer(scope, scope.query("budget_used", "cost").with_(period=month), settings)
    return (replace(found, title=f"budget, {scope.week}"),) if found else ()


def own_idle_seats(scope: DigestScope, email: str, settings: Settings) -> Answer | None:
    """A reader's own idle seats, for a direct message alone; None where they have none."""
    mine = Query(metrics=("idle_seats",), period=scope.week.period, filters=(Filter("person", (email,)),))
    found = _answer(scope, mine.with_(group_by=("tool",)), settings, personal=True)
    tools = [row.labels["tool"] for row in found.rows if row.values["idle_seats"]] if found else []
    if found is None or not tools:
        return None
    return replace(found, title=f"your own seats, {scope.week}", text=idle_seat_words(tools))


def idle_seat_words(tools: Sequence[str]) -> str:
    """What somebody is told of their own idle seats."""
    it = "it" if len(tools) == 1 else "them"
    seat = "a seat" if len(tools) == 1 else "seats"
    return (
        f"You hold {seat} of {' and of '.join(tools)} and have not used {it} for {IDLE_DAYS} days. If you do not need "
        f"{it}, tell an admin."
    )


def outcome(digest: Digest, said: Sequence[str]) -> tuple[Answer, ...]:
    """What came of actions that were accepted; nothing in a week in which no trial ended."""
    title = f"what came of it, {digest.week}"
    return (Answer(status=Status.ANSWERED, title=title, text=" ".join(said)),) if said else ()


def own_use(scope: DigestScope, email: str, settings: Settings) -> Answer | None:
    """A reader's own tokens, for a direct message alone."""
    query = Query(metrics=("tokens",), period=scope.week.period, filters=(Filter("person", (email,)),))
    found = _answer(scope, query, settings, personal=True)
    return replace(found, title=f"you yourself, {scope.week}") if found else None


def _answer(scope: DigestScope, query: Query, settings: Settings, personal: bool = False) -> Answer | None:
    try:
        reading = Understood(query=query, personal=personal)
        return answer_of(scope.connection, scope.directory, reading, scope.viewer, settings)
    except StorageError:
        return None  # it may not be shown, or nothing of that kind is recorded


def _teams(scope: DigestScope) -> Query:
    query = scope.query("tokens_per_employee", "adoption_rate", "cost_per_employee")
    return query.with_(group_by=("team",), order=Order(By.LABEL, descending=False))


def _chart(scope: DigestScope) -> Query:
    return series_query(scope.query("tokens_per_employee"), [scope.week.plus(-WEEKS)], scope.week)


def _adoption(scope: DigestScope) -> Query:
    return scope.query("adoption_rate", "active_people")


def _cost(scope: DigestScope) -> Query:
    return scope.query("cost").with_(group_by=("tool",), order=Order())


QUERIES: Mapping[str, Callable[[DigestScope], Query]] = {
    "teams": _teams,
    "chart": _chart,
    "adoption": _adoption,
    "cost": _cost,
}


def _health(digest: Digest, hidden: Sequence[str], settings: Settings) -> Answer:
    return Answer(
        status=Status.ANSWERED,
        title=f"data health, {digest.week}",
        text=" ".join(_sentences(digest, hidden)),
        period=digest.week.period,
        caveats=(f"Days are those of {settings.zone}.",),
    )


def _sentences(digest: Digest, hidden: Sequence[str]) -> Iterator[str]:
    whole, sources = digest.sources
    are = "is" if whole == 1 else "are"
    yield f"{whole} of {plural(sources, 'source')} {are} complete." if sources else "No source has a history yet."
    yield from (f"{line}." for line in digest.broken)
    if digest.coverage is not None:
        yield f"{digest.coverage:.1%} of the organisation's tokens belong to somebody known."
    if hidden:
        said = ", ".join(hidden[:SHOWN_NAMES])
        more = f" and {len(hidden) - SHOWN_NAMES} more" if len(hidden) > SHOWN_NAMES else ""
        yield f"Hidden because the group is small or would give a small one away: {said}{more}."
    else:
        yield "Nothing is hidden."
