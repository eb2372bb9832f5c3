"""Fresh stores for tests: a SQLite file, or a database on an embedded PostgreSQL that runs while the tests do."""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from time import monotonic, sleep
from typing import Any

import psycopg
import pytest
from psycopg import sql

from storage.engine import writing_engine
from storage.schema import migrate

BACKENDS = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))
START_SECONDS = 30
UNPRIVILEGED = "nobody"  # PostgreSQL refuses to run as root
SETTINGS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "listen_addresses=",
    "max_connections=40",
)
TEMPLATE = "migrated"


@contextmanager
def fresh_store(backend: str, folder: Path) -> Iterator[str]:
    """The URL of an empty store with the newest schema, gone afterwards; skips where PostgreSQL cannot start."""
    if backend == "sqlite":
        shutil.copyfile(_sqlite_template(), folder / "store.db")
        yield f"sqlite:///{folder / 'store.db'}"
        return
    with _server().database(TEMPLATE) as url:
        yield url


@contextmanager
def empty_database(backend: str, folder: Path) -> Iterator[str]:
    """The URL of a database without a schema."""
    if backend == "sqlite":
        yield f"sqlite:///{folder / 'empty.db'}"
        return
    with _server().database("template0") as url:
        yield url


class Server:
    """An embedded PostgreSQL on a socket in a folder of its own."""

    def __init__(self, programs: Path) -> None:
        self.folder = Path(mkdtemp(prefix="fulcrum-postgresql-"))
        self._numbers = count(1)
        owner = _owner()
        if owner:
            shutil.chown(self.folder, owner["user"], owner["group"])
        options = ["-D", str(self.folder / "data"), "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C"]
        subprocess.run([programs / "initdb", *options, "--no-sync"], check=True, capture_output=True, cwd="/", **owner)
        settings = [part for setting in SETTINGS for part in ("-c", setting)]
        with (self.folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [programs / "postgres", "-D", self.folder / "data", "-k", self.folder, *settings],
                stdout=log, stderr=log, cwd="/", **owner,
            )  # fmt: skip
        atexit.register(self.stop)
        self._wait()
        self._run(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(TEMPLATE)))
        engine = writing_engine(self.url(TEMPLATE))
        migrate(engine)
        engine.dispose()

    def url(self, database: str) -> str:
        """Where a database of this server is."""
        return f"postgresql://postgres@/{database}?host={self.folder}"

    @contextmanager
    def database(self, template: str) -> Iterator[str]:
        """A new copy of a database."""
        name = f"test_{next(self._numbers)}"
        names = {"name": sql.Identifier(name), "template": sql.Identifier(template)}
        self._run(sql.SQL("CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY").format(**names))
        try:
            yield self.url(name)
        finally:
            self._run(sql.SQL("DROP DATABASE {name} WITH (FORCE)").format(**names))

    def stop(self) -> None:
        """Stop it at once and remove its folder."""
        self._process.send_signal(signal.SIGINT)  # a fast shutdown: it does not wait for its clients
        self._process.wait(START_SECONDS)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def _wait(self) -> None:
        until = monotonic() + START_SECONDS
        while True:
            try:
                psycopg.connect(self.url("postgres")).close()
            except psycopg.OperationalError:
                if self._process.poll() is not None or monotonic() > until:
                    raise
                sleep(0.05)
            else:
                return


@cache
def _sqlite_template() -> Path:
    folder = Path(mkdtemp(prefix="fulcrum-sqlite-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    engine = writing_engine(f"sqlite:///{folder / 'template.db'}")
    migrate(engine)
    engine.dispose()  # the last connection that closes brings all of it into the one file
    return folder / "template.db"


def _server() -> Server:
    started: Server | str = _start()
    if isinstance(started, str):
        pytest.skip(f"PostgreSQL cannot start here: {started}")
    return started


@cache
def _start() -> Server | str:
    spec = find_spec("pgserver")
    if spec is None or not spec.submodule_search_locations:
        return "the package pgserver has no wheel for this machine"
    programs = Path(str(spec.submodule_search_locations[0])) / "pginstall" / "bin"
    try:
        return Server(programs)
    except subprocess.CalledProcessError as error:
        return str(error.stderr)[-300:]
    except (OSError, KeyError, psycopg.OperationalError) as error:
        return str(error)[-300:]


def _owner() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam(UNPRIVILEGED)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
