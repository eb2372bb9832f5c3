"""Computes a digest for whoever reads it: figures, words and details, in one pass over the store and one advice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import Connection

from bot.digest.actions import WeekAdvice
from bot.digest.baseline import DigestScope
from bot.digest.details import PARTS, budget, details, idle_seats, outcome, own_idle_seats, own_use, sustained
from bot.digest.gather import Kept, WantedDigest, gather
from bot.digest.text import words
from bot.digest.value import Digest
from bot.digest.week import Week
from bot.settings import Settings
from storage.answer.privacy import Viewer
from storage.names import Directory


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestRequest:
    """Which digest, for whom.

    kept    figures that earlier digests told, by week
    notes   sentences that stand in its text beside the week itself
    parts   which answers its thread holds
    email   whose own use stands at the end of a digest that one person alone reads; "" for none
    """

    week: Week
    team: str | None
    viewer: Viewer
    kept: Kept = field(default_factory=dict)
    notes: Sequence[str] = ()
    parts: Sequence[str] = tuple(PARTS)
    email: str = ""


def compute(
    connection: Connection,
    directory: Directory,
    request: DigestRequest,
    settings: Settings,
    as_of: date,
    advice: WeekAdvice,
) -> Digest:
    """A whole digest; nothing is written. Raises UserError for a team nobody knows."""
    wanted = WantedDigest(
        week=request.week,
        team=request.team,
        viewer=request.viewer,
        as_of=as_of,
        country=settings.country,
        kept=request.kept,
    )
    digest = gather(connection, directory, wanted, advice.action)
    scope = DigestScope(connection, directory, request.viewer, request.week, request.team)
    below = [
        *sustained(digest),
        *details(scope, digest, settings, request.parts),
        *budget(scope, settings),
        *idle_seats(scope, settings),
        *outcome(digest, advice.ended),
    ]
    if request.email:
        whole = scope.of(None)
        own = (own_use(whole, request.email, settings), own_idle_seats(whole, request.email, settings))
        below += [answer for answer in own if answer]
    return replace(digest, text=words(digest, request.notes), details=tuple(below))
