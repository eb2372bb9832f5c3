"""PostgreSQL restarts under load: a question then ends in a figure or in a sentence, and those after it in figures."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from bot.cli.commands import Asking
from bot.questions.answers.answer import Status
from bot.settings import Settings
from bot.sources.files.load import import_folder
from storage.engine import writing_engine
from storage.faults import asker_words
from storage.workspaces import default_workspace
from tests.conftest import LARKSPUR_DAY
from tests.databases import fresh_store

QUESTIONS = ("cost by team last month", "tokens per employee last week", "adoption by tool in October")
THREADS, ROUNDS, RESTARTS = 8, 12, 6
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"


def restart(url: str) -> None:
    """What its clients see of a restart: every connection is cut (57P01), for a while none is taken, then all are."""
    name = make_url(url).database
    assert name
    closed = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
    with psycopg.connect(url.replace(f"/{name}?", "/postgres?"), autocommit=True) as connection:
        connection.execute(closed.format(sql.Identifier(name), sql.SQL("false")))
        connection.execute(CUT, (name,))
        time.sleep(0.2)
        connection.execute(closed.format(sql.Identifier(name), sql.SQL("true")))


@pytest.mark.trial
@pytest.mark.postgres
def test_a_question_during_a_restart_ends_in_a_sentence_and_the_next_one_in_figures(
    larkspur_files: Path, tmp_path: Path
) -> None:
    with fresh_store("postgresql", tmp_path) as url:
        engine = writing_engine(url)
        with engine.connect() as connection:
            workspace_id = default_workspace(connection)
        import_folder(larkspur_files, engine, workspace_id, clock=lambda: datetime(2026, 11, 18, tzinfo=UTC))
        engine.dispose()
        with closing(Asking(Settings(database_url=url), as_of=LARKSPUR_DAY, mode="rules")) as asking:
            assert [asking.ask(text).status for text in QUESTIONS] == [Status.ANSWERED] * len(QUESTIONS)
            going = threading.Event()

            def ask(number: int) -> list[str]:
                said = []
                going.wait()
                for turn in range(ROUNDS):
                    try:
                        said.append(asking.ask(QUESTIONS[(number + turn) % len(QUESTIONS)]).status.value)
                    except Exception as error:  # noqa: BLE001  # what an asker is told of it is the test
                        said.append(asker_words(error) or f"nothing is said of {error!r}")
                return said

            with ThreadPoolExecutor(THREADS) as pool:
                running = [pool.submit(ask, number) for number in range(THREADS)]
                going.set()
                for _ in range(RESTARTS):
                    time.sleep(0.3)
                    restart(url)
                told = [words for task in running for words in task.result()]

            assert {*told} == {"answered", "My store does not answer just now. Ask again in a minute."}
            assert [asking.ask(text).status for text in QUESTIONS] == [Status.ANSWERED] * len(QUESTIONS)
