"""Complete questions to pick from: the asker's own words with one part said beyond doubt."""

from __future__ import annotations

from bot.questions.answers.answer import Option
from bot.questions.grammar.draft import Draft
from bot.questions.grammar.sentence import Item


def instead(draft: Draft, item: Item, label: str, words: str) -> Option:
    """The question with an item said otherwise."""
    return Option(label=label, ask=replaced(draft, item.start, item.end, words))


def replaced(draft: Draft, start: int, end: int, words: str) -> str:
    """The question with the tokens from `start` to `end` said otherwise."""
    tokens, text = draft.tagged.tokens, draft.sentence.original
    return " ".join(f"{text[: tokens[start].start]}{words}{text[tokens[end - 1].end :]}".split())


def with_more(draft: Draft, words: str, label: str = "") -> Option:
    """The question with words added to its end."""
    text = draft.sentence.original.rstrip(" ?!.,")
    return Option(label=label or words, ask=f"{text} {words}")


def led_by(draft: Draft, words: str, label: str = "") -> Option:
    """The question with words put in front of it."""
    return Option(label=label or words, ask=f"{words} {draft.sentence.original}")
