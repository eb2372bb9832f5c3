"""What Slack would not open as a modal or show as App Home."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest

from bot.preview.checks import view_problems
from bot.preview.checks.views import too_large
from tests.bot.preview.checks.good import GOOD, Block, plain, put

MODAL: Block = {"type": "modal", "title": plain("T"), "submit": plain("Go"), "blocks": [GOOD["input"]]}


@pytest.mark.parametrize(
    "change",
    [
        put("title", "text", value="x" * 25),
        put("submit", "text", value="x" * 25),
        put("submit", value=None),
        put("private_metadata", value="x" * 3_001),
        put("callback_id", value="x" * 256),
        put("type", value="home"),
        put("blocks", value=[GOOD["table"]]),
    ],
)
def test_a_modal_slack_would_not_open_is_named(change: Callable[[Block], None]) -> None:
    view = copy.deepcopy(MODAL)
    change(view)

    assert view_problems(MODAL, "modal") == []
    assert view_problems(view, "modal")


def test_home_needs_no_title_and_takes_no_modal() -> None:
    assert view_problems({"type": "home", "blocks": [GOOD["divider"]]}, "home") == []
    assert view_problems(MODAL, "home") == ["the view must be of type home"]


def test_a_view_of_too_many_bytes_is_too_large() -> None:
    field = {"type": "section", "text": plain("ä" * 1_250)}

    assert not too_large(MODAL | {"blocks": [field] * 90})
    assert too_large(MODAL | {"blocks": [field] * 100})
