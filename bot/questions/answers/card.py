"""A scorecard: its figures as values, what of them is worth knowing first, and its table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.figures import MINUS, NOTHING, points, short
from bot.questions.answers.answer import Answer, Fact, Status
from bot.questions.periods.labels import range_label
from storage.catalogue import Unit

# The labels of the facts that a figure of a scorecard has.
WEEK, WEEK_OF = "newest whole week", "newest whole week, from"
LOW, HIGH = "usual range of a week, low", "usual range of a week, high"
TARGET, TARGET_BY, TO_GO, TRACK = "target", "target, by", "to go to the target", "target, state"
BUDGET, BUDGET_USED = "budget", "budget used"
REACHED, ON_TRACK, OFF_TRACK = "reached", "on track", "not on track"
MUCH = 0.1  # a change that is worth a word, as a part of what it was
MARKS = {"above": "▲ ", "below": "▼ "}  # beside a week that is out of its usual range; the words are in the summary


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFigure:
    """One figure of a scorecard; None or "" where something is not known.

    `change` is that of a rate as a difference, else a part of what it was. `week` is the figure of the newest whole
    week, which begins on `week_of`; `low` and `high` are usual of a week.
    """

    label: str
    unit: str
    value: float | None
    previous: float | None
    change: float | None
    week: float | None
    week_of: date | None
    low: float | None
    high: float | None
    target: float | None
    target_by: date | None
    track: str
    to_go: float | None
    budget_used: float | None
    budget: Fact | None

    @property
    def side(self) -> str:
        """Where its week stands to the usual range: inside, above, below; "" where nothing is usual yet."""
        if self.week is None or self.low is None or self.high is None:
            return ""
        return "inside" if self.low <= self.week <= self.high else "below" if self.week < self.low else "above"

    def change_words(self) -> str:
        """ "+5.8%", "−0.2 points"."""
        if self.change is None:
            return NOTHING
        size = points(self.change) if self.unit == Unit.FRACTION else short(abs(self.change), Unit.FRACTION)
        return f"{MINUS if self.change < 0 else '+' if self.change > 0 else ''}{size}"

    def usual_words(self) -> str:
        """ "599k to 1.07M"."""
        if self.low is None or self.high is None:
            return NOTHING
        return f"{short(self.low, self.unit)} to {short(self.high, self.unit)}"

    def week_words(self) -> str:
        """ "Week of 9-15 Nov 2026: 1.37M, above its usual range, 599k to 1.07M"."""
        if self.week is None or self.week_of is None:
            return ""
        head = f"Week of {_week(self.week_of)}: {short(self.week, self.unit)}"
        if not self.side:
            return f"{head}; too few weeks to say what is usual"
        return f"{head}, {self.side} its usual range, {self.usual_words()}"

    def goal_words(self) -> str:
        """ "Target 85.0% by 31 Dec 2026: 4.6 points to go, not on track"."""
        if self.target is None or self.target_by is None:
            return ""
        goal = f"Target {short(self.target, self.unit)} by {range_label(self.target_by, self.target_by)}"
        if self.to_go is None:
            return f"{goal}: {self.track}" if self.track == REACHED else goal
        gap = points(self.to_go) if self.unit == Unit.FRACTION else short(self.to_go, self.unit)
        return f"{goal}: {gap} to go, {self.track}"

    def budget_words(self) -> str:
        """ "89.3% of its budget, $1.30k"."""
        if self.budget_used is None or self.budget is None:
            return ""
        return f"{short(self.budget_used, Unit.FRACTION)} of its budget, {short(self.budget.value, self.budget.unit)}"

    def sentences(self) -> list[str]:
        """All that stands beside the figure."""
        budget = f"That is {self.budget_words()}" if self.budget_words() else ""
        return [f"{words}." for words in (budget, self.week_words(), self.goal_words()) if words]


def is_scored(answer: Answer) -> bool:
    """Whether it is a scorecard of one scope, whose figures have their weeks and targets."""
    return answer.is_card and any(fact.label == WEEK for part in answer.answers for fact in part.facts)


def figures(answer: Answer) -> list[CardFigure]:
    """The figures that may be shown and hold something."""
    return [figure_of(part) for part in answer.answers if has_figure(part)]


def has_figure(part: Answer) -> bool:
    """Whether there is something in a figure of a card, for its period or the one before."""
    if part.status is not Status.ANSWERED or not part.rows or not part.columns:
        return False
    return any(part.rows[0].values.get(name) is not None for name in (part.columns[0].name, "previous"))


def figure_of(part: Answer) -> CardFigure:
    """One part of a scorecard, from its row and its facts."""
    facts = {fact.label: fact for fact in reversed(part.facts)}
    values, column = part.rows[0].values, part.columns[0]

    def number(label: str) -> float | None:
        value = facts[label].value if label in facts else None
        return float(value) if isinstance(value, int | float) else None

    def day(label: str) -> date | None:
        return date.fromisoformat(str(facts[label].value)) if label in facts else None

    return CardFigure(
        label=column.label,
        unit=column.unit,
        value=values.get(column.name),
        previous=values.get("previous"),
        change=values.get("change" if column.unit == Unit.FRACTION else "change_pct"),
        week=number(WEEK),
        week_of=day(WEEK_OF),
        low=number(LOW),
        high=number(HIGH),
        target=number(TARGET),
        target_by=day(TARGET_BY),
        track=str(facts[TRACK].value) if TRACK in facts else "",
        to_go=number(TO_GO),
        budget_used=number(BUDGET_USED),
        budget=facts.get(BUDGET),
    )


def summary(answer: Answer) -> str:
    """What a reader should know first: what left its usual range, how budget and targets stand."""
    shown, period = figures(answer), period_of(answer)
    said = [headline(answer)]
    said += [f"{_capital(figure.label)} of {period}: {words}." for figure in shown if (words := figure.budget_words())]
    said += [f"{_capital(figure.label)}: {_small(words)}." for figure in shown if (words := figure.goal_words())]
    return " ".join(said)


def headline(answer: Answer) -> str:
    """ "In the week of 9-15 Nov 2026 cost was above the usual range; every other figure was inside its own."."""
    judged = [figure for figure in figures(answer) if figure.side]
    week = next((_week(figure.week_of) for figure in judged if figure.week_of), "")
    said = f"In the week of {week} {_sides(judged)}." if week else "Too few weeks are recorded to say what is usual."
    return " ".join([said, *_moved_most(answer)])


def _moved_most(answer: Answer) -> Iterator[str]:
    """ "Cost of October 2026 moved most: up 378% from September 2026."; nothing where no sum moved much."""
    sums = [figure for figure in figures(answer) if figure.unit != Unit.FRACTION and figure.change is not None]
    most = max(sums, key=lambda figure: abs(figure.change or 0), default=None)
    if most is None or abs(most.change or 0) < MUCH:
        return
    size = short(abs(most.change or 0), Unit.FRACTION)
    before = before_of(answer) or "the same days of the period before"
    yield (
        f"{_capital(most.label)} of {period_of(answer)} moved most: {'up' if (most.change or 0) > 0 else 'down'} "
        f"{size} from {before}."
    )


def spoken(answer: Answer) -> list[Answer | str]:
    """What stands above the table: of a scorecard of one scope its summary, and once each why a figure lacks; else the
    answers themselves, each a sentence."""
    if not is_scored(answer):
        return list(answer.answers)
    lacking = dict.fromkeys(part.text for part in answer.answers if part.status is not Status.ANSWERED)
    empty = [part.columns[0].label for part in answer.answers if part.columns and not has_figure(part)]
    return [summary(answer), *lacking, *([f"Nothing is recorded for {_listed(empty)}."] if empty else [])]


def table(answer: Answer) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Heading and lines: each figure with its change, its week, and what is usual of a week."""
    shown = figures(answer)
    first = next((figure.week_of for figure in shown if figure.week_of), None)
    week = _week(first).rsplit(" ", 1)[0] if first else "week"
    return ("Figure", period_of(answer), week, "Usual week"), [tuple(_line(figure)) for figure in shown]


def question(answer: Answer) -> str:
    """What asks for the same scorecard again."""
    first = answer.answers[0]
    filters = (first.query or {}).get("filters") or [{}]
    whose = f" for {filters[0]['values'][0]}" if filters[0].get("dimension") == "team" else ""
    return f"scorecard{whose} in {period_of(answer).removesuffix(' so far')}"


def period_of(answer: Answer) -> str:
    """The name of the period of its figures."""
    return next((part.period.label for part in answer.answers if part.period and part.period.label), "last month")


def before_of(answer: Answer) -> str:
    """The name of the period that its figures are compared with; "" where there is none."""
    return next((part.previous.label for part in answer.answers if part.previous), "")


def _line(figure: CardFigure) -> Iterator[str]:
    yield figure.label[:1].upper() + figure.label[1:]
    change = "" if figure.change is None else f" ({figure.change_words()})"
    yield f"{short(figure.value, figure.unit)}{change}"
    yield f"{MARKS.get(figure.side, '')}{short(figure.week, figure.unit)}"
    yield figure.usual_words()


def _sides(judged: Sequence[CardFigure]) -> str:
    """ "tokens per employee and cost were above the usual range; every other figure was inside its own"."""
    said = []
    for where in ("above", "below"):
        named = [figure.label for figure in judged if figure.side == where]
        if named:
            said.append(f"{_listed(named)} {'was' if len(named) == 1 else 'were'} {where} the usual range")
    if not said:
        return "every figure was inside its usual range"
    rest = any(figure.side == "inside" for figure in judged)
    return "; ".join([*said, *(["every other figure was inside its own"] if rest else [])])


def _week(monday: date) -> str:
    return range_label(monday, monday + timedelta(days=6))


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
