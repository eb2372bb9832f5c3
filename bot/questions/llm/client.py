"""The one place that talks to a model: the openai package against any server that speaks its wire format."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx2
import openai
from openai.types.chat import ChatCompletion, ChatCompletionChunk
from openai.types.responses import Response

from bot.questions.llm import wire
from bot.questions.llm.breaker import Breaker
from bot.questions.llm.failure import Blame, ModelFailure
from bot.questions.llm.fallbacks import Ladder, host_of, is_openais, ladder, reasons
from bot.questions.llm.guard import DeadlineHooks, guard
from bot.questions.llm.tools import Tool
from bot.questions.llm.wire import ModelReply, Prompt, Rung, Spent

MAX_RETRIES = 1
TRIES = 7  # requests for one plan, all rungs and the switch of interface together
REFUSED = frozenset((400, 404, 405, 422))
LOGIN = "a page instead of a reply"
LATE = "no reply in time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where the model is; the base address "" is OpenAI's own. Times in seconds."""

    api_key: str = field(repr=False)
    model: str
    base_url: str = ""
    api: str = "auto"  # auto, chat or responses
    longest: float = 20.0
    connect: float = 3.0


class ModelClient:
    """Asks one server. Every failure is a ModelFailure; safe for many threads."""

    def __init__(self, server: Server, clock: Callable[[], float] = time.monotonic) -> None:
        self.server = server
        self.breaker = Breaker(clock)
        self.ladder: Ladder = ladder(server.base_url, server.model, server.api)
        self._guard: DeadlineHooks = guard(clock, server.longest, server.connect)
        hooks: dict[str, list[Callable[..., Any]]] = {"request": [self._guard.before], "response": [self._guard.after]}
        self._http = httpx2.Client(event_hooks=hooks)
        address, query = _address(server.base_url or f"https://{host_of('')}/v1")
        self._openai = openai.OpenAI(
            api_key=server.api_key,
            base_url=address,
            default_query=query,
            max_retries=MAX_RETRIES,
            timeout=httpx2.Timeout(server.longest, connect=server.connect),
            http_client=self._http,
        )

    @property
    def provider(self) -> str:
        """Whose server it is, for the books."""
        host = host_of(self.server.base_url)
        return "openai" if is_openais(host) else host

    def close(self) -> None:
        """Let go of the connections."""
        self._openai.close()

    def plan(self, prompt: Prompt, tools: Sequence[Tool], deadline: float) -> ModelReply:
        """The calls that the model makes of a prompt. Raises ModelFailure."""
        return self._watched(deadline, lambda: self._climb(prompt, tools))

    def tell(self, prompt: Prompt, deadline: float) -> ModelReply:
        """The words that the model makes of a prompt, read as a stream to its proper end. Raises ModelFailure."""
        responses = self.ladder.rung is Rung.RESPONSES
        return self._watched(deadline, lambda: self._stream_responses(prompt) if responses else self._stream(prompt))

    def _watched(self, deadline: float, work: Callable[[], ModelReply]) -> ModelReply:
        self.breaker.check()
        try:
            with self._guard.until(deadline):
                reply = work()
        except ModelFailure as failed:
            self._failed(failed)
            raise
        except (openai.OpenAIError, httpx2.HTTPError, ValueError, TypeError, AttributeError, RecursionError) as error:
            # A malformed reply breaks the package in many ways; none of them may reach the asker.
            failure = _named(error)
            self._failed(failure)
            raise failure from error
        self.breaker.worked()
        self.ladder.worked()
        return reply

    def _failed(self, failure: ModelFailure) -> None:
        self.breaker.failed(failure)
        if failure.reason != LATE:
            # A slow server is asked the same way again: it refused the others, and may have read most of the prompt.
            self.ladder.failed()

    def _climb(self, prompt: Prompt, tools: Sequence[Tool]) -> ModelReply:
        """Ask in the strictest way that the server takes, one step down at a time."""
        for _ in range(TRIES):
            rung = self.ladder.rung
            try:
                reply = self._ask(rung, prompt, tools)
            except openai.APIStatusError as error:
                if not _unsuited(error) or not self.ladder.down(rung, _wanted(error, rung)):
                    raise
                continue
            if reply.calls:
                return reply
            if rung in (Rung.SCHEMA, Rung.OBJECT) or reply.text.lstrip().startswith("{"):
                return ModelReply(wire.calls_in(reply.text), reply.text, reply.spent)
            if not self.ladder.down(rung):
                break
        raise ModelFailure("a reply without a call")

    def _ask(self, rung: Rung, prompt: Prompt, tools: Sequence[Tool]) -> ModelReply:
        if rung is Rung.RESPONSES:
            response: object = self._openai.responses.create(
                **(wire.responses_request(prompt, tools) | self._thinking())
            )
            if not isinstance(response, Response):
                raise ModelFailure(LOGIN, Blame.SERVER)
            return wire.responses_reply(_plain(response))
        request = wire.chat_request(rung, prompt, tools) | self._limits()
        completion: object = self._openai.chat.completions.create(**request)
        if not isinstance(completion, ChatCompletion):
            raise ModelFailure(LOGIN, Blame.SERVER)
        return wire.chat_reply(_plain(completion))

    def _stream(self, prompt: Prompt) -> ModelReply:
        request = {"messages": wire.messages(prompt), "stream": True, "stream_options": {"include_usage": True}}
        create: Callable[..., object] = self._openai.chat.completions.create
        pieces = create(**(request | self._limits()))
        text, finish, spent = "", "", Spent()
        for piece in _pieces(pieces):
            if not isinstance(piece, ChatCompletionChunk):
                raise ModelFailure(LOGIN, Blame.SERVER)
            if piece.usage:
                spent = wire.chat_spent(_plain(piece))
            for choice in piece.choices or ():
                text += choice.delta.content or "" if choice.delta else ""
                finish = choice.finish_reason or finish
        if finish != "stop":
            raise ModelFailure("a stream without its end", Blame.REPLY if finish else Blame.SERVER)
        return ModelReply((), text, spent)

    def _stream_responses(self, prompt: Prompt) -> ModelReply:
        request = wire.responses_request(prompt, ()) | self._thinking() | {"stream": True}
        for event in _pieces(self._openai.responses.create(**request)):
            if getattr(event, "type", "") in ("response.completed", "response.incomplete", "response.failed"):
                return wire.responses_reply(_plain(event.response))
        raise ModelFailure("a stream without its end", Blame.SERVER)

    def _limits(self) -> dict[str, Any]:
        if is_openais(host_of(self.server.base_url)):
            return {"model": self.server.model, "max_completion_tokens": wire.MOST_OUTPUT}
        return {"model": self.server.model, "max_tokens": wire.MOST_OUTPUT, "temperature": 0}

    def _thinking(self) -> dict[str, Any]:
        more = {"reasoning": {"effort": "low"}} if reasons(self.server.model) else {}
        return {"model": self.server.model} | more


def _address(base_url: str) -> tuple[str, dict[str, object]]:
    """A base address without its query, and that query, such as a gateway's `api-version`: paths go in between."""
    parts = urlsplit(base_url)
    return parts._replace(query="", fragment="").geturl(), dict(parse_qsl(parts.query, keep_blank_values=True))


def _plain(reply: Any) -> dict[str, Any]:
    """The reply as it came: the package builds its objects without checking them."""
    plain: dict[str, Any] = reply.model_dump(mode="json", warnings=False)
    return plain


def _pieces(stream: object) -> Iterable[Any]:
    if isinstance(stream, str) or not isinstance(stream, Iterable):
        raise ModelFailure(LOGIN, Blame.SERVER)
    return stream


def _unsuited(error: openai.APIStatusError) -> bool:
    """Whether the server does not take this way of asking. One that breaks on it says so with a 500."""
    about = str(error.body or "").lower()
    return error.status_code in REFUSED or (error.status_code == 500 and ("valid" in about or "schema" in about))


def _wanted(error: openai.APIStatusError, rung: Rung) -> Rung | None:
    asked = "/responses" in str(error.body or "") or "responses api" in str(error.body or "").lower()
    return Rung.RESPONSES if asked and rung is not Rung.RESPONSES else None


def _named(error: Exception) -> ModelFailure:
    if isinstance(error, openai.APITimeoutError | httpx2.TimeoutException):
        return ModelFailure(LATE, Blame.SERVER)
    if isinstance(error, openai.APIStatusError):
        return _of_status(error)
    if isinstance(error, openai.APIConnectionError):
        return ModelFailure("no connection", Blame.SERVER)
    return ModelFailure(f"a malformed reply ({type(error).__name__})", Blame.SERVER)


def _of_status(error: openai.APIStatusError) -> ModelFailure:
    if error.status_code == 429 and "insufficient_quota" in (error.code or "", error.type or ""):
        return ModelFailure("the account has no quota left", Blame.ACCOUNT)
    if error.status_code in (401, 403):
        return ModelFailure(f"the key is refused (status {error.status_code})", Blame.ACCOUNT)
    return ModelFailure(f"status {error.status_code}", Blame.SERVER)
