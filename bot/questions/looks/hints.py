"""Whether a message may ask to look at figures in another way: told by a word, so that no other waits for the rules."""

from __future__ import annotations

from bot.questions.reading import Read, Reading, Understood, World

# Each rule of `asking` and `asking_people` needs one of these, or the name of an event.
HINTS = (
    *("would", "could", "what if", "suppose", "assuming", "imagine", "if ", "price", "pricing"),
    *("distribut", "histogram", "spread"),
    *("rollout", "roll-out", "launch", "migration", "training", "workshop", "switch", "reorg", "announcement"),
    *("onboarding", "hackathon", "contract", "permanent"),
    *("cohort", "retention", "first", "start", "began", "adopt", "joining"),
    *("since", "last us", "latest us", "weeks ago", "seat", "licen"),
)


def looked(text: str, world: World, before: Understood | None, read: Read) -> tuple[Reading, ...]:
    """The reading of such a message; empty for any other."""
    said = text.casefold()
    if not world.directory.events and not any(hint in said for hint in HINTS):
        return ()
    from bot.questions.looks.asking import looked as looked_closely

    return looked_closely(text, world, before, read)
