"""The page and what it asks for; nobody but a page of this address, on this machine, is answered."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import Flask, Response, jsonify, request, send_from_directory

from bot.preview.acting import Acting
from bot.preview.faults import ApiError
from bot.preview.seen import PreviewScene, boot, snapshot
from bot.preview.slack import Data, Slack

WAIT_SECONDS = 15.0  # how long a look for changes stays open
MAX_BODY = 256 * 1024
OWN_NAMES = frozenset({"127.0.0.1", "localhost"})
HEADERS = {
    # The page fetches nothing from outside, and nothing it shows can make it.
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def add_page(web: Flask, slack: Slack, acting: Acting, scene: PreviewScene, commands: Mapping[str, str]) -> None:
    """Let the application show the workspace."""
    web.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    web.before_request(_own_page_alone)
    web.after_request(_with_headers)
    people = {person.id for person in scene.people}
    _let_see(web, slack, people)

    @web.get("/page/boot")
    def begin() -> Response:
        return jsonify(boot(scene, commands))

    @web.post("/page/<what>")
    def act(what: str) -> tuple[Response, int] | Response:
        told = request.get_json()
        try:
            return jsonify({"ok": True, **_done(acting, what, _person(told.get("as", ""), people), told)})
        except (ApiError, KeyError) as error:
            return jsonify({"ok": False, "error": str(error)}), 400


def _let_see(web: Flask, slack: Slack, people: set[str]) -> None:
    @web.get("/")
    def index() -> Response:
        return send_from_directory(_static(web), "index.html")

    @web.get("/page/state")
    def state() -> Response:
        user, after = _person(request.args.get("as", ""), people), request.args.get("after", -1, type=int)
        with slack.changed:
            slack.changed.wait_for(lambda: slack.version != after or slack.released.is_set(), WAIT_SECONDS)
            return jsonify(snapshot(slack, user))

    @web.get("/page/file/<file>")
    def picture(file: str) -> Response:
        held = slack.files.get(file)
        if held is None or not held["shared"]:
            return Response("no such file", 404)
        # Whatever the bytes are, they are shown as a picture or not at all.
        return Response(held["bytes"], content_type="image/png")


def _own_page_alone() -> Response | None:
    # Another site's page could name this address, or point a name of its own at it.
    if (urlsplit(f"//{request.host}").hostname or "") not in OWN_NAMES:
        return Response("not here", 403)
    origin = request.headers.get("Origin")
    return Response("not from there", 403) if origin and urlsplit(origin).netloc != request.host else None


def _with_headers(response: Response) -> Response:
    response.headers.update(HEADERS)
    return response


def _done(acting: Acting, what: str, user: str, told: Data) -> Data:
    if what == "say":
        return {"ts": acting.say(user, str(told["channel"]), str(told["text"]), str(told.get("thread_ts") or ""))}
    if what == "command":
        acting.command(user, str(told["channel"]), str(told["text"]))
    elif what == "press":
        acting.press(user, told["where"], told["block_id"], told["action_id"], told.get("value"), told.get("values"))
    elif what == "submit":
        return {"errors": acting.submit(user, str(told["view"]), told.get("values"))}
    elif what == "close":
        acting.close(user, str(told["view"]))
    elif what == "open":
        acting.open(user, str(told["tab"]))
    else:
        raise ApiError("no such thing to do")
    return {}


def _person(user: str, people: set[str]) -> str:
    if user not in people:
        raise ApiError("user_not_found")
    return user


def _static(web: Flask) -> str:
    return str(web.static_folder)
