"""Tool calls as a model would write them: every field there, the rest empty."""

from __future__ import annotations

import re
from typing import Any

from tests.fakes.openai_api import Data, call

QUERY: Data = {
    "part": "", "metrics": ["tokens"], "divided_by": None, "group_by": [], "side_by_side": False, "grain": None,
    "filters": [], "time": "", "time_from": "default", "compare": "none", "compared_with": "", "share": False,
    "share_of": None, "having": [], "order": None, "limit": None, "average": None, "everyone": False,
    "asks": "figures", "chart": False, "words_read": [],
}  # fmt: skip
CHANGE: Data = {
    "part": "", "metric": "tokens", "by": None, "filters": [], "time": "", "time_from": "default",
    "compare": "previous", "compared_with": "", "words_read": [],
}  # fmt: skip
OFFLOAD: Data = {"part": "", "filters": [], "time": "", "time_from": "default", "limit": None, "words_read": []}


def query(*metrics: str, **fields: Any) -> Data:
    """A call of run_query; a time said is the question's."""
    said = QUERY | ({"metrics": list(metrics)} if metrics else {}) | fields
    if fields.get("time") and "time_from" not in fields:
        said["time_from"] = "question"
    return call("run_query", said)


def only(dimension: str, *values: str, op: str = "in") -> Data:
    """A filter."""
    return {"dimension": dimension, "op": op, "values": list(values)}


def placeholders(text: str) -> list[str]:
    """The placeholders in what was sent."""
    return list(dict.fromkeys(re.findall(r"⟦[a-z_]+:\d+⟧", text)))


QUESTION = "how greedy was Platform in February"
GREEDY = [{"words": "greedy", "means": "metric"}]
IN_FEBRUARY: dict[str, Any] = {"time": "in February", "filters": [only("team", "⟦team:1⟧")]}


def greedy(metric: str = "tokens", **fields: Any) -> Any:
    """The sound call of the question, with some fields that are not."""
    return query(metric, **({"words_read": GREEDY} | IN_FEBRUARY | fields))
