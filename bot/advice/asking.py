"""Answers to questions that ask for advice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.advice import lists
from bot.advice.card import Card
from bot.advice.evidence import FEWEST_PEOPLE, FEWEST_RUNS, FEWEST_WEEKS
from bot.advice.lenses import answer
from bot.advice.meanings import MY_TEAM, may_be_wish, wish_of
from bot.advice.page import Page
from bot.advice.service import Advice
from bot.advice.values import STAGES, Verdict
from bot.advice.wishes import AdviceQuestion
from bot.errors import UserError
from bot.questions.answers.answer import Answer, Audience, Column, Fact, Row, Shape, Status
from bot.questions.request import AskRequest
from storage.answer.privacy import OPERATOR, Viewer

RATIO_WORDS = (
    "Leverage ratio: minutes of human work that AI took over, divided by the minutes that people still gave to the "
    "same workflows, briefing, review and redoing included. Taken over are runs with AI × the share that a check finds "
    "good × minutes by hand × the share of runs that replaced human work, as an interval. It is measured for a "
    "workflow, and for a team whose catalogued workflows hold enough of its time. It is never made of tokens."
)
LISTED = 5


@dataclass(frozen=True, slots=True)
class Advisor:
    """Answers such questions; everything else is somebody else's."""

    advice: Advice

    def answer(self, request: AskRequest, as_of: date) -> Answer | None:
        """For the place's least privileged reader; what that one may not see goes to the asker alone."""
        if not may_be_wish(request.text):
            return None
        names = self.advice.names(request.workspace_id, request.asker_email)
        wish = wish_of(request.text, names)
        if wish is None:
            return None
        if MY_TEAM.search(request.text) and not names.own:
            return Answer(status=Status.CLARIFY, text="I do not know which team is yours. Ask again with its name.")
        smallest = self.advice.smallest_group(request.workspace_id)
        own = OPERATOR if request.operator else Viewer(email=request.asker_email, min_group=smallest)
        try:
            if request.audience is Audience.PRIVATE:
                return self._answer(request.workspace_id, wish, as_of, own)
            if request.audience is Audience.MEMBERS:
                found = self._answer(request.workspace_id, wish, as_of, Viewer(min_group=smallest))
                if found is None or found.status is not Status.DENIED:
                    return found
            found = self._answer(request.workspace_id, wish, as_of, own)
            return found and replace(found, private=True, public_text="That went to the asker alone.")
        except UserError as error:
            return (
                Answer(status=Status.CLARIFY, text=str(error))
                if wish.kind in ("where", "unknown")
                else self._unknown(error)
            )

    def _answer(self, workspace: int, wish: AdviceQuestion, as_of: date, viewer: Viewer) -> Answer | None:
        kinds: dict[str, Callable[[], Answer | None]] = {
            "where": lambda: _where(self.advice.suggestions(workspace, wish.name or None, as_of, viewer), wish.name),
            "worth": lambda: _worth(self.advice.workflow(workspace, wish.name, as_of, viewer)),
            "about": lambda: _about(self.advice.workflow(workspace, wish.name, as_of, viewer)),
            "stays": lambda: _stays(self.advice.workflow(workspace, wish.name, as_of, viewer)),
            "ratio": lambda: Answer(status=Status.ANSWERED, title="leverage ratio", text=RATIO_WORDS),
            "leverage": lambda: _leverage(answer(*self.advice.leverage(workspace, wish.name, as_of, viewer)), wish),
            "stages": lambda: _stages(self.advice.offload(workspace, None, as_of, viewer), wish.name),
            "stage": lambda: _back(self.advice.workflow(workspace, wish.name, as_of, viewer)),
            "ready": lambda: lists.ready(self.advice.pages(workspace, wish.name or None, as_of, viewer)),
            "trouble": lambda: lists.trouble(self.advice.pages(workspace, wish.name or None, as_of, viewer)),
            "keep": lambda: lists.keep(self.advice.offload(workspace, wish.name or None, as_of, viewer)),
            **dict.fromkeys(
                ("back", "unknown"), lambda: _back(self.advice.workflow(workspace, wish.name, as_of, viewer))
            ),
        }
        return kinds[wish.kind]()

    def _unknown(self, error: UserError) -> Answer | None:
        # "What is holding costs back" names no workflow: that is a question for the engine.
        return Answer(status=Status.CLARIFY, text=str(error)) if "Did you mean" in str(error) else None


def _leverage(found: Answer, wish: AdviceQuestion) -> Answer:
    if not wish.period:
        return found
    said = f"the ratio is always of the last eight complete weeks, and not of {wish.period}: fewer are mostly noise"
    return replace(found, caveats=(said, *found.caveats))


def _where(cards: Sequence[Card], team: str) -> Answer:
    shown = [card for card in cards if card.hours][:LISTED]
    whose = f" in {shown[0].team}" if team and shown else ""
    if not shown:
        where = f" in {team}" if team else ""
        text = (
            f"Nothing catalogued{where} is worth offloading right now; `/leverage workflows` has all verdicts and why."
        )
        return Answer(status=Status.ANSWERED, text=text)
    first = shown[0]
    title = f"where cognition could be offloaded{whose}, hours a week, best first"
    return Answer(
        status=Status.ANSWERED,
        text=first.text(),
        title=title,
        shape=Shape.LIST,
        columns=(
            Column(name="p10", label="at least (10%)", unit="hours"),
            Column(name="p50", label="likely", unit="hours"),
            Column(name="p90", label="at most (90%)", unit="hours"),
            Column(name="score", label="score", unit=""),
        ),
        rows=tuple(
            Row(
                labels={"workflow": card.workflow},
                values={**(card.hours.to_json() if card.hours else {}), "score": round(card.score)},
            )
            for card in shown
        ),
        facts=_facts(first),
        caveats=_caveats(first),
    )


def _about(page: Page) -> Answer:
    return _judged(page, "", f"{page.card.workflow} as work for AI")


def _stays(page: Page) -> Answer:
    """Whether people keep it: the same verdict, told from their side."""
    told = {
        Verdict.OFFLOAD: "It need not",
        Verdict.DRAFT_ONLY: "Yes, and AI may draft",
        Verdict.UNBLOCK: "Until its data are ready",
    }.get(page.card.verdict, "Yes")
    return _judged(page, told, f"should {page.card.workflow} stay with people")


def _worth(page: Page) -> Answer:
    card = page.card
    yes = {
        Verdict.OFFLOAD: "Yes" if card.hours and card.hours.p10 > 0 else "Worth a trial",
        Verdict.DRAFT_ONLY: "As drafts only",
        Verdict.UNBLOCK: "Not before its data are ready",
    }.get(card.verdict, "No")
    return _judged(page, yes, f"is {card.workflow} worth offloading")


def _judged(page: Page, told: str, title: str) -> Answer:
    card = page.card
    if page.evidence is None:
        return Answer(status=Status.DENIED, text=f"{card.workflow}: {card.reason}.")
    return Answer(
        status=Status.ANSWERED,
        text=f"{told}. {card.text()}" if told else card.text(),
        title=title,
        facts=_facts(card),
        caveats=_caveats(card),
    )


def _stages(cards: Sequence[Card], stage: str) -> Answer | None:
    """Every workflow with its stage, the furthest first; of one stage where that is named."""
    if stage and stage not in STAGES:
        return None  # "which workflows are in Support" asks for something else
    shown = sorted(cards, key=lambda card: (-STAGES.index(card.stage), card.workflow))
    shown = [card for card in shown if stage in ("", card.stage)]
    counts = [(name, sum(card.stage == name for card in shown)) for name in reversed(STAGES)]
    said = ", ".join(f"{count} at {name}" for name, count in counts if count)
    if not shown:
        said = f"No catalogued workflow is at {stage}" if stage else "No workflow is catalogued"
    elif not stage:
        said = f"Workflows by stage: {said}; furthest {_named(shown, shown[0].stage)}"
    else:
        said = f"Workflows at {stage}: {_named(shown, stage)}"
    return Answer(
        status=Status.ANSWERED,
        text=f"{said}. A stage rises as checked runs prove it; ask what holds a workflow back.",
        title="workflows by stage of trust, furthest first" if not stage else f"workflows at {stage}",
        shape=Shape.LIST,
        columns=(Column(name="verified", label="verified runs", unit=""),),
        rows=tuple(
            Row(labels={"workflow": card.workflow, "stage": card.stage}, values={"verified": card.verified or None})
            for card in shown
        ),
        facts=tuple(Fact(label=f"workflows at {name}", value=count, said=True) for name, count in counts if count),
    )


def _named(cards: Sequence[Card], stage: str) -> str:
    names = [card.workflow for card in cards if card.stage == stage]
    return ", ".join(names[:LISTED]) + (f" and {len(names) - LISTED} more" if len(names) > LISTED else "")


def _back(page: Page) -> Answer:
    card, decision = page.card, page.decision
    if page.evidence is None:
        return Answer(status=Status.DENIED, text=f"{card.workflow}: {card.reason}.")
    holding = [*decision.missing] or [decision.why]
    evidence = page.evidence
    facts = {
        "verified runs": evidence.verified,
        "accepted": evidence.accepted,
        "people": evidence.people,
        "weeks": evidence.weeks,
        "lower bound": decision.lower,
        "bar": decision.bar,
        "runs, people and weeks needed": f"{FEWEST_RUNS}, {FEWEST_PEOPLE} and {FEWEST_WEEKS}",
    }
    signals = f" Signals: {'; '.join(page.signals)}." if page.signals else ""
    advice = "" if card.verdict is Verdict.OFFLOAD else f" As advice: {card.verdict.told}, {card.first_reason}."
    return Answer(
        status=Status.ANSWERED,
        text=f"{card.workflow} is at {page.stage}, {decision.told}. {'; '.join(holding)}.{signals}{advice}",
        title=f"what is holding {card.workflow} back",
        facts=tuple(Fact(label=label, value=value) for label, value in facts.items() if value is not None),
    )


def _facts(card: Card) -> tuple[Fact, ...]:
    """The figures of the text, exact."""
    found = [
        Fact(label="runs a week", value=card.volume),
        Fact(label="minutes by hand", value=card.minutes, unit="minutes"),
        Fact(label="done without AI", value=card.by_hand, unit="fraction"),
        Fact(label="errors that the check finds", value=card.detected, unit="fraction"),
        Fact(label="verified runs", value=card.verified),
        Fact(label="accepted", value=card.accepted),
        Fact(label="score", value=round(card.score)),
    ]
    if card.hours:
        hours = card.hours.to_json().items()
        found += [Fact(label=f"hours a week, {name}", value=value, unit="hours") for name, value in hours]
    return tuple(fact for fact in found if fact.value is not None)


def _caveats(card: Card) -> tuple[str, ...]:
    assumed = [given.name for given in card.given if given.grade == "D"]
    return (f"assumed from its activity, grade D: {', '.join(assumed)}",) if assumed else ()
