"""What is opened: modals, App Home, and the agent's status, title and suggested prompts."""

from __future__ import annotations

from bot.preview.checks import view_problems
from bot.preview.checks.values import some, string
from bot.preview.checks.views import too_large
from bot.preview.faults import ApiError
from bot.preview.slack import APP, BOT, MAX_VIEWS, TEAM, Data, Method, Slack

MAX_PROMPTS = 4


def _open(slack: Slack, data: Data) -> Data:
    user = slack.use_trigger(data["trigger_id"])
    if slack.stacks[user]:
        raise ApiError("view_already_open")
    return {"view": show(slack, user, data["view"])}


def _push(slack: Slack, data: Data) -> Data:
    return {"view": show(slack, slack.use_trigger(data["trigger_id"]), data["view"])}


def _update(slack: Slack, data: Data) -> Data:
    found = slack.views.get(str(data.get("view_id"))) or next(
        (
            view
            for view in slack.views.values()
            if data.get("external_id") and view["external_id"] == data["external_id"]
        ),
        None,
    )
    if found is None:
        raise ApiError("not_found")
    if data.get("hash") and data["hash"] != found["hash"]:
        raise ApiError("hash_conflict")
    return {"view": change(slack, found, data["view"])}


def _publish(slack: Slack, data: Data) -> Data:
    user = data["user_id"]
    if user not in slack.users:
        raise ApiError("user_not_found")
    old = slack.homes.get(user)
    if old and data.get("hash") and data["hash"] != old["hash"]:
        raise ApiError("hash_conflict")
    _check(data["view"], "home")
    slack.homes[user] = _view(slack, data["view"], old["id"] if old else "")
    return {"view": slack.homes[user]}


def show(slack: Slack, user: str, view: Data) -> Data:
    """Put a modal on top of a person's others. Raises `ApiError`."""
    _check(view, "modal")
    stack = slack.stacks[user]
    if len(stack) >= MAX_VIEWS:
        raise ApiError("push_limit_reached")
    made = _view(slack, view)
    made["root_view_id"] = stack[0] if stack else made["id"]
    made["previous_view_id"] = stack[-1] if stack else None
    slack.views[made["id"]] = made
    stack.append(made["id"])
    return made


def change(slack: Slack, old: Data, view: Data) -> Data:
    """Put other contents into a modal that is open. Raises `ApiError`."""
    _check(view, "modal")
    kept = {name: old[name] for name in ("root_view_id", "previous_view_id")}
    slack.views[old["id"]] = {**_view(slack, view, old["id"]), **kept}
    return slack.views[old["id"]]


def _view(slack: Slack, view: Data, known: str = "") -> Data:
    number = slack.number()
    state: Data = {"values": {}}
    own = {"id": known or f"V{number}", "hash": f"{number}.preview", "team_id": TEAM, "app_id": APP, "bot_id": BOT}
    plain = {"callback_id": "", "private_metadata": "", "external_id": "", "state": state}
    return {**plain, **view, **own, "blocks": [_named(slack, block) for block in view["blocks"]]}


def _named(slack: Slack, block: Data) -> Data:
    return block if "block_id" in block else {**block, "block_id": f"b{slack.number()}"}


def _check(view: Data, kind: str) -> None:
    wrong = view_problems(view, kind)
    if wrong:
        raise ApiError("invalid_arguments", response_metadata={"messages": wrong})
    if too_large(view):
        raise ApiError("view_too_large")


def _status(slack: Slack, data: Data) -> Data:
    place = (data["channel_id"], data["thread_ts"])
    slack.statuses.pop(place, None)
    if data["status"]:
        slack.statuses[place] = data["status"]
    return {}


def _prompts(slack: Slack, data: Data) -> Data:
    """Under the agent's view a `thread_ts` makes the call do nothing, and it says so to nobody."""
    prompts = some(data["prompts"])
    wrong = [
        problem
        for prompt in prompts
        for name in ("title", "message")
        for problem in string(prompt.get(name), 4_000, name)
    ]
    if not 0 < len(prompts) <= MAX_PROMPTS or wrong:
        raise ApiError("invalid_arguments", response_metadata={"messages": wrong or ["1 to 4 prompts are needed"]})
    if "thread_ts" not in data:
        slack.prompts[data["channel_id"]] = {"title": data.get("title", ""), "prompts": prompts}
    return {}


METHODS: dict[str, Method] = {
    "agents.sessions.rename": lambda slack, data: {},
    "agents.sessions.setStatus": lambda slack, data: {},
    "assistant.threads.setStatus": _status,
    "assistant.threads.setSuggestedPrompts": _prompts,
    "assistant.threads.setTitle": lambda slack, data: {},
    "views.open": _open,
    "views.publish": _publish,
    "views.push": _push,
    "views.update": _update,
}
