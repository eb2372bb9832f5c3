"""A suggestion's card, a workflow's page and the list of verdicts as Slack messages."""

from __future__ import annotations

import json
from collections.abc import Sequence

from slack_sdk.models.blocks import ButtonElement

from bot.advice.card import Card
from bot.advice.granting import Rights
from bot.advice.ladder import PROPOSE
from bot.advice.page import Page, SuccessPoint, watched_text
from bot.advice.values import REASONS, Grade, Hours, Notice, Verdict
from bot.figures import short
from bot.questions.answers.naming import whole_name
from bot.questions.periods.labels import day_label
from bot.slack.blocks.chart import MAX_TITLE, Chart
from bot.slack.blocks.parts import MAX_TEXT, Message, actions, button, context, section, weight
from bot.text import clean, cut, escape
from storage.catalogue import Unit
from storage.query import Grain

ACCEPT, LATER, NOT_USEFUL, REASON = "advice:accept", "advice:later", "advice:not_useful", "advice:reason"
APPROVE, DECLINE, REVIEW, VALUES, ADD = (
    "advice:approve",
    "advice:decline",
    "advice:review",
    "advice:values",
    "advice:add",
)
PART = 600  # characters of one paragraph of a card
NAME = 120
MOST_LISTED = 30
MOST_HISTORY = 8
ROOM = 9_000
MOST_STOPS = 2  # reasons to stop and ask on a card; the workflow's page has all
ALL = Rights()
FEWEST_POINTS = 3  # two points are no line


def card_message(card: Card, rights: Rights = ALL, with_buttons: bool = True) -> Message:
    """One suggestion on one screen, with what its reader may say to it."""
    parts = [f"*{_name(card.workflow)}* ({_name(card.team or 'no team')}): {card.verdict.told}", *_card_lines(card)]
    blocks = [section(cut(part, PART * 2)) for part in parts]
    if assumed := [given.name for given in card.given if given.grade == Grade.D]:
        blocks.append(context(cut(escape(f"Assumed until somebody says better: {', '.join(assumed)}."), PART)))
    if with_buttons and rights.act:
        blocks.append(actions(_card_buttons(card)))
    elif with_buttons:
        blocks.append(context(f"Its owner, the people of {_name(card.team or 'its team')} and admins can accept it."))
    return Message(text=cut(escape(card.text()), MAX_TEXT), rich=tuple(blocks), plain=tuple(blocks))


def added_message(card: Card, rights: Rights) -> Message:
    """A workflow that somebody has just entered: that it is kept, and what can be said of it so far."""
    found = card_message(card, rights)
    told = f"{_name(card.workflow)} is in the catalogue, and yours. So far I would say:"
    return Message(
        text=cut(f"{told} {found.text}", MAX_TEXT),
        rich=(section(told), *found.rich),
        plain=(section(told), *found.plain),
    )


def list_message(cards: Sequence[Card], candidates: Sequence[str] = (), calibration: str = "") -> Message:
    """Every workflow with its verdict in a line, best first."""
    lines = [_line(number, card) for number, card in enumerate(cards[:MOST_LISTED], start=1)]
    left = len(cards) - MOST_LISTED
    blocks = [section("*Where cognition could be offloaded*, best first")]
    used = weight(blocks)
    for line in lines:
        if used < ROOM:
            blocks.append(section(line))
            used += weight(blocks[-1:])
    hidden = len(lines) + 1 - len(blocks) + max(left, 0)
    if hidden > 0:
        blocks.append(context(f"…and {hidden} more"))
    if candidates:
        blocks.append(
            context("\n".join(f"In no catalogue: {cut(escape(candidate), PART)}" for candidate in candidates[:5]))
        )
    if calibration:
        blocks.append(context(escape(calibration)))
    blocks.append(actions([button("Add a workflow", "add", ADD)]))
    text = "\n".join(["Where cognition could be offloaded, best first", *lines])
    return Message(text=cut(text, MAX_TEXT), rich=tuple(blocks), plain=tuple(blocks))


def page_message(page: Page, rights: Rights = ALL) -> Message:
    """A workflow: stage, evidence against the bar with a chart, decision, signals, history, and its card in short."""
    card, decision = page.card, page.decision
    first = f"*{_name(card.workflow)}* ({_name(card.team or 'no team')}): stage *{page.stage}*"
    blocks = [section(f"{first}\n{_upper(decision.told)}: {cut(escape(decision.why), PART)}")]
    if page.evidence:
        blocks.append(section(_evidence(page)))
    if page.renewal:
        blocks.append(section(f"Its grant ends on {day_label(page.renewal)}; its owner can renew it."))
    if page.leverage:
        blocks.append(context(escape(page.leverage.text())))
    if watched := watched_text(page):
        blocks.append(context(cut(escape(watched), PART * 3)))
    if page.signals:
        blocks.append(section("\n".join(f":warning: {cut(escape(signal), PART)}" for signal in page.signals[:6])))
    history = [
        f"{day_label(move.day)}: {move.from_stage} → {move.to_stage} by {_name(move.by)}: "
        f"{cut(escape(move.why), PART // 2)}"
        for move in page.history[-MOST_HISTORY:][::-1]
    ]
    after = [section("*History*\n" + "\n".join(history))] if history else [context("No change of stage so far")]
    after.append(section(cut(f"{card.verdict.told.capitalize()}{_worth(card.hours)}: {escape(card.reason)}", PART)))
    buttons = _page_buttons(page, rights)
    after += [actions(buttons)] if buttons else []
    chart = reliability(page.points, decision.bar, card.workflow)
    rich = [*blocks, *([chart] if chart else []), *after]
    return Message(text=cut(escape(page.text()), MAX_TEXT), rich=tuple(rich), plain=(*blocks, *after))


def reasons_message(workflow: str) -> Message:
    """Why a suggestion is not useful."""
    text = f"Why is {_name(workflow)} not useful as a suggestion?"
    buttons = [
        button(reason.capitalize(), _value(workflow, reason=reason), f"{REASON}:{number}")
        for number, reason in enumerate(REASONS)
    ]
    blocks = (section(text), actions(buttons))
    return Message(text=text, rich=blocks, plain=blocks)


def notice_message(notice: Notice) -> Message:
    """One message of the day's check, with the buttons a proposal needs."""
    blocks = [section(cut(escape(notice.text), PART * 2))]
    if notice.to:
        blocks.append(actions(_proposal(notice.workflow, notice.to)))
    elif notice.kind == "demoted":
        blocks.append(actions([button("Write the review", _value(notice.workflow), REVIEW)]))
    return Message(text=cut(escape(notice.text), MAX_TEXT), rich=tuple(blocks), plain=tuple(blocks))


def reliability(points: Sequence[SuccessPoint], bar: float | None, title: str) -> Chart | None:
    """The share of successes and its lower bound against the bar, week by week; None for fewer than three."""
    if len(points) < FEWEST_POINTS:
        return None
    lines = {"Succeeded": [point.share for point in points], "At least": [point.lower for point in points]}
    lines |= {} if bar is None else {"Bar": [bar] * len(points)}
    return Chart(
        title=cut(clean(f"Reliability of {title}"), MAX_TITLE),
        x_label="Week",
        y_label="Percent of verified runs",
        times=[whole_name(point.week, Grain.WEEK) for point in points],
        lines={name: [round(share * 100, 2) for share in line] for name, line in lines.items()},
    )


def workflow_in(value: str) -> dict[str, str]:
    """What a button carries: `workflow`, and `to` or `reason`."""
    try:
        found = json.loads(value)
    except ValueError:
        return {}
    return {str(key): str(carried) for key, carried in found.items()} if isinstance(found, dict) else {}


def _card_lines(card: Card) -> list[str]:
    words = card.words
    stage = card.stage if card.stage == card.next_stage else f"{card.stage} → {card.next_stage}"
    # What is assumed stands below, so that the reason is one clause.
    worth = f"{_upper(_worth(card.hours).removeprefix(', '))}. " if card.hours else ""
    lines = [f"{worth}{escape(_upper(card.reason.split('; assumed')[0]))}"]
    if card.verdict in (Verdict.SUPPRESSED, Verdict.EXCLUDED):
        return lines
    stops = " · ".join(words.stop_and_ask_when[:MOST_STOPS])
    evidence = (
        f"{card.accepted:g} of {card.verified:g} verified runs succeeded" if card.verified else "no run verified yet"
    )
    risk = f"*What could go wrong:* {escape(words.risk)}"
    proven = f"{_upper(evidence)} · grade {card.grade} · confidence {card.confidence}"
    if card.verdict is Verdict.DO_NOT:  # what is advised against has no first step
        return [*lines, risk, proven]
    return [
        *lines,
        f"*Why now:* {escape(card.why_now)}\n{risk}",
        f"*Try at:* {stage}. AI {escape(words.ai_does)}\n*You set:* {escape(words.intent)}\n"
        f"*Done when:* {escape(words.done_check)}\n*It stops and asks when:* {escape(stops)}",
        proven,
    ]


def _card_buttons(card: Card) -> list[ButtonElement]:
    value = _value(card.workflow)
    values = button("Put the true values in", value, VALUES)
    if card.hours is None or card.running or card.verdict is Verdict.DO_NOT:
        return [values]
    return [
        button("Accept", value, ACCEPT),
        button("Not now", value, LATER),
        button("Not useful", value, NOT_USEFUL),
        values,
    ]


def _page_buttons(page: Page, rights: Rights) -> list[ButtonElement]:
    workflow, found = page.card.workflow, list[ButtonElement]()
    if rights.decide:
        found += _proposal(workflow, page.decision.to) if page.decision.decision == PROPOSE else []
        if page.renewal:
            found.append(button(f"Renew {page.stage}", _value(workflow, to=page.stage), f"{APPROVE}:again"))
        if "review" in page.decision.why:
            found.append(button("Write the review", _value(workflow), REVIEW))
    return [*found, button("Put the true values in", _value(workflow), VALUES)] if rights.act else found


def _proposal(workflow: str, to: str) -> list[ButtonElement]:
    return [
        button(f"Approve {to}", _value(workflow, to=to), APPROVE),
        button("Decline", _value(workflow, to=to), DECLINE),
    ]


def _evidence(page: Page) -> str:
    evidence, decision = page.evidence, page.decision
    if evidence is None or decision.lower is None:
        return "*Evidence:* no evidence: not one verified outcome since this stage began"
    bar = "" if decision.bar is None else f", the bar is {decision.bar:.0%}"
    return (
        f"*Evidence:* {evidence.accepted:g} of {evidence.verified:g} verified runs succeeded, in {evidence.weeks} "
        f"weeks, checked by {evidence.people} people. At least {decision.lower:.1%} is sure{bar}."
    )


def _line(number: int, card: Card) -> str:
    return (
        f"{number}. *{_name(card.workflow)}* ({_name(card.team or 'no team')}): "
        f"{card.verdict.told}{_worth(card.hours)}. {cut(escape(_upper(card.reason)), PART // 2)}"
    )


def _worth(hours: Hours | None) -> str:
    if hours is None:
        return ""
    low, most, high = (short(size, Unit.HOURS) for size in (hours.p10, hours.p50, hours.p90))
    return f", about {most} h a week ({low} to {high})"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _name(text: str) -> str:
    return cut(escape(text), NAME)


def _value(workflow: str, **more: str) -> str:
    return json.dumps({"workflow": workflow, **more}, ensure_ascii=False)
