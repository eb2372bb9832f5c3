"""What a client declares: which of its signals count."""

from __future__ import annotations

from bot.sources.otlp.signals import EVENTS, METRIC, Client, nothing
from bot.sources.otlp.translate import CLIENTS
from bot.sources.otlp.wire import LogRecord

CLIENT = Client(tool="x", prefix="x.", services=("x-cli",), scopes=("com.x",), metric=lambda *_: ())


def test_a_client_is_known_by_the_service_or_the_scope_that_it_says_it_is() -> None:
    assert CLIENT.sends("x-cli-2", "")
    assert CLIENT.sends("", "com.x.events")
    assert not CLIENT.sends("y", "com.y")


def test_one_that_declares_neither_is_known_by_its_names_alone() -> None:
    bare = Client(tool="x", prefix="x.", metric=lambda *_: ())

    assert not bare.sends("", "")
    assert bare.record(LogRecord({}, "", "x.e", 0, {})) is nothing(LogRecord({}, "", "x.e", 0, {})) is None


def test_single_calls_are_a_better_signal_than_any_metric_and_no_two_clients_share_a_prefix() -> None:
    assert EVENTS < METRIC
    assert len({client.prefix for client in CLIENTS}) == len(CLIENTS) == len({client.tool for client in CLIENTS})
