"""What is stored about somebody as a message to them alone, and the form that erases it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, DividerBlock
from slack_sdk.models.views import View

from bot.figures import plural
from bot.questions.periods.labels import range_label
from bot.slack.blocks.inputs import modal
from bot.slack.blocks.parts import Message, actions, button, context, section, sections
from bot.text import escape

EXPORT, ERASE, FORM = "privacy:export", "privacy:erase", "privacy:erase_form"
SHOWN = 5
WARNING = (
    "Your name, title, place, seats, questions and decisions are deleted, and what is left of your use says no longer "
    "whose it is: figures of your teams stay as they are. You get no answers here any more. *This cannot be undone*, "
    "and whatever is loaded later, you stay erased."
)


def privacy_message(policy: str, stored: Mapping[str, Any] | None) -> Message:
    """The policy, and what is `stored`; None for somebody who is not on the roster."""
    blocks = [*sections(policy), *(_stored(stored) if stored else ())]
    return Message(text=policy, rich=tuple(blocks), plain=tuple(blocks))


def erase_form() -> View:
    """The last word before somebody is erased."""
    return modal(FORM, "Erase what is stored", [section(WARNING)], submit="Erase me", carries="")


def _stored(stored: Mapping[str, Any]) -> Iterator[Block]:
    yield DividerBlock()
    yield section("*What is stored about you*\n" + "\n".join(f"• {line}" for line in _lines(stored)))
    looked = stored["looked at by"]
    if looked:
        names = "\n".join(f"• {escape(look['who'])}, {look['when']}" for look in looked[:SHOWN])
        more = f"\nand {plural(len(looked) - SHOWN, 'more look')}, all in the export" if len(looked) > SHOWN else ""
        yield section(f"*Who looked at your figures*\n{names}{more}")
    else:
        yield section("*Who looked at your figures*\nNobody, as far as questions are kept.")
    yield actions([button("Export it all", "", EXPORT), button("Erase me…", "", ERASE)])
    yield context("The export comes to you alone, as a file.")


def _lines(stored: Mapping[str, Any]) -> Iterator[str]:
    teams = list(dict.fromkeys(spell["team"] for spell in stored["roster"]))
    yield f"{escape(stored['name'])}, {escape(stored['e-mail'])}: {escape(', '.join(teams))}"
    if stored["known as"]:
        yield f"known to sources as {escape(', '.join(stored['known as']))}"
    use = stored["use"]
    if use:
        tools = sorted({row["tool"] for row in use})
        days = range_label(date.fromisoformat(str(use[0]["day"])), date.fromisoformat(str(use[-1]["day"])))
        yield f"{plural(len(use), 'row')} of use, {days}: {escape(', '.join(tools))}"
    else:
        yield "no use of AI"
    counts = (("seats", "seat"), ("questions", "question"), ("digests", "digest"), ("decisions", "decision"))
    yield ", ".join(plural(len(stored[key]), noun) for key, noun in counts)
