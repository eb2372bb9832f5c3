"""The metric catalogue: every metric and every dimension, declared once. Formulas are those of the definitions page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement

from storage.errors import InvalidQuery
from storage.formula import Formula, M
from storage.measures import MEASURES, Base
from storage.tables import Person, Spell, Stream, Team, WorkDaily, Workflow


class Unit(StrEnum):
    """What a figure counts, and so how it is written."""

    TOKENS = "tokens"
    USD = "USD"
    REQUESTS = "requests"
    PEOPLE = "people"
    FRACTION = "fraction"
    TOKENS_PER_PERSON = "tokens per person"
    USD_PER_PERSON = "USD per person"
    REQUESTS_PER_PERSON = "requests per person"
    DAYS = "days"
    SUGGESTIONS = "suggestions"
    ITEMS = "items"
    MINUTES = "minutes"
    HOURS = "hours"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A metric: what it is, what it is made of, and the everyday words for it.

    additive  sums of it over disjoint groups add up, so it may have a share
    better    "up", "down" or "" where neither direction is good in itself
    words     what people say for it besides its name and label; matched on whole words
    minimum   the smallest group of members it may be shown for, where that is more than for others
    """

    name: str
    label: str
    unit: Unit
    formula: Formula
    description: str
    additive: bool = False
    better: str = ""
    words: tuple[str, ...] = ()
    minimum: int = 0

    @property
    def measures(self) -> frozenset[str]:
        """The names of the sums it needs."""
        return frozenset(self.formula.names())

    @property
    def bases(self) -> frozenset[Base]:
        """Which kinds of rows it is taken from."""
        return frozenset(MEASURES[name].base for name in self.measures)

    @property
    def of_usage(self) -> bool:
        """Whether it is a figure made of usage, so that few users in a group hide it; counts of people are not."""
        return Base.USAGE in self.bases and self.unit is not Unit.PEOPLE and self.name != "adoption_rate"


tokens = M("input") + M("cached") + M("cache_write") + M("output")
w_tokens = M("w_input") + M("w_cached") + M("w_cache_write") + M("w_output")
effective = M("input") + Fraction(1, 10) * M("cached") + Fraction(5, 4) * M("cache_write") + 5 * M("output")
w_effective = M("w_input") + Fraction(1, 10) * M("w_cached") + Fraction(5, 4) * M("w_cache_write") + 5 * M("w_output")
USD = Fraction(1, 1_000_000_000)
cost = USD * M("cost_nano")
MINUTE = Fraction(1, 60_000)
HOUR = Fraction(1, 3_600_000)
headcount = M("headcount_days") / M("days")

_METRICS = (
    Metric(
        name="tokens",
        label="tokens",
        unit=Unit.TOKENS,
        formula=tokens,
        additive=True,
        description="All tokens: fresh input, input read from a cache, cache writes and output.",
        words=("token", "usage", "ai usage", "consumption", "token usage", "token consumption", "token count", "token volume", "total tokens", "raw tokens"),
    ),
    Metric(
        name="fresh_tokens",
        label="fresh tokens",
        unit=Unit.TOKENS,
        formula=tokens - M("cached"),
        additive=True,
        description="Tokens without those read from a cache.",
        words=("uncached tokens", "non-cached tokens", "tokens without cache", "tokens excluding cache", "novel tokens", "new tokens"),
    ),
    Metric(
        name="effective_tokens",
        label="effective tokens",
        unit=Unit.TOKENS,
        formula=effective,
        additive=True,
        description="Tokens weighted by what they cost to produce (input 1, cached input 0.1, cache write 1.25, output 5; weights effective_tokens_v1).",
        words=("weighted tokens", "fresh-input equivalents", "input equivalents"),
    ),
    Metric(
        name="input_tokens",
        label="input tokens",
        unit=Unit.TOKENS,
        formula=M("input"),
        additive=True,
        description="Fresh input: what was sent and neither read from nor written to a cache.",
        words=("fresh input tokens", "fresh input", "uncached input", "uncached input tokens", "prompt tokens", "tokens in", "input"),
    ),
    Metric(
        name="cached_input_tokens",
        label="cached input tokens",
        unit=Unit.TOKENS,
        formula=M("cached"),
        additive=True,
        description="Input read from a cache.",
        words=("cached tokens", "cached input", "cache read tokens", "cache reads", "tokens read from cache", "tokens from cache"),
    ),
    Metric(
        name="cache_write_tokens",
        label="cache write tokens",
        unit=Unit.TOKENS,
        formula=M("cache_write"),
        additive=True,
        description="Input written to a cache.",
        words=("cache writes", "cache creation tokens", "tokens written to cache"),
    ),
    Metric(
        name="output_tokens",
        label="output tokens",
        unit=Unit.TOKENS,
        formula=M("output"),
        additive=True,
        description="What models wrote, reasoning included.",
        words=("completion tokens", "generated tokens", "tokens out", "tokens generated", "output"),
    ),
    Metric(
        name="reasoning_tokens",
        label="reasoning tokens",
        unit=Unit.TOKENS,
        formula=M("reasoning"),
        additive=True,
        description="The part of output that was reasoning.",
        words=("thinking tokens", "thought tokens", "reasoning"),
    ),
    Metric(
        name="requests",
        label="requests",
        unit=Unit.REQUESTS,
        formula=M("requests"),
        additive=True,
        description="Model requests.",
        words=("request", "request count", "calls", "api calls", "model calls", "prompts", "queries sent"),
    ),
    Metric(
        name="cost",
        label="cost",
        unit=Unit.USD,
        formula=cost,
        additive=True,
        description="Dollars billed, listed or estimated; use that a seat covers counts 0, use without a price is left out.",
        words=("costs", "spend", "spending", "spent", "bill", "burn", "money", "budget", "expense", "expenses", "dollars", "usd", "bucks", "pay", "paid", "charge", "charged", "expenditure", "price tag", "outlay"),
    ),
    Metric(
        name="cost_per_million_tokens",
        label="cost per million tokens",
        unit=Unit.USD,
        formula=1_000_000 * (cost / tokens),
        description="Cost ÷ tokens × one million.",
        better="down",
        words=("price per million tokens", "price per million", "cost per million", "cost per 1m tokens", "cost per mtok", "cost per 1m", "price per mtok", "million tokens cost", "blended price"),
    ),
    Metric(
        name="headcount",
        label="headcount",
        unit=Unit.PEOPLE,
        formula=headcount,
        description="People employed (employees and contractors), the mean over the days of the period.",
        words=("heads", "people", "folks", "head count", "staff count", "number of people", "team size", "employees", "staff", "workforce size", "size"),
    ),
    Metric(
        name="active_people",
        label="active people",
        unit=Unit.PEOPLE,
        formula=M("active_people"),
        description="Different people, agents left out, with at least one request.",
        better="up",
        words=("active users", "users", "active persons", "active employees", "active ppl", "people using ai", "people who used ai", "active folks", "people active"),
    ),
    Metric(
        name="inactive_people",
        label="inactive people",
        unit=Unit.PEOPLE,
        formula=M("members") - M("active_people"),
        description="Members of the period without a request.",
        better="down",
        words=("inactive users", "non-users", "nonusers", "people not using", "people without usage", "people with no usage", "idle people", "not using ai"),
    ),
    Metric(
        name="adoption_rate",
        label="adoption rate",
        unit=Unit.FRACTION,
        formula=M("active_people") / M("members"),
        description="Active people ÷ members, the people with at least one day in the scope and period.",
        better="up",
        words=("adoption", "ai adoption", "uptake", "adoption level", "penetration"),
    ),
    Metric(
        name="tokens_per_employee",
        label="tokens per employee",
        unit=Unit.TOKENS_PER_PERSON,
        formula=w_tokens / headcount,
        description="Workforce tokens ÷ headcount; tokens of the scope's agents are counted, the agents are not.",
        words=("tokens per head", "tokens per person", "tokens per capita", "per-head tokens", "usage per employee", "usage per head", "leverage"),
    ),
    Metric(
        name="fresh_tokens_per_employee",
        label="fresh tokens per employee",
        unit=Unit.TOKENS_PER_PERSON,
        formula=(w_tokens - M("w_cached")) / headcount,
        description="Workforce fresh tokens ÷ headcount.",
    ),
    Metric(
        name="effective_tokens_per_employee",
        label="effective tokens per employee",
        unit=Unit.TOKENS_PER_PERSON,
        formula=w_effective / headcount,
        description="Workforce effective tokens (effective_tokens_v1) ÷ headcount.",
    ),
    Metric(
        name="cost_per_employee",
        label="cost per employee",
        unit=Unit.USD_PER_PERSON,
        formula=(USD * M("w_cost_nano")) / headcount,
        description="Workforce cost ÷ headcount.",
    ),
    Metric(
        name="requests_per_employee",
        label="requests per employee",
        unit=Unit.REQUESTS_PER_PERSON,
        formula=M("w_requests") / headcount,
        description="Workforce requests ÷ headcount.",
    ),
    Metric(
        name="tokens_per_active_person",
        label="tokens per active person",
        unit=Unit.TOKENS_PER_PERSON,
        formula=M("people_tokens") / M("active_people"),
        description="Workforce tokens of people ÷ active people; agents' tokens are left out.",
        words=("tokens per active user", "tokens per user", "tokens per active employee", "usage per user", "usage per active person"),
    ),
    Metric(
        name="active_days_per_person",
        label="active days per person",
        unit=Unit.DAYS,
        formula=M("active_days") / M("active_people"),
        description="Days with a request, counted for each person, ÷ active people.",
        better="up",
        words=("active days", "active days per user", "days active", "active days per active person", "days of use per person"),
    ),
    Metric(
        name="agent_share",
        label="agent share",
        unit=Unit.FRACTION,
        formula=M("agentic_tokens") / w_tokens,
        description="Workforce tokens in mode agent or of an agent ÷ workforce tokens.",
        words=("agentic share", "agentic", "share of agentic tokens", "share that is agentic", "agentic part"),
    ),
    Metric(
        name="cache_share",
        label="cache share",
        unit=Unit.FRACTION,
        formula=M("w_cached") / (M("w_input") + M("w_cached") + M("w_cache_write")),
        description="Cached input ÷ all input (fresh, cached and cache writes), workforce.",
        words=("cached share", "cache hit rate", "cache rate", "cache hits", "cache ratio", "cached input share"),
    ),
    Metric(
        name="output_share",
        label="output share",
        unit=Unit.FRACTION,
        formula=M("w_output") / w_tokens,
        description="Output ÷ tokens, workforce.",
        words=("share of output", "output ratio", "output fraction", "output part"),
    ),
    Metric(
        name="suggested",
        label="suggestions",
        unit=Unit.SUGGESTIONS,
        formula=M("suggested"),
        additive=True,
        description="Suggestions shown by tools.",
        words=("suggestion", "suggested", "suggestions made", "suggestions shown", "offered suggestions"),
    ),
    Metric(
        name="accepted",
        label="accepted suggestions",
        unit=Unit.SUGGESTIONS,
        formula=M("accepted"),
        additive=True,
        description="Suggestions accepted.",
        words=("accepted", "acceptances", "suggestions accepted", "accepts"),
    ),
    Metric(
        name="acceptance_rate",
        label="acceptance rate",
        unit=Unit.FRACTION,
        formula=M("accepted") / M("suggested"),
        description="Accepted ÷ suggested.",
        words=("acceptance", "accept rate", "share of suggestions accepted"),
    ),
    Metric(
        name="top_decile_share",
        label="top-decile share",
        unit=Unit.FRACTION,
        formula=M("decile_tokens") / M("people_tokens"),
        description="Tokens of the tenth of members with most tokens ÷ tokens of people, workforce.",
        minimum=20,
        words=("top decile share", "top decile", "top 10% share", "concentration", "concentrated"),
    ),
    Metric(
        name="items",
        label="items",
        unit=Unit.ITEMS,
        formula=M("items"),
        additive=True,
        description="Items of work done, by people and AI together.",
        words=("item", "work items", "items of work", "pieces of work", "work volume", "throughput"),
    ),
    Metric(
        name="human_minutes",
        label="human minutes",
        unit=Unit.MINUTES,
        formula=MINUTE * M("human_ms"),
        additive=True,
        description="Minutes people spent on items, in every mode.",
        words=("minutes of human work", "minutes spent by people", "minutes of people", "human time in minutes"),
    ),
    Metric(
        name="human_hours",
        label="human hours",
        unit=Unit.HOURS,
        formula=HOUR * M("human_ms"),
        additive=True,
        description="Human minutes ÷ 60.",
        words=("hours of human work", "human time", "hours people spent", "hours of people", "person hours", "man hours", "manual hours"),
    ),
    Metric(
        name="minutes_per_item",
        label="minutes per item",
        unit=Unit.MINUTES,
        formula=(MINUTE * M("human_ms")) / M("items"),
        better="down",
        description="Human minutes ÷ items.",
        words=("time per item", "human minutes per item", "minutes an item", "handling time", "minutes each item"),
    ),
    Metric(
        name="ai_share",
        label="AI share of items",
        unit=Unit.FRACTION,
        formula=M("ai_items") / M("items"),
        description="Items done in mode assisted or agent ÷ items.",
        words=("ai share", "ai share of items", "ai share of work", "share done with ai", "share of items done with ai", "ai part"),
    ),
    Metric(
        name="autonomy_share",
        label="autonomy share",
        unit=Unit.FRACTION,
        formula=M("agent_items") / M("items"),
        description="Items done in mode agent ÷ items.",
        words=("autonomy", "autonomous share", "share done by agents alone", "autonomy rate"),
    ),
    Metric(
        name="success_rate",
        label="success rate",
        unit=Unit.FRACTION,
        formula=M("work_accepted") / M("items"),
        better="up",
        description="Items accepted ÷ items.",
        words=("success", "success share", "rate of success"),
    ),
    Metric(
        name="rework_rate",
        label="rework rate",
        unit=Unit.FRACTION,
        formula=M("work_reworked") / M("items"),
        better="down",
        description="Items reworked ÷ items.",
        words=("rework", "rework share", "redo rate"),
    ),
    Metric(
        name="failure_rate",
        label="failure rate",
        unit=Unit.FRACTION,
        formula=M("work_failed") / M("items"),
        better="down",
        description="Items failed ÷ items.",
        words=("failure", "failures", "fail rate", "failure share", "error rate"),
    ),
    Metric(
        name="hours_offloaded",
        label="hours offloaded",
        unit=Unit.HOURS,
        formula=HOUR * M("offloaded_ms"),
        additive=True,
        better="up",
        description="For each workflow: the minutes an item takes by hand × items of the AI modes − human minutes of those, ÷ 60; a workflow without an item by hand gives none.",
        words=("hours saved", "offloaded hours", "hours taken off", "time saved", "saved hours", "time offloaded"),
    ),
    Metric(
        name="offloadable_hours",
        label="offloadable hours",
        unit=Unit.HOURS,
        formula=HOUR * M("by_hand_ms"),
        additive=True,
        description="Human hours of items still done by hand.",
        words=("hours that could be offloaded", "hours still by hand", "offloadable", "hours by hand", "manual work hours"),
    ),
)

METRICS: dict[str, Metric] = {one.name: one for one in _METRICS}


def metric(name: str) -> Metric:
    """A metric by name, or the plain ratio "a/b" of two additive ones. Raises InvalidQuery."""
    if name in METRICS:
        return METRICS[name]
    above, slash, below = name.partition("/")
    if slash and above in METRICS and below in METRICS and METRICS[above].additive and METRICS[below].additive:
        return _ratio(METRICS[above], METRICS[below])
    raise InvalidQuery(f"no metric is called {name!r}")


def _ratio(above: Metric, below: Metric) -> Metric:
    one = {Unit.TOKENS: "token", Unit.REQUESTS: "request", Unit.ITEMS: "item", Unit.SUGGESTIONS: "suggestion"}
    return Metric(
        name=f"{above.name}/{below.name}",
        label=f"{above.label} per {below.label.removesuffix('s')}",
        unit=above.unit if below.unit in one else Unit.RATIO,
        formula=above.formula / below.formula,
        description=f"{above.label.capitalize()} ÷ {below.label}.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """What a figure can be split by or filtered on: one column for each kind of rows that knows it.

    people    it describes people, so it cuts headcount as well as usage
    filter_only  a question may name a value of it but not list by it
    """

    name: str
    label: str
    plural: str
    usage: ColumnElement[Any] | Any = None
    work: ColumnElement[Any] | Any = None
    people: bool = False
    filter_only: bool = False
    words: tuple[str, ...] = ()


_DIMENSIONS = (
    Dimension(name="team", label="team", plural="teams", usage=Team.name, work=Team.name, people=True, words=("group", "groups", "department", "departments", "squad", "squads", "org unit")),
    Dimension(name="person", label="person", plural="people", usage=Person.id, people=True, words=("people", "user", "users", "individual", "individuals", "employee", "employees", "colleague", "engineer", "member", "members")),
    Dimension(name="title", label="title", plural="titles", usage=Spell.title, people=True, words=("job title", "job titles", "role", "roles", "position", "job")),
    Dimension(name="location", label="location", plural="locations", usage=Spell.location, people=True, words=("site", "sites", "office", "offices", "city", "cities", "place", "places", "country", "region")),
    Dimension(name="kind", label="kind", plural="kinds", usage=Spell.kind, people=True, words=("employment type", "kind of person", "employee type", "contract type", "type of worker", "employment kind")),
    Dimension(name="tool", label="tool", plural="tools", usage=Stream.tool, words=("app", "apps", "product", "products", "ai tool", "ai tools", "client", "clients")),
    Dimension(name="provider", label="provider", plural="providers", usage=Stream.provider, words=("vendor", "vendors", "supplier", "suppliers")),
    Dimension(name="model", label="model", plural="models", usage=Stream.model, words=("llm", "llms", "ai model", "ai models")),
    Dimension(name="mode", label="mode", plural="modes", usage=Stream.mode, work=WorkDaily.mode, words=("usage mode", "way of use", "interaction mode")),
    Dimension(name="workflow", label="workflow", plural="workflows", usage=Stream.workflow, work=WorkDaily.workflow, words=("process", "processes", "use case", "use cases")),
    Dimension(name="activity", label="activity", plural="activities", usage=Workflow.activity, work=Workflow.activity, words=("kind of work", "type of work", "work type", "activity type", "kinds of work", "types of work")),
    Dimension(name="ledger", label="ledger", plural="ledgers", usage=Stream.ledger, filter_only=True),
)

DIMENSIONS: dict[str, Dimension] = {one.name: one for one in _DIMENSIONS}
NONE = "(none)"


def dimension(name: str) -> Dimension:
    """A dimension by name. Raises InvalidQuery."""
    if name not in DIMENSIONS:
        raise InvalidQuery(f"no dimension is called {name!r}")
    return DIMENSIONS[name]
