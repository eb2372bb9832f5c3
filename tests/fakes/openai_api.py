"""A model server of our own: real HTTP in OpenAI's wire formats, with one scripted step for each request."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

Data = dict[str, Any]
USAGE = {
    "prompt_tokens": 1_000,
    "completion_tokens": 60,
    "total_tokens": 1_060,
    "prompt_tokens_details": {"cached_tokens": 400},
    "completion_tokens_details": {"reasoning_tokens": 20},
}
RESPONSES_USAGE = {
    "input_tokens": 1_000,
    "output_tokens": 60,
    "total_tokens": 1_060,
    "input_tokens_details": {"cached_tokens": 400},
    "output_tokens_details": {"reasoning_tokens": 20},
}


@dataclass(frozen=True)
class Request:
    """One request that came in."""

    path: str
    body: Data
    headers: Mapping[str, str]

    @property
    def said(self) -> str:
        """Every word that was sent."""
        return json.dumps(self.body, ensure_ascii=False)


@dataclass(frozen=True)
class Step:
    """What happens at one request: a status with a body; `pieces` are sent one by one with `pause` seconds between
    (None: hang until the server ends); `hang` says nothing at all."""

    body: str = ""
    status: int = 200
    kind: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    pieces: tuple[str | None, ...] = ()
    pause: float = 0.0
    hang: bool = False


Script = Callable[[Request], Step]


class FakeModel:
    """A server that plays a script, its last step for ever. Use as a context manager."""

    def __init__(self, *steps: Step | Script) -> None:
        self.requests: list[Request] = []
        self._steps = list(steps)
        self._ended = Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = False
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> FakeModel:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def play(self, *steps: Step | Script) -> None:
        """Go on with another script."""
        self._steps = list(steps)

    def _next(self, request: Request) -> Step:
        self.requests.append(request)
        step = self._steps.pop(0) if len(self._steps) > 1 else self._steps[0]
        return step if isinstance(step, Step) else step(request)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                request = Request(self.path, json.loads(body or "{}"), dict(self.headers))
                self.close_connection = True
                step = fake._next(request)
                if step.hang:
                    fake._ended.wait()
                    return
                self._send(step)

            def _send(self, step: Step) -> None:
                self.send_response(step.status)
                for name, value in {"Content-Type": step.kind, **step.headers}.items():
                    self.send_header(name, value)
                if not step.pieces:
                    self.send_header("Content-Length", str(len(step.body.encode())))
                self.end_headers()
                self.wfile.write(step.body.encode())
                try:
                    for piece in step.pieces:
                        if piece is None or fake._ended.wait(step.pause):
                            fake._ended.wait()
                            return
                        self.wfile.write(piece.encode())
                        self.wfile.flush()
                except OSError:
                    return  # the other side had enough

            def log_message(self, *_: object) -> None:
                pass

        return Handler


def call(tool: str, arguments: Mapping[str, Any] | str) -> Data:
    """A tool call on the wire."""
    written = arguments if isinstance(arguments, str) else json.dumps(arguments)
    return {"id": "call_1", "type": "function", "function": {"name": tool, "arguments": written}}


def chat(*calls: Data, text: str | None = None, finish: str | None = None, **message: Any) -> Step:
    """A chat completion with tool calls or words."""
    said = {"role": "assistant", "content": text, **({"tool_calls": list(calls)} if calls else {}), **message}
    reason = finish if finish is not None else "tool_calls" if calls else "stop"
    return Step(json.dumps(completion([{"index": 0, "message": said, "finish_reason": reason or None}])))


def completion(choices: Any, **more: Any) -> Data:
    """The object around choices."""
    base = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "gpt-4.1-mini", "usage": USAGE}
    return base | {"choices": choices} | more


def responses(*calls: Data, text: str = "", status: str = "completed") -> Step:
    """A response with function calls or words."""
    output: list[Data] = [
        {"type": "function_call", "id": "fc_1", "call_id": "c1", "status": "completed", **call["function"]}
        for call in calls
    ]
    if text:
        part = {"type": "output_text", "text": text, "annotations": []}
        output.append({"type": "message", "id": "m1", "role": "assistant", "status": "completed", "content": [part]})
    return Step(json.dumps(response(output, status)))


def response(output: Any, status: str = "completed") -> Data:
    """The object around the output."""
    return {
        "id": "resp_1", "object": "response", "created_at": 1, "model": "gpt-5-mini-2025-08-07", "status": status,
        "output": output, "parallel_tool_calls": True, "tool_choice": "required", "tools": [], "usage": RESPONSES_USAGE,
    }  # fmt: skip


def error(status: int, code: str, message: str = "no", **headers: str) -> Step:
    """A refusal in OpenAI's form."""
    body = {"error": {"message": message, "type": code, "param": None, "code": code}}
    return Step(json.dumps(body), status, headers={name.replace("_", "-"): value for name, value in headers.items()})


def stream(texts: Iterable[str], finish: str | None = "stop", pause: float = 0.0, stall: bool = False) -> Step:
    """A streamed chat completion, word by word; without `finish` it is cut, with `stall` it goes silent."""
    deltas: list[Data] = [{"index": 0, "delta": {"content": text}, "finish_reason": None} for text in texts]
    if finish:
        deltas.append({"index": 0, "delta": {}, "finish_reason": finish})
    events = [completion([delta], object="chat.completion.chunk", usage=None) for delta in deltas]
    pieces: list[str | None] = [_event(event) for event in events]
    if finish:
        pieces += [_event(completion([], object="chat.completion.chunk")), "data: [DONE]\n\n"]
    return Step(kind="text/event-stream", pieces=(*pieces, *((None,) if stall else ())), pause=pause)


def stream_responses(texts: Iterable[str], finish: bool = True) -> Step:
    """A streamed response."""
    whole = "".join(texts)
    part = {"type": "output_text", "text": whole, "annotations": []}
    message = {"type": "message", "id": "m1", "role": "assistant", "status": "completed", "content": [part]}
    events: list[Data] = [
        {"type": "response.output_text.delta", "delta": text, "item_id": "m1", "output_index": 0, "content_index": 0,
         "sequence_number": number, "logprobs": []}
        for number, text in enumerate(texts)
    ]  # fmt: skip
    if finish:
        events.append({"type": "response.completed", "sequence_number": 99, "response": response([message])})
    pieces = tuple(f"event: {event['type']}\n{_event(event)}" for event in events)
    return Step(kind="text/event-stream", pieces=pieces)


def _event(data: Data) -> str:
    return f"data: {json.dumps(data)}\n\n"
