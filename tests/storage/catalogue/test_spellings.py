"""Spellings of one tool, provider or model are told to be one, and no two things are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.catalogue.spellings import PROVIDERS, TOOLS, family, plain, proper


@pytest.mark.parametrize(
    ("kind", "called", "spellings"),
    [
        ("tool", "claude_code", ["Claude Code", "claude code", "claude_code", "claude-code", "CLAUDE CODE CLI"]),
        ("tool", "copilot", ["copilot", "GitHub Copilot", "github_copilot"]),
        ("tool", "Our Bot", ["Our Bot", "our_bot", "our-bot"]),
        ("provider", "xai", ["x-ai", "xAI", "x_ai"]),
        ("provider", "azure", ["azure", "Azure OpenAI", "azure.ai.openai"]),
        (
            "model",
            "claude-sonnet-4-5",
            [
                "claude-sonnet-4-5",
                "claude-sonnet-4.5",
                "claude-4.5-sonnet",
                "claude-4.5-sonnet-thinking",
                "Claude Sonnet 4.5",
                "claude-sonnet-4-5-20250929",
                "claude-sonnet-4-5@20250929",
                "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                "arn:aws:bedrock:us-east-1:1:inference-profile/eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
                "openrouter/anthropic/claude-sonnet-4.5",
            ],
        ),
        ("model", "claude-3-5-sonnet", ["claude-3-5-sonnet", "claude-3-5-sonnet-20241022", "claude-3.5-sonnet"]),
        ("model", "gpt-5", ["gpt-5", "GPT-5", "gpt-5-high", "gpt-5-low-fast", "openai/gpt-5"]),
        ("model", "gpt-4o", ["gpt-4o-2024-05-13", "gpt-4o-2024-08-06"]),
        ("model", "gemini-2.5-pro", ["gemini-2.5-pro", "models/gemini-2.5-pro", "Auto: gemini-2.5-pro"]),
    ],
)
def test_spellings_of_one_thing_are_one(kind: str, called: str, spellings: list[str]) -> None:
    assert len({family(kind, spelling) for spelling in spellings}) == 1
    assert proper(kind, {*spellings}) == called


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("tool", ["claude_code", "claude", "copilot", "copilot_cli", "m365_copilot", "codex", "openai_api", "chatgpt"]),
        ("provider", ["google", "vertex_ai", "openai", "azure", "aws_bedrock", "anthropic"]),
        (
            "model",
            [
                *("gpt-5", "gpt-5-mini", "gpt-5.1", "gpt-5.1-codex-max", "gpt-4.1", "gpt-4", "o3", "o3-mini"),
                *("claude-sonnet-4-5", "claude-sonnet-4", "claude-opus-4-5", "claude-3-5-sonnet", "claude-haiku-4-5"),
                *("gemini-2.5-pro", "gemini-2.5-pro-preview", "kimi-k2", "kimi-k2-thinking", "qwen-max", "auto", ""),
            ],
        ),
    ],
)
def test_different_things_stay_apart(kind: str, names: list[str]) -> None:
    assert len({family(kind, name) for name in names}) == len(names)


def test_what_is_spelled_in_one_way_keeps_its_spelling() -> None:
    assert proper("tool", {"Claude Code"}) == "Claude Code"
    assert proper("model", {"claude-haiku-4-5-20251001"}) == "claude-haiku-4-5-20251001"


@pytest.mark.parametrize(("kind", "table"), [("tool", TOOLS), ("provider", PROVIDERS)])
def test_every_declared_spelling_leads_to_its_name(kind: str, table: dict[str, str]) -> None:
    for name, aliases in table.items():
        spellings = {name, *(alias.strip() for alias in aliases.split(","))}
        assert {family(kind, spelling) for spelling in spellings} == {plain(name)}
        assert proper(kind, spellings) == name


def test_of_several_undeclared_spellings_the_first_counts() -> None:
    assert proper("tool", {"In House", "in-house"}) == "In House"
    assert proper("model", {"gpt-5-high", "openai/gpt-5"}) == "gpt-5"


@given(st.text(max_size=30))
def test_spaces_around_a_name_and_its_case_make_no_difference(name: str) -> None:
    assert plain(name.upper().lower()) == plain(plain(name.lower()))
    assert family("tool", f" {name} ") == family("tool", name)
