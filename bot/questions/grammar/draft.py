"""What the rules have made of a sentence so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.questions.answers.answer import Option
from bot.questions.grammar.gazetteer import Name
from bot.questions.grammar.layout import Tagged
from bot.questions.grammar.sentence import Sentence
from bot.questions.periods import Calendar, PeriodMatch
from bot.questions.reading import Impossible, Intent, Missing, Reading, Told, Unclear, Understood, World
from storage.query import By, Compare, Having, Op
from storage.records import Period


class Stop(Exception):
    """The sentence has been read to an end that is no query; `reading` says which."""

    def __init__(self, reading: Unclear | Impossible | Missing | Told) -> None:
        super().__init__(type(reading).__name__)
        self.reading = reading


@dataclass(frozen=True, slots=True)
class Pick:
    """A filter in the making: `joint` where its values are one sum, not a list side by side."""

    dimension: str
    values: tuple[str, ...]
    op: Op = Op.IN
    joint: bool = False
    start: int = -1  # the token it stands at


@dataclass(frozen=True, slots=True)
class Limit:
    """A threshold in the making; `unit` is how its number was said, `metric` "" where none was named beside it."""

    compare: Compare
    value: float
    unit: str = ""
    metric: str = ""


@dataclass(slots=True)
class Draft:
    """The state that the rules work on, in the order of the fields."""

    world: World
    calendar: Calendar
    tagged: Tagged
    before: Understood | None = None

    metrics: list[str] = field(default_factory=list)
    per: str = ""  # head, active, million or the metric that divides
    picks: list[Pick] = field(default_factory=list)
    beside: str = ""  # the dimension whose names stand side by side
    beside_before: bool = False  # the name of this message stands beside that of the one before
    ungrouped: frozenset[str] = frozenset()  # groupings and grains that a follow-up drops
    widened: frozenset[str] = frozenset()  # dimensions whose filters a follow-up sets free
    together: bool = False
    groups: list[str] = field(default_factory=list)
    which: bool = False  # "which teams": rows without a name are no answer
    everyone: bool = False
    personal: bool = False
    reports: int = -1  # the token at which the asker's reports stand: one scope, however many
    grain: str | None = None
    trend: bool = False
    average: str | None = None
    ranked: bool = False
    descending: bool = True
    rank_by: By = By.VALUE
    limit: int | None = None
    skip: int = 0
    limits: list[Limit] = field(default_factory=list)
    kept_having: tuple[Having, ...] = ()
    shares: bool = False
    part: Pick | None = None  # the numerator of a share
    change: bool = False
    headline: By = By.VALUE
    period: PeriodMatch | None = None
    earlier: Period | None = None
    compared: bool = False
    running: bool = False
    intent: Intent = Intent.FIGURES
    chart: bool = False
    defaulted: bool = False  # no period was said
    steps: list[str] = field(default_factory=list)

    @property
    def sentence(self) -> Sentence:
        """The tagged sentence."""
        return self.tagged.sentence

    @property
    def known_metrics(self) -> list[str]:
        """The metrics named, else those of the question before."""
        return self.metrics or (list(self.before.query.metrics) if self.before else [])

    @property
    def known_groups(self) -> list[str]:
        """The grouping named, else that of the question before."""
        return self.groups or (list(self.before.query.group_by) if self.before else [])

    def step(self, stage: str, reason: str) -> None:
        """Note what a stage made of the sentence."""
        self.steps.append(f"{stage}: {reason}")

    def pick(self, dimension: str) -> Pick | None:
        """The filter on a dimension that keeps values."""
        return next((one for one in self.picks if one.dimension == dimension and one.op is not Op.NOT_IN), None)

    def ask(self, text: str, *options: Option, about: str = "") -> Stop:
        """The question asked back, to be raised; about a person where one is named, or people are listed."""
        asker = self.world.asker
        named = any(
            one.tag == "E" and one.name == "person" and any(each.value != asker for each in one.value)
            for one in self.sentence.items
        )
        about = about or ("person" if named or "person" in self.groups else "")
        return Stop(Unclear(text=text, options=options, about=about, steps=tuple(self.steps)))

    def cannot(self, text: str, *options: Option) -> Stop:
        """The honest no, to be raised."""
        return Stop(Impossible(text=text, options=options, steps=tuple(self.steps)))


def labels(names: tuple[Name, ...]) -> str:
    """Names as people read them."""
    return " and ".join(dict.fromkeys(one.label for one in names))


__all__ = ["Draft", "Limit", "Pick", "Reading", "Stop", "labels"]
