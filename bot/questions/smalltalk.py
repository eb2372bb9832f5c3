"""What people say to be polite, or to begin: one line back, and no list of everything that can be asked."""

from __future__ import annotations

import re

from bot.questions.answers.answer import Answer, Option, Status
from bot.questions.answers.replies import EXAMPLES

GREETING = re.compile(
    r"(?:hi|hey|hello|hallo|hiya|yo|greetings|good (?:morning|afternoon|evening))"
    r"(?: (?:there|fulcrum|all|team|everyone|bot))?"
)
THANKS = re.compile(
    r"(?:(?:ok|okay|great|perfect|nice|cool|awesome) )?(?:many )?(?:thanks|thank you|thx|ty|cheers)"
    r"(?: (?:a lot|so much|very much|fulcrum|again|all|everyone))*"
)
FINE = re.compile(r"(?:ok|okay|great|perfect|nice|cool|awesome|got it|good|super|bye|goodbye|see you)")


def small_talk(text: str) -> Answer | None:
    """A line for a greeting or thanks; None for anything else."""
    plain = " ".join(text.casefold().replace("’", "'").replace(",", " ").split()).strip(" !.:;)-")
    if GREETING.fullmatch(plain):
        return Answer(
            status=Status.ANSWERED,
            text="Hello. Ask me about AI use, its cost and the work it takes over, by team, tool, model or workflow.",
            options=tuple(Option(label=example, ask=example) for example in EXAMPLES),
        )
    if THANKS.fullmatch(plain):
        return Answer(status=Status.ANSWERED, text="You're welcome.")
    return Answer(status=Status.ANSWERED, text="Good.") if FINE.fullmatch(plain) else None
