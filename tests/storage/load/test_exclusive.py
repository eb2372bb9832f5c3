"""Work that one may do at a time: the second is told so, and may once the first has ended, however that was."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from storage.engine import writing_engine
from storage.load.exclusive import alone
from tests.databases import BACKENDS, fresh_store
from tests.shared import ROOT

pytestmark = pytest.mark.dialect

HOLDER = """
import sys, time
from storage.engine import writing_engine
from storage.load.exclusive import alone
with alone(writing_engine(sys.argv[1]), "work") as ours:
    print(ours, flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_second_one_waits_for_its_turn(backend: str, tmp_path: Path) -> None:
    with fresh_store(backend, tmp_path) as url:
        one, other = writing_engine(url), writing_engine(url)
        with alone(one, "work") as first, alone(other, "work") as second, alone(other, "other work") as elsewhere:
            assert (first, second, elsewhere) == (True, False, True)
        with alone(other, "work") as later:
            assert later
        one.dispose()
        other.dispose()


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_lock_of_a_process_that_is_killed_is_free(backend: str, tmp_path: Path) -> None:
    with fresh_store(backend, tmp_path) as url:
        engine = writing_engine(url)
        with subprocess.Popen([sys.executable, "-c", HOLDER, url], cwd=ROOT, stdout=subprocess.PIPE, text=True) as held:
            assert held.stdout
            assert held.stdout.readline() == "True\n"
            with alone(engine, "work") as ours:
                assert not ours
            held.kill()
        for _ in range(100):
            with alone(engine, "work") as ours:
                if ours:
                    break
        assert ours
        engine.dispose()
