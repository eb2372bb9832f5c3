"""What is opened: modals in a stack, App Home, prompts."""

from __future__ import annotations

import pytest
from slack_sdk.errors import SlackApiError

from bot.preview.seen import snapshot
from tests.bot.preview.office import MODAL, Office, refused


def test_a_trigger_opens_one_modal_within_three_seconds(office: Office) -> None:
    assert refused(office.client.views_open, trigger_id="1.2.3", view=MODAL) == "invalid_trigger_id"
    used = office.trigger()
    office.client.views_open(trigger_id=used, view=MODAL)
    assert refused(office.client.views_push, trigger_id=used, view=MODAL) == "exchanged_trigger_id"
    late = office.trigger()
    office.slack.triggers[late].until = 0.0
    assert refused(office.client.views_push, trigger_id=late, view=MODAL) == "expired_trigger_id"


def test_a_stack_holds_three_modals(office: Office) -> None:
    office.client.views_open(trigger_id=office.trigger(), view=MODAL)
    for _ in range(2):
        office.client.views_push(trigger_id=office.trigger(), view=MODAL)

    assert refused(office.client.views_push, trigger_id=office.trigger(), view=MODAL) == "push_limit_reached"


def test_a_view_changed_meanwhile_is_not_overwritten(office: Office) -> None:
    view = office.client.views_open(trigger_id=office.trigger(), view=MODAL)["view"]
    office.client.views_update(view_id=view["id"], hash=view["hash"], view=MODAL)

    assert refused(office.client.views_update, view_id=view["id"], hash=view["hash"], view=MODAL) == "hash_conflict"


def test_home_and_prompts_are_the_persons_own(office: Office) -> None:
    home = {"type": "home", "blocks": [{"type": "divider"}]}
    office.client.views_publish(user_id="UANA", view=home)
    office.client.assistant_threads_setSuggestedPrompts(channel_id="D-UANA", prompts=[{"title": "T", "message": "M"}])

    with office.slack.changed:
        assert snapshot(office.slack, "UANA")["home"]["type"] == "home"
        assert snapshot(office.slack, "UANA")["prompts"]["prompts"] == [{"title": "T", "message": "M"}]
        assert snapshot(office.slack, "UBO")["home"] is None
        assert snapshot(office.slack, "UBO")["prompts"] is None


def test_prompts_with_a_thread_do_nothing_and_say_so_to_nobody(office: Office) -> None:
    prompts = [{"title": "T", "message": "M"}]
    told = office.client.assistant_threads_setSuggestedPrompts(channel_id="D-UANA", thread_ts="1.1", prompts=prompts)

    assert told["ok"]
    assert not office.slack.prompts


def test_home_of_somebody_who_is_not_there_is_refused(office: Office) -> None:
    home = {"type": "home", "blocks": [{"type": "divider"}]}

    assert refused(office.client.views_publish, user_id="UEVE", view=home) == "user_not_found"


def test_a_status_stands_until_the_bot_says_something(office: Office) -> None:
    office.client.assistant_threads_setStatus(channel_id="D-UANA", thread_ts="1.1", status="is thinking")
    with office.slack.changed:
        assert [told["status"] for told in snapshot(office.slack, "UANA")["statuses"]] == ["is thinking"]
        assert snapshot(office.slack, "UBO")["statuses"] == []

    office.client.chat_postMessage(channel="D-UANA", thread_ts="1.1", text="Seven.")
    with office.slack.changed:
        assert snapshot(office.slack, "UANA")["statuses"] == []


def test_a_modal_that_slack_would_not_open_is_refused_with_the_reasons(office: Office) -> None:
    long = MODAL | {"title": {"type": "plain_text", "text": "x" * 25}}

    with pytest.raises(SlackApiError) as caught:
        office.client.views_open(trigger_id=office.trigger(), view=long)
    assert caught.value.response["error"] == "invalid_arguments"
    assert caught.value.response["response_metadata"]["messages"] == ["title must have 1 to 24 characters"]


@pytest.mark.parametrize("count", [0, 5])
def test_one_to_four_prompts_are_taken(office: Office, count: int) -> None:
    prompts = [{"title": "T", "message": "M"}] * count

    assert (
        refused(office.client.assistant_threads_setSuggestedPrompts, channel_id="D-UANA", prompts=prompts)
        == "invalid_arguments"
    )
