"""Privacy in words, written from the policy that is in force; markdown of Slack, and ours alone."""

from __future__ import annotations

from collections.abc import Mapping

from bot.settings import PeoplePolicy, Settings

OTHERS: Mapping[PeoplePolicy, str] = {
    "hidden": "Nobody else sees your figures, no manager and no admin either, and you see nobody else's.",
    "managers": "Those whom you report to, directly or through others, see your figures too; nobody else does.",
    "everyone": "Everybody on the roster may ask for anybody's figures, yours too.",
}


def others_words(settings: Settings) -> str:
    """Who sees other people's figures."""
    return OTHERS[settings.people]


def retention_words(settings: Settings) -> str:
    """How long use says whose it is."""
    if settings.retention_days is None:
        return "Use stays its person's; no time is set after which it is nobody's."
    days = f"{settings.retention_days:,} days"
    return f"Months that ended more than {days} ago are nobody's any more; figures of teams stay."


def in_short(settings: Settings) -> str:
    """The policy in three sentences, with the sign that a page has before them."""
    return f":lock: {in_sentences(settings)}"


def in_sentences(settings: Settings) -> str:
    """The policy in three sentences."""
    return (
        f"Groups are shown from {settings.min_group} people up. {others_words(settings)} Nothing that anybody "
        "writes to an AI is read or kept. `/leverage privacy` shows what is stored about you, exports it and erases it."
    )


def on_a_page(settings: Settings) -> str:
    """What holds for a page that is forwarded: what stands on it is of groups alone."""
    return (
        f"Groups are shown from {settings.min_group} people up; smaller ones, and what would give them away, are "
        "hidden. No figure of a single person is on this page."
    )


def in_full(settings: Settings) -> str:
    """The policy in force, and what is kept."""
    return f"""*Who sees what*
• Groups are shown from {settings.min_group} people up; smaller ones, and what would give them away, are hidden. \
Nobody can be worked out by taking one answer from another.
• Your own figures come to you alone, never into a channel.
• {others_words(settings)}
• In a channel an answer holds what its least privileged reader may see. With guests or other organisations there, \
figures come to you alone.
*What is kept*
Counts of AI use (tokens, requests, cost) and of work items. No prompt, no answer and no code is read or kept. \
Of a question: who asked, where, its words and how it was read; not the figures. {retention_words(settings)}"""
