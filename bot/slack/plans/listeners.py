"""`/leverage watches`, `budgets` and `targets`, the press that ends a watch and the forms that set the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.questions.request import AskRequest
from bot.slack.advice.forms import filled
from bot.slack.blocks.inputs import number_of
from bot.slack.blocks.parts import Message
from bot.slack.leverage_words import COMMAND, words_after
from bot.slack.plans.desk import BudgetWish, PlanDesk, TargetWish, budget_of, target_of
from bot.slack.plans.messages import (
    END,
    FORM,
    HISTORY,
    SET,
    SET_TARGET,
    TARGET_FORM,
    budget_form,
    budgets_message,
    target_form,
    targets_message,
    watches_message,
)
from bot.slack.questions.alone import answer_alone, asker_email, client_of
from bot.slack.questions.blocks import said
from bot.slack.questions.turn import Turn, of_button, of_command, of_form
from bot.slack.tools import Tools

WATCHES, BUDGETS, TARGETS = "watches", "budgets", "targets"
Work = Callable[[int, str], list[Message]]  # for a workspace and who asks


@dataclass(frozen=True, slots=True)
class PlanReplies:
    """Answers in a pool, so that Slack never waits."""

    tools: Tools
    desk: PlanDesk
    pool: Executor

    def watches(self, turn: Turn, token: str | None) -> None:
        """One's own watches."""
        self.take(turn, token, lambda workspace, email: [watches_message(self.desk.watches(workspace, email))])

    def end(self, turn: Turn, token: str | None, watch_id: int) -> None:
        """A watch ends."""
        self.take(turn, token, lambda workspace, email: [*said(self.desk.end(workspace, email, watch_id))])

    def budgets(self, turn: Turn, token: str | None) -> None:
        """How much of the budgets is used, as the asker may see it."""

        def work(workspace: int, email: str) -> list[Message]:
            admin = self.desk.is_admin(workspace, email)
            entries = self.desk.history(workspace, HISTORY) if admin else []
            return [budgets_message(self._asked(turn, workspace, email, "show budgets"), admin, entries)]

        self.take(turn, token, work)

    def targets(self, turn: Turn, token: str | None) -> None:
        """Where figures stand against their targets, as the asker may see it."""

        def work(workspace: int, email: str) -> list[Message]:
            admin = self.desk.is_admin(workspace, email)
            entries = self.desk.target_history(workspace, HISTORY) if admin else []
            return [targets_message(self._asked(turn, workspace, email, "show targets"), admin, entries)]

        self.take(turn, token, work)

    def _asked(self, turn: Turn, workspace: int, email: str, question: str) -> str:
        asked = AskRequest(workspace_id=workspace, text=question, asker_email=email, where=turn.where)
        return self.tools.services.ask(asked).text

    def save(self, turn: Turn, token: str | None, wish: BudgetWish) -> None:
        """A budget was set."""
        self.take(turn, token, lambda workspace, email: [*said(self.desk.set_budget(workspace, email, wish))])

    def save_target(self, turn: Turn, token: str | None, wish: TargetWish) -> None:
        """A target was set."""
        self.take(turn, token, lambda workspace, email: [*said(self.desk.set_target(workspace, email, wish))])

    def take(self, turn: Turn, token: str | None, work: Work) -> None:
        """Returns at once; the answer comes from another thread."""
        self.pool.submit(self._answer, turn, token, work)

    def _answer(self, turn: Turn, token: str | None, work: Work) -> None:
        answer_alone(
            self.tools, turn, token, "plans", lambda workspace: work(workspace, asker_email(self.tools, turn, token))
        )


def attach(desk: PlanDesk) -> Callable[[App, Tools, Executor], None]:
    """What registers the listeners on an app, with the tools that its other listeners have."""

    def to(app: App, tools: Tools, pool: Executor) -> None:
        register(app, PlanReplies(tools, desk, pool))

    return to


def register(app: App, replies: PlanReplies) -> None:
    """Listen for our words, presses and form; register it before whoever takes the rest."""
    app.command(COMMAND, matchers=[is_ours])(partial(leverage, replies=replies))
    app.action(re.compile(rf"^{END}(?::\d+)?$"))(partial(pressed_end, replies=replies))
    app.action(SET)(partial(pressed_set, replies=replies))
    app.action(SET_TARGET)(partial(pressed_target, replies=replies))
    app.view(FORM)(partial(sent, replies=replies))
    app.view(TARGET_FORM)(partial(target_sent, replies=replies))


def is_ours(command: Mapping[str, Any]) -> bool:
    """Whether one of our words alone follows /leverage."""
    return words_after(command) in ([WATCHES], [BUDGETS], [TARGETS])


def leverage(
    ack: Ack, command: dict[str, Any], body: dict[str, Any], context: BoltContext, replies: PlanReplies
) -> None:
    """`/leverage watches`, `/leverage budgets` or `/leverage targets`."""
    ack()
    turn = of_command(command, body, context)
    answers = {WATCHES: replies.watches, BUDGETS: replies.budgets, TARGETS: replies.targets}
    answers[turn.text.strip().lower()](turn, context.bot_token)


def pressed_end(
    ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext, replies: PlanReplies
) -> None:
    """End."""
    ack()
    replies.end(of_button(action, body, context), context.bot_token, number_of(action))


def pressed_set(
    ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext, replies: PlanReplies
) -> None:
    """Set a budget: the form; who may not is told when it is sent."""
    ack()
    turn, desk = of_button(action, body, context), replies.desk
    currency = desk.settings_of(replies.tools.services.workspace_for(turn.team)).currency
    view = budget_form(f"{desk.now():%Y-%m}", currency, "{}")
    client_of(replies.tools, turn, context.bot_token).views_open(trigger_id=str(body["trigger_id"]), view=view)


def pressed_target(
    ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext, replies: PlanReplies
) -> None:
    """Set a target: the form; who may not is told when it is sent."""
    ack()
    turn = of_button(action, body, context)
    view = target_form(f"{replies.desk.now().year}-12", "{}")
    client_of(replies.tools, turn, context.bot_token).views_open(trigger_id=str(body["trigger_id"]), view=view)


def target_sent(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], context: BoltContext, replies: PlanReplies
) -> None:
    """The form of a target was sent: what is wrong with it is said beside the field."""
    wish, wrong = target_of(filled(view))
    if wish is None:
        ack(response_action="errors", errors=wrong)
        return
    ack()
    replies.save_target(of_form(body, view, context), context.bot_token, wish)


def sent(ack: Ack, body: dict[str, Any], view: dict[str, Any], context: BoltContext, replies: PlanReplies) -> None:
    """The form was sent: what is wrong with it is said beside the field."""
    wish, wrong = budget_of(filled(view))
    if wish is None:
        ack(response_action="errors", errors=wrong)
        return
    ack()
    replies.save(of_form(body, view, context), context.bot_token, wish)
