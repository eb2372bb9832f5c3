"""The usage of Larkspur, a line for each person, day, tool, model and workflow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from bot.demo.company import AGENTS, DOMAIN, TEAMS, DemoTeam, ServiceAccount
from bot.demo.people import RosterLine
from bot.demo.stories import ADOPTED_TOOL, ADOPTING_TEAM, Stories
from bot.demo.tools import PRICES, TOOLS, DemoTool, cost
from bot.demo.workflows import WORKFLOWS

USAGE_COLUMNS = (
    "date",
    "email",
    "tool",
    "provider",
    "model",
    "mode",
    "workflow",
    "input_tokens",
    "cached_input_tokens",
    "cache_write_tokens",
    "output_tokens",
    "reasoning_tokens",
    "requests",
    "suggested",
    "accepted",
    "cost_usd",
    "ledger",
    "price_input",
    "price_cached",
    "price_cache_write",
    "price_output",
)
BY_NAME = {team.name: team for team in TEAMS}
# Its owner left before the first recorded day, and its key works on: use that belongs to nobody.
FORGOTTEN_KEY = f"old-reports@{DOMAIN}"


@dataclass(frozen=True, slots=True)
class Habit:
    """How one person uses AI: how strongly, how often, and each tool from a day on."""

    strength: float
    often: float
    tools: tuple[tuple[str, date], ...]


def usage(rng: Random, roster: list[RosterLine], stories: Stories) -> Iterator[tuple[object, ...]]:
    """The rows of usage.csv in the order of their days."""
    people = [spell for spell in roster if spell.kind != "agent"]
    habits = _habits(rng, people, stories)
    workflows = _workflows_by_team()
    for offset in range((stories.as_of - stories.first_day).days + 1):
        day = stories.first_day + timedelta(days=offset)
        for spell in people:
            if spell.holds(day) and spell.email in habits:
                yield from _day_of(rng, spell, habits[spell.email], workflows, stories, day)
        for account in AGENTS:
            yield _day_of_agent(rng, account, stories, day)
        if day.weekday() == 0:
            yield _row(rng, day, FORGOTTEN_KEY, "chatgpt", TOOLS["chatgpt"][0][0], "gpt-5-mini", "", 1.0)


def _habits(rng: Random, people: list[RosterLine], stories: Stories) -> dict[str, Habit]:
    """One habit a person, kept through a move; who never uses AI has none."""
    habits: dict[str, Habit] = {}
    for spell in people:
        team = BY_NAME[spell.team]
        if spell.email not in habits and rng.random() < team.adoption:
            habits[spell.email] = Habit(
                strength=team.intensity * rng.lognormvariate(-0.25, 0.75),
                often=min(0.95, max(0.15, rng.gauss(0.72, 0.2))),
                tools=_tools(rng, team, stories),
            )
    return habits


def _tools(rng: Random, team: DemoTeam, stories: Stories) -> tuple[tuple[str, date], ...]:
    """What the person has: at least one tool of the team's, and what the team adopts as it spreads."""
    had = [(tool, stories.first_day) for tool, share in team.tools if rng.random() < share]
    if not had:
        had = [(max(team.tools, key=lambda entry: entry[1])[0], stories.first_day)]
    if team.name == ADOPTING_TEAM and rng.random() < 0.9:
        had.append((ADOPTED_TOOL, stories.adoption + timedelta(days=rng.randint(0, 16))))
    return tuple(had)


def _workflows_by_team() -> dict[str, tuple[str, ...]]:
    """The workflows that a team's use can be for: its own and its parent's."""
    return {
        team.name: tuple(w.name for w in WORKFLOWS if w.team in (team.name, team.parent)) or ("",) for team in TEAMS
    }


def _day_of(
    rng: Random, spell: RosterLine, habit: Habit, workflows: dict[str, tuple[str, ...]], stories: Stories, day: date
) -> Iterator[tuple[object, ...]]:
    """A person's rows on a day: at most one a tool, mode and model."""
    if rng.random() > habit.often * stories.pace(day):
        return
    strength = habit.strength * stories.growth(day) * stories.jumped(spell.team, day)
    for name, since in habit.tools:
        if day < since or rng.random() > 0.75:
            continue
        for tool, share in TOOLS[name]:
            if rng.random() < share:
                workflow = rng.choice(workflows[spell.team]) if rng.random() < 0.65 else ""
                model = stories.model(name, _pick(rng, tool), day, rng.random())
                yield _row(rng, day, spell.email, name, tool, model, workflow, strength)


def _pick(rng: Random, tool: DemoTool) -> str:
    roll = rng.random()
    for model, share in tool.models:
        roll -= share
        if roll < 0:
            return model
    return tool.models[-1][0]


def _day_of_agent(rng: Random, account: ServiceAccount, stories: Stories, day: date) -> tuple[object, ...]:
    """An agent works every day; one that serves customers less on weekends."""
    tool = TOOLS[account.tool][0][0]
    weekend = 0.45 if day.weekday() >= 5 else 1.0
    strength = account.requests / tool.requests * weekend * stories.growth(day) ** 1.5
    return _row(rng, day, account.email, account.tool, tool, account.model, account.workflow, strength, account.ledger)


def _row(
    rng: Random,
    day: date,
    email: str,
    name: str,
    tool: DemoTool,
    model: str,
    workflow: str,
    strength: float,
    ledger: str = "workforce",
) -> tuple[object, ...]:
    """One line in the order of `USAGE_COLUMNS`; a tool under a seat costs 0, an unpriced model nothing known."""
    requests = max(1, round(tool.requests * strength * rng.lognormvariate(-0.1, 0.45)))
    weight = requests * rng.lognormvariate(-0.05, 0.3)
    fresh, written = round(weight * tool.fresh), round(weight * tool.written)
    cached = round(weight * tool.cached * rng.uniform(0.7, 1.3))
    output = round(weight * tool.output)
    price = 0.0 if tool.seat else cost(model, fresh=fresh, cached=cached, written=written, output=output)
    listed = None if tool.seat else PRICES.get(model)
    suggested = round(requests * tool.suggested)
    return (
        day.isoformat(),
        email,
        name,
        tool.provider,
        model,
        tool.mode,
        workflow,
        fresh,
        cached,
        written,
        output,
        round(output * tool.reasoning),
        requests,
        suggested,
        round(suggested * min(1.0, tool.accepted * rng.uniform(0.85, 1.15))),
        "" if price is None else f"{price:.6f}",
        ledger,
        *((listed.fresh, listed.cached, listed.written, listed.output) if listed else ("",) * 4),
    )
