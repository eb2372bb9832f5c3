"""What every table is made of: the base of tables, days as numbers, rows of one workspace."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    SmallInteger,
    String,
    TypeDecorator,
)
from sqlalchemy.types import TypeEngine

from storage.tables.declaring import Mapped, Tables, mapped_column

EPOCH = date(1970, 1, 1).toordinal()
OPEN_END = date(9999, 12, 31)  # a spell that is still running ends here, so that overlaps are plain arithmetic
NANO = 1_000_000_000  # costs are whole nano-dollars, so that sums are exact on every database
MS_PER_MINUTE = 60_000  # human time is whole milliseconds for the same reason

# SQLite gives ids only to a column declared INTEGER.
BigId = BigInteger().with_variant(Integer(), "sqlite")


SHORT = 2**15  # of two bytes, half is below 0


class Day(TypeDecorator[date]):
    """A date kept as days since 1970-01-01: subtracting two of them counts days, alike on every database."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: date | int | None, dialect: Dialect) -> int | None:
        return value.toordinal() - EPOCH if isinstance(value, date) else value

    def process_result_value(self, value: int | None, dialect: Dialect) -> date | None:
        return None if value is None else date.fromordinal(value + EPOCH)


class ShortDay(Day):
    """The same in two bytes, April 1880 to September 2059; for the tables that hold most rows.

    A day beyond either edge ("since ever") is compared as that edge: PostgreSQL refuses it, SQLite does not.
    """

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: date | int | None, dialect: Dialect) -> int | None:
        days = super().process_bind_param(value, dialect)
        return None if days is None else min(max(days, -SHORT), SHORT - 1)


class Base(Tables):
    """Names constraints alike on every database, so that migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    types: ClassVar[dict[str, TypeEngine[Any]]] = {
        "bool": Boolean(),
        "int": Integer(),
        "float": Float(),
        "str": String(),
        "date": Day(),
        "datetime": DateTime(timezone=True),
        "dict[str, Any]": JSON(),
        "list[int]": JSON(),
    }


class Owned:
    """A row of one workspace."""

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspace.id", ondelete="CASCADE"))
