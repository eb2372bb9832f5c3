"""The form of the settings: what is in force, whose it is, and what was changed in it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from bot.settings import Settings
from bot.slack.settings.form import CLEAR, change_words, changed, form
from storage.keep.settings import LoggedChange

ENVIRONMENT = Settings(min_group=5, people="hidden")
OPENED = form(Settings(min_group=7, people="hidden"), {"FULCRUM_MIN_GROUP": "7"}, ENVIRONMENT, []).to_dict()


def submitted(**given: str) -> dict[str, Any]:
    """The form sent back: as it was opened but for these."""
    opened = json.loads(OPENED["private_metadata"])
    values = {name: {name: {"value": given.get(name, value)}} for name, value in opened.items()}
    return {"private_metadata": OPENED["private_metadata"], "state": {"values": values}}


def test_each_field_says_whether_slack_or_the_environment_set_it() -> None:
    hints = {block["block_id"]: block["hint"]["text"] for block in OPENED["blocks"] if block["type"] == "input"}
    assert hints["FULCRUM_MIN_GROUP"].endswith("set in Slack; where Fulcrum runs: 5")
    assert hints["FULCRUM_PEOPLE"] == "as set where Fulcrum runs"


def test_only_what_was_changed_comes_back_and_an_emptied_field_clears() -> None:
    assert changed(submitted()) == {}
    assert changed(submitted(FULCRUM_MIN_GROUP=" 9 ")) == {"FULCRUM_MIN_GROUP": "9"}
    assert changed(submitted(FULCRUM_MIN_GROUP="")) == {"FULCRUM_MIN_GROUP": ""}
    assert changed(submitted(FULCRUM_PEOPLE=CLEAR)) == {"FULCRUM_PEOPLE": ""}


def test_a_change_is_told_with_when_what_and_by_whom() -> None:
    at = datetime(2026, 11, 18, 12, tzinfo=UTC)
    told = change_words(LoggedChange(at, "ana@acme.example", "FULCRUM_MIN_GROUP", None, "7"))
    assert told == (
        "18 Nov 2026, 12:00 UTC · Smallest group whose figures are shown: as set where Fulcrum runs → 7"
        " · ana@acme.example"
    )
