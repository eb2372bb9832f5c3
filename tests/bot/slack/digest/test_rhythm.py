"""Late data, weeks without any, and how often a digest comes."""

from __future__ import annotations

from datetime import timedelta

from bot.digest.actions import ActionChoice
from bot.slack.digest.blocks import PAUSE, RHYTHM
from bot.slack.digest.rhythm import NOTABLE, not_useful
from storage.keep import digests
from storage.keep.choices import record_choice
from tests.bot.slack.digest.workers import DUE, WEEK, Office, Steady


def test_after_four_quiet_weeks_every_second_one_is_offered_once(office: Office) -> None:
    office.subscribe()

    for week in range(6):
        office.at(DUE + week * WEEK, 1)

    offers = [message for message in office.slack.posted("C1") if "every second week" in message["text"]]
    tops = office.slack.posted("C1")
    assert len(offers) == 1
    assert offers[0]["ts"] == [message["ts"] for message in tops if not message.get("thread_ts")][3]
    assert offers[0]["text"].endswith("4 quiet weeks in a row. Would every second week do?")
    assert any(
        element.get("action_id") == RHYTHM
        for block in offers[0]["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
    )


def test_every_second_week_of_a_year_of_ticks_is_posted_once_and_covers_the_week_before(office: Office) -> None:
    office.subscribe(every=2)

    for day in range(5 * 7):
        office.at(DUE + timedelta(days=day), 1)

    assert [text[:3] for text in office.top()] == ["W12", "W14", "W16"]


def test_back_to_every_week_the_week_left_out_is_neither_posted_late_nor_called_lost(office: Office) -> None:
    id_ = office.subscribe(every=2)
    office.at(DUE)
    office.at(DUE + WEEK + timedelta(days=2))
    with office.writing.begin() as connection:
        digests.change_rhythm(connection, office.workspace_id, id_, 1, office.now)

    office.at(DUE + WEEK + timedelta(days=2), 1)
    office.at(DUE + 2 * WEEK, 1)
    office.at(DUE + 3 * WEEK, 1)

    assert [text[:3] for text in office.top()] == ["W12", "W14", "W15"]
    assert not any("may not have come" in text for text in office.top())


def test_a_week_with_a_sustained_shift_is_not_quiet(office: Office) -> None:
    office.subscribe()
    for week in range(3):
        office.at(DUE + week * WEEK, 1)
    with office.writing.begin() as connection:
        newest = digests.issues(connection, 1)[0]
        digests.complete(connection, newest.id, newest.figures, {**newest.value, NOTABLE: True})

    office.at(DUE + 3 * WEEK, 1)

    assert not any("every second week" in text for text in office.top())


def test_the_change_of_rhythm_is_of_an_active_subscription_of_the_workspace_alone(office: Office) -> None:
    id_ = office.subscribe()

    with office.writing.begin() as connection:
        assert digests.change_rhythm(connection, office.workspace_id + 1, id_, 2, office.now) is None
        changed = digests.change_rhythm(connection, office.workspace_id, id_, 2, office.now)

    assert changed is not None
    assert changed.every == 2


def test_actions_that_half_of_the_answers_find_not_useful_lead_to_one_question_to_the_owner(office: Office) -> None:
    office.clock = office.worker(Steady("triage"))
    office.subscribe()
    office.at(DUE, 1)
    with office.writing.begin() as connection:
        for person, choice in enumerate(
            (ActionChoice.NOT_USEFUL, ActionChoice.NOT_USEFUL, ActionChoice.ACCEPT, ActionChoice.NOT_NOW)
        ):
            record_choice(
                connection, office.workspace_id, week="2026-W12", workflow="triage", person=f"U{person}",
                choice=choice.value, now=office.now,
            )  # fmt: skip

    office.at(DUE + WEEK, 1)
    office.at(DUE + 2 * WEEK, 1)

    asked = [message for message in office.slack.posted("D-UANA") if "Not useful" in message["text"]]
    assert len(asked) == 1
    buttons = [element for block in asked[0]["blocks"] if block["type"] == "actions" for element in block["elements"]]
    assert [button["action_id"] for button in buttons] == [RHYTHM, PAUSE]


def test_answers_to_what_other_digests_advised_do_not_count(office: Office) -> None:
    office.clock = office.worker(Steady("review"))
    office.subscribe()
    office.at(DUE, 1)
    with office.writing.begin() as connection:
        for person in range(4):
            record_choice(
                connection, office.workspace_id, week="2026-W12", workflow="triage", person=f"U{person}",
                choice=ActionChoice.NOT_USEFUL.value, now=office.now,
            )  # fmt: skip

    office.at(DUE + WEEK, 1)

    assert office.top("D-UANA") == []


def test_a_few_answers_say_nothing() -> None:
    assert not not_useful({"not useful": 3})
    assert not_useful({"not useful": 2, "accept": 2})
    assert not not_useful({"not useful": 2, "accept": 3})
