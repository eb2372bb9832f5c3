"""A menu whose choices are presses of buttons."""

from __future__ import annotations

from bot.slack.blocks.menu import MORE, MOST, as_button, menu

CHOICES = [("Export CSV", "step:csv", "5"), ("Schedule…", "saved:schedule", "5")]


def test_a_choice_is_the_press_of_its_button_and_a_button_is_itself() -> None:
    options = menu(CHOICES * 4).to_dict()["options"]

    assert len(options) == MOST
    chosen = as_button({"action_id": MORE, "selected_option": options[1], "action_ts": "1.1"})
    assert (chosen["action_id"], chosen["value"], chosen["action_ts"]) == ("saved:schedule", "5", "1.1")
    button = {"action_id": "step:csv", "value": "7"}
    assert as_button(button) == button
