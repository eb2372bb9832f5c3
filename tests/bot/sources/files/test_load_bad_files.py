"""Bad rows and bad files: each is named with its line and the reason, and the good ones load."""

from __future__ import annotations

from datetime import date

import pytest

from bot.sources.files.problems import FileRefused
from storage.tables import (
    Person,
    Spell,
    Team,
    UsageFact,
    WorkDaily,
)
from tests.bot.sources.files.shop import GOOD, ROSTER, TEAMS, WORK, WORKFLOWS, Shop, usage

BAD_USAGE = {
    "2026-13-01,a@x.example,t,p,m,chat,,1,0,0,1,0,1,0,0,": "no date",
    "04/05/2026,a@x.example,t,p,m,chat,,1,0,0,1,0,1,0,0,": "two ways: write 2026-05-04 or 2026-04-05",
    "2026-11-19,a@x.example,t,p,m,chat,,1,0,0,1,0,1,0,0,": "2026-11-19 is after today, 2026-11-18",
    "2026-02-30,a@x.example,t,p,m,chat,,1,0,0,1,0,1,0,0,": "no date",
    "0026-05-04,a@x.example,t,p,m,chat,,1,0,0,1,0,1,0,0,": "before 2000",
    ",a@x.example,t,p,m,chat,,1,0,0,1,0,1,0,0,": "neither date nor timestamp",
    "2026-05-04,a@x.example,,p,m,chat,,1,0,0,1,0,1,0,0,": "tool is empty",
    "2026-05-04,a@x.example,t,p,m,chatty,,1,0,0,1,0,1,0,0,": "mode is 'chatty'",
    "2026-05-04,a@x.example,t,p,m,chat,,-1,0,0,1,0,1,0,0,": "input_tokens is '-1', which is negative",
    "2026-05-04,a@x.example,t,p,m,chat,,many,0,0,1,0,1,0,0,": "input_tokens is 'many', which is no number",
    "2026-05-04,a@x.example,t,p,m,chat,,1.5,0,0,1,0,1,0,0,": "no whole number",
    "2026-05-04,a@x.example,t,p,m,chat,,1_000,0,0,1,0,1,0,0,": "no number",
    "2026-05-04,a@x.example,t,p,m,chat,,Infinity,0,0,1,0,1,0,0,": "no number",
    "2026-05-04,a@x.example,t,p,m,chat,,٣,0,0,1,0,1,0,0,": "no number",
    "2026-05-04,a@x.example,t,p,m,chat,,9999999999999999,0,0,1,0,1,0,0,": "more than can be",
    "2026-05-04,a@x.example,t,p,m,chat,,1,0,0,1,0,1" + "0" * 60 + ",0,0,": "no number",
    "2026-05-04,a@x.example,t,p,m,chat,,1,0,0,1,2,1,0,0,": "reasoning_tokens (2) is more than output_tokens (1)",
    "2026-05-04,a@x.example,t,p,m,chat,,1,0,0,1,0,1,0,0,€1": "no amount in dollars; use cost and currency",
    "2026-05-04,a@x.example,t,p,m,chat,,1,0,0,1,0,1,0,0,gratis": "cost_usd is 'gratis', which is no number",
    "2026-05-04,a@x.example,t,p,m,chat,,1,0,0,1,0,1,0,0,1e99": "more than can be",
    "2026-05-04,a@x.example,t,p,m,chat,,1,0,0,1,0,1,0,0": "15 fields instead of 16",
    "2026-05-04,a@x.example,t,p,m,chat,,1,0,0,1,0,1,0,0,,": "17 fields instead of 16",
    "2026-05-04," + "a" * 321 + ",t,p,m,chat,,1,0,0,1,0,1,0,0,": "email is longer than 320",
    "2026-05-04,a@x.example,t\0,p,m,chat,,1,0,0,1,0,1,0,0,": "control character",
}


@pytest.mark.parametrize("shop", ["sqlite"], indirect=True)  # rows are read before any database sees them
@pytest.mark.parametrize("bad", BAD_USAGE, ids=range(len(BAD_USAGE)))
def test_a_bad_usage_row_is_named_by_line_and_reason_and_the_good_ones_load(shop: Shop, bad: str) -> None:
    report = shop.one(usage=usage(GOOD, bad, GOOD.replace("-04,", "-05,")))

    assert (report.read, report.new, report.rejected) == (3, 2, 1)
    assert report.rejections[0].line == 3
    assert BAD_USAGE[bad] in report.rejections[0].reason
    assert shop.tokens() == {date(2026, 5, 4): 1, date(2026, 5, 5): 1}


def test_strict_loads_nothing_of_a_file_with_a_bad_row_and_the_other_files(shop: Shop) -> None:
    bad = usage(GOOD, "2026-05-04,oops")

    report = shop.load(strict=True, teams=TEAMS, roster=ROSTER + "c@x.example,C,Nowhere,,,,,2026-01-01,\n", usage=bad)

    assert [file.loaded for file in report.files] == [True, False, False]
    assert not report.ok
    assert "1 rows are bad" in report.files[2].error
    assert (shop.count(UsageFact), shop.count(Spell), shop.count(Person), shop.count(Team)) == (0, 0, 0, 2)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (usage(GOOD, GOOD.replace("cursor", "café")).encode("latin-1"), "line 3 is not UTF-8"),
        (usage(GOOD).replace(",output_tokens", ",output").encode(), "a needed column is missing: output_tokens"),
        (usage(GOOD).replace("date,", "when,").encode(), "a needed column is missing: date or timestamp"),
        (usage(GOOD).replace("provider,", "tool,").encode(), "a column twice: tool"),
    ],
    ids=range(6),
)
def test_a_file_that_cannot_be_trusted_is_refused_and_the_others_load(shop: Shop, content: bytes, said: str) -> None:
    report = shop.load(teams=TEAMS, usage=content, work=WORK)

    assert [(file.file, file.loaded) for file in report.files] == [
        ("teams.csv", True),
        ("usage.csv", False),
        ("work.csv", True),
    ]
    assert said in report.files[1].error
    assert f"usage.csv: not loaded, {report.files[1].error}" in report.text()
    assert (shop.count(UsageFact), shop.count(WorkDaily)) == (0, 1)


def test_an_absent_column_that_can_be_empty_is_named_and_taken_as_empty(shop: Shop) -> None:
    report = shop.one(usage=usage(GOOD.rpartition(",")[0]).replace(",cost_usd", ""))

    assert report.warnings == ["columns that are not there were taken as empty: cost_usd"]
    assert report.unpriced_models == {"m": 1}


def test_a_quoted_line_end_is_part_of_its_field_and_lines_stay_right(shop: Shop) -> None:
    quoted = WORKFLOWS + 'triage,Platform,x,"Reads\nmany\nlines",manual,no,no,no\nbad,Nowhere,,,,,,\n'

    report = shop.one(teams=TEAMS, workflows=quoted)

    assert (report.new, [(rejection.line, rejection.reason) for rejection in report.rejections]) == (
        2,
        [(6, "no team is called 'Nowhere'")],
    )


def test_a_row_cut_off_at_the_end_of_the_file_is_rejected(shop: Shop) -> None:
    report = shop.one(usage=usage(GOOD, GOOD.replace("-04,", "-05,"))[:-20])

    assert (report.new, report.rejections[0].line) == (1, 3)
    assert "cut off" in report.rejections[0].reason
    assert any("no line end" in words for words in report.warnings)


def test_a_quote_that_is_never_closed_costs_only_what_it_swallows(shop: Shop) -> None:
    rows = [GOOD.replace("-04,", f"-{day:02},") for day in range(1, 29)]
    broken = usage(*rows[:5], '2026-05-04,"ana', *rows[5:] * 100)

    report = shop.one(usage=broken)

    assert report.rejected >= 1
    assert report.rejections[0].line == 7
    assert report.new >= 5


def test_rejected_rows_are_listed_up_to_a_bound_and_counted_to_the_last(shop: Shop) -> None:
    report = shop.load(usage=usage(*["bad"] * 500))

    assert report.files[0].rejected == 500
    assert len(report.files[0].rejections) == 50
    assert "and 490 more rejected rows" in report.text()


BAD_ROSTER = {
    "bo@x.example,Bo,Nowhere,,,,,2026-01-01,": "no team is called 'Nowhere'",
    "bo@x.example,Bo,Platform,,,robot,,2026-01-01,": "kind is 'robot'",
    "bo@x.example,Bo,Platform,,,,,2026-02-01,2026-01-31": "end_date 2026-01-31 is before start_date 2026-02-01",
    "bo@x.example,Bo,Platform,,,,,soon,": "start_date is 'soon'",
    ",Bo,Platform,,,,,2026-01-01,": "email is empty",
    "ANA@acme.example ,Ana,Platform,,,,,2026-03-01,": "overlaps another spell of ana@acme.example, from 2026-01-01",
}


@pytest.mark.parametrize("bad", BAD_ROSTER, ids=range(len(BAD_ROSTER)))
def test_a_bad_roster_row_is_named_by_line_and_reason(shop: Shop, bad: str) -> None:
    report = shop.one(teams=TEAMS, roster=ROSTER + bad + "\n")

    assert (report.new, report.rejected) == (2, 1)
    assert (report.rejections[0].line, BAD_ROSTER[bad] in report.rejections[0].reason) == (4, True)


def test_teams_in_a_circle_are_rejected_by_line(shop: Shop) -> None:
    report = shop.one(teams=TEAMS + "A,B,,\nB,A,,\nengineering,,,\n")

    assert [rejection.line for rejection in report.rejections] == [4, 5, 6]
    assert (report.new, shop.count(Team)) == (2, 2)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2026-05-05,review,robot,1,1,0,0,0", "mode is 'robot'"),
        ("2026-05-05,,human,1,1,0,0,0", "workflow is empty"),
        ("2026-05-05,review,,1,1,0,0,0", "mode is empty"),
        ("2026-05-05,review,human,x,1,0,0,0", "items is 'x'"),
        ("2026-05-05,review,human,1,-1,0,0,0", "human_minutes is '-1', which is negative"),
    ],
)
def test_a_bad_work_row_is_named_by_line_and_reason(shop: Shop, row: str, said: str) -> None:
    report = shop.one(work=WORK + row + "\n")

    assert (report.new, report.rejections[0].line, said in report.rejections[0].reason) == (1, 3, True)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("x,Platform,a,d,someday,yes,yes,yes", "stage is 'someday'"),
        ("x,Platform,a,d,draft,maybe,yes,yes", "reversible is 'maybe'"),
        ("review,Platform,a,d,draft,yes,yes,yes", "there twice"),
        (",Platform,a,d,draft,yes,yes,yes", "workflow is empty"),
    ],
)
def test_a_bad_workflow_is_named_by_line_and_reason(shop: Shop, row: str, said: str) -> None:
    report = shop.one(teams=TEAMS, workflows=WORKFLOWS + row + "\n")

    assert (report.new, report.rejections[0].line, said in report.rejections[0].reason) == (1, 3, True)


def test_a_folder_without_any_import_file_is_refused(shop: Shop) -> None:
    with pytest.raises(FileRefused, match=r"no import file in the folder"):
        shop.load()
