"""Conditions that nothing records, and the ways in which a model could claim one away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.bot.questions.llm.calls import only, query
from tests.fakes.openai_api import Data

# What is said, and its words that carry the condition.
CONDITIONS = {
    # When in the day, and who was there.
    "at night": "night",
    "after hours": "after hours",
    "during lunch breaks": "lunch breaks",
    "outside of office hours": "office hours",
    "in the evenings": "evenings",
    "in the morning": "morning",
    "before dawn": "dawn",
    "on call": "call",
    "while travelling": "travelling",
    "in meetings": "meetings",
    # Events that nobody dated.
    "during the outage": "outage",
    "since the reorg": "reorg",
    "after the acquisition": "acquisition",
    "around the product launch": "launch",
    "during the hackathon": "hackathon",
    "before the price rise": "price rise",
    "in the pilot phase": "pilot phase",
    "throughout the migration": "migration",
    # Who somebody is.
    "by seniors": "seniors",
    "of junior engineers": "junior",
    "by newcomers": "newcomers",
    "of parents": "parents",
    "by women": "women",
    "by managers": "managers",
    "of executives": "executives",
    "by leaders": "leaders",
    "by champions of the programme": "champions programme",
    "by left-handed staff": "left-handed",
    "of remote workers": "remote",
    # What the work was about.
    "on the Apollo project": "Apollo project",
    "for the billing rewrite": "billing rewrite",
    "in the monorepo": "monorepo",
    "on Python code": "Python code",
    "for customers": "customers",
    "on planning": "planning",
    "for presentations": "presentations",
    "on boilerplate": "boilerplate",
    # How large, how good, on what.
    "in long prompts": "long prompts",
    "of big teams": "big",
    "in odd weeks": "odd",
    "with ordinary prompts": "ordinary prompts",
    "in work in progress": "progress",
    "in failed requests": "failed",
    "with hallucinations": "hallucinations",
    "on laptops": "laptops",
    "from mobile phones": "mobile phones",
    "over VPN": "VPN",
    "in German": "German",
    "net of tax": "net tax",
    "adjusted for inflation": "adjusted inflation",
    # Numbers of what is not counted here.
    "in teams of more than 10 people": "10 people",
    "of people over 40": "over 40",
    "in teams with over 3 managers": "3 managers",
    "in repositories with under 500 files": "500 files",
    "in prompts longer than 2,000 words": "2,000 words",
    "of staff with 5 years of service": "5 years service",
}
HIGHEST: Data = {"by": "value", "descending": True}
QUESTIONS = ("tokens {} in February", "how much did we use {} in February", "tokens by team in February, {}")
# A feature that a claim can name, with the fields of a call that has it.
FEATURES: dict[str, Data] = {
    "normal": {"asks": "normal"},
    "peers": {"asks": "peers"},
    "comparison": {"compare": "previous"},
    "grouping": {"group_by": ["tool"]},
    "grain": {"grain": "week"},
    "ranking": {"group_by": ["team"], "order": HIGHEST},
    "share": {"share": True, "group_by": ["tool"]},
    "average": {"average": "day"},
    "metric": {},
}
DIMENSIONS = ("team", "person", "title", "location", "tool", "model", "provider", "workflow", "activity", "source")


def ways(text: str, condition: str) -> Iterator[tuple[str, list[Any]]]:
    """The calls that claim a condition of a question away, each with its name."""
    words = CONDITIONS[condition]
    plain: Data = {"time": "in February"}
    if " by team " in text:
        plain["group_by"] = ["team"]
    yield "as filler", [query("tokens", **plain)]
    claims = [*dict.fromkeys((words, condition, *words.split()))]
    for feature, fields in FEATURES.items():
        for claimed in ([claims[0]], [claims[1]], words.split(), condition.split()):
            read = [{"words": words, "means": feature} for words in claimed[:6]]
            yield f"as {feature}", [query("tokens", **{**plain, **fields, "words_read": read})]
            part = {"part": condition, "words_read": read}
            yield f"as {feature} in a part of its own", [query("tokens", **{**plain, **fields, **part})]
    for dimension in DIMENSIONS:
        for value in dict.fromkeys((words, condition)):
            yield f"as a {dimension}", [query("tokens", **plain, filters=[only(dimension, value)])]
    yield "as a period", [query("tokens", **{**plain, "time": f"{condition} in February"})]
    yield "as a period of its own", [query("tokens", **{**plain, "time": condition})]
    yield "as a period to compare with", [query("tokens", **plain, compare="named", compared_with=condition)]
    outside = text.replace(condition, "").strip(" ,")
    yield "as context", [query("tokens", **plain, part="tokens")]
    yield "as context of another part", [query("tokens", **plain, part=outside.split(" in ")[0])]
    yield "as a question of its own", [query("tokens", **plain), query("tokens", part=condition)]
    for number in re.findall(r"\d[\d,]*", condition):
        size = float(number.replace(",", ""))
        by_team: Data = {**plain, "group_by": ["team"]}
        for metric in ("tokens", "headcount", "active_people"):
            for compare in ("gt", "lt"):
                above = {"by": "value", "compare": compare, "value": size, "percent": False}
                yield f"as a threshold of {metric}", [query(metric, **by_team, having=[above])]
        yield "as a limit", [query("tokens", **by_team, order=HIGHEST, limit=int(size))]
