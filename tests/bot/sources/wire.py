"""The small wire samples of vendors, and the totals that were worked out for them by hand."""

from __future__ import annotations

import json
from typing import Any

from tests.shared import shared


def expected(name: str) -> Any:
    """The totals of one vendor's samples."""
    return json.loads(shared("data", "wire", "EXPECTED.json").read_text("utf-8"))[name]


def sample(*parts: str) -> Any:
    """A sample that is one JSON."""
    return json.loads(shared("data", "wire", *parts).read_text("utf-8"))


def sample_lines(*parts: str) -> list[Any]:
    """A sample of JSON lines."""
    return [json.loads(line) for line in shared("data", "wire", *parts).read_text("utf-8").splitlines() if line]
