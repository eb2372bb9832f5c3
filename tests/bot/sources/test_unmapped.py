"""Items that no rule fits are counted, with what a rule could go by."""

from __future__ import annotations

from bot.sources.base import Unmapped
from bot.sources.unmapped import UnmappedCount


def test_the_commonest_values_come_first_and_few_are_listed() -> None:
    counted = UnmappedCount()
    for number in range(7):
        counted.add(Unmapped(item="issue", fields={"project": ("PAY",), "label": (f"l{number}", "x", "x")}))
    counted.add(Unmapped(item="review", fields={"project": ("OPS",), "label": ()}))

    assert counted.to_json() == [
        {
            "item": "issue",
            "count": 7,
            "values": {"project": {"PAY": 7}, "label": {"x": 7, "l0": 1, "l1": 1, "l2": 1, "l3": 1}},
            "remedy": "rules in work_rules.csv give them to workflows",
        },
        {
            "item": "review",
            "count": 1,
            "values": {"project": {"OPS": 1}},
            "remedy": "rules in work_rules.csv give them to workflows",
        },
    ]
    assert [*counted.lines()] == [
        "not counted: 7 × issue; rules in work_rules.csv give them to workflows, for example by",
        "  project: PAY (7)",
        "  label: x (7), l0 (1), l1 (1), l2 (1), l3 (1)",
        "not counted: 1 × review; rules in work_rules.csv give them to workflows, for example by",
        "  project: OPS (1)",
    ]


def test_nothing_unmapped_says_nothing() -> None:
    assert (UnmappedCount().to_json(), [*UnmappedCount().lines()]) == ([], [])
