"""Exports of vendors land as what they mean: what is inside what, what is money, what nobody reports."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from bot.sources.files.dates import DateOrder, DecimalMark, Habits
from bot.sources.files.load import import_folder
from bot.sources.files.report import FileReport
from storage.tables import NANO, Allocation, Feed, Pricing, Stream, Subject, UsageFact
from tests.bot.sources.files.shop import Shop, clock

CURSOR = (
    '"Date","User","Kind","Model","Max Mode","Input (w/ Cache Write)","Input (w/o Cache Write)","Cache Read",'
    '"Output Tokens","Total Tokens","Cost"\n'
    '"2026-11-10T10:00:00.000Z","ana@acme.example","Included in Business","claude-4.5-sonnet","No","100","1,000",'
    '"5000","200","6300","Included"\n'
    '"2026-11-10T10:00:01.000Z","bo@acme.example","Usage-based","gpt-5","No","0","500","0","50","550","$0.25"\n'
    '"2026-11-10T10:00:02.000Z","bo@acme.example","Errored, Not Charged","auto","No","","","","","","-"\n'
)
COPILOT = (
    "\ufeffdate,username,product,sku,model,quantity,unit_type,gross_amount,discount_amount,net_amount,organization,"
    "repository,cost_center_name\n"
    "2026-11-09,ana-gh,Copilot,copilot_ai_credit,Claude Opus 4.8,100,ai-credits,1,1,0,org-a,,cc1\n"
    "2026-11-09,ana-gh,Copilot,copilot_ai_credit,Claude Opus 4.8,50,ai-credits,0.5,0,0.5,org-b,,cc1\n"
)
SEATS = (
    "Report Time,Login,Last Authenticated At,Last Activity At,Last Surface Used\n"
    "2026-11-18T00:00:00Z,ana-gh,2026-11-17T10:00:00Z,2026-11-16T23:30:00+03:00,vscode\n"
    "2026-11-18T00:00:00Z,bo-gh,None,None,None\n"
)
OPENAI = (
    "start_time,end_time,project_id,num_model_requests,user_id,model,batch,input_tokens,output_tokens,"
    "input_cached_tokens\n"
    "1793923200,1794009600,proj_1,4,user_1,gpt-5,True,1000,300,600\n"
)
OPENAI_COST = (
    "start_time,end_time,amount_value,amount_currency,line_item,project_name\n"
    '1793923200,1794009600,1.5,usd,"gpt-5, input",Shop\n'
)
ANTHROPIC = (
    "usage_date_utc,model_version,api_key,workspace,usage_type,usage_input_tokens_no_cache,"
    "usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,"
    "usage_output_tokens\n2026-11-05,claude-opus-4-8,ci-key,Default,standard,10,20,30,40,50\n"
)
LITELLM = (
    "request_id,spend,prompt_tokens,completion_tokens,startTime,model,user,custom_llm_provider,cache_hit\n"
    "r1,0.01,100,10,2026-11-06 23:59:59.900,gpt-5,ana@acme.example,openai,False\n"
    "r1,0.01,100,10,2026-11-06 23:59:59.900,gpt-5,ana@acme.example,openai,False\n"
    "r2,0.0,200,20,2026-11-06 10:00:00,claude-x,bo@acme.example,anthropic,False\n"
    "r3,0.0,200,20,2026-11-06 10:00:00,claude-x,bo@acme.example,anthropic,True\n"
)


def load(shop: Shop, text: str, encoding: str = "utf-8", name: str = "an export.csv") -> FileReport:
    for old in shop.folder.glob("*"):
        old.unlink()
    (shop.folder / name).write_bytes(text.encode(encoding))
    return import_folder(shop.folder, shop.engine, shop.workspace_id, clock=clock).files[0]


def facts(shop: Shop) -> list[dict[str, Any]]:
    rows = (
        select(
            Subject.name.label("who"), Feed.name.label("feed"), Stream.tool, Stream.model, Allocation.project,
            Allocation.cost_center, Pricing.service_tier, *UsageFact.__table__.columns,
        )
        .join_from(UsageFact, Subject, Subject.id == UsageFact.subject_id)
        .join(Feed, Feed.id == UsageFact.feed_id)
        .join(Stream, Stream.id == UsageFact.stream_id)
        .outerjoin(Allocation, Allocation.id == UsageFact.allocation_id)
        .outerjoin(Pricing, Pricing.id == UsageFact.pricing_id)
        .order_by(UsageFact.at, UsageFact.cost_nano, Subject.name)
    )  # fmt: skip
    with shop.engine.connect() as connection:
        return [dict(row) for row in connection.execute(rows).mappings()]


def picked(row: dict[str, Any], *names: str) -> tuple[Any, ...]:
    return tuple(row[name] for name in names)


TOKENS = ("input_tokens", "cached_input_tokens", "cache_write_tokens", "output_tokens")

pytestmark = pytest.mark.parametrize("shop", ["sqlite"], indirect=True)  # rows are read before any database sees them


def test_cursor_events_keep_their_instants_and_what_a_seat_covers(shop: Shop) -> None:
    report = load(shop, CURSOR)

    included, billed, errored = facts(shop)
    assert "read as Cursor usage events" in report.warnings
    assert picked(included, *TOKENS, "cost_kind", "cost_nano") == (1000, 5000, 100, 200, "covered", 0)
    assert picked(billed, *TOKENS, "cost_kind", "cost_nano") == (500, 0, 0, 50, "billed", NANO // 4)
    assert picked(errored, *TOKENS, "cost_nano", "requests") == (None, None, None, None, 0, 1)
    assert load(shop, CURSOR).unchanged == 3


def test_copilot_credits_are_no_money_and_organisations_are_feeds(shop: Shop) -> None:
    load(shop, COPILOT)

    covered, billed = facts(shop)
    names = ("who", "feed", "cost_kind", "cost_nano", "list_nano", "credits_nano", "requests", "input_tokens")
    assert picked(covered, *names) == ("ana-gh", "org-a", "covered", 0, NANO, 100 * NANO, None, None)
    assert picked(billed, *names) == ("ana-gh", "org-b", "billed", NANO // 2, None, 50 * NANO, None, None)
    assert covered["cost_center"] == "cc1"


def test_a_seat_tells_that_somebody_was_active_and_no_more(shop: Shop) -> None:
    report = load(shop, SEATS)

    (row,) = facts(shop)
    assert picked(row, "who", "tool", "requests", "input_tokens") == ("ana-gh", "copilot", None, None)
    assert row["day"].isoformat() == "2026-11-16"
    assert any("1 rows were left out: seats that were never used" in words for words in report.warnings)


def test_openai_counts_cached_input_inside_input(shop: Shop) -> None:
    load(shop, OPENAI)

    (row,) = facts(shop)
    assert picked(row, *TOKENS, "requests", "project", "service_tier") == (400, 600, None, 300, 4, "proj_1", "batch")
    assert (row["day"].isoformat(), row["at"], row["cost_nano"]) == ("2026-11-06", None, None)


def test_openai_costs_are_billed_without_tokens(shop: Shop) -> None:
    load(shop, OPENAI_COST)

    (row,) = facts(shop)
    assert picked(row, "model", "cost_kind", "cost_nano", "input_tokens", "project") == (
        "gpt-5", "billed", 3 * NANO // 2, None, "Shop",
    )  # fmt: skip


def test_both_classes_of_cache_writes_are_kept(shop: Shop) -> None:
    load(shop, ANTHROPIC)

    (row,) = facts(shop)
    assert picked(row, *TOKENS, "cache_write_1h_tokens", "requests") == (10, 40, 50, 50, 30, None)


def test_litellm_times_are_of_utc_ids_count_once_and_no_price_is_not_free(shop: Shop) -> None:
    report = load(shop, LITELLM, "utf-16")

    unpriced, cached, priced = sorted(facts(shop), key=lambda row: (row["model"], row["cost_nano"] is not None))
    assert (report.read, report.new) == (4, 4)
    assert picked(priced, "who", "requests", "cost_kind", "cost_nano") == (
        "ana@acme.example", 1, "estimated", int(Decimal("0.01") * NANO),
    )  # fmt: skip
    assert priced["day"].isoformat() == "2026-11-06"
    assert (unpriced["cost_nano"], unpriced["unpriced_tokens"]) == (None, 220)
    assert cached["cost_nano"] == 0


OPEN = "date{0}email{0}tool{0}model{0}input_tokens{0}output_tokens{0}requests{0}cost_usd\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (OPEN.format(";") + "13.10.2026;ana@acme.example;cursor;auto;1.234;100;1;1.234,50\n", "utf-8"),
        (OPEN.format("\t") + "13/10/2026\tana@acme.example\tcursor\tauto\t1,234\t100\t1\t$1,234.50\n", "utf-16"),
        (OPEN.format("|") + "Oct 13, 2026|ana@acme.example|cursor|auto|1 234|100|1|1234.5\n", "utf-8-sig"),
        ("sep=;\n" + OPEN.format(";") + '2026-10-13;ana@acme.example;cursor;auto;1234;100;1;"1234,5"\n', "utf-8"),
        (OPEN.format(",") + '10/13/2026,ana@acme.example,cursor,auto,"1,234",100,1,"USD 1,234.50"\n', "utf-16-le"),
    ],
)
def test_one_row_in_five_dialects_is_one_row(shop: Shop, text: str, encoding: str) -> None:
    report = load(shop, text, encoding, "usage.csv")

    assert report.rejections == []
    (row,) = facts(shop)
    assert (row["day"].isoformat(), row["input_tokens"], row["cost_nano"]) == ("2026-10-13", 1234, 1_234_500_000_000)


def test_what_can_be_read_in_two_ways_is_rejected_with_both(shop: Shop) -> None:
    text = OPEN.format(";") + "2026-10-13;ana@acme.example;cursor;auto;1234;100;1;1,234\n"

    assert load(shop, text, name="usage.csv").rejections[0].reason == (
        "cost_usd is '1,234', which can be read in two ways: write 1234 or 1.234"
    )


def test_a_line_of_totals_is_no_row(shop: Shop) -> None:
    text = OPEN.format(",") + "2026-10-13,ana@acme.example,cursor,auto,1,1,1,1\nTotal,,,,1\n"

    report = load(shop, text, name="usage.csv")

    assert (report.read, report.rejected) == (1, 0)
    assert "line 3 is a sum of the others and was left out" in report.warnings


def test_a_file_whose_days_tell_their_order_lends_it_to_the_others(shop: Shop) -> None:
    habits = Habits()
    habits.look(["09/10/2026"], ["1,234"])
    assert (habits.order, habits.mark(by_semicolon=True)) == (DateOrder.OPEN, DecimalMark.UNKNOWN)

    habits.look(["13/10/2026"], ["0,5"])
    assert (habits.order, habits.mark(by_semicolon=True)) == (DateOrder.DAY_FIRST, DecimalMark.COMMA)

    habits.look(["10/13/2026"], ["0.5"])
    assert (habits.order, habits.mark(by_semicolon=True)) == (DateOrder.OPEN, DecimalMark.POINT)
