"""The workspace as an app meets it: what it sends, what it takes, what it refuses, and how fast."""

from __future__ import annotations

import re
from collections.abc import Iterator
from threading import Thread
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.demo.browser import refuse_real
from bot.errors import UserError
from bot.preview.acting import Acting
from bot.preview.delivery import Delivery
from bot.preview.faults import ApiCall, Limits
from bot.preview.methods import METHODS
from bot.preview.seen import snapshot
from bot.preview.slack import Slack
from bot.preview.workspace import TOKEN, PreviewWorkspace
from tests.preview.stub import Stub, stubbed

Data = dict[str, Any]
MODAL = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Form"},
    "submit": {"type": "plain_text", "text": "Send"},
    "notify_on_close": True,
    "blocks": [
        {
            "type": "input",
            "block_id": "name",
            "label": {"type": "plain_text", "text": "Name"},
            "element": {"type": "plain_text_input", "action_id": "typed"},
        }
    ],
}
BUTTON = {"type": "button", "action_id": "go", "value": "7", "text": {"type": "plain_text", "text": "Go"}}
BUTTONS = [{"type": "actions", "block_id": "row", "elements": [BUTTON]}]


class Office:
    """A workspace, what a person does in it, the app's end, and a client of its Web API."""

    def __init__(self, workspace: PreviewWorkspace, acting: Acting, stub: Stub) -> None:
        self.workspace, self.acting, self.stub = workspace, acting, stub
        self.slack = workspace.slack
        self.client = WebClient(token=TOKEN, base_url=workspace.api_url, retry_handlers=[])
        self.client.proxy = None

    def came(self, count: int) -> list[Data]:
        """What the app was sent, once it is so much."""
        with self.slack.changed:
            self.slack.changed.wait_for(lambda: len(self.stub.came) >= count, 0.05)
        for _ in range(200):
            if len(self.stub.came) >= count:
                break
            with self.slack.changed:
                self.slack.changed.wait(0.05)
        return self.stub.came

    def pressed(self) -> Data:
        """The press on a button in a message that the app posted."""
        ts = self.client.chat_postMessage(channel="C1", text="x", blocks=BUTTONS)["ts"]
        self.acting.press("UANA", {"channel": "C1", "ts": ts}, "row", "go", None, {})
        return self.stub.came[-1]

    def trigger(self) -> str:
        """A trigger_id of something that was done just now."""
        self.acting.command("UANA", "C1", "/do this")
        return str(self.stub.came[-1]["trigger_id"])


@pytest.fixture
def office() -> Iterator[Office]:
    with stubbed() as parts:
        yield Office(*parts)


def refused(call: Any, *given: Any, **named: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        call(*given, **named)
    return str(caught.value.response["error"])


def test_a_mention_in_a_channel_is_two_events_with_one_ts(office: Office) -> None:
    ts = office.acting.say("UANA", "C1", "@Fulcrum is 1 < 2 & so on, @Bo Bianchi?")

    events = [body["event"] for body in office.came(2)]
    assert {event["type"] for event in events} == {"message", "app_mention"}
    assert {event["ts"] for event in events} == {ts}
    assert {event["text"] for event in events} == {"<@UBOT> is 1 &lt; 2 &amp; so on, <@UBO>?"}
    assert len({body["event_id"] for body in office.stub.came}) == 2


def test_a_direct_message_is_one_event_and_only_its_writer_sees_it(office: Office) -> None:
    office.acting.say("UANA", "D-UANA", "@Fulcrum hello")

    (sent,) = office.came(1)
    assert (sent["event"]["type"], sent["event"]["channel_type"]) == ("message", "im")
    with office.slack.changed:
        assert len(snapshot(office.slack, "UANA")["messages"]) == 1
        assert snapshot(office.slack, "UBO")["messages"] == []


def test_an_event_that_is_not_taken_comes_again_with_its_number() -> None:
    with stubbed() as (workspace, _, stub):
        slept: list[float] = []
        delivery = Delivery(f"{workspace.url}/nowhere", "s", slept.append)
        delivery.until_taken({"type": "event_callback", "event": {}})
        delivery.close()

    assert slept == [1.0, 60.0, 300.0]
    assert stub.came == []


def test_a_pause_before_a_retry_ends_when_it_is_closed() -> None:
    delivery = Delivery("http://127.0.0.1:9/nobody", "s")
    delivery.later({"type": "event_callback", "event": {}})

    closing = Thread(target=delivery.close)
    closing.start()
    closing.join(5)

    assert not closing.is_alive()


def test_an_event_is_repeated_until_it_is_taken(office: Office) -> None:
    office.stub.answers = [(500, {})]
    delivery = Delivery(office.stub.address, office.workspace.secret, lambda _: None)

    delivery.until_taken({"type": "event_callback", "event": {}})
    delivery.close()

    assert office.stub.retries == ["", "1"]


def test_a_command_that_fails_is_told_to_who_typed_it(office: Office) -> None:
    office.stub.answers = [(500, {})]
    office.acting.command("UANA", "C1", "/do that")

    (told,) = [message for message in office.slack.messages if message["to"] == "UANA"]
    assert "failed" in told["text"]


def test_a_response_url_speaks_to_one_person_five_times(office: Office) -> None:
    office.acting.command("UANA", "C1", "/do this")
    hook = WebhookClient(office.stub.came[0]["response_url"])
    hook.proxy = None

    answers = [hook.send(text=str(number)).status_code for number in range(6)]

    assert answers == [200] * 5 + [404]
    assert [message["text"] for message in office.slack.whispered("UANA")] == ["0", "1", "2", "3", "4"]


def test_a_response_url_of_a_press_can_replace_its_message(office: Office) -> None:
    hook = WebhookClient(office.pressed()["response_url"])
    hook.proxy = None
    hook.send(text="done", replace_original=True)

    assert [message["text"] for message in office.slack.posted("C1")] == ["done"]


def test_a_press_carries_the_message_the_value_and_a_trigger(office: Office) -> None:
    pressed = office.pressed()

    assert pressed["type"] == "block_actions"
    assert pressed["actions"][0]["value"] == "7"
    assert pressed["container"]["message_ts"] == pressed["message"]["ts"]
    assert office.client.views_open(trigger_id=pressed["trigger_id"], view=MODAL)["view"]["id"]


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


@pytest.mark.parametrize(
    ("answer", "left", "errors"),
    [
        ({}, 0, {}),
        ({"response_action": "errors", "errors": {"name": "Too short"}}, 1, {"name": "Too short"}),
        ({"response_action": "update", "view": MODAL}, 1, {}),
        ({"response_action": "push", "view": MODAL}, 2, {}),
        ({"response_action": "clear"}, 0, {}),
    ],
)
def test_a_submission_does_what_the_app_answers(office: Office, answer: Data, left: int, errors: Data) -> None:
    view = office.client.views_open(trigger_id=office.trigger(), view=MODAL)["view"]
    office.stub.answers = [(200, answer)]

    found = office.acting.submit("UANA", view["id"], {"name": {"typed": "Ana"}})

    sent = office.stub.came[-1]["view"]["state"]["values"]["name"]["typed"]
    assert sent == {"type": "plain_text_input", "value": "Ana"}
    assert found == errors
    assert len(office.slack.stacks["UANA"]) == left


def test_a_closed_modal_is_told_where_it_asks_for_that(office: Office) -> None:
    view = office.client.views_open(trigger_id=office.trigger(), view=MODAL)["view"]
    office.acting.close("UANA", view["id"])

    assert office.stub.came[-1]["type"] == "view_closed"
    assert not office.slack.stacks["UANA"]


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


def test_a_stream_grows_and_ends_with_its_blocks(office: Office) -> None:
    stream = office.client.chat_stream(channel="D-UANA", thread_ts="1.1", buffer_size=1)
    stream.append(markdown_text="Seven ")
    stream.append(markdown_text="of them")
    stream.stop(blocks=BUTTONS)

    (said,) = office.slack.posted("D-UANA")
    assert [block["type"] for block in said["blocks"]] == ["markdown", "actions"]
    assert said["blocks"][0]["text"] == "Seven of them"
    again = refused(office.client.chat_appendStream, channel="D-UANA", ts=said["ts"], markdown_text="x")
    assert again == "message_not_in_streaming_state"


def test_more_than_a_message_a_second_is_too_much_after_a_short_burst(office: Office) -> None:
    for _ in range(10):
        office.client.chat_postMessage(channel="C1", text="x")

    with pytest.raises(SlackApiError) as caught:
        office.client.chat_postMessage(channel="C1", text="x")

    assert caught.value.response.status_code == 429
    assert int(caught.value.response.headers["Retry-After"]) >= 1
    office.client.chat_postMessage(channel="D-UANA", text="another channel has its own")


def test_a_rate_that_was_used_up_comes_back_with_time() -> None:
    now = [0.0]
    limits = Limits(lambda: now[0])
    call = ApiCall("chat.postMessage", {"channel": "C1"})
    assert [limits.wait(call) for _ in range(11)] == [0] * 10 + [1]

    now[0] = 1.0

    assert [limits.wait(call) for _ in range(2)] == [0, 1]


@pytest.mark.parametrize(
    ("method", "given", "error"),
    [
        ("chat_postMessage", {"channel": "C9", "text": "x"}, "channel_not_found"),
        ("chat_postMessage", {"channel": "C1", "text": "x", "blocks": [{"type": "ruler"}]}, "invalid_blocks"),
        ("chat_postEphemeral", {"channel": "C1", "user": "UEVE", "text": "x"}, "user_not_in_channel"),
        ("chat_update", {"channel": "C1", "ts": "1.1", "text": "x"}, "message_not_found"),
        ("users_info", {"user": "UEVE"}, "user_not_found"),
        ("conversations_info", {"channel": "C9"}, "channel_not_found"),
        ("views_publish", {"user_id": "UEVE", "view": {"type": "home", "blocks": []}}, "user_not_found"),
    ],
)
def test_what_slack_refuses_is_refused_in_its_word(office: Office, method: str, given: Data, error: str) -> None:
    assert refused(getattr(office.client, method), **given) == error


def test_blocks_without_words_for_who_cannot_see_them_are_refused() -> None:
    call = ApiCall("chat.postMessage", {"channel": "D-UANA", "blocks": [{"type": "divider"}]})
    _, told, _ = Slack(methods=METHODS).handle(call) or (0, {}, {})

    assert told["error"] == "no_text"


def test_a_method_that_is_not_there_is_no_silent_success() -> None:
    status, told, _ = Slack(methods=METHODS).handle(ApiCall("files.remote.add", {})) or (0, {}, {})

    assert (status, told["error"]) == (200, "unknown_method")


@pytest.mark.parametrize("header", [{"Host": "evil.example"}, {"Origin": "http://evil.example"}])
def test_only_its_own_page_is_answered(office: Office, header: dict[str, str]) -> None:
    with pytest.raises(HTTPError) as caught:
        urlopen(Request(f"{office.workspace.url}/page/boot", headers=header))

    assert caught.value.code == 403
    caught.value.close()


def test_the_page_is_bound_to_this_machine_and_may_fetch_nothing_from_outside(office: Office) -> None:
    with urlopen(f"{office.workspace.url}/") as response:
        policy = response.headers["Content-Security-Policy"]

    assert re.match(r"http://127\.0\.0\.1:\d+$", office.workspace.url)
    assert policy.startswith("default-src 'self'")


@pytest.mark.parametrize("name", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "DATABASE_URL"])
def test_it_stays_off_where_real_settings_are(name: str) -> None:
    with pytest.raises(UserError, match=name):
        refuse_real({name: "x"})
    refuse_real({"OPENAI_API_KEY": "x", "FULCRUM_ZONE": "UTC"})
