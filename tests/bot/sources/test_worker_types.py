"""What directories and HR systems call somebody's kind of work."""

from __future__ import annotations

import pytest

from bot.sources.worker_types import kind_of
from storage.roster_records import Kind


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("", Kind.EMPLOYEE),
        ("Employee", Kind.EMPLOYEE),
        ("Member", Kind.EMPLOYEE),
        ("Contractor", Kind.CONTRACTOR),
        ("Contingent Worker", Kind.CONTRACTOR),
        ("external/vendor", Kind.CONTRACTOR),
        ("Service Account", Kind.AGENT),
        ("BOT", Kind.AGENT),
        ("Insurance", Kind.EMPLOYEE),
    ],
)
def test_what_a_user_type_means(said: str, kind: Kind) -> None:
    assert kind_of(said) is kind
