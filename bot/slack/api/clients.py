"""Web API clients that send once: no retry behind our back, no proxy for an address that needs none."""

from __future__ import annotations

import logging
import ssl
from functools import cache
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from bot.slack.api.replies import BoundedWebClient, BoundedWebhookClient
from bot.slack.bolt_logs import NoBodies

TIMEOUT_SECONDS = 10
SLACKS = (".slack.com", ".slack-gov.com")  # where Slack has its response_urls

# At DEBUG the SDK prints bodies and tokens; this logger's own level keeps it from that whatever the root says.
log = logging.getLogger("fulcrum.slack.api")
log.setLevel(logging.INFO)
log.addFilter(NoBodies())


class Clients:
    """Makes clients for one Slack address."""

    def __init__(self, base_url: str, timeout: int = TIMEOUT_SECONDS) -> None:
        self._base_url = base_url
        self._timeout = timeout

    def web(self, token: str | None = None, team_id: str | None = None) -> WebClient:
        """A client for one token; `team_id` names the workspace where the token is one of a whole organisation."""
        client = BoundedWebClient(
            token=token,
            base_url=self._base_url,
            timeout=self._timeout,
            ssl=_context_for(self._base_url),
            team_id=team_id,
            logger=log,
            # The SDK's default sends a message again after a dropped connection: two messages.
            retry_handlers=[],
        )
        # urllib reads the same proxy variables and, unlike the SDK, obeys NO_PROXY.
        client.proxy = None
        return client

    def may_answer(self, url: str) -> bool:
        """Whether a `response_url` is Slack's: whoever has the signing secret could name any address inside."""
        to, own = urlsplit(url), urlsplit(self._base_url)
        if (to.scheme, to.netloc) == (own.scheme, own.netloc):
            return True
        host = to.hostname or ""
        return to.scheme == "https" and to.port in (None, 443) and host.endswith(SLACKS)

    def hook(self, url: str) -> WebhookClient:
        """A client for a `response_url`."""
        client = BoundedWebhookClient(url, timeout=self._timeout, ssl=_context_for(url), logger=log, retry_handlers=[])
        client.proxy = None
        return client


def _context_for(url: str) -> ssl.SSLContext | None:
    """How the other end of a TLS connection is checked; None where there is none."""
    return _trusting() if url.startswith("https:") else None


@cache
def _trusting() -> ssl.SSLContext:
    """The authorities that this machine trusts, read once: by itself the SDK reads them for every call, which takes
    as much CPU time as an answer."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context
