"""Whether an answer is hours that were counted, of everybody or of one team: beside these stands a careful estimate."""

from __future__ import annotations

from bot.questions.answers.answer import Answer, Status

HOURS = "hours_offloaded"
COUNTED = (
    "Counted as if people had done by hand each item that AI had a part in. “What is our leverage?” has the careful "
    "estimate: net, with its range, and how much of the work is catalogued."
)


def whose_hours(answer: Answer) -> str | None:
    """The team whose hours the answer gives as one figure, "" for everybody's; None for any other answer."""
    query = answer.query or {}
    if answer.status is not Status.ANSWERED or query.get("metrics") != [HOURS]:
        return None
    if query.keys() - {"metrics", "period", "filters"}:
        return None
    filters = query.get("filters") or []
    if not filters:
        return ""
    only = filters[0]
    alone = len(filters) == 1 and only["dimension"] == "team" and only["op"] == "in" and len(only["values"]) == 1
    return str(only["values"][0]) if alone else None
