#!/bin/sh
# A comparison with a SMALLINT column that PostgreSQL answers fails through SQLAlchemy where the value is a larger number.
#
# Seen with SQLAlchemy 2.1.9, psycopg 3.3.9 and PostgreSQL 16.2 (pgserver 0.1.4). PostgreSQL compares a smallint with an
# integer, so that `day >= -719162` is true of every row, and psycopg alone gets that. SQLAlchemy gives a bound value
# the type of the column that it is compared with and its psycopg dialect writes that as a cast (`%(day_1)s::SMALLINT`):
# the database then refuses the value itself (22003, "smallint out of range"). On SQLite the same statement is answered.
# Whoever narrows a column of days from INTEGER to SMALLINT finds that "from the first day of the calendar to today"
# breaks on PostgreSQL alone. The way out is a bound inside the column's range, or `type_coerce(column, Integer)`.
#
# Output seen:
#   SQLAlchemy 2.1.9, psycopg 3.3.9
#   psycopg alone: 1 row; SQLAlchemy: NumericValueOutOfRange; coerced to Integer: 1 row; SQLite: 1 row
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    SQLAlchemy==2.1.9 psycopg==3.3.9 psycopg-binary==3.3.9 pgserver==0.1.4
mkdir "$folder/data"
DATA="$folder/data" "$folder/venv/bin/python" - <<'SEEN'
import os
from importlib.metadata import version

import pgserver
import psycopg
from sqlalchemy import Column, Integer, MetaData, SmallInteger, Table, create_engine, func, insert, select, type_coerce
from sqlalchemy.exc import DataError

FIRST = -719_162  # 1 January of the year 1, in days since 1970
fact = Table("fact", MetaData(), Column("day", SmallInteger))
of_all = select(func.count()).select_from(fact).where(fact.c.day >= FIRST)
coerced = select(func.count()).select_from(fact).where(type_coerce(fact.c.day, Integer) >= FIRST)


def filled(url):
    engine = create_engine(url)
    with engine.begin() as connection:
        fact.create(connection)
        connection.execute(insert(fact), {"day": 20_000})
    return engine


with pgserver.get_server(os.environ["DATA"], cleanup_mode="stop") as server:
    url = server.get_uri()
    engine = filled(url.replace("postgresql://", "postgresql+psycopg://"))
    with psycopg.connect(url) as alone:
        plain = alone.execute("SELECT count(*) FROM fact WHERE day >= %s", (FIRST,)).fetchone()[0]
    try:
        with engine.connect() as connection:
            through = f"{connection.scalar(of_all)} row"
    except DataError as error:
        through = type(error.orig).__name__
    with engine.connect() as connection:
        wide = connection.scalar(coerced)
    engine.dispose()
with filled("sqlite://").connect() as connection:
    lite = connection.scalar(of_all)
print(f"SQLAlchemy {version('SQLAlchemy')}, psycopg {version('psycopg')}")
print(f"psycopg alone: {plain} row; SQLAlchemy: {through}; coerced to Integer: {wide} row; SQLite: {lite} row")
assert (plain, through, wide, lite) == (1, "NumericValueOutOfRange", 1, 1), "it is another way now"
SEEN
