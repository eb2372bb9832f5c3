"""The digests that the preview's channels have on opening: the organisation's, and that of one team."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from bot.demo.scene import LINE
from bot.digest.details import PARTS
from bot.preview.seen import PreviewScene
from bot.preview.slack import TEAM
from bot.slack.digest.clock import DigestClock, show_at_once
from storage.keep.digests import Subscribed

ROOMS = {"C1": "", "C2": LINE}
TUESDAY, NINE = 2, 9 * 60
TICK_SECONDS = 1.0  # a rate limit of the preview ends soon


@contextmanager
def digesting(clock: DigestClock, workspace_id: int, scene: PreviewScene) -> Iterator[None]:
    """Post last week's digests on opening, and do what the worker's clock does until the end of `with`."""
    ended = Event()

    def work() -> None:
        for wanted in _subscriptions(clock, scene):
            if not ended.is_set():  # whoever ends the preview waits for one of them at most
                show_at_once(clock, workspace_id, wanted)
        while not ended.wait(TICK_SECONDS):
            clock.tick()

    thread = Thread(target=work, name="digests", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _subscriptions(clock: DigestClock, scene: PreviewScene) -> Iterator[Subscribed]:
    owner = scene.people[0]
    for room, team in ROOMS.items():
        yield Subscribed(
            slack_team=TEAM,
            channel=room,
            team=team,
            owner=owner.id,
            email=owner.email,
            weekday=TUESDAY,
            minute=NINE,
            zone=str(clock.maker.digests.settings.zone),
            parts=tuple(PARTS),
            since=clock.maker.digests.now(),
        )
