"""Slack's replies in bounded memory and time: the SDK reads whatever comes, for as long as it comes."""

from __future__ import annotations

import codecs
import time
from http.client import HTTPException, HTTPResponse, IncompleteRead
from io import BytesIO
from ssl import SSLContext
from typing import Any
from urllib.request import BaseHandler, HTTPSHandler, OpenerDirector, Request, build_opener
from urllib.response import addinfourl

from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient, WebhookResponse

LARGEST = 8 * 1024 * 1024  # bytes; a page of a thousand people has about two million
PIECE = 64 * 1024
WITHOUT_A_WORD = '{"ok": false}'


class OversizedReply(HTTPException):
    """More than a reply of Slack has."""


class ReadReply(addinfourl):
    """A reply that was read, as urllib's own handlers take it."""

    def __init__(self, body: bytes, taken: HTTPResponse, url: str) -> None:
        super().__init__(BytesIO(body), taken.headers, url, taken.status)
        self.msg = taken.reason


class BoundedReplies(BaseHandler):
    """Reads each reply before urllib or the SDK does, those of an error too. Raises OversizedReply, TimeoutError."""

    def http_response(self, request: Request, response: HTTPResponse) -> ReadReply:
        """The reply as UTF-8: the SDK breaks on bytes that are not what their header says."""
        with response:
            body = _body(response, time.monotonic() + (request.timeout or float("inf")))
        text = body.decode(_charset(response), errors="replace")
        response.headers.set_param("charset", "utf-8", "Content-Type")
        return ReadReply(text.encode(), response, request.full_url)

    https_response = http_response


def opener(context: SSLContext | None) -> OpenerDirector:
    """What `urllib.request.urlopen` opens with, and the bound."""
    return build_opener(HTTPSHandler(context=context), BoundedReplies())


class BoundedWebClient(WebClient):
    """A Web API client whose replies are bounded, and are an object whatever came."""

    def _perform_urllib_http_request(self, *, url: str, args: dict[str, dict[str, Any]]) -> dict[str, Any]:
        reply = super()._perform_urllib_http_request(url=url, args=args)
        if not reply["body"].lstrip().startswith("{"):
            # The page of a proxy: of its beginning the SDK makes a line of the log and the error's word.
            reply["body"] = WITHOUT_A_WORD
        return reply

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        with opener(self.ssl).open(req, timeout=self.timeout) as reply:
            return {"status": reply.status, "headers": reply.headers, "body": reply.read().decode()}


class BoundedWebhookClient(WebhookClient):
    """A client of a `response_url` whose replies are bounded."""

    def _perform_http_request_internal(self, url: str, req: Request) -> WebhookResponse:
        with opener(self.ssl).open(req, timeout=self.timeout) as reply:
            return WebhookResponse(
                url=url, status_code=reply.status, body=reply.read().decode(), headers=dict(reply.headers)
            )


def _body(response: HTTPResponse, until: float) -> bytes:
    announced = response.length
    held = bytearray()
    while announced is None or len(held) < announced:
        piece = response.read1(PIECE)  # what one arrival brings: a server that drips is no faster than a silent one
        held += piece
        if len(held) > LARGEST:
            held.clear()  # whoever keeps the error keeps this frame
            raise OversizedReply(f"a reply of more than {LARGEST // 1024**2} MB")
        if time.monotonic() > until:
            raise TimeoutError("the reply did not end in time")
        if not piece:
            break
    if announced is not None and len(held) < announced:
        raise IncompleteRead(bytes(held), announced - len(held))
    return bytes(held)


def _charset(response: HTTPResponse) -> str:
    named = response.headers.get_content_charset() or "utf-8"
    try:
        return codecs.lookup(named).name
    except LookupError:
        return "utf-8"
