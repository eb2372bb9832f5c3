"""A lease is held by one at a time, and whoever dies with it sets it free."""

from __future__ import annotations

import subprocess
import sys
import textwrap

from sqlalchemy import Engine

from storage.leases import lease
from tests.shared import ROOT

HOLDER = """
    import sys, time
    from storage.engine import writing_engine
    from storage.leases import lease
    with lease(writing_engine(sys.argv[1]), "sync 1 acme") as held:
        print(held, flush=True)
        time.sleep(60)
"""


def test_one_at_a_time_has_it(engine: Engine) -> None:
    with lease(engine, "sync 1 acme") as first, lease(engine, "sync 1 acme") as second:
        assert (first, second) == (True, False)
    with lease(engine, "sync 1 acme") as after:
        assert after


def test_another_name_is_another_lease(engine: Engine) -> None:
    with lease(engine, "sync 1 acme") as one, lease(engine, "sync 2 acme") as other:
        assert one
        assert other


def test_a_holder_that_is_killed_sets_it_free(engine: Engine) -> None:
    url = engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", textwrap.dedent(HOLDER), url]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "True\n"
        with lease(engine, "sync 1 acme") as held:
            assert not held
        holder.kill()
        holder.wait()

    # PostgreSQL notices a connection that is gone when it next looks at it, which it does within a moment.
    assert any(_free(engine) for _ in range(100))


def _free(engine: Engine) -> bool:
    with lease(engine, "sync 1 acme") as held:
        return held
