"""Brings requests to the app: three seconds to answer, events again where it did not, the rest once."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPException
from threading import Event
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

from bot.preview import requests

Data = dict[str, Any]

log = logging.getLogger(__name__)

SECONDS = 3.0
PAUSES = (1.0, 60.0, 300.0)  # before the three retries of an event
SENDING = 8


@dataclass(frozen=True, slots=True)
class AppReply:
    """What the app answered; status 0 is no answer in time."""

    status: int
    body: str = ""

    @property
    def ok(self) -> bool:
        """Whether Slack takes it for an acknowledgement."""
        return self.status == 200

    def data(self) -> Data:
        """Its body where that is a JSON object."""
        try:
            found = json.loads(self.body or "{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


class Delivery:
    """Sends to one address, signed with one secret. Without `sleep` its pauses end when it is closed."""

    def __init__(self, address: str, secret: str, sleep: Callable[[float], object] | None = None) -> None:
        self._address = address
        self._secret = secret
        self._closed = Event()
        self._sleep = sleep or self._closed.wait
        # A proxy of the machine has no business between two ends of it.
        self._open = build_opener(ProxyHandler({})).open
        self._pool = ThreadPoolExecutor(SENDING, thread_name_prefix="deliver")

    def later(self, data: Data) -> None:
        """An event; it returns at once."""
        self._pool.submit(self.until_taken, data)

    def now(self, data: Data, **retry: str) -> AppReply:
        """Send it and wait for the answer."""
        raw, kind = requests.encode(data)
        signed = requests.headers(raw, kind, self._secret)
        request = Request(self._address, data=raw.encode(), headers={**signed, **retry}, method="POST")
        try:
            with self._open(request, timeout=SECONDS) as response:
                return AppReply(response.status, response.read().decode())
        except HTTPError as error:
            with error:
                return AppReply(error.code)
        except (OSError, HTTPException) as error:
            log.warning("the app did not answer: %s", type(error).__name__)
            return AppReply(0)

    def until_taken(self, data: Data) -> None:
        """Send an event, and again after a pause where the app did not take it."""
        reply = self.now(data)
        for number, pause in enumerate(PAUSES, start=1):
            if reply.ok:
                return
            reason = "http_error" if reply.status else "http_timeout"
            self._sleep(pause)
            if self._closed.is_set():
                return
            reply = self.now(data, **{"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason})

    def close(self) -> None:
        """Send nothing more."""
        self._closed.set()
        self._pool.shutdown(wait=True, cancel_futures=True)
