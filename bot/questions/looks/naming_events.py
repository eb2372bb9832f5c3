"""Which recorded event a question names, by its whole name."""

from __future__ import annotations

import re
from datetime import date

from storage.errors import NoData
from storage.names import Directory

Event = tuple[date, str, str]  # its day, name and team


def named_event(text: str, directory: Directory) -> tuple[Event, re.Match[str]] | None:
    """The event and where it is named, the newest of several alike; None where none is."""
    for event in sorted(directory.events, key=lambda dated: (-len(dated[1]), -dated[0].toordinal())):
        name = r"[\s\-]+".join(map(re.escape, re.split(r"[\s\-]+", event[1].strip())))
        found = re.search(rf"(?<!\w)(?:the\s+|our\s+)?[\"“]?{name}[\"”]?(?!\w)", text, re.IGNORECASE)
        if found:
            return event, found
    return None


def event_of(name: str, directory: Directory) -> Event:
    """The newest event of that name. Raises NoData where it is gone."""
    found = [event for event in directory.events if event[1] == name]
    if not found:
        raise NoData(f"no event “{name}” is recorded any more")
    return found[-1]
