"""What is stored about somebody, as Slack shows it."""

from __future__ import annotations

import json
from typing import Any

from bot.slack.privacy.blocks import ERASE, EXPORT, FORM, erase_form, privacy_message

STORED: dict[str, Any] = {
    "e-mail": "ana@acme.example",
    "name": "Ana <&>",
    "roster": [{"team": "Core"}, {"team": "Web"}, {"team": "Core"}],
    "known as": ["user-7"],
    "use": [{"tool": "cursor", "day": "2026-05-01"}, {"tool": "codex", "day": "2026-05-09"}],
    "seats": [1],
    "questions": [1, 2],
    "digests": [],
    "decisions": [],
    "looked at by": [{"who": f"{number}@acme.example", "when": "2026-05-01"} for number in range(7)],
}


def shown(stored: dict[str, Any] | None) -> str:
    return json.dumps([block.to_dict() for block in privacy_message("The policy.", stored).rich], ensure_ascii=False)


def test_each_kind_is_counted_and_names_are_escaped() -> None:
    text = shown(STORED)
    for said in (
        "Ana &lt;&amp;&gt;, ana@acme.example: Core, Web",
        "known to sources as user-7",
        "2 rows of use, 1-9 May 2026: codex, cursor",
        "1 seat, 2 questions, 0 digests, 0 decisions",
    ):
        assert said in text
    assert EXPORT in text
    assert ERASE in text


def test_the_last_five_who_looked_are_named_and_the_others_counted() -> None:
    text = shown(STORED)
    assert "4@acme.example" in text
    assert "5@acme.example" not in text
    assert "2 more looks" in text
    assert "Nobody, as far as questions are kept." in shown(STORED | {"looked at by": []})


def test_who_is_not_on_the_roster_reads_the_policy_alone() -> None:
    assert "The policy." in shown(None)
    assert ERASE not in shown(None)


def test_erasing_is_confirmed_in_a_form_that_says_it_is_for_good() -> None:
    view = erase_form().to_dict()
    assert view["callback_id"] == FORM
    assert "cannot be undone" in json.dumps(view)
