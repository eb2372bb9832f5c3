"""Requests reach the app: in three seconds, events again where it did not take them."""

from __future__ import annotations

from threading import Thread

from bot.preview.delivery import Delivery
from tests.bot.preview.office import Office
from tests.bot.preview.stub import stubbed


def test_an_event_that_is_not_taken_comes_again_with_its_number() -> None:
    with stubbed() as (workspace, _, stub):
        slept: list[float] = []
        delivery = Delivery(f"{workspace.url}/nowhere", "s", slept.append)
        delivery.until_taken({"type": "event_callback", "event": {}})
        delivery.close()

    assert slept == [1.0, 60.0, 300.0]
    assert stub.came == []


def test_a_pause_before_a_retry_ends_when_it_is_closed() -> None:
    delivery = Delivery("http://127.0.0.1:9/nobody", "s")
    delivery.later({"type": "event_callback", "event": {}})

    closing = Thread(target=delivery.close)
    closing.start()
    closing.join(5)

    assert not closing.is_alive()


def test_an_event_is_repeated_until_it_is_taken(office: Office) -> None:
    office.stub.answers = [(500, {})]
    delivery = Delivery(office.stub.address, office.workspace.secret, lambda _: None)

    delivery.until_taken({"type": "event_callback", "event": {}})
    delivery.close()

    assert office.stub.retries == ["", "1"]
