"""What a digest told, for the audit log: whoever read it has these figures when they ask for others."""

from __future__ import annotations

from datetime import datetime

from bot.digest.value import Digest
from storage.answer.conditions import Condition
from storage.answer.shown import Shown
from storage.catalogue import metric
from storage.keep.audit import LoggedQuestion

PLACE = "digest"


def as_question(digest: Digest, asked_at: datetime, asker: str = "", channel: str = "") -> LoggedQuestion:
    """A digest as a question that was answered: to one reader, or to a channel."""
    scope = f" of {digest.team}" if digest.team else ""
    own = [] if digest.hidden else [_headline(digest)]
    shown = [*own, *(shown for answer in digest.details for shown in answer.shown)]
    return LoggedQuestion(
        asked_at=asked_at,
        asker=asker,
        place=PLACE,
        text=f"digest of {digest.week}{scope}",
        engine=PLACE,
        status="answered",
        query=None,
        elapsed_ms=0.0,
        channel=channel,
        shown=[item.to_json() for item in shown],
    )


def _headline(digest: Digest) -> Shown:
    """The figures of the week itself, which its text says."""
    kinds = frozenset[str]().union(*(metric(name).kinds for name, value in digest.figures.items() if value is not None))
    return Shown(
        conditions=(Condition("team", (digest.team,)),) if digest.team else (),
        group_by=(),
        direct=False,
        windows=(digest.week.period,),
        series=False,
        rows=((0, ()),),
        kinds=kinds,
    )
