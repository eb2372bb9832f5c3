"""The metrics of usage; formulas are those of the definitions page."""

from __future__ import annotations

from fractions import Fraction

from storage.catalogue.declarations import Metric, Unit
from storage.catalogue.formula import Known, M

tokens = Known((M("input"), M("cached"), M("cache_write"), M("output")))
fresh = Known((M("input"), M("cache_write"), M("output")), whole=tokens)
w_tokens = Known((M("w_input"), M("w_cached"), M("w_cache_write"), M("w_output")))
w_fresh = Known((M("w_input"), M("w_cache_write"), M("w_output")), whole=w_tokens)
effective = Known((M("input"), Fraction(1, 10) * M("cached"), Fraction(5, 4) * M("cache_write"), 5 * M("output")))
USD = Fraction(1, 1_000_000_000)
cost = USD * M("cost_nano")

USAGE_METRICS = (
    Metric(
        name="tokens",
        label="tokens",
        unit=Unit.TOKENS,
        formula=tokens,
        additive=True,
        description="All tokens: fresh input, input read from a cache, cache writes and output.",
    ),
    Metric(
        name="fresh_tokens",
        label="fresh tokens",
        unit=Unit.TOKENS,
        formula=fresh,
        additive=True,
        description="Tokens without those read from a cache.",
    ),
    Metric(
        name="effective_tokens",
        label="effective tokens",
        unit=Unit.TOKENS,
        formula=effective,
        additive=True,
        description=(
            "Tokens weighted by what they cost to produce (input 1, cached input 0.1, cache write 1.25, output 5;"
            " weights effective_tokens_v1)."
        ),
    ),
    Metric(
        name="input_tokens",
        label="input tokens",
        unit=Unit.TOKENS,
        formula=M("input"),
        additive=True,
        description="Fresh input: what was sent and neither read from nor written to a cache.",
    ),
    Metric(
        name="cached_input_tokens",
        label="cached input tokens",
        unit=Unit.TOKENS,
        formula=M("cached"),
        additive=True,
        description="Input read from a cache.",
    ),
    Metric(
        name="cache_write_tokens",
        label="cache write tokens",
        unit=Unit.TOKENS,
        formula=M("cache_write"),
        additive=True,
        description="Input written to a cache.",
    ),
    Metric(
        name="output_tokens",
        label="output tokens",
        unit=Unit.TOKENS,
        formula=M("output"),
        additive=True,
        description="What models wrote, reasoning included.",
    ),
    Metric(
        name="reasoning_tokens",
        label="reasoning tokens",
        unit=Unit.TOKENS,
        formula=M("reasoning"),
        additive=True,
        description="The part of output that was reasoning.",
    ),
    Metric(
        name="requests",
        label="requests",
        unit=Unit.REQUESTS,
        formula=M("requests"),
        additive=True,
        description="Model requests.",
    ),
    Metric(
        name="cost",
        label="cost",
        unit=Unit.USD,
        formula=cost,
        additive=True,
        description=(
            "Dollars billed, listed or estimated; use that a seat covers counts 0, use without a price is left out."
        ),
    ),
    Metric(
        name="list_value",
        label="list value",
        unit=Unit.USD,
        formula=USD * M("list_nano"),
        additive=True,
        description="What the same use costs at list price, billed and covered alike; null where no price is known.",
    ),
    Metric(
        name="cost_per_million_tokens",
        label="cost per million tokens",
        unit=Unit.USD,
        formula=1_000_000 * (cost / tokens),
        better="down",
        description="Cost ÷ tokens × one million.",
    ),
    Metric(
        name="tokens_per_dollar",
        label="tokens per dollar",
        unit=Unit.TOKENS,
        formula=tokens / cost,
        better="up",
        description="Tokens ÷ cost in dollars.",
    ),
    Metric(
        name="agent_share",
        label="agent share",
        unit=Unit.FRACTION,
        formula=M("agentic_tokens") / w_tokens,
        description="Workforce tokens in mode agent or of an agent ÷ workforce tokens.",
    ),
    Metric(
        name="cache_share",
        label="cache share",
        unit=Unit.FRACTION,
        formula=M("w_cached") / Known((M("w_input"), M("w_cached"), M("w_cache_write"))),
        description="Cached input ÷ all input (fresh, cached and cache writes), workforce.",
    ),
    Metric(
        name="output_share",
        label="output share",
        unit=Unit.FRACTION,
        formula=M("w_output") / w_tokens,
        description="Output ÷ tokens, workforce.",
    ),
    Metric(
        name="suggested",
        label="suggestions",
        unit=Unit.SUGGESTIONS,
        formula=M("suggested"),
        additive=True,
        description="Suggestions shown by tools.",
    ),
    Metric(
        name="accepted",
        label="accepted suggestions",
        unit=Unit.SUGGESTIONS,
        formula=M("accepted"),
        additive=True,
        description="Suggestions accepted.",
    ),
    Metric(
        name="acceptance_rate",
        label="acceptance rate",
        unit=Unit.FRACTION,
        formula=M("accepted") / M("suggested"),
        description="Accepted ÷ suggested.",
    ),
    Metric(
        name="top_decile_share",
        label="top-decile share",
        unit=Unit.FRACTION,
        formula=M("decile_tokens") / M("people_tokens"),
        minimum=20,
        description="Tokens of the tenth of members with most tokens ÷ tokens of people, workforce.",
    ),
)
