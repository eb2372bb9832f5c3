"""Facts that survive reality: feeds, instants, counts that are not reported, money of a kind and a currency.

Every fact of an older store is carried over. Its key is worked out again, so that a file that was loaded before changes
nothing when it is loaded again. The rollups are made anew from the facts.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from hashlib import blake2b, sha256
from re import sub
from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.errors import CannotGoBack

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.LargeBinary(12)
OPEN_END = 2_932_896  # 31 December 9999, in days since 1970
COUNTS = (
    "input_tokens",
    "cached_input_tokens",
    "cache_write_tokens",
    "output_tokens",
    "reasoning_tokens",
    "requests",
    "suggested",
    "accepted",
)
STREAM = ("tool", "provider", "model", "mode", "workflow", "ledger")


def upgrade() -> None:
    """New tables beside the old ones, the rows carried over, the old ones dropped."""
    _add_dictionaries()
    _carry_feeds()
    _carry_people()
    _carry_usage()
    _carry_work()
    _make_rollups()


def _workspace() -> list[Any]:
    return [sa.Column("workspace_id", sa.Integer(), nullable=False)]


def _owned(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id"], ["workspace.id"], name=op.f(f"fk_{table}_workspace_id"), ondelete="CASCADE"
    )


def _to(table: str, column: str, other: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete)


def _table(name: str, id_type: Any, *columns: Any, unique: tuple[str, ...] = ()) -> None:
    more = [sa.UniqueConstraint(*unique, name=op.f(f"uq_{name}_{'_'.join(unique)}"))] if unique else []
    op.create_table(
        name,
        sa.Column("id", id_type, nullable=False),
        *columns,
        *_workspace(),
        _owned(name),
        *more,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def _text(name: str, length: int, default: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=length), nullable=False, server_default=default)


def _big(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.BigInteger(), nullable=True) for name in names]


def _add_dictionaries() -> None:
    number = sa.Integer()
    op.add_column("workspace", _text("zone", 64, ""))
    # As SQL, since SQLite would copy a table that others refer to.
    op.execute(
        "ALTER TABLE stream ADD COLUMN canonical_id INTEGER CONSTRAINT fk_stream_canonical_id REFERENCES stream (id)"
    )
    _table("subject", number, _text("name", 320), unique=("workspace_id", "name"))
    _table(
        "allocation",
        number,
        _text("project", 200),
        _text("cost_center", 200),
        _text("repository", 200),
        unique=("workspace_id", "project", "cost_center", "repository"),
    )
    _table(
        "pricing",
        number,
        sa.Column("key", KEY, nullable=False),
        _text("service_tier", 64),
        _text("currency", 3),
        *_big("price_input", "price_cached", "price_cache_write", "price_output"),
        _text("rule", 64),
        sa.Column("price_day", number, nullable=True),
        unique=("workspace_id", "key"),
    )
    _table(
        "alias",
        number,
        _text("kind", 16),
        _text("alias", 200),
        _text("name", 200),
        _text("origin", 16),
        unique=("workspace_id", "kind", "alias"),
    )
    _table(
        "rate",
        BIG_ID,
        _text("currency", 3),
        sa.Column("day", number, nullable=False),
        sa.Column("usd_nano", sa.BigInteger(), nullable=False),
        unique=("workspace_id", "currency", "day"),
    )
    _table(
        "truth",
        BIG_ID,
        _text("kind", 16),
        sa.Column("load_id", number, nullable=True),
        sa.Column("records", sa.LargeBinary(), nullable=False),
    )
    op.create_index(op.f("ix_truth_workspace_id_kind_load_id"), "truth", ["workspace_id", "kind", "load_id"])


def _carry_feeds() -> None:
    number = sa.Integer()
    _table(
        "feed",
        number,
        sa.Column("source_id", number, nullable=False),
        _text("name", 200),
        _to("feed", "source_id", "source", "CASCADE"),
        unique=("workspace_id", "source_id", "name"),
    )
    op.execute("INSERT INTO feed (workspace_id, source_id, name) SELECT workspace_id, id, '' FROM source")
    for column in (
        _text("kind", 16, ""),
        _text("rule", 16, ""),
        sa.Column("feeds", sa.JSON(), nullable=True),
        sa.Column("first_day", number, nullable=True),
        sa.Column("last_day", number, nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
    ):
        op.add_column("load", column)
    op.rename_table("sync_day", "old_sync_day")
    if _postgres():
        op.execute("ALTER TABLE old_sync_day DROP CONSTRAINT uq_sync_day_workspace_id_source_id_day")
        op.execute("ALTER TABLE old_sync_day DROP CONSTRAINT pk_sync_day")
    _table(
        "sync_day",
        number,
        sa.Column("feed_id", number, nullable=False),
        sa.Column("day", number, nullable=False),
        _text("state", 16),
        _to("sync_day", "feed_id", "feed", "CASCADE"),
        unique=("workspace_id", "feed_id", "day"),
    )
    op.execute(
        "INSERT INTO sync_day (workspace_id, feed_id, day, state) SELECT o.workspace_id, f.id, o.day, o.state"
        " FROM old_sync_day o JOIN feed f ON f.source_id = o.source_id ORDER BY o.id"
    )
    op.drop_table("old_sync_day")


def _carry_people() -> None:
    number = sa.Integer()
    bind = op.get_bind()
    known = bind.execute(
        sa.text(
            "SELECT i.workspace_id, i.source, i.subject, p.email FROM identity i JOIN person p ON p.id = i.person_id"
            " ORDER BY i.id"
        )
    ).all()
    op.drop_table("identity")
    _table(
        "identity",
        number,
        _text("source", 64),
        _text("subject", 320),
        _text("email", 320),
        sa.Column("start_day", number, nullable=False),
        sa.Column("end_day", number, nullable=False),
        _text("origin", 16),
    )
    op.create_index(op.f("ix_identity_workspace_id_subject"), "identity", ["workspace_id", "subject"])
    for workspace, source, subject, email in known:
        bind.execute(
            sa.text(
                "INSERT INTO identity (workspace_id, source, subject, email, start_day, end_day, origin)"
                " VALUES (:workspace, :source, :subject, :email, 0, :end, 'sync')"
            ),
            {"workspace": workspace, "source": source, "subject": subject, "email": email, "end": OPEN_END},
        )


def _fact_columns() -> list[Any]:
    number = sa.Integer()
    return [
        sa.Column("feed_id", number, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("day", number, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.Column("subject_id", number, nullable=False),
        sa.Column("spell_id", number, nullable=True),
        sa.Column("stream_id", number, nullable=False),
        sa.Column("allocation_id", number, nullable=True),
        sa.Column("pricing_id", number, nullable=True),
        *_big(*COUNTS, "cache_write_1h_tokens", "cost_nano"),
        sa.Column("cost_kind", sa.String(length=16), nullable=True),
        *_big("list_nano", "credits_nano"),
        sa.Column("unpriced_tokens", sa.BigInteger(), nullable=False),
        sa.Column("load_id", number, nullable=False),
    ]


def _fact_keys(table: str) -> list[Any]:
    return [
        _to(table, "feed_id", "feed", "CASCADE"),
        _to(table, "subject_id", "subject"),
        _to(table, "stream_id", "stream"),
        _to(table, "allocation_id", "allocation"),
        _to(table, "pricing_id", "pricing"),
    ]


def _carry_usage() -> None:
    bind = op.get_bind()
    op.rename_table("usage_fact", "old_usage_fact")
    for index in ("ix_usage_fact_workspace_id_day", "ix_usage_fact_workspace_id_subject_day"):
        op.drop_index(index, table_name="old_usage_fact")
    if _postgres():
        op.execute("ALTER TABLE old_usage_fact DROP CONSTRAINT pk_usage_fact")
        op.execute("ALTER TABLE old_usage_fact DROP CONSTRAINT uq_usage_fact_workspace_id_source_id_natural_key")
    _table("usage_fact", BIG_ID, *_fact_columns(), *_fact_keys("usage_fact"), unique=("feed_id", "key"))
    _table(
        "usage_before",
        BIG_ID,
        *_fact_columns(),
        sa.Column("replaced_by", sa.Integer(), nullable=False),
        *_fact_keys("usage_before"),
        unique=("feed_id", "key", "replaced_by"),
    )
    op.create_index(op.f("ix_usage_before_replaced_by"), "usage_before", ["replaced_by"])
    op.execute(
        "INSERT INTO subject (workspace_id, name) SELECT DISTINCT workspace_id, subject FROM old_usage_fact"
        " ORDER BY workspace_id, subject"
    )
    _note_tokens(bind)
    hashed = _hash_function(bind)
    counts = ", ".join(f"o.{name}" for name in COUNTS)
    at = "CAST(round(extract(epoch FROM o.at) * 1000) AS BIGINT)" if _postgres() else "in_ms(o.at)"
    day = "lpad(CAST(o.day AS TEXT), 5, '0')" if _postgres() else "printf('%05d', o.day)"
    of_file = f"{day} || k.token || s.token"
    bind.execute(
        sa.text(
            f"INSERT INTO usage_fact (workspace_id, feed_id, key, day, at, subject_id, spell_id, stream_id,"
            f" {', '.join(COUNTS)}, cost_nano, cost_kind, list_nano, unpriced_tokens, load_id)"
            f" SELECT o.workspace_id, f.id, {hashed}(CASE WHEN c.name = 'files' THEN {of_file} ELSE o.natural_key END),"
            f" o.day, {at}, k.subject_id, o.spell_id, o.stream_id, {counts},"
            " CASE WHEN o.cost_kind = 'seat' THEN 0 ELSE o.cost_nano END,"
            " CASE WHEN o.cost_kind = 'seat' THEN 'covered' ELSE o.cost_kind END,"
            " CASE WHEN o.cost_kind IN ('list', 'seat') AND o.cost_nano > 0 THEN o.cost_nano END,"
            " o.unpriced_tokens, o.load_id"
            " FROM old_usage_fact o JOIN feed f ON f.source_id = o.source_id JOIN source c ON c.id = o.source_id"
            " JOIN old_subject k ON k.workspace_id = o.workspace_id AND k.name = o.subject"
            " JOIN old_stream s ON s.stream_id = o.stream_id ORDER BY o.id"
        )
    )
    for name in ("old_usage_fact", "old_subject", "old_stream"):
        op.drop_table(name)
    op.create_index(op.f("ix_usage_fact_workspace_id_day"), "usage_fact", ["workspace_id", "day"])
    op.create_index(op.f("ix_usage_fact_subject_id_day"), "usage_fact", ["subject_id", "day"])


def _note_tokens(bind: sa.Connection) -> None:
    """The parts that the key of a row of a file is made of, once for each subject and stream."""
    op.create_table(
        "old_subject",
        sa.Column("workspace_id", sa.Integer()),
        sa.Column("name", sa.String(320)),
        sa.Column("subject_id", sa.Integer()),
        sa.Column("token", sa.String(16)),
    )
    op.create_table(
        "old_stream", sa.Column("stream_id", sa.Integer(), primary_key=True), sa.Column("token", sa.String(16))
    )
    subjects = bind.execute(sa.text("SELECT workspace_id, name, id FROM subject")).all()
    streams = bind.execute(sa.text(f"SELECT id, {', '.join(STREAM)} FROM stream")).all()
    if subjects:
        bind.execute(
            sa.text("INSERT INTO old_subject VALUES (:workspace, :name, :id, :token)"),
            [{"workspace": w, "name": n, "id": i, "token": _token(n)} for w, n, i in subjects],
        )
    if streams:
        bind.execute(
            sa.text("INSERT INTO old_stream VALUES (:id, :token)"),
            [{"id": i, "token": _token("\0".join([*map(_plain, names[:3]), *names[3:]]))} for i, *names in streams],
        )
    op.create_index("ix_old_subject_name", "old_subject", ["workspace_id", "name"])


def _plain(name: str) -> str:
    return sub(r"[\s_\-]+", "-", name.strip().casefold())


def _token(text: str) -> str:
    return urlsafe_b64encode(blake2b(text.encode(), digest_size=12).digest()).decode()


def _hash_function(bind: sa.Connection) -> str:
    """The name of a database function that hashes a text as keys are."""
    if _postgres():
        bind.execute(
            sa.text(
                "CREATE FUNCTION pg_temp.key_of(text) RETURNS bytea LANGUAGE sql IMMUTABLE AS"
                " $$ SELECT substring(sha256(convert_to($1, 'UTF8')) FROM 1 FOR 12) $$"
            )
        )
        return "pg_temp.key_of"
    driver: Any = bind.connection.driver_connection
    driver.create_function("key_of", 1, lambda text: sha256(text.encode()).digest()[:12], deterministic=True)
    driver.create_function("in_ms", 1, _in_ms, deterministic=True)
    return "key_of"


def _in_ms(text: str | None) -> int | None:
    return None if text is None else round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


def _work_counts() -> list[Any]:
    whole = [
        sa.Column(name, sa.BigInteger(), nullable=False) for name in ("timed_items", "accepted", "reworked", "failed")
    ]
    return [sa.Column("items", sa.BigInteger(), nullable=False), *_big("human_ms"), *whole]


def _carry_work() -> None:
    bind = op.get_bind()
    op.rename_table("work_fact", "old_work_fact")
    op.drop_index("ix_work_fact_workspace_id_day", table_name="old_work_fact")
    if _postgres():
        op.execute("ALTER TABLE old_work_fact DROP CONSTRAINT pk_work_fact")
        op.execute("ALTER TABLE old_work_fact DROP CONSTRAINT uq_work_fact_workspace_id_source_id_natural_key")

    def columns(table: str) -> list[Any]:
        return [
            sa.Column("feed_id", sa.Integer(), nullable=False),
            sa.Column("key", KEY, nullable=False),
            sa.Column("day", sa.Integer(), nullable=False),
            _text("workflow", 200),
            _text("mode", 16),
            *_work_counts(),
            sa.Column("load_id", sa.Integer(), nullable=False),
            _to(table, "feed_id", "feed", "CASCADE"),
        ]

    _table("work_fact", BIG_ID, *columns("work_fact"), unique=("feed_id", "key"))
    _table(
        "work_before",
        BIG_ID,
        *columns("work_before"),
        sa.Column("replaced_by", sa.Integer(), nullable=False),
        unique=("feed_id", "key", "replaced_by"),
    )
    op.create_index(op.f("ix_work_before_replaced_by"), "work_before", ["replaced_by"])
    hashed = "pg_temp.key_of" if _postgres() else "key_of"
    # An older store read an empty count of minutes as 0, which cannot be told from 0 any more.
    bind.execute(
        sa.text(
            "INSERT INTO work_fact (workspace_id, feed_id, key, day, workflow, mode, items, human_ms, timed_items,"
            " accepted, reworked, failed, load_id)"
            f" SELECT o.workspace_id, f.id, {hashed}(o.natural_key), o.day, o.workflow, o.mode, o.items, o.human_ms,"
            " o.items, o.accepted, o.reworked, o.failed, o.load_id"
            " FROM old_work_fact o JOIN feed f ON f.source_id = o.source_id ORDER BY o.id"
        )
    )
    op.drop_table("old_work_fact")
    op.create_index(op.f("ix_work_fact_workspace_id_day"), "work_fact", ["workspace_id", "day"])


def _make_rollups() -> None:
    for name in ("usage_daily", "work_daily"):
        op.drop_index(f"ix_{name}_workspace_id_day", table_name=name)
        op.drop_table(name)
    whole = ("facts", "active_facts", "tokenless_facts", "uncounted_facts", "unpriced_facts")
    _table(
        "usage_daily",
        BIG_ID,
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("spell_id", sa.Integer(), nullable=True),
        sa.Column("stream_id", sa.Integer(), nullable=False),
        _text("currency", 3),
        sa.Column("cost_kind", sa.String(length=16), nullable=True),
        sa.Column("cost_nano", sa.BigInteger(), nullable=False),
        *_big("list_nano"),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in whole),
        sa.Column("unpriced_tokens", sa.BigInteger(), nullable=False),
        *_big(*COUNTS),
        _to("usage_daily", "stream_id", "stream"),
    )
    _table(
        "work_daily",
        BIG_ID,
        sa.Column("day", sa.Integer(), nullable=False),
        _text("workflow", 200),
        _text("mode", 16),
        *_work_counts(),
    )
    counts = ", ".join(COUNTS)
    sums = ", ".join(f"CAST(sum({name}) AS BIGINT)" for name in COUNTS)
    tokens = "(input_tokens + cached_input_tokens + cache_write_tokens + output_tokens)"
    op.execute(
        f"INSERT INTO usage_daily (workspace_id, day, spell_id, stream_id, currency, cost_kind, cost_nano, list_nano,"
        f" facts, active_facts, tokenless_facts, uncounted_facts, unpriced_facts, unpriced_tokens, {counts})"
        " SELECT workspace_id, day, spell_id, stream_id, 'USD', cost_kind, CAST(sum(coalesce(cost_nano, 0)) AS BIGINT),"
        " CAST(sum(list_nano) AS BIGINT), count(*), sum(CASE WHEN requests > 0 THEN 1 ELSE 0 END),"
        f" sum(CASE WHEN (requests > 0 OR suggested > 0) AND {tokens} = 0 THEN 1 ELSE 0 END), 0,"
        " sum(CASE WHEN cost_nano IS NULL OR unpriced_tokens > 0 THEN 1 ELSE 0 END),"
        f" CAST(sum(unpriced_tokens) AS BIGINT), {sums} FROM usage_fact"
        " GROUP BY workspace_id, day, spell_id, stream_id, cost_kind"
    )
    op.execute(
        "INSERT INTO work_daily (workspace_id, day, workflow, mode, items, human_ms, timed_items, accepted, reworked,"
        " failed) SELECT workspace_id, day, workflow, mode, CAST(sum(items) AS BIGINT), CAST(sum(human_ms) AS BIGINT),"
        " CAST(sum(timed_items) AS BIGINT), CAST(sum(accepted) AS BIGINT), CAST(sum(reworked) AS BIGINT),"
        " CAST(sum(failed) AS BIGINT) FROM work_fact GROUP BY workspace_id, day, workflow, mode"
    )
    for name in ("usage_daily", "work_daily"):
        op.create_index(op.f(f"ix_{name}_workspace_id_day"), name, ["workspace_id", "day"])
    op.execute("UPDATE workspace SET revision = revision + 1")


def _postgres() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def downgrade() -> None:
    """There is no way back: what identifies a fact is kept as a hash, and an older release would bring all twice."""
    raise CannotGoBack(
        "the store cannot go back before migration 0009: it keeps a hash of what identifies a fact, from which the"
        " identity that an older release looks for cannot be made; restore the backup from before the upgrade"
    )
