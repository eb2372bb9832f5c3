"""On a fresh copy each of several workers rewrites the asserts of a share of the tests for all: ten seconds of work.

The rewritten modules lie where pytest keeps them, checked by their content; a module that is not there in time is
rewritten by whoever collects it, as ever.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from _pytest.assertion import rewrite  # no public name writes a module without running it


def rewrite_share(config: pytest.Config, tests: Path) -> None:
    """What the worker of this number among so many does before it collects; without workers, nothing."""
    given = getattr(config, "workerinput", None)
    if given is None or sys.dont_write_bytecode:
        return
    files = sorted({*tests.rglob("test_*.py"), *tests.rglob("conftest.py")})
    for file in files[int(given["workerid"].removeprefix("gw")) :: given["workercount"]]:
        _rewrite(config, file)


def _rewrite(config: pytest.Config, file: Path) -> None:
    folder = rewrite.get_cache_dir(file)
    kept = folder / f"{file.stem}{rewrite.PYC_TAIL}"
    if rewrite.try_makedirs(folder) and rewrite._read_pyc(file, kept) is None:
        source, code = rewrite._rewrite_test(file, config)
        rewrite._write_pyc(config.stash[rewrite.assertstate_key], code, source, kept)
