"""Words that people teach in Slack: aliases beside those of aliases.csv, and proposals that wait for an admin."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from storage.load.locking import lock_revision
from storage.load.organisation import SLACK
from storage.load.truths import follow
from storage.tables import Alias, ProposedAlias
from storage.workspaces import bump_revision


class VocabularyWord(NamedTuple):
    """Another word for a name; `by` is who proposed it, "" where it counts already, `taught` whether in Slack."""

    kind: str
    alias: str
    name: str
    by: str = ""
    taught: bool = True


def words(connection: Connection, workspace_id: int) -> list[VocabularyWord]:
    """The words in force, and the proposals behind them."""
    mine = select(Alias.kind, Alias.alias, Alias.name, Alias.origin).where(Alias.workspace_id == workspace_id)
    found = [VocabularyWord(*row[:3], taught=row[3] == SLACK) for row in connection.execute(mine.order_by(Alias.alias))]
    waiting = select(ProposedAlias.kind, ProposedAlias.alias, ProposedAlias.name, ProposedAlias.by)
    rows = connection.execute(waiting.where(ProposedAlias.workspace_id == workspace_id).order_by(ProposedAlias.id))
    return found + [VocabularyWord(*row) for row in rows]


def teach(connection: Connection, workspace_id: int, word: VocabularyWord) -> None:
    """From now on the word counts, in place of what it meant before."""
    lock_revision(connection, workspace_id)
    _forget(connection, workspace_id, word)
    row = {"kind": word.kind, "alias": word.alias, "name": word.name, "origin": SLACK}
    connection.execute(insert(Alias).values(workspace_id=workspace_id, **row))
    follow(connection, workspace_id, people=False)
    bump_revision(connection, workspace_id)


def propose(connection: Connection, workspace_id: int, word: VocabularyWord, at: datetime) -> None:
    """Somebody proposes a word; the last who does counts."""
    connection.execute(delete(ProposedAlias).where(*_same(ProposedAlias, workspace_id, word)))
    row = {"kind": word.kind, "alias": word.alias, "name": word.name, "by": word.by, "at": at}
    connection.execute(insert(ProposedAlias).values(workspace_id=workspace_id, **row))


def unlearn(connection: Connection, workspace_id: int, word: VocabularyWord) -> None:
    """The word counts no more, and no proposal of it waits."""
    lock_revision(connection, workspace_id)
    _forget(connection, workspace_id, word)
    follow(connection, workspace_id, people=False)
    bump_revision(connection, workspace_id)


def drop(connection: Connection, workspace_id: int, word: VocabularyWord) -> None:
    """The proposal waits no more; a word in force of the same spelling stays."""
    lock_revision(connection, workspace_id)
    connection.execute(delete(ProposedAlias).where(*_same(ProposedAlias, workspace_id, word)))
    bump_revision(connection, workspace_id)


def _forget(connection: Connection, workspace_id: int, word: VocabularyWord) -> None:
    for table in (Alias, ProposedAlias):
        connection.execute(delete(table).where(*_same(table, workspace_id, word)))


def _same(
    table: type[Alias] | type[ProposedAlias], workspace_id: int, word: VocabularyWord
) -> tuple[ColumnElement[bool], ...]:
    return table.workspace_id == workspace_id, table.kind == word.kind, table.alias == word.alias
