"""Lists of workflows by what is decided about them: who may go further, who is in trouble, who stays with people."""

from __future__ import annotations

from collections.abc import Sequence

from bot.advice.card import Card
from bot.advice.ladder import DEMOTE, FROZEN, PROPOSE
from bot.advice.page import Page
from bot.advice.values import STAGES, Verdict
from bot.figures import plural
from bot.questions.answers.answer import Answer, Fact, Row, Shape, Status

NAMED = 3  # so many are told in the sentence; the list has all
STAYS = (Verdict.DO_NOT, Verdict.EXCLUDED)
IN_DRAFTS = "As drafts only, with a person over each: {}."


def ready(pages: Sequence[Page]) -> Answer:
    """Which workflows have earned the next stage; where none has, which are the furthest and what they lack."""
    seen = [page for page in pages if page.evidence is not None]
    earned = [page for page in seen if page.decision.decision == PROPOSE]
    title = "workflows that have earned the next stage of trust"
    if earned:
        said = "; ".join(f"{page.card.workflow} from {page.stage} to {page.decision.to}" for page in earned[:NAMED])
        return _listed(
            f"{plural(len(earned), 'workflow')} earned the next stage: {said}. Its owner approves it.",
            title,
            [(page.card, page.decision.why) for page in earned],
        )
    if not seen:
        return _none("No workflow is catalogued whose evidence may be shown.")
    ranked = sorted(seen, key=_furthest)
    nearest = ranked[0]
    lacks = nearest.decision.missing[0] if nearest.decision.missing else nearest.decision.why
    return _listed(
        f"None yet: no workflow has proven enough to run with less review. Nearest is {nearest.card.workflow}, at "
        f"{nearest.stage}: {lacks}. More trust is earned by checked runs, never by volume.",
        "what each workflow lacks for the next stage of trust",
        [(page.card, "; ".join(page.decision.missing) or page.decision.why) for page in ranked],
    )


def trouble(pages: Sequence[Page]) -> Answer:
    """Which workflows lose trust, are frozen, or show signals that tend to come before failures."""
    seen = [page for page in pages if page.evidence is not None]
    down = [page for page in seen if page.decision.decision in (DEMOTE, FROZEN)]
    warned = [page for page in seen if page.signals and page not in down]
    if not down and not warned:
        return _none(
            f"None of {plural(len(seen), 'catalogued workflow')} calls for a step back: no demotion, no freeze and no "
            "warning signal. What is not checked shows none either: a workflow's page says which signals it lacks.",
            Fact(label="workflows looked at", value=len(seen), said=True),
        )
    parts = [f"{page.card.workflow} ({page.decision.told}: {page.decision.why})" for page in down[:NAMED]]
    parts += [f"{page.card.workflow} ({'; '.join(page.signals)})" for page in warned[: NAMED - len(parts)]]
    return _listed(
        f"{plural(len(down) + len(warned), 'workflow')} to look at: {'; '.join(parts)}.",
        "workflows that lose trust or show warning signals",
        [
            *((page.card, f"{page.decision.told}: {page.decision.why}") for page in down),
            *((page.card, "; ".join(page.signals)) for page in warned),
        ],
    )


def keep(cards: Sequence[Card]) -> Answer:
    """Which workflows stay with people, each with its reason; those that may be drafted are said apart."""
    stay = [card for card in cards if card.verdict in STAYS]
    drafts = [card.workflow for card in cards if card.verdict is Verdict.DRAFT_ONLY]
    apart = IN_DRAFTS.format(", ".join(drafts)) if drafts else ""
    if not stay:
        return _none(f"No catalogued workflow has to stay with people. {apart}".strip())
    said = "; ".join(f"{card.workflow} ({card.first_reason})" for card in stay[:NAMED])
    return _listed(
        f"{plural(len(stay), 'workflow')} should stay with people: {said}. {apart}".strip(),
        "workflows that should stay with people",
        [(card, card.first_reason) for card in stay],
    )


def _furthest(page: Page) -> tuple[float, int, str]:
    """Those with most evidence first, then those with most trust."""
    verified = page.evidence.verified if page.evidence else 0.0
    return -verified, -STAGES.index(page.stage), page.card.workflow


def _listed(text: str, title: str, rows: Sequence[tuple[Card, str]]) -> Answer:
    return Answer(
        status=Status.ANSWERED,
        text=text,
        title=title,
        shape=Shape.LIST,
        rows=tuple(
            Row(labels={"workflow": card.workflow, "stage": card.stage, "why": why}, values={}) for card, why in rows
        ),
        facts=(Fact(label="workflows listed", value=len(rows), said=True),),
    )


def _none(text: str, *facts: Fact) -> Answer:
    return Answer(status=Status.ANSWERED, text=text, facts=facts)
