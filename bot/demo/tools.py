"""The AI tools of Larkspur: what a request of each looks like and what its models cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoTool:
    """A way of using AI: how many requests on a usual day and the tokens of one."""

    provider: str
    mode: str
    models: tuple[tuple[str, float], ...]
    requests: float
    fresh: int
    cached: int
    written: int = 0
    output: int
    reasoning: float = 0.0
    suggested: float = 0.0
    accepted: float = 0.0
    seat: bool = False


@dataclass(frozen=True, slots=True)
class Price:
    """Dollars for a million tokens of each class."""

    fresh: float
    cached: float
    written: float
    output: float


# Agents read the same context again and again, so most of what they take in comes from a cache.
CLAUDE_CODE = DemoTool(
    provider="anthropic",
    mode="agent",
    models=(("claude-sonnet-4-5", 1.0),),
    requests=26,
    fresh=700,
    cached=21_000,
    written=1_500,
    output=620,
    suggested=0.4,
    accepted=0.82,
)
CODEX = DemoTool(
    provider="openai",
    mode="agent",
    models=(("gpt-5-codex", 0.85), ("gpt-5", 0.15)),
    requests=18,
    fresh=2_400,
    cached=15_000,
    output=780,
    reasoning=0.45,
)
CHATGPT = DemoTool(
    provider="openai",
    mode="chat",
    models=(("gpt-5", 0.7), ("gpt-5-mini", 0.3)),
    requests=9,
    fresh=1_900,
    cached=420,
    output=760,
    reasoning=0.4,
)
COMPLETION = DemoTool(
    provider="github",
    mode="completion",
    models=(("gpt-4.1", 1.0),),
    requests=44,
    fresh=1_400,
    cached=600,
    output=55,
    suggested=1.0,
    accepted=0.31,
    seat=True,
)
COPILOT_CHAT = DemoTool(
    provider="github",
    mode="chat",
    models=(("gpt-4.1", 0.6), ("claude-sonnet-4-5", 0.4)),
    requests=7,
    fresh=2_700,
    cached=900,
    output=480,
)
M365 = DemoTool(
    provider="microsoft",
    mode="chat",
    models=(("gpt-5", 1.0),),
    requests=6,
    fresh=2_600,
    cached=300,
    output=430,
    seat=True,
)
BEDROCK = DemoTool(
    provider="aws",
    mode="agent",
    models=(("claude-haiku-4-5", 1.0),),
    requests=1,
    fresh=1_300,
    cached=2_600,
    written=120,
    output=240,
)

# A tool with two modes has two entries, and who uses it may use either on a day.
TOOLS: dict[str, tuple[tuple[DemoTool, float], ...]] = {
    "claude_code": ((CLAUDE_CODE, 1.0),),
    "codex": ((CODEX, 1.0),),
    "chatgpt": ((CHATGPT, 1.0),),
    "github_copilot": ((COMPLETION, 0.85), (COPILOT_CHAT, 0.4)),
    "m365_copilot": ((M365, 1.0),),
    "bedrock": ((BEDROCK, 1.0),),
}

# A model that is not here is unpriced, as a vendor's preview is until its price is known.
PRICES = {
    "claude-opus-4-1": Price(15, 1.5, 18.75, 75),
    "claude-sonnet-4-5": Price(3, 0.3, 3.75, 15),
    "claude-haiku-4-5": Price(1, 0.1, 1.25, 5),
    "gpt-5": Price(1.25, 0.125, 0, 10),
    "gpt-5-codex": Price(1.25, 0.125, 0, 10),
    "gpt-5-mini": Price(0.25, 0.025, 0, 2),
    "gpt-4.1": Price(2, 0.5, 0, 8),
}


def cost(model: str, *, fresh: int, cached: int, written: int, output: int) -> float | None:
    """What the tokens cost at list price; None where the model has none."""
    price = PRICES.get(model)
    if price is None:
        return None
    return (fresh * price.fresh + cached * price.cached + written * price.written + output * price.output) / 1e6
