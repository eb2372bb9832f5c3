"""The digests that the preview's channels have on opening."""

from __future__ import annotations

import shutil
import threading
from datetime import date
from pathlib import Path

from bot.demo.browser import running
from bot.demo.digests import ROOMS
from bot.demo.scene import LINE
from bot.settings import Settings
from tests.conftest import LARKSPUR_DAY

LAST_WEEK = f"W{LARKSPUR_DAY.isocalendar().week - 1}"


def test_each_channel_has_last_weeks_digest_of_its_own_team(
    larkspur_files: Path, larkspur_store: Path, tmp_path: Path
) -> None:
    store = tmp_path / "fulcrum.db"
    shutil.copyfile(larkspur_store, store)

    with running(Settings(), larkspur_files, store, date(2026, 11, 18)) as workspace:
        slack = workspace.slack

        def tops() -> dict[str, list[str]]:
            said = [message for message in slack.posted() if not message.get("thread_ts")]
            return {
                room: [str(message["text"]) for message in said if message["channel"] == room and message["text"]]
                for room in ROOMS
            }

        slack.wait(lambda: all(any(text.startswith(LAST_WEEK) for text in texts) for texts in tops().values()), 60)
        found = {room: next(text for text in texts if text.startswith(LAST_WEEK)) for room, texts in tops().items()}

    assert found["C1"].startswith(f"{LAST_WEEK}, whole organisation (")
    assert found["C2"].startswith(f"{LAST_WEEK}, {LINE} (")
    assert "digests" not in {thread.name for thread in threading.enumerate()}, "it ends with the preview"
