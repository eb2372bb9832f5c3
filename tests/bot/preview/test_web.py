"""The page is this machine's alone, and answers no other."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.bot.preview.office import Data, Office


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


def post(office: Office, what: str, **told: Any) -> tuple[int, Data]:
    request = Request(
        f"{office.workspace.url}/page/{what}", json.dumps(told).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urlopen(request) as response:
            return response.status, json.load(response)
    except HTTPError as error:
        with error:
            return error.code, json.load(error)


def test_what_is_done_at_the_page_is_done_in_the_workspace(office: Office) -> None:
    status, told = post(office, "say", **{"as": "UANA"}, channel="C1", text="hello")

    assert status == 200
    assert [message["ts"] for message in office.slack.messages] == [told["ts"]]
    assert post(office, "command", **{"as": "UANA"}, channel="C1", text="/do this")[0] == 200
    assert "this" in [came.get("text") for came in office.stub.came]  # what was said may come after it


@pytest.mark.parametrize(
    ("what", "told", "error"),
    [
        ("say", {"as": "UEVE", "channel": "C1", "text": "x"}, "user_not_found"),
        ("say", {"as": "UANA", "channel": "C1"}, "'text'"),
        ("dance", {"as": "UANA"}, "no such thing to do"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(office: Office, what: str, told: Data, error: str) -> None:
    assert post(office, what, **told) == (400, {"ok": False, "error": error})


def test_a_look_waits_for_a_change(office: Office) -> None:
    address = f"{office.workspace.url}/page/state?as=UANA"
    with urlopen(address) as response:
        first = json.load(response)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(urlopen, f"{address}&after={first['version']}")
        office.acting.say("UBO", "C1", "news")
        with waiting.result(10) as response:
            later = json.load(response)

    assert [message["text"] for message in later["messages"]] == ["news"]
