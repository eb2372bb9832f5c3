"""Facts of usage in fewer bytes: found by a key that no two feeds share, with narrow numbers and no id of their own.

Each key, a hash, is masked by a hash of its feed, so that an index on the key alone does; money that comes back gets a
key beside that of what was billed for alike. Both can be taken off again. Counts that mostly are 0 take no room where
they are: `marks` tells them from what is not reported.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

FACT, BEFORE = "usage_fact", "usage_before"
KINDS = ("billed", "list", "estimated", "credit", "covered", "apart")
TOKENS = ("input_tokens", "cached_input_tokens", "cache_write_tokens", "output_tokens", "reasoning_tokens")
COUNTED = ("requests", "suggested", "accepted")
MONEY = ("cost_nano", "list_nano", "credits_nano", "unpriced_tokens")
REFERENCES = {
    "workspace_id": ("workspace", "CASCADE"),
    "feed_id": ("feed", "CASCADE"),
    "subject_id": ("subject", None),
    "stream_id": ("stream", None),
    "allocation_id": ("allocation", None),
    "pricing_id": ("pricing", None),
}
WHO = ("workspace_id", "feed_id", "subject_id", "spell_id", "stream_id", "allocation_id", "pricing_id", "load_id")
NEEDED = {"id", "workspace_id", "feed_id", "subject_id", "stream_id", "load_id", "day", "key", "overlapped", "marks"}
# From wide to narrow, those of no fixed size last: PostgreSQL leaves no gaps between them.
SAID = ("at", *TOKENS, "cache_write_1h_tokens", *MONEY)
NEW = {
    FACT: (*SAID, *COUNTED, *WHO, "day", "marks", "cost_kind", "key"),
    BEFORE: ("id", *SAID, *COUNTED, *WHO, "replaced_by", "day", "marks", "cost_kind", "key"),
}
OLD = {
    FACT: ("id", *SAID, *COUNTED, *WHO, "day", "overlapped", "key", "cost_kind"),
    BEFORE: ("id", *SAID, *COUNTED, *WHO, "replaced_by", "day", "key", "cost_kind"),
}
ZERO = {"reasoning_tokens": 8, "suggested": 16, "accepted": 32}
ELSEWHERE = 7  # the bits of `marks` that `overlapped` had
MASKS = "key_mask"


def upgrade() -> None:
    """Both tables of facts are written again, those of usage in the order of their days."""
    _make_masks()
    numbers = " ".join(f"WHEN '{kind}' THEN {number}" for number, kind in enumerate(KINDS, 1))
    told = {
        "key": _masked(f"f.cost_kind = 'credit' AND {_free()}"),
        "cost_kind": f"CASE f.cost_kind {numbers} END",
        "unpriced_tokens": "nullif(f.unpriced_tokens, 0)",
    } | {name: f"nullif(f.{name}, 0)" for name in ZERO}
    zeros = " + ".join(f"CASE WHEN f.{name} = 0 THEN {bit} ELSE 0 END" for name, bit in ZERO.items())
    for table, marked in ((BEFORE, zeros), (FACT, f"f.overlapped + {zeros}")):
        _lay_out(table, NEW[table], told | {"marks": marked}, new=True)
    op.drop_table(MASKS)


def downgrade() -> None:
    """As before. Money that comes back keeps its own key where the one of before is that of a bill."""
    _make_masks()
    names = " ".join(f"WHEN {number} THEN '{kind}'" for number, kind in enumerate(KINDS, 1))
    told = {
        "key": _masked(f"f.cost_kind = {KINDS.index('credit') + 1} AND {_free()}"),
        "cost_kind": f"CASE f.cost_kind {names} END",
        "unpriced_tokens": "coalesce(f.unpriced_tokens, 0)",
    } | {name: f"CASE WHEN f.marks & {bit} <> 0 THEN 0 ELSE f.{name} END" for name, bit in ZERO.items()}  # fmt: skip
    for table, marked in ((BEFORE, {}), (FACT, {"overlapped": f"f.marks & {ELSEWHERE}"})):
        _lay_out(table, OLD[table], told | marked, new=False)
    op.drop_table(MASKS)


def _postgres() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _make_masks() -> None:
    """A table of each feed's mask, as numbers of eight and four bytes; and on SQLite what applies it."""
    bind = op.get_bind()
    op.create_table(
        MASKS,
        sa.Column("feed_id", sa.Integer(), primary_key=True),
        sa.Column("high", sa.BigInteger(), nullable=False),
        sa.Column("low", sa.Integer(), nullable=False),
    )
    rows = bind.execute(
        sa.text("SELECT f.id, f.workspace_id, s.name, f.name FROM feed f JOIN source s ON s.id = f.source_id")
    )
    masks = []
    for feed_id, workspace_id, source, feed in rows:
        mask = blake2b(f"{workspace_id}\0{source}\0{feed}".encode(), digest_size=12).digest()
        high, low = (int.from_bytes(part, "big", signed=True) for part in (mask[:8], mask[8:]))
        masks.append({"feed_id": feed_id, "high": high, "low": low})
    if masks:
        bind.execute(sa.text(f"INSERT INTO {MASKS} (feed_id, high, low) VALUES (:feed_id, :high, :low)"), masks)
    if not _postgres():
        driver: Any = bind.connection.driver_connection
        driver.create_function("masked", 3, _apply, deterministic=True)


def _apply(key: bytes, high: int, low: int) -> bytes:
    mask = high.to_bytes(8, "big", signed=True) + low.to_bytes(4, "big", signed=True)
    return bytes(said ^ by for said, by in zip(key, mask, strict=True))


def _masked(of_credit: str) -> str:
    return _with("f.key", "m.high", f"m.low # (CASE WHEN {of_credit} THEN 1 ELSE 0 END)")


def _free() -> str:
    """Whether no other fact has the key that a credit would get; what was taken back once may stand as it is."""
    other = f"b.feed_id = f.feed_id AND b.key = {_with('f.key', '0', '1')}"
    return f"NOT EXISTS (SELECT 1 FROM {FACT} b WHERE {other})"


def _with(key: str, high: str, low: str) -> str:
    """The key by these as numbers, each bit that is set in them turned over."""
    if not _postgres():  # it knows no exclusive or
        if " # " in low:
            low, other = low.split(" # ")
            low = f"({low} | {other}) - ({low} & {other})"
        return f"masked({key}, {high}, {low})"
    head = f"('x' || encode(substr({key}, 1, 8), 'hex'))::bit(64)::bigint # ({high})::bigint"
    tail = f"('x' || encode(substr({key}, 9, 4), 'hex'))::bit(32)::int # ({low})::int"
    return f"int8send({head}) || int4send({tail})"


def _lay_out(table: str, order: tuple[str, ...], told: dict[str, str], new: bool) -> None:
    made = f"new_{table}"
    old_names = OLD[table] if new else NEW[table]
    constraints = [] if _postgres() else _constraints(table, new)
    op.create_table(made, *(_column(name, new, table) for name in order), *constraints)
    names = [name for name in order if name in old_names or name in told]
    said = ", ".join(told.get(name, f"f.{name}") for name in names)
    sorted_by = "f.workspace_id, f.day, f.key" if table == FACT else "f.id"
    op.execute(
        f"INSERT INTO {made} ({', '.join(names)}) SELECT {said} FROM {table} f JOIN {MASKS} m ON m.feed_id = f.feed_id"
        f" ORDER BY {sorted_by}"
    )
    op.drop_table(table)
    op.rename_table(made, table)
    if _postgres():
        _finish_on_postgres(table, new)
    if table == FACT:
        op.create_index("ix_usage_fact_workspace_id_day", FACT, ["workspace_id", "day"])
        op.create_index("ix_usage_fact_subject_id", FACT, ["subject_id"])
    else:
        op.create_index("ix_usage_before_replaced_by", BEFORE, ["replaced_by"])


def _finish_on_postgres(table: str, new: bool) -> None:
    """Keys come last: made of all rows at once they are built faster. Ids go on where they were."""
    if table == BEFORE or not new:
        # Each has its own numbers, which are made by a sequence of no particular name.
        sequence = f"{table}_numbers"
        op.execute(f"CREATE SEQUENCE {sequence} OWNED BY {table}.id")
        op.execute(f"UPDATE {table} SET id = nextval('{sequence}') WHERE id IS NULL")
        op.execute(f"SELECT setval('{sequence}', greatest((SELECT max(id) FROM {table}), 1))")
        op.alter_column(table, "id", server_default=sa.text(f"nextval('{sequence}')"), nullable=False)
    if table == BEFORE:
        op.create_primary_key(f"pk_{table}", table, ["id"])
        op.create_unique_constraint(f"uq_{table}_feed_id_key_replaced_by", table, ["feed_id", "key", "replaced_by"])
    elif new:
        op.create_primary_key(f"pk_{table}", table, ["key"])
    else:
        op.create_unique_constraint(f"uq_{table}_feed_id_key", table, ["feed_id", "key"])
        op.execute(f"ALTER TABLE {table} REPLICA IDENTITY USING INDEX uq_{table}_feed_id_key")
    for name, (target, ondelete) in REFERENCES.items():
        op.create_foreign_key(f"fk_{table}_{name}", table, target, [name], ["id"], ondelete=ondelete)


def _constraints(table: str, new: bool) -> list[Any]:
    """On SQLite a table is made with all its keys, or not at all."""
    keys: list[Any] = [
        sa.ForeignKeyConstraint([name], [f"{target}.id"], name=f"fk_{table}_{name}", ondelete=ondelete)
        for name, (target, ondelete) in REFERENCES.items()
    ]
    if table == BEFORE:
        unique = sa.UniqueConstraint("feed_id", "key", "replaced_by", name=f"uq_{table}_feed_id_key_replaced_by")
        return [*keys, sa.PrimaryKeyConstraint("id", name=f"pk_{table}"), unique]
    if new:
        return [*keys, sa.PrimaryKeyConstraint("key", name=f"pk_{table}")]
    unique = sa.UniqueConstraint("feed_id", "key", name=f"uq_{table}_feed_id_key")
    return [*keys, sa.PrimaryKeyConstraint("id", name=f"pk_{table}"), unique]


def _column(name: str, new: bool, table: str) -> sa.Column[Any]:
    # Until they are numbered, facts that get ids again have none.
    nullable = name not in NEEDED | ({"replaced_by"} if new or table == BEFORE else set()) | (
        set() if new else {"unpriced_tokens"}
    )
    if name == "id" and _postgres() and table == FACT:
        nullable = True
    return sa.Column(
        name, _type(name, new), nullable=nullable, server_default="0" if name in ("overlapped", "marks") else None
    )


def _type(name: str, new: bool) -> sa.types.TypeEngine[Any]:
    if name == "key":
        return sa.LargeBinary(12)
    if name == "id":
        return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    if name in ("overlapped", "marks") or (new and name in ("day", "cost_kind")):
        return sa.SmallInteger()
    if name == "cost_kind":
        return sa.String(16)
    narrow = name in (*WHO, "replaced_by", "day") or (new and name in COUNTED)
    return sa.Integer() if narrow else sa.BigInteger()
