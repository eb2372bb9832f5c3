"""Where the shared material beside a clone is (contract, samples, wire payloads), for the tests that read it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def shared_dir() -> Path | None:
    """`FULCRUM_SHARED` where set, else the folder `shared` beside the clone; None where there is neither."""
    folder = Path(os.environ.get("FULCRUM_SHARED") or ROOT.parent / "shared")
    return folder if folder.is_dir() else None


needs_shared = pytest.mark.skipif(
    shared_dir() is None, reason="the folder 'shared' is not beside this clone (FULCRUM_SHARED can name it)"
)


def shared(*parts: str) -> Path:
    """A path below the shared folder, for tests that carry `needs_shared`."""
    folder = shared_dir()
    if folder is None:
        pytest.skip("the folder 'shared' is not beside this clone (FULCRUM_SHARED can name it)")
    return folder.joinpath(*parts)
