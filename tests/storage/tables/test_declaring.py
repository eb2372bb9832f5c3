"""Tables are declared as classes and are tables of SQLAlchemy's Core."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import ClassVar

from sqlalchemy import Date, ForeignKey, Integer, MetaData, String, create_engine, insert, select

from storage.tables.declaring import Mapped, Tables, aliased, mapped_column


class Shelf(Tables):
    metadata = MetaData()
    types: ClassVar = {"int": Integer(), "str": String(), "date": Date()}


class Dated:
    day: Mapped[date | None]
    kept_in: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"))


class Room(Shelf):
    __tablename__ = "room"
    id: Mapped[int] = mapped_column(primary_key=True)


class Book(Dated, Shelf):
    __tablename__ = "book"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(20), default="untitled")


class Map(Dated, Shelf):
    __tablename__ = "map"
    id: Mapped[int] = mapped_column(primary_key=True)


def test_an_annotation_says_the_type_and_whether_a_column_may_be_empty() -> None:
    columns = Book.__table__.columns
    assert [(column.name, str(column.type), column.nullable) for column in columns] == [
        ("id", "INTEGER", False),
        ("title", "VARCHAR(20)", False),
        ("day", "DATE", True),
        ("kept_in", "INTEGER", False),
    ]


def test_tables_that_share_columns_have_each_their_own() -> None:
    assert (Book.kept_in.table, Map.kept_in.table) == (Book.__table__, Map.__table__)
    assert {key.column for key in Map.__table__.foreign_keys} == {Room.id}


def test_a_table_stands_beside_itself_under_another_name() -> None:
    engine = create_engine("sqlite://")
    other = aliased(Book, "other")
    with engine.begin() as connection:
        Shelf.metadata.create_all(connection)
        connection.execute(insert(Room), [{"id": 1}])
        connection.execute(insert(Book), [{"id": 1, "kept_in": 1}, {"id": 2, "kept_in": 1}])
        pairs = select(Book.id, other.id.label("with"), other.title).join(other, other.kept_in == Book.kept_in)
        assert connection.execute(pairs.where(other.id > Book.id)).all() == [(1, 2, "untitled")]


def test_no_table_loads_the_orm() -> None:
    said = "import sys, storage.tables; print('sqlalchemy.orm' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True).stdout == "False\n"
