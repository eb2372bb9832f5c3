"""Puts the two processes together from the settings: the store, the services, the Slack app."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from random import Random
from socket import socket

from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy import Engine

from bot import logs
from bot.advice.asking import Advisor
from bot.advice.for_digest import DigestAdvice
from bot.advice.headline import CarefulHours
from bot.advice.service import Advice
from bot.digest.service import Digests
from bot.home.board import Boards
from bot.processes import replicas, web
from bot.processes.capacity import fitting
from bot.processes.gauges import StoreGauges
from bot.processes.intake import Intake
from bot.processes.replicas import Replica
from bot.processes.rosters import InstalledRosters
from bot.processes.shared import Shared, sharing
from bot.processes.store import Clock, clock, open_for_writing
from bot.processes.syncs import reconciliations, source_overviews, sync_jobs
from bot.processes.worker import Job, work
from bot.questions.llm.engine import build as build_engine
from bot.questions.pipeline import Questions
from bot.questions.read import read
from bot.questions.threads.memory import StoreMemory
from bot.questions.warming import warm_up
from bot.services import StoreServices
from bot.settings import Settings
from bot.slack.advice.clock import AdviceClock
from bot.slack.api.calls import RetryingCalls
from bot.slack.api.clients import Clients
from bot.slack.api.people import People
from bot.slack.app import SlackApp, build_app
from bot.slack.digest.clock import DigestClock, digest_clock, speaking
from bot.slack.digest.listeners import attach
from bot.slack.digest.making import DigestMaker
from bot.slack.install.installations import Installations
from bot.slack.install.vault import StoreVault, box
from bot.slack.plans.clock import WatchClock
from bot.slack.plans.desk import PlanDesk
from bot.slack.plans.listeners import attach as attach_plans
from bot.slack.privacy.listeners import attach as attach_privacy
from bot.slack.questions.leftovers import EVERY_SECONDS, Leftovers
from bot.slack.questions.scorecard import attach as attach_scorecard
from bot.slack.questions.turn import Turn
from bot.slack.saved.clock import SavedClock
from bot.slack.saved.listeners import attach as attach_saved
from bot.slack.settings.listeners import attach as attach_settings
from bot.slack.sources.listeners import attach as attach_sources
from bot.slack.words.listeners import attach as attach_words
from bot.sources.http.redaction import cleaner
from bot.sources.otlp.folding import fold_all
from bot.sources.otlp.folding import forget_old as forget_series
from storage import workspaces
from storage.engine import reading_engine
from storage.keep import claims, threads
from storage.leases import lease
from storage.load.retention import cut_of, fold_past
from storage.names import Directories

log = logging.getLogger(__name__)

KEPT_CLAIMS = timedelta(days=2)  # Slack repeats an event for minutes, a signed request counts for five
KEPT_THREADS = timedelta(days=90)
NIGHT = 3  # the hour at which what is older than it is kept becomes nobody's
FOLDING_SECONDS = 30  # the web process folds what it received itself; this takes up what one that died left


@dataclass(frozen=True)
class Process:
    """What both processes are made of."""

    services: StoreServices
    app: SlackApp
    digests: DigestClock
    checks: AdviceClock
    watching: WatchClock
    saved: SavedClock
    leftovers: Leftovers
    rosters: InstalledRosters | None = None


def build(settings: Settings, now: Clock = clock) -> Process:
    """Everything over one store. Raises SettingsError, StorageError where it cannot run."""
    writing, reading = open_for_writing(settings), reading_engine(settings.database_url, settings.connections)
    engine = build_engine(read, settings, None, writing, now)
    known = Directories()
    advice = Advice(reading, writing, settings, now, known)
    memory = StoreMemory(reading, writing, now)
    advised = Advisor(advice).answer, CarefulHours(advice).beside
    questions = Questions(reading, writing, settings, memory, engine.read, now, *advised, directories=known)
    many = bool(settings.slack_client_id and not settings.slack_bot_token)
    boards = Boards(questions, advice, source_overviews(settings, reading, now))
    services = StoreServices(questions, writing, now, single=not many, engine=engine, boards=boards)
    installed = installations(settings, writing) if many else None
    clients = Clients(settings.slack_api_url)
    voices = speaking(settings, clients, installed)
    digests = digest_clock(
        DigestMaker(
            Digests(reading, settings, now, lambda workspace: DigestAdvice(advice, workspace), known),
            writing,
            Random(),
        ),
        voices,
        time.sleep,
    )
    checks = AdviceClock(advice, voices, People(RetryingCalls(time.sleep), time.time), now)
    sources = attach_sources(source_overviews(settings, reading, now), reconciliations(questions), services.is_admin)
    own = (reading, writing, settings, now)
    watching = WatchClock(digests.maker.digests, writing, voices, People(RetryingCalls(time.sleep), time.time))
    plans = attach_plans(PlanDesk(reading, writing, questions.settings_of, now))
    attached = attach_settings(*own), attach_privacy(*own), attach_words(reading, writing, now)
    saved = SavedClock(services.ask, digests.readers.of, writing, now)
    cards = attach_scorecard(questions.settings_of)
    more = [attach(digests), sources, plans, cards, attach_saved(questions, writing, now), *attached]
    app = build_app(settings, services, installed, advice=advice, more=more)
    leftovers = Leftovers(app.conversations, services, tokens_of(settings, installed), now)
    rosters = InstalledRosters(settings=settings, engine=writing, installed=installed, now=now) if installed else None
    return Process(services, app, digests, checks, watching, saved, leftovers, rosters)


def tokens_of(settings: Settings, installed: Installations | None) -> Callable[[Turn], str | None]:
    """Which token speaks where a turn was said: the one there is, or that of the workspace's own installation."""
    if installed is None:
        return lambda _: settings.slack_bot_token

    def of(turn: Turn) -> str | None:
        bot = installed.find_bot(
            enterprise_id=turn.enterprise or None, team_id=turn.team, is_enterprise_install=turn.org_wide
        )
        return bot.bot_token if bot else None

    return of


def installations(settings: Settings, writing: Engine) -> Installations:
    """The workspaces that installed the app, in the store."""
    settings.require("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET")
    vault = StoreVault(writing, box(settings.slack_client_secret, settings.token_keys), clock)
    if lost := vault.reseal():
        log.error(
            "%d workspaces must install again: neither FULCRUM_TOKEN_KEY nor the client secret opens their tokens", lost
        )
    if not settings.token_keys:
        log.warning("FULCRUM_TOKEN_KEY is not set: a new client secret will make every workspace install again")
    return Installations(vault, time.time)


def serve(settings: Settings) -> int:
    """`fulcrum serve`."""
    _require(settings, "SLACK_SIGNING_SECRET")
    _log(settings)
    count = settings.processes or fitting()
    with web.listen(settings.port) as listening, sharing(count) as shared:
        return replicas.run(count, lambda replica: _serve(settings, listening, shared, replica), shared.busy.gone)


def _serve(settings: Settings, listening: socket, shared: Shared, replica: Replica) -> int:
    """One of the processes that serve."""
    shared.joined_by(replica.number)
    made = build(settings)
    received = intake(settings, made, shared)
    made.app.meter.watch(StoreGauges(made.services.questions.reading, made.services.now))
    made.app.answering.changed = partial(shared.busy.say, replica.number)

    def started(_port: int) -> None:
        warm_up(made.services.prepare)
        replica.ready()

    try:
        with received.folding(), made.leftovers.watched():
            return web.serve(
                settings,
                made.app,
                made.services.ready,
                started,
                received.routes,
                received.tokens,
                listening,
                partial(shared.busy.is_busiest, replica.number),
            )
    finally:
        made.services.close()


def _require(settings: Settings, *more: str) -> None:
    """Raise SettingsError with all that lacks for Slack, before anything is opened."""
    many = bool(settings.slack_client_id and not settings.slack_bot_token)
    settings.require(*(("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET") if many else ("SLACK_BOT_TOKEN",)), *more)


def _log(settings: Settings) -> None:
    logs.configure(cleaner(settings.secrets), as_json=settings.log == "json")


def intake(settings: Settings, made: Process, shared: Shared | None = None) -> Intake:
    """What the web process takes in beside Slack's requests."""
    return Intake(settings, made.services.questions.reading, made.services.writing, made.services.now, shared)


def worker(settings: Settings) -> int:
    """`fulcrum worker`: the first process has the jobs, the others only answer through a socket of their own."""
    _require(settings)
    _log(settings)
    count = (settings.processes or fitting()) if settings.slack_app_token else 1
    return replicas.run(count, lambda replica: _work(settings, replica))


def _work(settings: Settings, replica: Replica) -> int:
    """One of the processes of the worker."""
    made = build(settings)

    def started() -> None:
        warm_up(made.services.prepare)
        replica.ready()

    try:
        jobs = [] if replica.number else clock_jobs(settings, made)
        return work(settings, made.app, made.services.ready, [_left(made), *jobs], started=started)
    finally:
        made.services.close()


def _left(made: Process) -> Job:
    return Job("questions that were left", IntervalTrigger(seconds=EVERY_SECONDS), made.leftovers.look)


def clock_jobs(settings: Settings, made: Process) -> list[Job]:
    """What every worker does at its times. Digests and messages are shared out one by one; of the other jobs each is
    done by one worker at a time, whichever comes first."""
    tidy = Job("tidy", IntervalTrigger(hours=6), lambda: forget_old(made.services))
    nightly = Job("retention", CronTrigger(hour=NIGHT, timezone=settings.zone), lambda: fold_past_of_all(made.services))
    folding = Job("telemetry", IntervalTrigger(seconds=FOLDING_SECONDS), lambda: fold(settings, made.services))
    digests = Job("digests", IntervalTrigger(minutes=1), made.digests.tick)
    checks = Job("advice", IntervalTrigger(hours=1), made.checks.tick)
    watching = Job("watches", IntervalTrigger(hours=1), made.watching.tick)
    saved = Job("saved questions", IntervalTrigger(minutes=1), made.saved.tick)
    alone = (_alone(made.services.writing, job) for job in (tidy, nightly, checks, watching, saved))
    syncs = [*sync_jobs(settings, made.services.writing, clock), *([made.rosters.job()] if made.rosters else [])]
    return [digests, folding, *alone, *syncs]


def _alone(store: Engine, job: Job) -> Job:
    """The job, left out while another worker is at it."""

    def run() -> None:
        with lease(store, f"job {job.name}") as mine:
            if mine:
                job.run()

    return replace(job, run=run)


def fold(settings: Settings, services: StoreServices) -> None:
    """Make facts of telemetry that waits."""
    fold_all(services.questions.reading, services.writing, settings.zone, services.now())


def fold_past_of_all(services: StoreServices) -> None:
    """In each workspace that says after how many days use is nobody's, fold what is older."""
    with services.questions.reading.connect() as connection:
        ids = workspaces.all_workspaces(connection)
    for workspace_id in ids:
        settings = services.questions.settings_of(workspace_id)
        if settings.retention_days is None:
            continue
        cut = cut_of(services.questions.today(workspace_id), settings.retention_days)
        with services.writing.begin() as connection:
            fold_past(connection, workspace_id, cut)


def forget_old(services: StoreServices) -> None:
    """Drop the claims, threads and series that nobody comes back to."""
    now = services.now()
    with services.writing.begin() as connection:
        claims.forget(connection, now - KEPT_CLAIMS)
        threads.forget(connection, now - KEPT_THREADS)
    forget_series(services.writing, now)
