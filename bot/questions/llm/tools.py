"""The five tools that a model may call: their schemas, from the catalogue, and a call of one as checked values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.questions.lexicon.tables import entries, read
from bot.questions.llm.schema import Json, many, maybe, one_of, record, text, yes
from storage.catalogue import DIMENSIONS, METRICS
from storage.query import By, Compare, Grain, Op

MOST_CALLS = 6
LONGEST_QUESTION = 600

RUN, CHANGE, OFFLOAD, ASK, DECLINE = (
    "run_query", "decompose_change", "list_offload_workflows", "ask_back", "decline",
)  # fmt: skip
FEATURES = ("metric", "grouping", "grain", "ranking", "share", "comparison", "average", "normal", "peers")
DOUBTS = ("metric", "name", "time", "grouping")
REASONS = ("verdict_on_people", "advice", "prediction", "not_recorded", "off_topic")


@dataclass(frozen=True, slots=True)
class Tool:
    """A function that a model may call."""

    name: str
    description: str
    parameters: Json = field(repr=False)


_GRAINS = [grain.value for grain in Grain]
# What is read in plainer words (`bot.questions.rewording`) does not reach a model.
_REWORDED = {entry["name"] for entry in read("rewordings")["dimension"]}
_LISTED = [name for name in DIMENSIONS if name not in _REWORDED]
_NAMED = [*_LISTED, "ledger"]
_WORDED = {entry.name for entry in entries("metrics")}
_ADDITIVE = [metric.name for metric in METRICS.values() if metric.additive]
_METRIC = one_of([name for name in METRICS if name in _WORDED])
_WORDS_READ = many(
    record(words=text(60, "verbatim"), means=one_of(FEATURES)),
    6,
    "words of the question that are not plain and what you take them for",
)
_PART = text(LONGEST_QUESTION, "the part of the question this call answers, verbatim; all of it for one call")
_FILTERS = many(
    record(
        dimension=one_of(_NAMED),
        op=one_of([op.value for op in Op], "below: the teams under a team, without it"),
        values=many(text(80), 10, "placeholders, or words of the question"),
    ),
    6,
)
_TIME = text(60, 'the time phrase verbatim, "" where none is said')
_TIME_FROM = one_of(("question", "thread", "default"), "thread: the period of the question before")
_COMPARE = one_of(("none", "previous", "year_before", "named"))
_COMPARED = text(60, "for named: the other time phrase, verbatim")

RUN_QUERY = Tool(
    RUN,
    "Figures: one or more metrics over a period, filtered, grouped, ranked, compared.",
    record(
        part=_PART,
        metrics=many(_METRIC, 3),
        divided_by=maybe(one_of(_ADDITIVE)),
        group_by=many(one_of(_LISTED), 2),
        side_by_side=yes("named teams as one row each, each with the teams below it"),
        grain=maybe(one_of(_GRAINS, "a series")),
        filters=_FILTERS,
        time=_TIME,
        time_from=_TIME_FROM,
        compare=_COMPARE,
        compared_with=_COMPARED,
        share=yes("each row as a part of the total"),
        share_of=maybe(one_of(_NAMED, "values filtered on this dimension as a part of the total without it")),
        having=many(
            record(
                by=one_of([By.VALUE.value, By.SHARE.value, By.CHANGE.value, By.CHANGE_PCT.value]),
                compare=one_of([compare.value for compare in Compare]),
                value={"type": "number"},
                percent=yes("the number was said in percent"),
            ),
            2,
        ),
        order=maybe(record(by=one_of([column.value for column in By]), descending=yes("highest first"))),
        limit=maybe({"type": "integer"}),
        average=maybe(one_of(_GRAINS, "the sum a day, week, ... on average")),
        everyone=yes("by person: those without use too"),
        asks=one_of(("figures", "normal", "peers"), "normal: is it usual; peers: against other organisations"),
        chart=yes("a chart was asked for"),
        words_read=_WORDS_READ,
    ),
)  # fmt: skip
DECOMPOSE = Tool(
    CHANGE,
    "Why a figure changed: its change taken apart, exactly.",
    record(
        part=_PART,
        metric=_METRIC,
        by=maybe(one_of(_LISTED)),
        filters=_FILTERS,
        time=_TIME,
        time_from=_TIME_FROM,
        compare=_COMPARE,
        compared_with=_COMPARED,
        words_read=_WORDS_READ,
    ),
)
LIST_OFFLOAD = Tool(
    OFFLOAD,
    "Workflows by the hours still done by hand that AI could take.",
    record(
        part=_PART,
        filters=_FILTERS,
        time=_TIME,
        time_from=_TIME_FROM,
        limit=maybe({"type": "integer"}),
        words_read=_WORDS_READ,
    ),
)
ASK_BACK = Tool(
    ASK,
    "Ask what is meant. Call run_query beside it once for each possible reading.",
    record(about=one_of(DOUBTS), words=text(80, "the unclear words, verbatim")),
)
DECLINE_IT = Tool(
    DECLINE,
    "Nothing here answers it: verdicts on people (lazy, to let go), advice, predictions, what no metric records.",
    record(reason=one_of(REASONS)),
)

TOOLS = (RUN_QUERY, DECOMPOSE, LIST_OFFLOAD, ASK_BACK, DECLINE_IT)
BY_NAME = {tool.name: tool for tool in TOOLS}

# The same calls as one JSON object, for servers that know no tools.
CALLS_SCHEMA: Json = record(
    calls=many({"anyOf": [record(tool=one_of((tool.name,)), arguments=tool.parameters) for tool in TOOLS]}, MOST_CALLS)
)


@dataclass(frozen=True, slots=True)
class CheckedCall:
    """A call whose arguments keep to its tool's schema."""

    tool: str
    said: dict[str, Any]

    def get(self, name: str, otherwise: Any = None) -> Any:
        """An argument, or what stands for it in a tool without it."""
        return self.said.get(name, otherwise)
