"""What sound files bring into the store, once."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.sources.files.load import import_folder
from storage.tables import (
    MS_PER_MINUTE,
    NANO,
    Load,
    Person,
    Source,
    Spell,
    Stream,
    SyncDay,
    Team,
    UsageDaily,
    UsageFact,
    WorkDaily,
    Workflow,
)
from storage.workspaces import read_revision
from tests.bot.sources.files.shop import GOOD, ROSTER, TEAMS, USAGE, USAGE_HEADER, WORK, WORKFLOWS, Shop, clock, usage
from tests.shared import needs_shared, shared


def test_a_whole_folder_is_loaded_in_one_go(shop: Shop) -> None:
    report = shop.load(teams=TEAMS, roster=ROSTER, usage=USAGE, work=WORK, workflows=WORKFLOWS)

    assert report.ok
    assert [file.file for file in report.files] == ["teams.csv", "roster.csv", "workflows.csv", "usage.csv", "work.csv"]
    counts = [(file.read, file.new, file.rejected) for file in report.files]
    assert counts == [(2, 2, 0), (2, 2, 0), (1, 1, 0), (2, 2, 0), (1, 1, 0)]
    usage = report.files[3]
    assert (usage.first_day, usage.last_day, usage.days) == (date(2026, 5, 4), date(2026, 5, 5), 2)
    assert (usage.unmatched_rows, usage.unpriced_models) == (0, {"gpt": 1})
    assert "models without a price, with their rows: gpt (1)" in report.text()


def test_every_figure_of_a_row_reaches_the_rollup(shop: Shop) -> None:
    shop.load(teams=TEAMS, roster=ROSTER, usage=USAGE, work=WORK, workflows=WORKFLOWS)

    with shop.engine.connect() as connection:
        row = connection.execute(select(UsageDaily).where(UsageDaily.day == date(2026, 5, 4))).mappings().one()
        stream = connection.execute(select(Stream).where(Stream.id == row["stream_id"])).mappings().one()
        owner = select(Person.email, Team.name).select_from(Spell).where(Spell.id == row["spell_id"])
        owner = owner.join(Person, Person.id == Spell.person_id).join(Team, Team.id == Spell.team_id)
        spell = connection.execute(owner).one()
        work = connection.execute(select(WorkDaily)).mappings().one()
    counts = ("input_tokens", "cached_input_tokens", "cache_write_tokens", "output_tokens", "reasoning_tokens")
    assert [row[name] for name in (*counts, "requests", "suggested", "accepted")] == [10, 20, 30, 40, 5, 6, 7, 8]
    assert (row["cost_nano"], row["cost_kind"], row["unpriced_facts"]) == (NANO // 2, "billed", 0)
    names = ("tool", "provider", "model", "mode", "workflow", "ledger")
    assert [stream[name] for name in names] == ["cursor", "anthropic", "sonnet", "agent", "review", "workforce"]
    assert tuple(spell) == ("ana@acme.example", "Platform")
    assert [work[name] for name in ("items", "human_ms", "accepted", "reworked", "failed")] == [10, 42_270_000, 8, 1, 1]


def test_loading_the_same_folder_again_changes_nothing(shop: Shop) -> None:
    shop.load(teams=TEAMS, roster=ROSTER, usage=USAGE, work=WORK, workflows=WORKFLOWS)
    before = _state(shop)

    again = shop.load(teams=TEAMS, roster=ROSTER, usage=USAGE, work=WORK, workflows=WORKFLOWS)

    assert [(file.new, file.changed, file.removed, file.unchanged) for file in again.files] == [
        (0, 0, 0, file.read) for file in again.files
    ]
    assert _state(shop) == before


def _state(shop: Shop) -> list[object]:
    with shop.engine.connect() as connection:
        rows: list[object] = [read_revision(connection, shop.workspace_id)]
        for table in (UsageFact, UsageDaily, WorkDaily, Spell, Person, Team, Workflow, SyncDay, Source):
            rows += connection.execute(select(*table.__table__.columns).order_by(*table.__table__.primary_key)).all()
        return rows


def test_each_load_is_kept_with_its_report(shop: Shop) -> None:
    shop.load(teams=TEAMS, usage=USAGE)

    with shop.engine.connect() as connection:
        loads = connection.execute(select(Load.what, Load.report).order_by(Load.id)).all()
    assert [what for what, _ in loads] == ["teams.csv", "usage.csv"]
    assert loads[1].report["new"] == 2


def test_rows_of_one_key_add_up_and_a_later_file_replaces_them(shop: Shop) -> None:
    row = "2026-05-04,{},cursor,a,m,chat,,{},0,0,0,0,1,0,0,{}"

    first = shop.one(
        usage=usage(*(row.format(who, n, "0.1") for who, n in [("Ana@acme.example ", 1), ("ana@acme.example", 2)]))
    )
    assert (first.read, first.new, shop.count(UsageFact)) == (2, 2, 1)
    assert shop.tokens() == {date(2026, 5, 4): 3}

    later = shop.one(usage=usage(row.format("ana@acme.example", 7, "")))
    assert (later.new, later.changed) == (0, 1)
    assert shop.tokens() == {date(2026, 5, 4): 7}


def test_a_key_of_which_some_rows_lack_a_price_says_how_much_is_unpriced(shop: Shop) -> None:
    row = "2026-05-04,ana@acme.example,cursor,a,m,chat,,{},0,0,0,0,1,0,0,{}"

    report = shop.one(usage=usage(row.format(5, "0.1"), row.format(7, "")))

    assert report.unpriced_models == {"m": 1}
    with shop.engine.connect() as connection:
        daily = connection.execute(select(UsageDaily)).mappings().one()
    assert (daily["cost_nano"], daily["unpriced_tokens"]) == (NANO // 10, 7)
    assert (daily["cost_kind"], daily["unpriced_facts"]) == ("billed", 1)


def test_rows_that_differ_in_any_part_of_the_key_are_different_facts(shop: Shop) -> None:
    header = USAGE_HEADER.replace("cost_usd", "cost_usd,ledger")
    keys = [
        "2026-05-04,a@x.example,t,p,m,chat,w{}workforce",
        "2026-05-05,a@x.example,t,p,m,chat,w{}workforce",
        "2026-05-04,b@x.example,t,p,m,chat,w{}workforce",
        "2026-05-04,a@x.example,u,p,m,chat,w{}workforce",
        "2026-05-04,a@x.example,t,q,m,chat,w{}workforce",
        "2026-05-04,a@x.example,t,p,n,chat,w{}workforce",
        "2026-05-04,a@x.example,t,p,m,agent,w{}workforce",
        "2026-05-04,a@x.example,t,p,m,chat,v{}workforce",
        "2026-05-04,a@x.example,t,p,m,chat,w{}product",
    ]

    shop.load(usage=header + "".join(key.format(",1,0,0,0,0,1,0,0,,") + "\n" for key in keys))

    assert shop.count(UsageFact) == len(keys)


def test_a_time_counts_on_its_local_day(shop: Shop) -> None:
    header = USAGE_HEADER.replace("date", "timestamp", 1)
    times = [
        "2026-05-04T22:30:00Z",  # half past midnight in Berlin
        "2026-05-04T23:30:00",  # local already
        "2026-05-05T07:00:00+09:00",  # midnight in Berlin
        "2026-10-25 00:30:00+00:00",  # the hour that comes twice
    ]
    rows = "".join(f"{at},a@x.example,t,p,m,chat,w,{10**n},0,0,0,0,1,0,0,\n" for n, at in enumerate(times))

    assert shop.one(zone="Europe/Berlin", usage=header + rows).rejected == 0

    assert shop.tokens() == {date(2026, 5, 5): 101, date(2026, 5, 4): 10, date(2026, 10, 25): 1000}


def test_odd_but_possible_rows_are_kept(shop: Shop) -> None:
    rows = [
        "2026-05-04,a@x.example,t,p,m, Agent ,, 1 ,,,,,,,,",  # spaces, another case, empty counts
        "2026-05-04,a@x.example,t,p,n,chat,,12.0,0,0,1,1,1,2,9,1.5e-3",  # spreadsheets write 12.0; accepted > suggested
        "2026-11-18,,t,,,,,1,0,0,1,0,1,0,0,.5",  # nobody, today
    ]

    report = shop.one(usage=usage(*rows))

    assert (report.new, report.rejected) == (3, 0)
    with shop.engine.connect() as connection:
        costs = connection.scalars(select(UsageFact.cost_nano)).all()
    assert sorted(costs, key=lambda cost: cost or 0) == [None, 1_500_000, 500_000_000]


def test_a_header_alone_loads_nothing_and_is_no_error(shop: Shop) -> None:
    report = shop.one(usage=USAGE_HEADER)

    assert (report.loaded, report.read, report.days) == (True, 0, 0)


@pytest.mark.parametrize("dress", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")])
def test_a_byte_order_mark_and_other_line_ends_do_no_harm(shop: Shop, dress: object) -> None:
    assert callable(dress)

    report = shop.one(usage=dress(usage(GOOD, GOOD.replace("-04,", "-05,"), "bad")))

    assert (report.new, report.rejections[0].line, report.warnings) == (2, 4, [])


def test_columns_in_any_order_and_case_are_found_and_unknown_ones_named(shop: Shop) -> None:
    rows = [line.split(",") for line in USAGE.splitlines()]
    turned = "\n".join(",".join(["x", *reversed(row)]) for row in rows).replace("x,cost_usd", " Region ,COST_USD", 1)

    report = shop.one(usage=turned + "\n")

    assert (report.new, report.warnings) == (2, ["unknown columns were left out: 'region'"])
    with shop.engine.connect() as connection:
        assert connection.scalar(select(func.sum(UsageDaily.cost_nano))) == NANO // 2


def test_use_of_nobody_in_the_roster_is_kept_counted_and_attributed_later(shop: Shop) -> None:
    first = shop.one(usage=USAGE)
    assert (first.unmatched_people, first.unmatched_rows) == (2, 2)
    assert first.unmatched == ("ana@acme.example", "bo@acme.example")

    shop.load(teams=TEAMS, roster=ROSTER)

    with shop.engine.connect() as connection:
        assert connection.scalar(select(func.count()).where(UsageDaily.spell_id.is_(None))) == 0
    assert shop.one(usage=USAGE).unmatched_rows == 0


def test_use_outside_the_time_of_a_person_is_told_from_that_of_nobody(shop: Shop) -> None:
    row = GOOD.replace("ana@", "bo@").replace("2026-05", "2026-07")

    report = shop.load(teams=TEAMS, roster=ROSTER, usage=usage(row)).files[-1]

    assert (report.unmatched_rows, report.outside_people, report.outside_rows) == (0, 1, 1)


def test_a_spell_may_lie_in_the_future(shop: Shop) -> None:
    assert shop.one(teams=TEAMS, roster=ROSTER + "cy@x.example,,Platform,,,,,2030-01-01,2031-01-01\n").new == 3


def test_the_later_columns_of_a_workflow_are_read(shop: Shop) -> None:
    header = WORKFLOWS.splitlines()[0] + ",owner_email,error_class,minutes_low,minutes_mode,minutes_high,exposure\n"

    report = shop.one(
        teams=TEAMS,
        workflows=header + "x,Platform,a,d,audit,yes,auto,no,Ana@acme.example,3,1,2.5,4,e1\n"
        "y,Platform,a,d,audit,yes,auto,no,,6,,,,\n",
    )

    assert [(rejection.line, rejection.reason) for rejection in report.rejections] == [
        (3, "error_class is 6, not 1 to 5")
    ]
    assert report.warnings == []
    with shop.engine.connect() as connection:
        row = connection.execute(select(Workflow)).mappings().one()
    names = ("owner_email", "error_class", "minutes_low", "minutes_mode", "minutes_high", "exposure", "verifiable")
    assert [row[name] for name in names] == ["ana@acme.example", 3, 1.0, 2.5, 4.0, "E1", "auto"]


def test_work_in_a_workflow_of_no_catalogue_is_kept_with_a_word(shop: Shop) -> None:
    report = shop.one(work=WORK)

    assert (report.new, report.warnings) == (1, ["workflows that are in no catalogue: review"])


def test_other_files_of_the_folder_are_named_and_left_out(shop: Shop) -> None:
    report = shop.load(teams=TEAMS, budget="a,b\n1,2\n")

    assert report.warnings == ["budget.csv is no import file and was left out"]


def test_the_progress_ends_at_the_size_of_each_file(shop: Shop) -> None:
    told: dict[str, tuple[int, int]] = {}
    (shop.folder / "usage.csv").write_text(USAGE)

    import_folder(
        shop.folder,
        shop.engine,
        shop.workspace_id,
        clock=clock,
        progress=lambda name, done, size: told.update({name: (done, size)}),
    )

    assert told == {"usage.csv": (len(USAGE), len(USAGE))}


def test_the_report_as_json_holds_plain_values(shop: Shop) -> None:
    report = shop.load(usage=usage(GOOD, "bad")).to_json()

    assert report["rows"] == {"read": 2, "new": 1, "changed": 0, "unchanged": 0, "removed": 0, "rejected": 1}
    assert report["files"][0]["rejections"] == [{"line": 3, "reason": "1 fields instead of 16: was the line cut off?"}]
    assert report["files"][0]["people_not_matched"] == {"people": 1, "rows": 1, "who": ["ana@acme.example"]}
    assert report["files"][0]["days"] == {"first": "2026-05-04", "last": "2026-05-04", "count": 1}


@needs_shared
def test_the_sample_organisation_is_loaded_to_the_last_token(shop: Shop) -> None:
    folder = shared("data", "northwind")

    report = import_folder(folder, shop.engine, shop.workspace_id, clock=clock)

    assert report.ok
    with shop.engine.connect() as connection:
        in_store = {
            (day, email, team): (int(tokens or 0), int(cost))
            for day, email, team, tokens, cost in connection.execute(
                select(
                    UsageDaily.day,
                    Person.email,
                    Team.name,
                    func.sum(UsageDaily.output_tokens),
                    func.sum(UsageDaily.cost_nano),
                )
                .select_from(UsageDaily)
                .outerjoin(Spell, Spell.id == UsageDaily.spell_id)
                .outerjoin(Person, Person.id == Spell.person_id)
                .outerjoin(Team, Team.id == Spell.team_id)
                .group_by(UsageDaily.day, Person.email, Team.name)
            )
        }
        minutes = connection.scalar(select(func.sum(WorkDaily.human_ms)))
    assert in_store == _by_hand(folder)
    assert minutes == sum(Decimal(row["human_minutes"]) for row in _rows(folder / "work.csv")) * MS_PER_MINUTE


def _by_hand(folder: Path) -> dict[tuple[date, str | None, str | None], tuple[int, int]]:
    spells = [
        (row["email"], row["team"], row["start_date"], row["end_date"] or "9999-12-31")
        for row in _rows(folder / "roster.csv")
    ]
    tokens: Counter[tuple[date, str | None, str | None]] = Counter()
    cost: Counter[tuple[date, str | None, str | None]] = Counter()
    for row in _rows(folder / "usage.csv"):
        own = [spell for spell in spells if spell[0] == row["email"] and spell[2] <= row["date"] <= spell[3]]
        key = (date.fromisoformat(row["date"]), own[0][0] if own else None, own[0][1] if own else None)
        tokens[key] += int(row["output_tokens"])
        cost[key] += int(Decimal(row["cost_usd"] or 0) * NANO)
    return {key: (tokens[key], cost[key]) for key in tokens}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_where_nothing_else_is_there_a_header_tells_what_a_file_is(shop: Shop) -> None:
    for old in shop.folder.glob("*"):
        old.unlink()
    (shop.folder / "october.csv").write_text(
        "User Email,Day,Application,Model Name,Prompt Tokens,Completion Tokens,Request Count,Costs\n"
        'ana@acme.example,4 May 2026,Cursor,sonnet,"1,000",20,3,12 EUR\n'
    )

    (file,) = import_folder(shop.folder, shop.engine, shop.workspace_id, clock=clock).files

    assert (file.file, file.new, file.rejected) == ("october.csv", 1, 0)
