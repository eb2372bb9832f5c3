"""The small server of the preview and the tests: it ends whatever else is under way."""

from __future__ import annotations

from time import sleep

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
