"""Questions composed of what is asked: a metric, a list, a condition and days, each in several wordings.

What a question must mean is known before it is read, so that its reading, its figures and those beside it can be held
to it. The names are those of the sample organisation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from storage.catalogue import METRICS

Words = tuple[str, ...]
OF_USE: Mapping[str, Words] = {
    "tokens": ("tokens", "usage", "token usage"),
    "cost": ("cost", "spend", "spending"),
    "requests": ("requests", "calls", "model calls"),
    "fresh_tokens": ("fresh tokens", "uncached tokens"),
    "effective_tokens": ("effective tokens", "weighted tokens"),
    "input_tokens": ("input tokens", "prompt tokens"),
    "cached_input_tokens": ("cached tokens", "cache reads"),
    "cache_write_tokens": ("cache write tokens", "cache writes"),
    "output_tokens": ("output tokens", "completion tokens", "generated tokens"),
    "reasoning_tokens": ("reasoning tokens", "thinking tokens"),
    "suggested": ("suggestions", "suggestions shown"),
    "accepted": ("accepted suggestions", "suggestions accepted"),
    "agent_share": ("agent share", "agentic share"),
    "cache_share": ("cache share", "cache hit rate"),
    "output_share": ("output share", "output ratio"),
    "acceptance_rate": ("acceptance rate", "accept rate"),
    "active_people": ("active people", "active users"),
    "adoption_rate": ("adoption rate", "adoption", "uptake"),
    "tokens_per_employee": ("tokens per employee", "tokens per head", "usage per head"),
    "cost_per_employee": ("cost per employee", "spend per head"),
    "requests_per_employee": ("requests per employee", "calls per head"),
    "tokens_per_active_person": ("tokens per active person", "tokens per active user"),
}
OF_WORK: Mapping[str, Words] = {
    "items": ("items", "work items"),
    "human_hours": ("human hours", "hours of human work"),
    "success_rate": ("success rate",),
    "rework_rate": ("rework rate",),
    "failure_rate": ("failure rate",),
    "minutes_per_item": ("minutes per item", "time per item"),
}
FIGURES: Mapping[str, Words] = {**OF_USE, **OF_WORK}
LISTS: Mapping[str, Words] = {
    "team": ("team", "department", "squad"),
    "title": ("title", "job title", "role"),
    "location": ("location", "office", "site"),
    "kind": ("kind of person", "employment type"),
    "tool": ("tool", "app"),
    "provider": ("provider", "vendor"),
    "model": ("model", "llm"),
    "mode": ("mode", "usage mode"),
    "workflow": ("workflow", "use case"),
    "activity": ("activity", "kind of work"),
}
NAMES: Mapping[str, Mapping[str, Words]] = {  # by dimension what the query holds, and how it is said
    "team": {
        "Checkout": ("of Checkout", "in payments"),
        "Customer Care": ("of Customer Care", "in Customer Care"),
        "Booking": ("in Booking", "for Booking"),
        "Treasury": ("of Treasury", "of finance"),
    },
    "location": {"Porto": ("in Porto", "of Porto"), "Nairobi": ("in Nairobi",)},
    "title": {"Senior Engineer": ("of senior engineers", "among senior engineers")},
    "tool": {"claude_code": ("of Claude Code", "with Claude Code"), "github_copilot": ("in GitHub Copilot",)},
    "provider": {"anthropic": ("of Anthropic", "from Anthropic"), "openai": ("of OpenAI",)},
    "model": {"gpt-5-mini": ("of gpt-5-mini", "with GPT-5 mini")},
    "workflow": {"release notes": ("for release notes", "on release notes"), "email replies": ("in email replies",)},
    "activity": {"analysis": ("in analysis",)},
}
DAYS: Mapping[tuple[date, date], Words] = {
    (date(2026, 10, 1), date(2026, 10, 31)): ("last month", "in October", "the previous month"),
    (date(2026, 11, 9), date(2026, 11, 15)): ("last week", "in week 46", "from 9 to 15 November"),
    (date(2026, 7, 1), date(2026, 9, 30)): ("last quarter", "in Q3", "in the third quarter", "from July to September"),
    (date(2026, 10, 21), date(2026, 11, 17)): ("", "in the last 28 days", "over the past 28 days"),
    (date(2026, 11, 1), date(2026, 11, 18)): ("this month", "month to date", "so far this month"),
    (date(2026, 8, 1), date(2026, 10, 31)): ("in the last 3 months", "over the last three months"),
    (date(2026, 10, 5), date(2026, 10, 9)): ("from 5 to 9 October", "between 5 October and 9 October"),
}
LEADS = ("", "", "", "show me the ", "give me the ", "what was the ", "can you tell me the ", "I need ")
LISTED = ("by {}", "per {}", "for each {}", "broken down by {}", "split by {}")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a question asks; `listed` and `dimension` are "" where it lists nothing and leaves nothing out."""

    metric: str
    listed: str
    dimension: str
    name: str
    days: tuple[date, date]

    @property
    def adds_up(self) -> bool:
        """Whether the rows of its list make its total."""
        return METRICS[self.metric].additive

    @property
    def whole(self) -> Meaning:
        """The same without its list."""
        return replace(self, listed="")

    @property
    def plain(self) -> str:
        """The plainest way to ask it, with the days as dates."""
        first, last = (f"{day:%Y-%m-%d}" for day in self.days)
        figure = FIGURES[self.metric][0]
        named = NAMES[self.dimension][self.name][0] if self.dimension else ""
        listed = f"by {LISTS[self.listed][0]}" if self.listed else ""
        return " ".join(filter(None, [figure, named, listed, f"from {first} to {last}"]))

    def wording(self, chance: Random) -> str:
        """One way to ask it."""
        figure = chance.choice(FIGURES[self.metric])
        named = chance.choice(NAMES[self.dimension][self.name]) if self.dimension else ""
        listed = chance.choice(LISTED).format(chance.choice(LISTS[self.listed])) if self.listed else ""
        days = chance.choice(DAYS[self.days])
        tail = [listed, days] if chance.random() < 0.5 else [days, listed]
        said = chance.choice(LEADS) + " ".join(filter(None, [figure, named, *tail]))
        return said + chance.choice(("", "?"))


def meaning(chance: Random) -> Meaning:
    """Anything that can be asked of the sample organisation in these words."""
    metrics, lists = (OF_WORK, ["team", "workflow", "activity"]) if chance.random() < 0.2 else (OF_USE, [*LISTS])
    listed = chance.choice(lists) if chance.random() < 0.6 else ""
    dimension = chance.choice([name for name in lists if name in NAMES and name != listed])
    dimension = dimension if chance.random() < 0.5 else ""
    name = chance.choice([*NAMES[dimension]]) if dimension else ""
    return Meaning(chance.choice([*metrics]), listed, dimension, name, chance.choice([*DAYS]))
