"""Questions that ask for advice, and the answers to them: where to offload more, is it worth it, what holds it back."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.advice.card import Card
from bot.advice.evidence import FEWEST_PEOPLE, FEWEST_RUNS, FEWEST_WEEKS
from bot.advice.lenses import answer
from bot.advice.page import Page
from bot.advice.service import Advice
from bot.advice.values import Verdict
from bot.errors import UserError
from bot.questions.answers.answer import Answer, Audience, Column, Fact, Row, Shape, Status
from bot.questions.request import AskRequest
from storage.answer.privacy import OPERATOR, Viewer

ACT = r"(?:automat\w*|offload\w*|hand(?:ing)? (?:over|off)|delegat\w*)"
US = {
    "we",
    "us",
    "i",
    "you",
    "one",
    "anybody",
    "anyone",
    "the company",
    "the organisation",
    "the organization",
    "be",
    "next",
}
WHERE = (
    re.compile(
        rf"^(?:where|what|which (?:work|workflow|task)s?)(?: else| more)? (?:could|can|should|would|might|do|to) "
        rf"(?P<team>.*?) ?{ACT}(?: (?:more|next|first|to ai|work|our work|now|in (?P<within>.+)))*$"
    ),
    re.compile(
        rf"^what(?: is|'s) the (?:best|next) (?:thing|workflow|work|task) (?:to|for (?P<team>.+?) to) {ACT}(?: next)?$"
    ),
)
WORTH = (
    re.compile(rf"^(?:is|are) (?P<name>.+?) (?:worth|ready for|good for) (?:\w+ )?{ACT}$"),
    re.compile(rf"^(?:should|could|can) we {ACT} (?P<name>.+?)(?: to ai)?$"),
)
BACK = (
    re.compile(r"^what(?: is|'s|s)? (?:holding|keeping) (?P<name>.+?) back$"),
    re.compile(r"^what(?: is|'s|s)? (?:holding|keeping) back (?P<name>.+?)$"),
    re.compile(r"^what (?:holds|keeps) (?P<name>.+?) back$"),
)
LEVERAGE = (
    re.compile(
        r"^(?:what(?: is|'s|s| was)|how (?:high|big|good|large) (?:is|was)|show(?: me)?|give me|tell me|how is) ?"
        r"(?:our|the|my)? ?"
        r"(?P<name>.*?)(?: team)?(?:'s|s')? ?leverage(?: ratio)?(?: (?:of|in|for|at|on) (?:the )?(?P<within>.+?))?$"
    ),
    re.compile(
        r"^how much leverage (?:do|does|are|is|did|has|have) (?P<name>.+?) (?:get|have|getting|gets|has|got|gain|see)"
        r"(?: (?:from|with|out of) (?:ai|it|tokens))?$"
    ),
    re.compile(r"^leverage(?: ratio)?(?: (?:of|in|for|at) (?:the )?(?P<name>.+?))?$"),
    re.compile(r"^(?P<name>.+?)(?:'s|s')? leverage ratio$"),
)
MEANING = re.compile(
    r"^(?:what does (?:the )?leverage ratio mean|what(?: is|'s) (?:a|the) leverage ratio|"
    r"define (?:the )?leverage ratio|meaning of (?:the )?leverage ratio|"
    r"how is (?:the )?leverage ratio (?:defined|computed|calculated|measured))$"
)
RATIO_WORDS = (
    "Leverage ratio: minutes of human work that AI took over, divided by the minutes that people still gave to the "
    "same workflows, briefing, review and redoing included. Taken over are runs with AI × the share that a check finds "
    "good × minutes by hand × the share of runs that replaced human work, as an interval. It is measured for a "
    "workflow, and for a team whose catalogued workflows hold enough of its time. It is never made of tokens."
)
WHEN = re.compile(
    r" (?:(?:in|over|for|during) )?(?P<period>(?:the )?(?:last|this|past|previous) (?:\d+ )?"
    r"(?:week|month|quarter|year|day)s?)$"
)
NOT_A_SCOPE = re.compile(r"\b(?:mean|means|meaning|by|last|this|week|month|quarter|year|since|between)\b")
POLITE = re.compile(
    r"^(?:(?:hi|hey|hello|ok|so|please|and|well|quick question|question)[ ,:!-]+)*"
    r"(?:(?:can|could|would) you (?:please )?(?:tell|show) me[ ,:]*)?"
)
LISTED = 5


@dataclass(frozen=True, slots=True)
class AdviceQuestion:
    """What is asked: `where` (with a team or ""), `worth` or `back` (with a workflow), `leverage` (with either or ""),
    `ratio` (what that word means). `period` is one that was named for the ratio, which knows only its own."""

    kind: str
    name: str = ""
    period: str = ""


def wish_of(text: str) -> AdviceQuestion | None:
    """The wish that a question holds; None where it asks for something else."""
    plain = POLITE.sub("", " ".join(text.casefold().replace("’", "'").split()).strip(" ?!."))
    plain = re.sub(r"[ ,]+(?:please|thanks|thank you|pls)$", "", plain)
    for rule in WHERE:
        if found := rule.fullmatch(plain):
            groups = found.groupdict()
            team = groups.get("within") or groups.get("team") or ""
            return AdviceQuestion("where", "" if team in US else team)
    for kind, rules in (("worth", WORTH), ("back", BACK)):
        for rule in rules:
            if found := rule.fullmatch(plain):
                return AdviceQuestion(kind, found["name"].removeprefix("the "))
    if MEANING.fullmatch(plain):
        return AdviceQuestion("ratio")
    if "leverage ratio" in plain and (period := WHEN.search(plain)):
        wish = wish_of(plain[: period.start()])
        return replace(wish, period=period["period"]) if wish and wish.kind == "leverage" else None
    for rule in LEVERAGE:
        found = rule.fullmatch(plain)
        if found and plain not in ("what is leverage", "leverage") and not NOT_A_SCOPE.search(plain):
            groups = found.groupdict()
            name = (groups.get("within") or groups.get("name") or "").strip()
            return AdviceQuestion(
                "leverage", "" if name in US or name in ("our", "ai", "ai's") else name.removeprefix("the ")
            )
    return None


@dataclass(frozen=True, slots=True)
class Advisor:
    """Answers such questions; everything else is somebody else's."""

    advice: Advice

    def answer(self, request: AskRequest, as_of: date) -> Answer | None:
        """For the place's least privileged reader; what that one may not see goes to the asker alone."""
        wish = wish_of(request.text)
        if wish is None:
            return None
        smallest = self.advice.smallest_group(request.workspace_id)
        own = OPERATOR if request.operator else Viewer(email=request.asker_email, min_group=smallest)
        try:
            if request.audience is Audience.PRIVATE:
                return self._answer(request.workspace_id, wish, as_of, own)
            if request.audience is Audience.MEMBERS:
                found = self._answer(request.workspace_id, wish, as_of, Viewer(min_group=smallest))
                if found.status is not Status.DENIED:
                    return found
            found = self._answer(request.workspace_id, wish, as_of, own)
            return replace(found, private=True, public_text="That went to the asker alone.")
        except UserError as error:
            return Answer(status=Status.CLARIFY, text=str(error)) if wish.kind == "where" else self._unknown(error)

    def _answer(self, workspace: int, wish: AdviceQuestion, as_of: date, viewer: Viewer) -> Answer:
        kinds: dict[str, Callable[[], Answer]] = {
            "where": lambda: _where(self.advice.suggestions(workspace, wish.name or None, as_of, viewer), wish.name),
            "worth": lambda: _worth(self.advice.workflow(workspace, wish.name, as_of, viewer)),
            "ratio": lambda: Answer(status=Status.ANSWERED, title="leverage ratio", text=RATIO_WORDS),
            "leverage": lambda: _leverage(answer(*self.advice.leverage(workspace, wish.name, as_of, viewer)), wish),
            "back": lambda: _back(self.advice.workflow(workspace, wish.name, as_of, viewer)),
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
        text = (
            "Nothing catalogued is worth offloading right now; `/leverage workflows` has every verdict with its reason."
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
            Column(name="p10", label="at least (10 %)", unit="hours"),
            Column(name="p50", label="likely", unit="hours"),
            Column(name="p90", label="at most (90 %)", unit="hours"),
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


def _worth(page: Page) -> Answer:
    card = page.card
    if page.evidence is None:
        return Answer(status=Status.DENIED, text=f"{card.workflow}: {card.reason}.")
    yes = {
        Verdict.OFFLOAD: "Yes",
        Verdict.DRAFT_ONLY: "As drafts only",
        Verdict.UNBLOCK: "Not before its data are ready",
    }.get(card.verdict, "No")
    return Answer(
        status=Status.ANSWERED,
        text=f"{yes}. {card.text()}",
        title=f"is {card.workflow} worth offloading",
        facts=_facts(card),
        caveats=_caveats(card),
    )


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
    advice = (
        "" if card.verdict is Verdict.OFFLOAD else f" As advice: {card.verdict.value}, {card.reason.split(';')[0]}."
    )
    return Answer(
        status=Status.ANSWERED,
        text=f"{card.workflow} is at {page.stage}: {decision.decision}. {'; '.join(holding)}.{signals}{advice}",
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
