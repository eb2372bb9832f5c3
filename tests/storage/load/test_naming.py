"""Streams that are one under other names: the rollup goes by the canonical one, facts keep their own."""

from __future__ import annotations

from sqlalchemy import Engine, func, select

from storage.load.naming import add_canonical, save_aliases
from storage.load.writes import LoadOf, save_usage
from storage.records import AliasRecord
from storage.tables import Stream, UsageDaily, UsageFact
from tests.storage.load.facts import use


def by_tool(engine: Engine) -> dict[str, int]:
    rows = (
        select(Stream.tool, func.sum(UsageDaily.input_tokens))
        .join_from(UsageDaily, Stream, Stream.id == UsageDaily.stream_id)
        .group_by(Stream.tool)
    )
    with engine.connect() as connection:
        return {tool: int(tokens or 0) for tool, tokens in connection.execute(rows)}


def of_facts(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return {*connection.scalars(select(Stream.tool).join_from(UsageFact, Stream, Stream.id == UsageFact.stream_id))}


def name(engine: Engine, load: LoadOf, *aliases: tuple[str, str]) -> bool:
    with engine.begin() as connection:
        records = [AliasRecord(kind="tool", name=name, alias=alias) for alias, name in aliases]
        save_aliases(connection, load.workspace_id, records)
        return add_canonical(connection, load.workspace_id)


def test_spellings_of_one_tool_are_one_row_and_facts_keep_theirs(engine: Engine, load: LoadOf) -> None:
    save_usage(engine, load, [use("a", tool="claude_code"), use("b", tool="Claude Code")])

    assert list(by_tool(engine).values()) == [20]
    assert of_facts(engine) == {"claude_code", "Claude Code"}


def test_an_alias_folds_two_names_and_without_it_they_are_two_again(engine: Engine, load: LoadOf) -> None:
    save_usage(engine, load, [use("a", tool="cursor"), use("b", tool="helper")])

    assert name(engine, load, ("helper", "cursor"))
    assert by_tool(engine) == {"cursor": 20}
    assert not name(engine, load, ("helper", "cursor"))
    assert name(engine, load)
    assert by_tool(engine) == {"cursor": 10, "helper": 10}


def test_an_alias_may_name_what_nothing_was_recorded_under(engine: Engine, load: LoadOf) -> None:
    save_usage(engine, load, [use("a", tool="cursor")])

    name(engine, load, ("cursor", "The Editor"))

    assert by_tool(engine) == {"The Editor": 10}


def test_the_same_aliases_again_change_nothing(engine: Engine, load: LoadOf) -> None:
    alias = AliasRecord(kind="tool", name="cursor", alias="helper")
    with engine.begin() as connection:
        first = save_aliases(connection, load.workspace_id, [alias])
        again = save_aliases(connection, load.workspace_id, [alias])
        gone = save_aliases(connection, load.workspace_id, [])

    assert (first.new, again.unchanged, again.differs, gone.removed) == (1, 1, False, 1)
