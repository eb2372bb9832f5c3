"""Whose workflow an item is and who did it, by rules; and what is said of an item that no rule fits."""

from __future__ import annotations

import string
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.base import Context, SourceChanged, Unmapped
from bot.sources.work_items import (
    FIELDS,
    ITEMS,
    NoItem,
    WorkItem,
    WorkPage,
    applies,
    facts,
    fits,
    instants,
    minutes_of,
    mode_of,
    moment,
    workflow_of,
)
from storage.records import Period, WorkMode, WorkRecord, WorkRuleRecord

DAYS = Period(date(2026, 11, 1), date(2026, 11, 14))


def rule(field: str = "", pattern: str = "*", workflow: str = "", mode: str = "", item: str = "") -> WorkRuleRecord:
    return WorkRuleRecord(source="github", item=item, field=field, pattern=pattern, workflow=workflow, mode=mode)


def pull(kind: str = "pull request", by_bot: bool = False, **fields: tuple[str, ...]) -> WorkItem:
    done = datetime(2026, 11, 3, 12, tzinfo=UTC)
    return WorkItem(source="github", kind=kind, key="1", done_at=done, fields=fields, by_bot=by_bot)


def test_the_first_rule_that_fits_says_the_workflow() -> None:
    rules = [rule("label", "bug*", "Upkeep"), rule("repository", "acme/pay", "Payments"), rule(workflow="Delivery")]

    assert workflow_of(pull(label=("BUG-7",), repository=("acme/pay",)), rules) == "Upkeep"
    assert workflow_of(pull(label=("feature",), repository=("acme/pay",)), rules) == "Payments"
    assert workflow_of(pull(), rules) == "Delivery"
    assert workflow_of(pull(label=("feature",)), rules[:2]) == ""


def test_a_rule_is_of_its_source_and_of_its_kind_of_item() -> None:
    reviews = rule("repository", "acme/pay", "Code review", item="review")

    assert workflow_of(pull("review", repository=("acme/pay",)), [rule(workflow="Delivery"), reviews]) == "Code review"
    assert workflow_of(pull(repository=("acme/pay",)), [reviews]) == ""
    assert not applies(WorkRuleRecord(source="jira", pattern="*", workflow="Upkeep"), pull())


@pytest.mark.parametrize(
    ("rules", "by_bot", "mode"),
    [
        ([], False, WorkMode.HUMAN),
        ([], True, WorkMode.AGENT),
        ([rule("label", "ai", mode="assisted")], True, WorkMode.ASSISTED),
        ([rule("label", "ai", mode="assisted"), rule(workflow="W")], False, WorkMode.ASSISTED),
        ([rule("label", "ai", mode="assisted"), rule(workflow="W", mode="agent")], False, WorkMode.AGENT),
        ([rule(workflow="W"), rule("label", "ai", workflow="V", mode="agent")], False, WorkMode.HUMAN),
        ([rule("label", "no", mode="assisted")], False, WorkMode.HUMAN),
    ],
)
def test_a_mode_is_that_of_the_workflows_rule_then_of_a_rule_of_modes_then_the_sources(
    rules: list[WorkRuleRecord], by_bot: bool, mode: WorkMode
) -> None:
    assert mode_of(pull(by_bot=by_bot, label=("ai",)), rules) is mode


@pytest.mark.parametrize(
    ("pattern", "name", "fit"),
    [
        ("pay", "PAY", True),
        ("pay", "pay-api", False),
        ("pay*", "pay", True),
        ("*[bot]", "renovate[bot]", True),
        ("*[bot]", "robot", False),
        ("[ab]", "a", False),
        ("p?y", "p.y", True),
        ("p.y", "pay", False),
        ("a*\nb", "a1\nb", True),
        ("", "", True),
        ("STRASSE", "straße", True),
    ],
)
def test_a_star_and_a_question_mark_stand_for_others_and_all_else_for_itself(
    pattern: str, name: str, fit: bool
) -> None:
    assert fits(pattern, name) is fit


_NAMES = st.text(alphabet="aAb[]!.*?^$\\+(){}|\n-", max_size=12)


@given(pattern=_NAMES, name=_NAMES)
def test_patterns_mean_what_a_plain_reading_of_them_means(pattern: str, name: str) -> None:
    pattern, name = pattern.casefold(), name.casefold()

    @cache
    def plainly(at: int, there: int) -> bool:
        if at == len(pattern):
            return there == len(name)
        if pattern[at] == "*":
            return plainly(at + 1, there) or (there < len(name) and plainly(at, there + 1))
        return there < len(name) and pattern[at] in ("?", name[there]) and plainly(at + 1, there + 1)

    assert fits(pattern, name) is plainly(0, 0)


def test_a_pattern_as_bad_as_can_be_is_quick() -> None:
    started = datetime.now(UTC)

    assert not fits("*a" * 100, "a" * 99 + "b" * 2_000)

    assert (datetime.now(UTC) - started).total_seconds() < 0.5  # seconds; a naive matcher takes years


_RULES = st.lists(
    st.builds(
        rule,
        field=st.sampled_from(["", "label", "repository"]),
        pattern=st.sampled_from(["*", "a*", "b", "?"]),
        workflow=st.sampled_from(["", "W", "V"]),
        mode=st.sampled_from(["", "human", "assisted", "agent"]),
        item=st.sampled_from(["", *ITEMS["github"]]),
    ),
    max_size=6,
)
_ITEMS = st.builds(
    lambda kind, label, bot: pull(kind, bot, label=label, repository=("acme/b",)),
    st.sampled_from(ITEMS["github"]),
    st.lists(st.sampled_from(["a", "ab", "b"]), max_size=2).map(tuple),
    st.booleans(),
)


@given(rules=_RULES, item=_ITEMS, more=_RULES)
def test_rules_behind_the_one_that_fits_change_no_workflow_and_none_before_it_is_passed_over(
    rules: list[WorkRuleRecord], item: WorkItem, more: list[WorkRuleRecord]
) -> None:
    found = workflow_of(item, rules)
    if found:
        assert workflow_of(item, [*rules, *more]) == found
        first = next(each for each in rules if each.workflow and applies(each, item))
        assert first.workflow == found
        if first.mode:
            assert mode_of(item, [*rules, *more]) == first.mode
    else:
        assert workflow_of(item, [*rules, *more]) == workflow_of(item, more)


def page(*rules: WorkRuleRecord, zone: str = "UTC") -> WorkPage:
    return WorkPage(None, DAYS, Context(zone=ZoneInfo(zone), rules=rules))


def test_an_item_is_a_fact_of_its_local_day() -> None:
    late = WorkItem(
        source="github",
        kind="pull request",
        key="7",
        done_at=datetime(2026, 11, 2, 23, 30, tzinfo=UTC),
        fields={},
        minutes=Decimal("31.5"),
        reworked=True,
    )

    assert [*facts(page(rule(workflow="W"), zone="Europe/Berlin"), [late])] == [
        WorkRecord(
            natural_key="7",
            day=date(2026, 11, 3),
            workflow="W",
            mode=WorkMode.HUMAN,
            items=1,
            human_minutes=Decimal("31.5"),
            accepted=1,
            reworked=1,
        )
    ]


def _none(key: str) -> WorkRecord:
    return WorkRecord(natural_key=key, day=DAYS.start, workflow="", mode=WorkMode.HUMAN, items=0, human_minutes=None)


def test_what_is_no_item_and_what_no_rule_fits_is_none_and_the_latter_is_told() -> None:
    unmapped = pull(label=("a", "b"))

    assert [*facts(page(), [NoItem("9"), unmapped])] == [
        _none("9"),
        _none("1"),
        Unmapped(item="pull request", fields={"label": ("a", "b")}),
    ]


def test_an_unmapped_item_of_an_earlier_day_is_not_told_again_and_one_of_a_later_day_waits() -> None:
    def of(day: int, month: int) -> WorkItem:
        done = datetime(2026, month, day, 12, tzinfo=UTC)
        return WorkItem(source="github", kind="pull request", key="1", done_at=done, fields={})

    assert [*facts(page(), [of(31, 10)])] == [_none("1")]
    assert [*facts(page(rule(workflow="W")), [of(15, 11)])] == []


def test_days_begin_and_end_where_they_do_in_the_workspaces_zone() -> None:
    begin, end = instants(Period(date(2026, 10, 25), date(2026, 10, 25)), Context(zone=ZoneInfo("Europe/Berlin")))

    assert begin.astimezone(UTC) == datetime(2026, 10, 24, 22, tzinfo=UTC)
    assert end.astimezone(UTC) == datetime(2026, 10, 25, 23, tzinfo=UTC)


def test_vendors_write_times_and_seconds_in_several_ways() -> None:
    expected = datetime(2021, 1, 25, 3, 9, 27, tzinfo=UTC)
    for text in ("2021-01-25T11:09:27.000+0800", "2021-01-25T11:09:27+08:00", "2021-01-25T03:09:27Z"):
        assert moment({"at": text}, "at") == expected
    assert minutes_of({"spent": "540"}, "spent") == 9
    assert minutes_of({"spent": 90.0}, "spent") == Decimal("1.5")


def test_what_is_no_time_or_no_seconds_is_a_changed_format_that_is_named() -> None:
    for told in (None, "", "yesterday", "2021-01-25T11:09:27", 5):
        with pytest.raises(SourceChanged, match="in “at”, where a time with its offset is expected"):
            moment({"at": told}, "at")
    for told in (None, "", "-5", "5m", True, "1" * 13):
        with pytest.raises(SourceChanged, match="in “spent”, where a number of seconds is expected"):
            minutes_of({"spent": told}, "spent")


def test_every_source_has_kinds_and_fields_in_plain_letters() -> None:
    assert ITEMS.keys() == FIELDS.keys()
    assert {letter for names in FIELDS.values() for name in names for letter in name} <= {*string.ascii_lowercase}
