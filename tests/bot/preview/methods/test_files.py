"""Files in the preview: brought in three calls, refused as Slack refuses them, shown on the page with their words."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, expect
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.drawing.line_chart import HEIGHT, WIDTH, Picture, png
from bot.preview.workspace import TOKEN, PreviewWorkspace
from bot.slack.api.files import share, upload
from tests.bot.preview.stub import stubbed

ALT = "Line chart: it rose from 1 to 3 & stayed <there>."
SHOWN = Picture(
    title="It rose", x_label="Week", y_label="Tokens", unit="", times=("a", "b", "c"), lines={"one": (1.0, 2.0, 3.0)}
)


@pytest.fixture
def workspace() -> Iterator[PreviewWorkspace]:
    with stubbed() as (made, _, _):
        yield made


@pytest.fixture
def client(workspace: PreviewWorkspace) -> WebClient:
    made = WebClient(TOKEN, base_url=workspace.api_url, timeout=5, retry_handlers=[])
    made.proxy = None
    return made


def test_a_shared_picture_is_on_the_page_with_its_title_and_its_words(
    workspace: PreviewWorkspace, client: WebClient, browser: Browser
) -> None:
    file = upload(client, "chart.png", png(SHOWN), ALT)
    share(client, file, "It rose", "D-UANA", "")

    page = browser.new_page()
    page.goto(f"{workspace.url}/#as=UANA&at=app&tab=messages")
    image = page.get_by_role("img", name=ALT, exact=True)

    expect(image).to_be_visible()
    expect(image).not_to_have_js_property("naturalWidth", 0)  # a script that waits would break the page's own policy
    assert image.evaluate("one => [one.naturalWidth, one.naturalHeight]") == [WIDTH, HEIGHT]
    expect(page.locator(".b-file figcaption")).to_have_text("It rose")
    page.close()


def test_what_is_uploaded_and_not_shared_nobody_sees(workspace: PreviewWorkspace, client: WebClient) -> None:
    file = upload(client, "chart.png", png(SHOWN), ALT)

    with pytest.raises(HTTPError) as refused:
        urlopen(f"{workspace.url}/page/file/{file}")
    refused.value.close()
    assert refused.value.code == 404


def test_bytes_of_another_length_than_was_said_are_refused(client: WebClient) -> None:
    room = client.files_getUploadURLExternal(filename="chart.png", length=10)

    with pytest.raises(HTTPError) as refused:
        urlopen(Request(str(room["upload_url"]), data=b"123", method="POST"))
    refused.value.close()
    with pytest.raises(SlackApiError, match="file_not_found"):
        share(client, str(room["file_id"]), "x", "D-UANA", "")


def test_into_a_channel_without_the_bot_nothing_is_shared(client: WebClient) -> None:
    file = upload(client, "chart.png", png(SHOWN), ALT)

    with pytest.raises(SlackApiError, match="channel_not_found"):
        share(client, file, "x", "CNONE", "")
