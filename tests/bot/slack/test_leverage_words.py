"""The table of subcommands."""

from __future__ import annotations

from bot.slack.advice import listeners as advice
from bot.slack.blocks.parts import MAX_SECTION
from bot.slack.digest import listeners as digest
from bot.slack.leverage_words import (
    SUBCOMMANDS,
    FixedWords,
    PlainQuestion,
    PrivacyWords,
    asks,
    examples,
    help_text,
    read,
)
from bot.slack.plans import listeners as plans
from bot.slack.privacy import listeners as privacy
from bot.slack.saved import listeners as saved
from bot.slack.settings import listeners as settings
from bot.slack.sources import listeners as sources
from bot.slack.words import listeners as words


def test_the_help_names_every_subcommand() -> None:
    assert all(subcommand.usage in help_text() for subcommand in SUBCOMMANDS.values())
    assert set(SUBCOMMANDS) == {
        "help",
        "ask",
        "team",
        "top",
        "me",
        "tool",
        "trend",
        "privacy",
        "subscribe",
        "unsubscribe",
        "digest",
    } | {
        "offload",
        "workflows",
        "workflow",
        "sources",
        "reconcile",
        "budgets",
        "targets",
        "watches",
        "saved",
        "settings",
        "words",
    }


def test_help_fits_one_block_and_privacy_follows_the_policy() -> None:
    assert len(help_text()) <= MAX_SECTION
    assert read("privacy") == PrivacyWords()


def test_nothing_after_the_command_is_a_call_for_help() -> None:
    assert read("  ") == FixedWords(help_text())


def test_an_unknown_first_word_begins_a_question() -> None:
    assert read("tokens   per employee") == PlainQuestion("tokens per employee")


def test_a_name_may_hold_braces() -> None:
    assert read("ask what is {name}?") == PlainQuestion("what is {name}?")


def test_there_are_three_examples() -> None:
    assert examples().count("•") == 3


def test_what_a_listener_of_its_own_takes_is_not_taken_for_a_question() -> None:
    rooms = (advice, digest, plans, privacy, saved, settings, sources, words)
    for word, subcommand in SUBCOMMANDS.items():
        assert subcommand.apart == any(room.is_ours({"text": word}) for room in rooms), word
        assert asks(f"  {word.upper()} ") != subcommand.apart
    assert asks("")
    assert asks("sourcing cost by team")
