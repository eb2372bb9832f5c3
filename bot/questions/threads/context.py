"""What a thread is about, as JSON in the store and back: the last question that was understood."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.questions.reading import Intent, Understood
from storage.errors import InvalidQuery
from storage.query import By, query_from_json


def stored(reading: Understood) -> dict[str, Any]:
    """The reading as a JSON object."""
    former = {"former": reading.former.to_json()} if reading.former is not None else {}
    return {
        **former,
        "query": reading.query.to_json(),
        "intent": reading.intent.value,
        "headline": reading.headline.value,
        "personal": reading.personal,
    }


def understood(data: Mapping[str, Any] | None) -> Understood | None:
    """The reading that `stored` wrote; None where there is none, or one that this version cannot read."""
    if not data or "query" not in data:
        return None
    try:
        return Understood(
            query=query_from_json(data["query"]),
            former=query_from_json(data["former"]) if data.get("former") else None,
            intent=Intent(data["intent"]),
            headline=By(data["headline"]),
            personal=bool(data["personal"]),
        )
    except (InvalidQuery, KeyError, ValueError):
        return None
