"""The worker process: Socket Mode against a real websocket server, its jobs, and its end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from threading import Event, Thread, Timer

import pytest
from apscheduler.triggers.interval import IntervalTrigger

from bot.errors import NotReady, SettingsError
from bot.processes.worker import Job, Socket, work
from bot.questions.answers.answer import Answer
from bot.questions.request import AskRequest
from bot.settings import Settings
from bot.slack.app import Environment, SlackApp, build_app
from tests.fakes.services import FakeServices, seven
from tests.fakes.slack_api import FakeSlack, Fault
from tests.fakes.slack_requests import command, event, mention
from tests.fakes.slack_socket import FakeSocket


@pytest.fixture
def socket(slack: FakeSlack) -> Iterator[FakeSocket]:
    with FakeSocket() as fake:
        slack.socket_url = fake.url
        yield fake


class Worker:
    """An app connected by Socket Mode."""

    def __init__(self, slack: FakeSlack, socket: FakeSocket) -> None:
        self.socket = socket
        self.services = FakeServices()
        self.slept: list[float] = []
        settings = Settings(slack_bot_token="xoxb-1", slack_app_token="xapp-1", slack_api_url=slack.url)
        self.app: SlackApp = build_app(
            settings, self.services, environment=Environment(sleep=self.slept.append, timeout=2)
        )
        self.connection = Socket(self.app, "xapp-1", self.slept.append, look=0.5)

    def close(self) -> None:
        hanging_up = Timer(0.05, self.socket.hang_up)
        hanging_up.start()
        self.connection.close()
        self.app.close()
        hanging_up.join()


@pytest.fixture
def worker(slack: FakeSlack, socket: FakeSocket) -> Iterator[Worker]:
    started = Worker(slack, socket)
    yield started
    started.close()


def test_an_event_through_the_socket_is_acknowledged_and_answered(
    worker: Worker, slack: FakeSlack, socket: FakeSocket
) -> None:
    worker.connection.connect()
    socket.connected(1)
    envelope = socket.send("events_api", mention("tokens last month"))

    assert socket.acked(envelope) == {"envelope_id": envelope}
    slack.wait(lambda: slack.posted("C1"))
    assert [call.token for call in slack.called("apps.connections.open")] == ["xapp-1"]
    assert slack.posted("C1")[0]["thread_ts"] == "100.1"


def test_a_command_through_the_socket_is_answered_to_the_asker(
    worker: Worker, slack: FakeSlack, socket: FakeSocket
) -> None:
    worker.connection.connect()
    socket.connected(1)
    envelope = socket.send("slash_commands", command("tokens", slack.hook), accepts_response_payload=True)

    assert socket.acked(envelope) == {"envelope_id": envelope}
    slack.wait(lambda: slack.whispered())


def test_the_acknowledgement_does_not_wait_for_the_answer(worker: Worker, slack: FakeSlack, socket: FakeSocket) -> None:
    go = Event()

    def slow(request: AskRequest) -> Answer:
        go.wait(10)
        return seven(request)

    worker.services.reply = slow
    worker.connection.connect()
    socket.connected(1)
    envelopes = [socket.send("events_api", mention("tokens", ts=f"1.{number}")) for number in range(12)]
    for envelope in envelopes:
        socket.acked(envelope)

    assert not slack.posted()
    go.set()
    slack.wait(lambda: len(slack.posted()) == 12)


def test_a_redelivery_is_acknowledged_and_not_answered_again(
    worker: Worker, slack: FakeSlack, socket: FakeSocket
) -> None:
    once = mention("tokens")
    worker.connection.connect()
    socket.connected(1)
    first = socket.send("events_api", once)
    slack.wait(lambda: slack.posted())
    second = socket.send("events_api", once, retry_attempt=1, retry_reason="timeout")

    socket.acked(first)
    socket.acked(second)
    assert len(worker.services.asked) == 1


def test_slack_ending_a_connection_leads_to_a_new_one_that_answers(
    worker: Worker, slack: FakeSlack, socket: FakeSocket
) -> None:
    worker.connection.connect()
    socket.connected(1)
    socket.disconnect()
    socket.connected(2)

    envelope = socket.send("events_api", mention("tokens"))

    socket.acked(envelope)
    slack.wait(lambda: slack.posted())


@pytest.mark.parametrize("dropped", [FakeSocket.disconnect, FakeSocket.cut])
def test_a_socket_that_drops_while_an_answer_is_made_brings_that_answer_once(
    worker: Worker, slack: FakeSlack, socket: FakeSocket, dropped: Callable[[FakeSocket], None]
) -> None:
    begun, go = Event(), Event()

    def slow(request: AskRequest) -> Answer:
        begun.set()
        go.wait(10)
        return seven(request)

    worker.services.reply = slow
    worker.connection.connect()
    socket.connected(1)
    socket.send("events_api", mention("tokens"))
    assert begun.wait(10)
    dropped(socket)
    socket.connected(2)
    # An acknowledgement that was lost with the connection: Slack sends the event again.
    again = socket.send("events_api", mention("tokens"), retry_attempt=1, retry_reason="timeout")
    socket.acked(again)
    go.set()
    other = socket.send("events_api", mention("tokens", ts="200.1"))
    socket.acked(other)
    slack.wait(lambda: len(slack.posted("C1")) >= 2)

    worker.app.close()
    assert sorted(message["thread_ts"] for message in slack.posted("C1")) == ["100.1", "200.1"]


def test_a_slack_that_is_away_at_first_is_tried_again(worker: Worker, slack: FakeSlack, socket: FakeSocket) -> None:
    slack.fault("apps.connections.open", Fault(silent=True), Fault(status=503))

    worker.connection.connect()
    socket.connected(1)

    assert worker.slept[:2] == [1.0, 5.0]


def test_a_slack_that_stays_away_is_said_in_a_sentence(worker: Worker, slack: FakeSlack) -> None:
    slack.refused_methods["apps.connections.open"] = "fatal_error"

    with pytest.raises(NotReady, match="Slack cannot be reached by Socket Mode"):
        worker.connection.connect()


def test_a_refused_app_token_is_said_by_name(worker: Worker, slack: FakeSlack) -> None:
    slack.refused_methods["apps.connections.open"] = "invalid_auth"

    with pytest.raises(SettingsError, match="SLACK_APP_TOKEN"):
        worker.connection.connect()


def test_a_socket_that_stays_down_is_lost_at_the_third_look(worker: Worker) -> None:
    assert [worker.connection.is_lost() for _ in range(3)] == [False, False, True]


def _soon(run: Callable[[], object], name: str = "job") -> Job:
    soon = datetime.now(UTC) + timedelta(milliseconds=50)
    return Job(name, IntervalTrigger(hours=1, start_date=soon), run)


def test_the_process_runs_its_jobs_and_ends_when_told(slack: FakeSlack) -> None:
    ran, stop = Event(), Event()
    settings = Settings(slack_bot_token="xoxb-1", slack_api_url=slack.url)
    app = build_app(settings, FakeServices())

    def job() -> None:
        ran.set()
        stop.set()

    def broken() -> None:
        raise RuntimeError("secret words")

    assert work(settings, app, lambda: None, [_soon(broken, "broken"), _soon(job)], stop) == 0
    assert ran.is_set()


def test_a_failing_job_is_logged_without_its_words_and_the_clock_goes_on(
    slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    stop = Event()
    settings = Settings(slack_bot_token="xoxb-1", slack_api_url=slack.url)

    def broken() -> None:
        stop.set()
        raise RuntimeError("secret words")

    assert work(settings, build_app(settings, FakeServices()), lambda: None, [_soon(broken, "sync")], stop) == 0
    assert "job sync failed: RuntimeError" in caplog.text
    assert "secret words" not in caplog.text


def test_an_answer_under_way_is_finished_before_the_process_ends(slack: FakeSlack, socket: FakeSocket) -> None:
    stop, begun = Event(), Event()
    settings = Settings(slack_bot_token="xoxb-1", slack_app_token="xapp-1", slack_api_url=slack.url)

    def slow(request: AskRequest) -> Answer:
        begun.set()
        stop.wait(10)
        return seven(request)

    def ask() -> None:
        socket.connected(1)
        socket.send("events_api", mention("tokens"))
        begun.wait(10)
        stop.set()
        Timer(0.4, socket.hang_up).start()

    asking = Thread(target=ask)
    app = build_app(settings, FakeServices(slow))
    code = work(settings, app, lambda: None, stop=stop, started=asking.start)
    asking.join()

    assert code == 0
    assert [message["text"] for message in slack.posted("C1")] == ["It is 7."]


def test_an_old_store_is_refused_before_anything_starts(slack: FakeSlack) -> None:
    def ready() -> None:
        raise NotReady("run `fulcrum migrate`")

    settings = Settings(slack_bot_token="xoxb-1", slack_api_url=slack.url)
    app = build_app(settings, FakeServices())

    with pytest.raises(NotReady):
        work(settings, app, ready)

    app.close()
    assert not slack.calls


def test_an_event_nobody_listens_for_does_not_stop_the_socket(
    worker: Worker, slack: FakeSlack, socket: FakeSocket
) -> None:
    worker.connection.connect()
    socket.connected(1)
    socket.send("events_api", event({"type": "team_join", "user": {"id": "U1"}}))
    envelope = socket.send("events_api", mention("tokens"))

    socket.acked(envelope)
    slack.wait(lambda: slack.posted())
