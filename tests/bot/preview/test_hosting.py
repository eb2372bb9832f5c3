"""The small server of the preview and the tests: it ends whatever else is under way."""

from __future__ import annotations

from time import sleep
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from flask import Flask

from bot.preview.hosting import Hosted


def test_it_stops_while_an_earlier_answer_still_wakes_its_loop() -> None:
    hosted = Hosted(Flask("small"))
    hosted.start()
    trigger = hosted._server.trigger
    pull = trigger._physical_pull

    def woken_before_it_is_pulled() -> None:
        pull()
        sleep(0.2)
        pull()

    trigger._physical_pull = woken_before_it_is_pulled

    hosted.stop()

    assert not hosted._thread.is_alive()


def test_it_serves_this_machine_alone_on_a_port_of_its_own() -> None:
    web = Flask("small")
    web.add_url_rule("/", view_func=lambda: "here")
    one, other = Hosted(web), Hosted(web)
    one.start()
    other.start()

    with urlopen(one.url) as response:
        assert response.read() == b"here"
    assert one.url.startswith("http://127.0.0.1:")
    assert one.url != other.url

    one.stop()
    other.stop()
    with pytest.raises(URLError):
        urlopen(one.url)
