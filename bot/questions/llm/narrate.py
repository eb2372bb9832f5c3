"""A comment under an answer: the model orders slots it cannot look into, code fills them, or there is no comment."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from bot.questions.answers.answer import Answer
from bot.questions.finders.names import fold, gazetteer
from bot.questions.llm.failure import ModelFailure
from bot.questions.llm.gate import ALLOWED, Breach, gated
from bot.questions.llm.prompt import PROMPTS
from bot.questions.llm.slots import FigureSlot, slots
from bot.questions.llm.wire import ModelReply, Prompt
from storage.names import Directory

log = logging.getLogger(__name__)

FEWEST = 2  # slots worth a sentence
_SYSTEM = (PROMPTS / "comment.txt").read_text("utf-8").strip().replace("%WORDS%", " ".join(sorted(ALLOWED)))

Tell = Callable[[Prompt], ModelReply]


def comment(tell: Tell, answer: Answer, directory: Directory) -> str:
    """One to three sentences beside an answer, "" where there is nothing to say or what was said does not hold."""
    known = slots(answer)
    if len(known) < FEWEST:
        return ""
    try:
        said = tell(asked(known)).text
    except ModelFailure as failure:
        log.warning("no comment: %s", failure.reason)
        return ""
    try:
        return gated(said, known, gazetteer(directory).said_in(fold(said)))
    except Breach as breach:
        log.warning("no comment: it held %s", breach)
        return ""


def asked(known: tuple[FigureSlot, ...]) -> Prompt:
    """The prompt: ids, kinds and signs, no value and no name."""
    lines = [f"{{{{{fact.id}}}}} {fact.kind} {fact.sign}" for fact in known]
    return Prompt(_SYSTEM, "\n".join(["Slots:", *lines]))


def with_comment(answer: Answer, words: str) -> Answer:
    """The answer with a comment under its own words."""
    return replace(answer, text=f"{answer.text}\n{words}") if words else answer
