"""How sources spell tools, providers and models, and which spellings are one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.catalogue.spellings import PROVIDERS, TOOLS, family, plain, proper


@pytest.mark.parametrize(
    "spellings",
    [
        (
            "claude-sonnet-4-5",
            "claude-4.5-sonnet",
            "anthropic.claude-sonnet-4-5-20250929-v1:0",
            "anthropic/claude-sonnet-4.5",
        ),
        ("claude-3-5-sonnet", "claude-3.5-sonnet-20241022", "claude-3-5-sonnet@20241022", "Claude 3.5 Sonnet"),
        ("gpt-5", "gpt-5-high", "gpt-5-2025-08-07", "openai/gpt-5", "auto: gpt-5"),
        ("gemini-2.5-pro", "google/gemini-2.5-pro", "gemini_2.5_pro"),
    ],
)
def test_spellings_of_one_model_are_one_family(spellings: tuple[str, ...]) -> None:
    assert len({family("model", spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("claude-sonnet-4-5", "claude-sonnet-4"),
        ("claude-opus-4-1", "claude-sonnet-4-1"),
        ("gpt-5", "gpt-5-mini"),
        ("gpt-4o", "gpt-4"),
        ("o3", "o3-pro"),
        ("gemini-2.5-pro", "gemini-2.5-flash"),
    ],
)
def test_models_that_differ_are_never_folded(one: str, other: str) -> None:
    assert family("model", one) != family("model", other)


@pytest.mark.parametrize(("kind", "table"), [("tool", TOOLS), ("provider", PROVIDERS)])
def test_every_declared_spelling_leads_to_its_name(kind: str, table: dict[str, str]) -> None:
    for name, aliases in table.items():
        spellings = {name, *(alias.strip() for alias in aliases.split(","))}
        assert {family(kind, spelling) for spelling in spellings} == {plain(name)}
        assert proper(kind, spellings) == name


def test_a_thing_that_is_spelled_in_one_way_keeps_that_spelling() -> None:
    assert proper("tool", {"Claude Code"}) == "Claude Code"
    assert proper("model", {"anthropic/claude-sonnet-4.5"}) == "anthropic/claude-sonnet-4.5"


def test_of_several_spellings_the_declared_name_counts_else_the_first() -> None:
    assert proper("tool", {"Claude Code", "claudecode"}) == "claude_code"
    assert proper("tool", {"In House", "in-house"}) == "In House"
    assert proper("model", {"gpt-5-high", "openai/gpt-5"}) == "gpt-5"


@given(st.text(max_size=30))
def test_case_spaces_and_hyphens_make_no_difference(name: str) -> None:
    assert plain(name.upper().lower()) == plain(plain(name.lower()))
    assert family("tool", f" {name} ") == family("tool", name)
