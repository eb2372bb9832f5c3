"""The worker's clock for sources: each that is on is read at its own interval, the first time soon after the start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy import Engine

from bot.errors import UserError
from bot.processes.store import Clock
from bot.processes.worker import Job
from bot.questions.pipeline import Questions
from bot.questions.viewer import asking
from bot.settings import Settings
from bot.sources.base import VendorSource
from bot.sources.catalogue import SOURCES, settings_of
from bot.sources.http.client import open_http
from bot.sources.reconciliation import MonthReconciliation, lines, month_of
from bot.sources.slack_roster import TOKEN
from bot.sources.syncing.overview import SourceOverview, overviews, received
from bot.sources.syncing.passes import OpenHttp, Syncing
from storage.answer.reconciling import reconcile
from storage.answer.reconciling_guard import shown_to
from storage.errors import Denied
from storage.keep.installations import installed_teams

FIRST_AFTER = timedelta(seconds=20)  # between the start and the first source, and between that and the next
JITTER = timedelta(seconds=30)  # so that installations that start together do not ask a vendor all at once

INSTALLED = "that of the installation"  # in place of a token that is looked at by nobody here
NOT_OVER = "{label} is not over; its bills are compared once it is. `/leverage reconcile` takes the last month that is."
TOO_FEW = (
    "Too few people are behind the money of {label} for it to be shown here; whoever runs Fulcrum can see it by "
    "`fulcrum reconcile {month}`."
)


def sync_jobs(settings: Settings, engine: Engine, now: Clock, open_: OpenHttp = open_http) -> Iterator[Job]:
    """A job for each source whose settings are there. What a pass runs into it keeps in the store and the log."""
    on = [source for source in SOURCES if source.is_on(settings_of(source, settings.sources))]
    for place, source in enumerate(on, start=1):
        trigger = IntervalTrigger(
            minutes=source.every_minutes,
            jitter=round(JITTER.total_seconds()),
            start_date=now() + place * FIRST_AFTER,
        )
        yield Job(f"sync {source.name}", trigger, partial(sync_once, settings, engine, now, source, open_))


def sync_once(settings: Settings, engine: Engine, now: Clock, source: VendorSource, open_: OpenHttp) -> None:
    """One pass over one source."""
    syncing = Syncing.into(engine, settings.workspace, settings.zone, now, open_)
    syncing.sync(source, settings_of(source, settings.sources))


def source_overviews(settings: Settings, engine: Engine, now: Clock) -> Callable[[int], list[SourceOverview]]:
    """How each source of a workspace stands, asked for anew each time."""

    def of(workspace_id: int) -> list[SourceOverview]:
        with engine.connect() as connection:
            own = settings.sources
            if not own.get(TOKEN) and any(team.workspace_id == workspace_id for team in installed_teams(connection)):
                own = {**own, TOKEN: INSTALLED}
            vendors = overviews(connection, workspace_id, SOURCES, own, now())
            return [*vendors, *received(connection, workspace_id, settings.tokens)]

    return of


def reconciliations(questions: Questions) -> Callable[[int, str, str], MonthReconciliation]:
    """A workspace's month beside its bills, as somebody by e-mail may see it. Raises UserError."""

    def of(workspace_id: int, email: str, said: str) -> MonthReconciliation:
        today = questions.today(workspace_id)
        month = month_of(said, today)
        if month.end >= today:  # days that make no whole month tell more of a small group
            raise UserError(NOT_OVER.format(label=month.label))
        with questions.reading.connect() as connection:
            directory = questions.directory(connection, workspace_id)
            own = questions.settings_of(workspace_id)
            viewer = asking(email, False, own.people, own.min_group, directory)
            sides = reconcile(connection, workspace_id, month, [source.name for source in SOURCES])
            try:
                found = shown_to(connection, directory, month, viewer, sides)
            except Denied:
                raise UserError(TOO_FEW.format(label=month.label, month=f"{month.start:%Y-%m}")) from None
        return MonthReconciliation(month, lines(found))

    return of
