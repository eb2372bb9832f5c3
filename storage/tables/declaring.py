"""Tables declared as classes, their columns as attributes: of SQLAlchemy the Core alone.

Its ORM, which nothing here needs, takes as long to load and to map sixty tables as a question takes to be answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from inspect import get_annotations
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from sqlalchemy import Column, ForeignKey, MetaData, Table
from sqlalchemy.types import TypeEngine

Value = TypeVar("Value")


class Mapped(Generic[Value]):
    """A column of this Python type, `| None` where it may be empty; each table that shares it makes one of its own."""

    if TYPE_CHECKING:  # the class of a table has its columns in place of what declared them

        def __get__(self, instance: None, owner: Any) -> Column[Value]: ...

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self.arguments, self.options = arguments, options

    def column(self, name: str, annotation: str, types: Mapping[str, TypeEngine[Any]]) -> Column[Any]:
        """The column of an annotation `Mapped[…]`. Raises KeyError for a type that says nothing to a database."""
        said = annotation.removeprefix("Mapped[").removesuffix("]")
        python, _, empty = said.partition(" | ")
        arguments = [_own(argument) if isinstance(argument, ForeignKey) else argument for argument in self.arguments]
        # A foreign key without a type takes that of its target.
        if not arguments:
            arguments = [types[python]]
        return Column(name, *arguments, nullable=empty == "None", **self.options)


def _own(key: ForeignKey) -> ForeignKey:
    """A foreign key belongs to one column."""
    return ForeignKey(key.target_fullname, ondelete=key.ondelete)


def mapped_column(*arguments: Any, **options: Any) -> Any:
    """A column, as `sqlalchemy.Column` takes it, without name; the annotation beside it says type and `nullable`."""
    return Mapped(*arguments, **options)


class Tables:
    """What a base of tables derives from; a class below it with a `__tablename__` is a table of its `metadata`.

    Columns of the classes that it shares come after its own, which take the place of those of the same name. As an
    argument of `select`, `insert`, … the class is its table.
    """

    metadata: ClassVar[MetaData]
    types: ClassVar[dict[str, TypeEngine[Any]]] = {}  # what an annotation without a type of SQL stands for
    __tablename__: ClassVar[str]
    __table_args__: ClassVar[tuple[Any, ...]] = ()
    __table__: ClassVar[Table]

    def __init_subclass__(cls) -> None:
        if "__tablename__" in vars(cls):
            cls.__table__ = Table(cls.__tablename__, cls.metadata, *_columns(cls), *cls.__table_args__)
            for column in cls.__table__.columns:
                setattr(cls, column.name, column)

    @classmethod
    def __clause_element__(cls) -> Table:
        return cls.__table__


def _columns(cls: type[Tables]) -> Iterator[Column[Any]]:
    told: set[str] = set()
    for declaring in cls.__mro__:
        for name, annotation in get_annotations(declaring).items():
            if annotation.startswith("Mapped[") and name not in told:
                told.add(name)
                yield vars(declaring).get(name, Mapped()).column(name, annotation, cls.types)


def aliased(table: type[Tables], name: str | None = None) -> Any:
    """The same table under another name in a statement, its columns as attributes."""
    alias = table.__table__.alias(name)
    return type(table.__name__, (), {**alias.columns, "__clause_element__": staticmethod(lambda: alias)})
