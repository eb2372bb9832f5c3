"""The Web API over HTTP: forms and JSON are read alike, and a fault is what a client meets of it."""

from __future__ import annotations

import json
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from bot.preview.faults import Fault
from tests.bot.preview.office import BUTTONS, Data, Office


def call(office: Office, method: str, body: bytes, kind: str) -> Data:
    request = Request(f"{office.workspace.api_url}{method}", body, {"Content-Type": kind, "Authorization": "Bearer x1"})
    with urlopen(request) as response:
        told: Data = json.load(response)
    return told


def test_a_form_and_json_say_the_same(office: Office) -> None:
    form = urlencode({"channel": "C1", "text": "x", "blocks": json.dumps(BUTTONS)}).encode()
    data = json.dumps({"channel": "C1", "text": "x", "blocks": BUTTONS}).encode()

    assert call(office, "chat.postMessage", form, "application/x-www-form-urlencoded")["ok"]
    assert call(office, "chat.postMessage", data, "application/json; charset=utf-8")["ok"]

    one, other = office.slack.called("chat.postMessage")
    assert one.data == other.data
    assert one.token == other.token == "x1"


def test_a_scripted_status_comes_with_its_headers(office: Office) -> None:
    office.slack.fault("auth.test", Fault(status=429, error="ratelimited", headers={"Retry-After": "7"}))

    with pytest.raises(HTTPError) as caught:
        call(office, "auth.test", b"", "application/json")
    caught.value.close()
    assert (caught.value.code, caught.value.headers["Retry-After"]) == (429, "7")
    assert call(office, "auth.test", b"", "application/json")["ok"], "one fault, one call"


def test_a_silent_fault_closes_the_connection_after_the_call_took_effect(office: Office) -> None:
    office.slack.fault("chat.postMessage", Fault(silent=True, after=True))

    with pytest.raises(OSError):  # noqa: PT011 - which of them depends on how far the reply came
        call(
            office,
            "chat.postMessage",
            urlencode({"channel": "C1", "text": "x"}).encode(),
            "application/x-www-form-urlencoded",
        )
    assert [message["text"] for message in office.slack.posted("C1")] == ["x"]


def test_a_response_url_that_nobody_has_is_not_there(office: Office) -> None:
    with pytest.raises(HTTPError) as caught:
        urlopen(Request(f"{office.workspace.url}/hook/999", b"{}", {"Content-Type": "application/json"}))
    caught.value.close()
    assert caught.value.code == 404
