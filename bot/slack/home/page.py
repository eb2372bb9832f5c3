"""What the app's Home and its side pane show somebody: their team at a glance, and questions worth asking next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.errors import UserError
from bot.home.standing import UNKNOWN, HomePlace, HomeRole
from bot.questions.answers.answer import Answer, Status
from bot.questions.request import AskRequest
from bot.services import Services
from bot.sources.files.unmatched import Stranger

# Asked in plain words like anybody's, so that each figure is one that the asker may see.
MINE = (
    "my tokens last month compared with the previous month",
    "my active days per person last month compared with the previous month",
)
BESIDE = "tokens per active person of {whose} last month compared with the previous month"
GLANCE = (
    "tokens per employee of {whose} last month compared with the previous month",
    "adoption rate of {whose} last month compared with the previous month",
    "cost of {whose} last month compared with the previous month",
    "hours offloaded in {whose} last month compared with the previous month",
)
MOST_PROMPTS = 4  # in Slack's side pane
OWN, ALL = "my team", "the whole organisation"
TOOLS = "tokens of my team by tool last month"
WHERE = "slack:home"
HIDDEN = (
    "Your team's own figures cannot be shown: it is too small, or nothing is recorded. These are the nearest above it "
    "that may be shown: {whose}."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeFigure:
    """One figure with what it was before; `unit` is one of storage.catalogue.Unit's values."""

    label: str
    unit: str
    value: float
    previous: float | None = None
    change: float | None = None  # as a fraction of what it was


@dataclass(frozen=True, slots=True)
class SuggestedPrompt:
    """A question to press: what the button says, and what is asked."""

    title: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """`scope` and `period` say whose figures these are; `own` are the visitor's own, beside those of their team; `note`
    is a sentence where there are none to show."""

    scope: str = ""
    period: str = ""
    before: str = ""
    figures: tuple[HomeFigure, ...] = ()
    own: tuple[HomeFigure, ...] = ()
    prompts: tuple[SuggestedPrompt, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class HomeFigures:
    """Asks for one person what their Home shows."""

    services: Services
    workspace_id: int
    email: str
    place: HomePlace = UNKNOWN

    def page(self) -> HomePage:
        """A leader's organisation, a lead's team, a member's own figures beside their team's; where a team's may not be
        shown, those of the nearest above it that may. A stranger gets a sentence."""
        try:
            mine = self._asked(MINE) if self.place.role is HomeRole.MEMBER else []
            first_of = (ALL,) if self.place.role is HomeRole.LEADER else (OWN, *self.place.scopes[1:], ALL)
            found = next(((whose, shown) for whose in first_of if (shown := self._glance(whose))), (ALL, []))
            whose, answers = found
        except UserError as error:
            return HomePage(note=str(error))
        if not answers:
            return HomePage(
                own=_figures(mine),
                prompts=self.prompts(""),
                note="There are no figures to show you for last month yet.",
            )
        first = answers[0]
        team = "" if whose == ALL else scope_of(first)
        hidden = whose not in (OWN, first_of[0])
        return HomePage(
            scope=scope_of(first),
            period=first.period.label if first.period else "",
            before=first.previous.label if first.previous else "",
            figures=_figures(answers),
            own=tuple(replace(figure, label=figure.label.removesuffix(" per person")) for figure in _figures(mine)),
            prompts=self.prompts(team),
            note=HIDDEN.format(whose=scope_of(first)) if hidden else "",
        )

    def strangers(self) -> tuple[Stranger, ...]:
        """Whom an admin may link; nobody for others."""
        return self.services.strangers(self.workspace_id, self.email)

    def suggested(self) -> tuple[SuggestedPrompt, ...]:
        """The prompts alone. Raises UserError for a stranger."""
        own = self._ask(GLANCE[0].format(whose=OWN))
        return self.prompts(scope_of(own) if own.status is Status.ANSWERED else "")[:MOST_PROMPTS]

    def prompts(self, team: str) -> tuple[SuggestedPrompt, ...]:
        """Five questions, the first for the scorecard; with a team they are about it and the tool it uses most."""
        standing = SuggestedPrompt("How are we doing?", f"how is {team} doing?" if team else "how are we doing?")
        ranking = SuggestedPrompt("Teams, ranked", "tokens per employee by team last month")
        own = SuggestedPrompt("My own use", "my tokens last month by tool")
        if not team:
            trend = SuggestedPrompt("Week by week", "weekly tokens per employee, last 12 weeks")
            return standing, ranking, trend, SuggestedPrompt("Spend by tool", "cost by tool last month"), own
        tool = self._first_tool()
        called = tool.replace("_", " ").title()
        return (
            standing,
            SuggestedPrompt(f"{team}, week by week", f"weekly tokens per employee of {team}, last 12 weeks"),
            SuggestedPrompt("Why did it change?", f"why did tokens per employee of {team} change last month?"),
            SuggestedPrompt(f"Who adopts {called}?", f"adoption rate of {tool} by team last month") if tool else own,
            ranking,
        )

    def _glance(self, whose: str) -> list[Answer]:
        first = BESIDE if self.place.role is HomeRole.MEMBER else GLANCE[0]
        return self._asked([question.format(whose=whose) for question in (first, *GLANCE[1:])])

    def _asked(self, questions: Sequence[str]) -> list[Answer]:
        return [answer for question in questions if figure_of(answer := self._ask(question))]

    def _first_tool(self) -> str:
        answer = self._ask(TOOLS)
        used = [(row.values.get("tokens") or 0, row.labels.get("tool", "")) for row in answer.rows]
        return max(used, default=(0, ""))[1]

    def _ask(self, question: str) -> Answer:
        return self.services.ask(
            AskRequest(workspace_id=self.workspace_id, text=question, asker_email=self.email, where=WHERE)
        )


def _figures(answers: Sequence[Answer]) -> tuple[HomeFigure, ...]:
    return tuple(figure for answer in answers if (figure := figure_of(answer)))


def figure_of(answer: Answer) -> HomeFigure | None:
    """The one figure of an answer; None where it holds none."""
    if answer.status is not Status.ANSWERED or len(answer.rows) != 1 or not answer.columns:
        return None
    column, values = answer.columns[0], answer.rows[0].values
    value = values.get(column.name)
    if value is None:
        return None
    previous, change = values.get("previous"), values.get("change_pct")
    return HomeFigure(label=column.label, unit=column.unit, value=value, previous=previous, change=change)


def scope_of(answer: Answer) -> str:
    """Whose figures an answer holds."""
    return answer.receipt.scope if answer.receipt else ""


def titles(prompts: Sequence[SuggestedPrompt]) -> list[dict[str, str]]:
    """The prompts as Slack's side pane takes them."""
    return [{"title": prompt.title, "message": prompt.message} for prompt in prompts]
