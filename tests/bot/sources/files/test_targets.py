"""targets.csv: which metric, which value, by when."""

from __future__ import annotations

from datetime import date

import pytest

from storage.keep.plans import targets
from tests.bot.sources.files.shop import Shop

HEADER = "scope,name,metric,value,by\n"


def test_a_rate_is_read_as_percent_and_a_quarter_as_its_last_day(shop: Shop) -> None:
    shop.one(targets=HEADER + "team,Core,adoption rate,80%,2027-Q1\n,,cost_per_employee,25,2026-12\n")

    with shop.engine.connect() as connection:
        found = [
            (target.scope, target.name, target.metric, target.value, target.by) for target in targets(connection, 1)
        ]
    assert found == [
        ("organisation", "", "cost_per_employee", 25, date(2026, 12, 31)),
        ("team", "Core", "adoption_rate", 0.8, date(2027, 3, 31)),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (",,happiness,80%,2026-12", "metric is 'happiness', which `fulcrum metrics` does not list"),
        (",,adoption_rate,80,2026-12", "value is '80', but adoption_rate is a rate: write 80% or a part of one"),
        (",,tokens,80%,2026-12", "value is '80%', but tokens is no rate"),
        (",,tokens,80,soon", "by is 'soon', which is no date as YYYY-MM-DD"),
    ],
)
def test_a_bad_line_is_named_with_its_reason(shop: Shop, line: str, reason: str) -> None:
    report = shop.one(targets=HEADER + line + "\n")

    assert [rejection.reason for rejection in report.rejections] == [reason]
