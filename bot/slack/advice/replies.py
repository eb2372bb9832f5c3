"""Behind the listeners of the advice: a word or a press is one call of the service, answered to its asker alone."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass

from slack_sdk.models.views import View

from bot.advice.forms import granted_of, numbers_of, workflow_of, wrong_approval
from bot.advice.granting import Rights
from bot.advice.service import Advice
from bot.advice.values import Given
from bot.errors import UserError
from bot.logs import cause
from bot.slack.advice.blocks import added_message, card_message, list_message, page_message, reasons_message
from bot.slack.advice.forms import add_form
from bot.slack.blocks.inputs import notice
from bot.slack.blocks.parts import Message
from bot.slack.questions.alone import asker_email, client_of, tell_alone
from bot.slack.questions.blocks import said
from bot.slack.questions.excuses import SORRY
from bot.slack.questions.turn import Turn
from bot.slack.tools import Tools
from storage.answer.privacy import Viewer

log = logging.getLogger(__name__)

SHOWN = 3  # suggestions as cards; the list holds the rest
NONE_NOW = "Nothing to suggest right now. `/leverage workflows` shows every verdict with its reason."


@dataclass(frozen=True, slots=True)
class Asker:
    """Who speaks, in which workspace, as the advice knows them."""

    workspace: int
    email: str
    viewer: Viewer


Work = Callable[[Asker], "list[Message]"]
Form = Callable[[Mapping[str, Given]], View]  # from the values as they are


class AdviceReplies:
    """Answers in a pool, so that Slack never waits."""

    def __init__(self, tools: Tools, advice: Advice, pool: Executor) -> None:
        self._tools, self._advice, self._pool = tools, advice, pool

    def command(self, turn: Turn, token: str | None, word: str, rest: str) -> None:
        """`/leverage workflows [TEAM] | offload [TEAM] | workflow NAME`."""
        if word == "workflow" and not rest:
            self._take(turn, token, lambda _: [*said("Which one? `/leverage workflow NAME`.")])
        elif word == "workflow":
            self._take(turn, token, lambda asker: [self._page(asker, rest)])
        elif word == "offload":
            self._take(turn, token, lambda asker: self._offload(asker, rest))
        else:
            self._take(turn, token, lambda asker: [self._list(asker, rest)])

    def press(self, turn: Turn, token: str | None, kind: str, about: Mapping[str, str]) -> None:
        """A button of a card, a page or a proposal."""
        name, reason = about.get("workflow", ""), about.get("reason", "")
        advice = self._advice
        presses: dict[str, Callable[[Asker], str]] = {
            "accept": lambda who: advice.accept(who.workspace, name, who.email, advice.today(who.workspace)),
            "later": lambda who: advice.not_now(who.workspace, name, who.email, advice.today(who.workspace)),
            "reason": lambda who: advice.dismiss(who.workspace, name, reason, who.email, advice.today(who.workspace)),
            "decline": lambda who: advice.decline(who.workspace, name, who.email, advice.today(who.workspace)),
        }
        if kind == "not_useful":
            self._take(turn, token, lambda _: [reasons_message(name)])
        elif kind in presses:
            self._take(turn, token, lambda who: [*said(presses[kind](who))])

    def values(self, turn: Turn, token: str | None, name: str, fields: dict[str, str]) -> None:
        """True values were put in."""

        def work(who: Asker) -> list[Message]:
            day = self._advice.today(who.workspace)
            return [*said(self._advice.put_in(who.workspace, name, fields, who.email, day))]

        self._take(turn, token, work)

    def review(self, turn: Turn, token: str | None, name: str, text: str) -> None:
        """The review of a severe failure was written."""

        def work(who: Asker) -> list[Message]:
            day = self._advice.today(who.workspace)
            return [*said(self._advice.review(who.workspace, name, text, who.email, day))]

        self._take(turn, token, work)

    def approve(self, turn: Turn, token: str | None, about: Mapping[str, str], fields: dict[str, str]) -> None:
        """A proposal was approved, or a grant renewed."""
        name, to, granted = about.get("workflow", ""), about.get("to", ""), granted_of(fields)

        def work(who: Asker) -> list[Message]:
            day = self._advice.today(who.workspace)
            return [*said(self._advice.approve(who.workspace, name, to, who.email, day, granted))]

        self._take(turn, token, work)

    def wrong_approval(self, turn: Turn, about: Mapping[str, str], fields: Mapping[str, str]) -> dict[str, str]:
        """What is wrong with an approval, by field."""
        workspace = self._tools.services.workspace_for(turn.team)
        return wrong_approval(fields, about.get("to", ""), self._advice.today(workspace))

    def wrong_entry(self, turn: Turn, token: str | None, fields: Mapping[str, str]) -> dict[str, str]:
        """What the catalogue has against a new workflow, by field."""
        try:
            asker = self._asker(turn, token, self._tools.services.workspace_for(turn.team))
        except UserError as error:
            return {"name": str(error)}
        today = self._advice.today(asker.workspace)
        return self._advice.wrong_entry(asker.workspace, workflow_of(fields, asker.email), asker.email, today)

    def add(self, turn: Turn, token: str | None, fields: dict[str, str]) -> None:
        """A workflow was entered: what can be said of it already is the answer."""

        def work(who: Asker) -> list[Message]:
            day, record = self._advice.today(who.workspace), workflow_of(fields, who.email)
            name = self._advice.add(who.workspace, record, numbers_of(fields), who.email, day)
            card = self._advice.workflow(who.workspace, name, day, who.viewer).card
            rights = self._advice.rights(who.workspace, who.email, day).get(name, Rights())
            return [added_message(card, rights)]

        self._take(turn, token, work)

    def open_entry(self, turn: Turn, token: str | None, trigger: str, description: str = "") -> None:
        """The form for a new workflow, with its asker's team in it; somebody unknown is told so in its place."""
        try:
            asker = self._asker(turn, token, self._tools.services.workspace_for(turn.team))
            view = add_form(description, self._advice.team_of(asker.workspace, asker.email))
        except UserError as error:
            view = notice("Not for you to add", str(error))
        self.show_form(turn, token, trigger, view)

    def show_form(self, turn: Turn, token: str | None, trigger: str, form: View) -> None:
        """Open a modal; its trigger lives for three seconds, so that nothing comes before."""
        client_of(self._tools, turn, token).views_open(trigger_id=trigger, view=form)

    def open_form(
        self, turn: Turn, token: str | None, trigger: str, workflow: str, form: Form, *, decides: bool
    ) -> None:
        """A form about a workflow, with its values as they are; one that would be refused says so in its place."""
        try:
            asker = self._asker(turn, token, self._tools.services.workspace_for(turn.team))
            now = self._advice.opening(
                asker.workspace, workflow, asker.email, self._advice.today(asker.workspace), decides
            )
            view = form(now)
        except UserError as error:
            view = notice("Not for you to change", str(error))
        self.show_form(turn, token, trigger, view)

    def _offload(self, asker: Asker, team: str) -> list[Message]:
        today = self._advice.today(asker.workspace)
        found = self._advice.suggestions(asker.workspace, team or None, today, asker.viewer)
        shown = [card for card in found if card.hours][:SHOWN]
        for card in shown:
            self._advice.note_shown(asker.workspace, card.workflow, today)
        rights = self._advice.rights(asker.workspace, asker.email, today) if shown else {}
        return [card_message(card, rights.get(card.workflow, Rights())) for card in shown] or [*said(NONE_NOW)]

    def _list(self, asker: Asker, team: str) -> Message:
        today = self._advice.today(asker.workspace)
        found = self._advice.offload(asker.workspace, team or None, today, asker.viewer)
        more = [] if team else self._advice.candidates(asker.workspace, today, asker.viewer)
        known = self._advice.calibration(asker.workspace, today).text()
        return list_message(found, [f"{candidate.name}: {candidate.why}" for candidate in more], known)

    def _page(self, asker: Asker, name: str) -> Message:
        today = self._advice.today(asker.workspace)
        page = self._advice.workflow(asker.workspace, name, today, asker.viewer)
        rights = self._advice.rights(asker.workspace, asker.email, today)
        return page_message(page, rights.get(page.card.workflow, Rights()))

    def _take(self, turn: Turn, token: str | None, work: Work) -> None:
        self._pool.submit(self._answer, turn, token, work)

    def _answer(self, turn: Turn, token: str | None, work: Work) -> None:
        tools = self._tools
        started, status = tools.clock(), "advised"
        try:
            workspace = tools.services.workspace_for(turn.team)
            if not tools.services.claim(workspace, turn.claim):
                return
            messages = work(self._asker(turn, token, workspace))
        except UserError as error:
            status, messages = "refused", [*said(str(error))]
        except Exception as error:  # noqa: BLE001  # the border of the bot: whatever it was, the person hears of it
            status, ticket = "failed", tools.ticket()
            log.error("ticket %s: advice in a %s failed: %s", ticket, turn.where, cause(error))
            messages = [*said(SORRY.format(ticket=ticket))]
        tell_alone(self._tools, turn, token, messages)
        tools.meter.count(status, tools.clock() - started)

    def _asker(self, turn: Turn, token: str | None, workspace: int) -> Asker:
        email = asker_email(self._tools, turn, token)
        return Asker(workspace, email, self._advice.viewer(workspace, email))
