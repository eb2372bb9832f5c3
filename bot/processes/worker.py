"""The worker process: the clock with its jobs, and Socket Mode where an app token is set."""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event
from types import FrameType
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.interval import IntervalTrigger
from slack_sdk.errors import SlackApiError

from bot.errors import NotReady, SettingsError
from bot.logs import about, cause
from bot.processes.ending import end
from bot.processes.socket_client import LOOK_SECONDS, NoticingClient
from bot.settings import Settings
from bot.slack.api.calls import NetworkError, failure
from bot.slack.app import SlackApp

log = logging.getLogger(__name__)

# APScheduler drops a job that is one second late unless told otherwise.
LATE_BUT_STILL_WORTH_RUNNING = 6 * 60 * 60
WATCH_SECONDS = 60
LOST_FOR = 3  # looks in a row at a socket that is down before the process ends, for its supervisor to start anew
RECONNECT = (1.0, 5.0, 15.0, 30.0)
SENDING = 0.2  # seconds an acknowledgement may need to leave
AWAY = "Slack cannot be reached by Socket Mode ({why}): look at the network and at SLACK_API_URL, then start it again"
REFUSED = frozenset({"invalid_auth", "not_authed", "not_allowed_token_type", "account_inactive", "token_revoked"})


@dataclass(frozen=True, slots=True)
class Job:
    """Something that is done at its times; `run` must bear being run late, and twice."""

    name: str
    trigger: BaseTrigger
    run: Callable[[], object]


class Socket:
    """The Socket Mode connection, and whether it lives."""

    def __init__(
        self, app: SlackApp, token: str, sleep: Callable[[float], None] = time.sleep, look: float = LOOK_SECONDS
    ) -> None:
        """`look` are the seconds between two looks at whether the connection lives."""
        self._sleep = sleep
        self._client = NoticingClient(app.bolt, token, app.clients, look)
        self._lost = 0

    def connect(self, ended: Callable[[float], bool] | None = None) -> None:
        """Connect, and try again a few times where Slack is away, then raise `NotReady`; for a refused token raise
        `SettingsError`.

        `ended` waits so many seconds, and says whether the process is to end meanwhile.
        """
        for pause in (*RECONNECT, None):
            try:
                self._client.wss_uri = self._client.issue_new_wss_url()
                self._client.proxy = _proxy_for(self._client.wss_uri)
                self._client.connect()
                return
            except SlackApiError as error:
                if failure(error).code in REFUSED:
                    raise SettingsError([f"SLACK_APP_TOKEN: Slack refuses it ({failure(error).code})"]) from error
                if pause is None:
                    raise NotReady(AWAY.format(why=failure(error).code)) from error
            except NetworkError as error:
                if pause is None:
                    raise NotReady(AWAY.format(why=type(error).__name__)) from error
            if (ended or self._sleep)(pause):
                return

    def is_lost(self) -> bool:
        """Whether it was down at every one of the last looks; call it once in a while."""
        self._lost = 0 if self._client.is_connected() else self._lost + 1
        return self._lost >= LOST_FOR

    def close(self) -> None:
        """Leave: what is not acknowledged yet Slack gives to another connection."""
        self._client.auto_reconnect_enabled = False
        self._sleep(SENDING)
        self._client.close()


def work(
    settings: Settings,
    app: SlackApp,
    ready: Callable[[], None],
    jobs: Iterable[Job] = (),
    stop: Event | None = None,
    started: Callable[[], object] | None = None,
) -> int:
    """Run jobs at their times and answer through Socket Mode until SIGTERM, SIGINT or `stop`; gives the exit code."""
    ready()
    stop = stop or Event()
    failed = Event()
    socket = Socket(app, settings.slack_app_token) if settings.slack_app_token else None
    scheduler = _clock(settings, [*jobs, *_watch(socket, stop, failed)])
    with _ended_by_signals(stop):
        if socket:
            socket.connect(stop.wait)
            log.info("connected by Socket Mode")
        if app.token is not None:
            app.token.ask()
        scheduler.start()
        log.info("at work: %s", ", ".join(job.name for job in scheduler.get_jobs()))
        if started:
            started()
        stop.wait()
        log.info("stopping: finishing what is under way")
        if socket:
            socket.close()
        code = 1 if failed.is_set() else 0
        end(app, code, scheduler.shutdown)
    return code


def _clock(settings: Settings, jobs: Iterable[Job]) -> BackgroundScheduler:
    defaults = {"misfire_grace_time": LATE_BUT_STILL_WORTH_RUNNING, "coalesce": True, "max_instances": 1}
    scheduler = BackgroundScheduler(timezone=settings.zone, job_defaults=defaults)
    for job in jobs:
        scheduler.add_job(_guarded(job), job.trigger, id=job.name, name=job.name)
    return scheduler


def _guarded(job: Job) -> Callable[[], None]:
    """The job, with its failure logged as ours are: APScheduler would print the error's text."""

    def run() -> None:
        try:
            with about(job=job.name):
                job.run()
        except Exception as error:  # noqa: BLE001  # the border of a job: the clock goes on
            log.error("job %s failed: %s", job.name, cause(error))

    return run


def _watch(socket: Socket | None, stop: Event, failed: Event) -> list[Job]:
    if socket is None:
        return []

    def look() -> None:
        if socket.is_lost():
            log.error("the socket stays down; ending so that the process is started anew")
            failed.set()
            stop.set()

    return [Job("socket", IntervalTrigger(seconds=WATCH_SECONDS), look)]


@contextmanager
def _ended_by_signals(stop: Event) -> Iterator[None]:
    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _proxy_for(url: str) -> str | None:
    """The proxy for the socket; the SDK would take HTTPS_PROXY for every address and never read NO_PROXY."""
    parts = urlsplit(url)
    if not parts.hostname or proxy_bypass(parts.hostname):
        return None
    return getproxies().get("https" if parts.scheme == "wss" else "http")
