"""The same use told by two sources counts once, by their precedence, for each tool, person and day."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from storage.load.undoing import undo
from storage.load.writes import LoadOf, save_usage
from storage.records import OF_A_PLAN, CostKind, PricingRecord, UsageRecord
from storage.tables import UsageDaily, UsageFact
from tests.sampling import sampled, size
from tests.storage.load.facts import MONDAY, NOW, TUESDAY, roster, use

ANA, BO = "ana@acme.example", "bo@acme.example"
LISTED: dict[str, Any] = {"cost": Decimal(1), "cost_kind": CostKind.ESTIMATED}


@pytest.fixture
def people(engine: Engine, load: LoadOf) -> LoadOf:
    roster(engine, load, [(ANA, date(2026, 1, 1)), (BO, date(2026, 1, 1))])
    return load


def told(load: LoadOf, source: str, precedence: int, feed: str = "") -> LoadOf:
    return replace(load, source=source, feed=feed, precedence=precedence)


def sums(engine: Engine, *columns: str) -> tuple[int, ...]:
    """What the rollup has of them, over all days."""
    with engine.connect() as connection:
        wanted = select(*(func.coalesce(func.sum(getattr(UsageDaily, name)), 0) for name in columns))
        return tuple(int(value) for value in connection.execute(wanted).one())


def test_the_vendors_report_counts_and_the_log_of_the_same_calls_does_not(engine: Engine, people: LoadOf) -> None:
    save_usage(engine, told(people, "logs", 5), [use("a", input_tokens=90, requests=3, **LISTED)])
    save_usage(engine, told(people, "anthropic", 20), [use("b", input_tokens=100, requests=None)])

    # The vendor counts no requests and gives no money, so that what the log says of these stays.
    assert sums(engine, "input_tokens", "requests", "cost_nano") == (100, 3, 10**9)
    assert sums(engine, "tokenless_facts", "uncounted_facts", "unpriced_facts") == (0, 1, 1)


def test_an_estimate_does_not_add_to_the_bill_that_the_use_is_in(engine: Engine, people: LoadOf) -> None:
    bill = use("bill", subject="", requests=0, cost=Decimal(2), cost_kind=CostKind.BILLED)
    save_usage(engine, told(people, "anthropic", 0, "cost"), [bill])
    save_usage(engine, told(people, "logs", 5), [use("a", input_tokens=90, **LISTED)])
    save_usage(engine, told(people, "anthropic", 20), [use("b", input_tokens=100, cost_kind=CostKind.APART)])

    assert sums(engine, "cost_nano", "unpriced_facts", "unpriced_tokens") == (2 * 10**9, 0, 0)
    with engine.connect() as connection:
        kinds = {*connection.execute(select(UsageDaily.cost_kind, UsageDaily.cost_nano))}
    # What the log estimates has no cost of its own any more, so that nobody's cost reads as nothing.
    assert kinds == {("billed", 2 * 10**9), ("apart", 0), (None, 0)}


@pytest.mark.parametrize(
    ("other", "tokens"),
    [
        ({"day": TUESDAY}, 190),
        ({"subject": BO}, 190),
        ({"tool": "codex"}, 190),
        ({"subject": "nobody@acme.example"}, 190),
        ({"model": "another"}, 100),
    ],
    ids=["day", "person", "tool", "somebody unknown", "model"],
)
def test_it_is_the_same_use_where_tool_person_and_day_are(
    engine: Engine, people: LoadOf, other: dict[str, Any], tokens: int
) -> None:
    save_usage(engine, told(people, "logs", 5), [use("a", input_tokens=90, **other)])
    save_usage(engine, told(people, "anthropic", 20), [use("b", input_tokens=100)])

    assert sums(engine, "input_tokens") == (tokens,)


def test_feeds_of_one_precedence_and_files_add_up(engine: Engine, people: LoadOf) -> None:
    for feed in ("laptop", "desktop"):
        save_usage(engine, told(people, "logs", 5, feed), [use("a", input_tokens=10)])
    save_usage(engine, told(people, "files", 0), [use("a", input_tokens=1)])

    assert sums(engine, "input_tokens") == (21,)


def test_what_the_lower_one_tells_besides_stays(engine: Engine, people: LoadOf) -> None:
    save_usage(engine, told(people, "logs", 5), [use("a", suggested=4, accepted=2)])
    save_usage(engine, told(people, "anthropic", 20), [use("b", suggested=None)])

    assert sums(engine, "suggested", "accepted") == (4, 2)


def test_names_of_one_tool_are_the_same_tool(engine: Engine, people: LoadOf) -> None:
    save_usage(engine, told(people, "logs", 5), [use("a", tool="Claude Code", input_tokens=90)])
    save_usage(engine, told(people, "anthropic", 20), [use("b", tool="claude_code", input_tokens=100)])

    assert sums(engine, "input_tokens") == (100,)


@pytest.mark.parametrize(
    ("vendor", "gateway", "tokens"),
    [
        ({"tool": "openai_api"}, {}, 100),
        ({"tool": "anthropic_api"}, {}, 100),
        ({"tool": "openai_api"}, {"model": "another"}, 190),
        ({"tool": "openai_api"}, {"subject": BO}, 190),
        ({"tool": "chatgpt"}, {}, 190),
    ],
    ids=["openai", "anthropic", "model", "person", "no api"],
)
def test_a_gateway_and_the_vendor_behind_it_tell_of_one_call(
    engine: Engine, people: LoadOf, vendor: dict[str, Any], gateway: dict[str, Any], tokens: int
) -> None:
    save_usage(engine, told(people, "litellm", 9), [use("a", **{"tool": "litellm", "input_tokens": 90, **gateway})])
    save_usage(engine, told(people, "vendor", 10), [use("b", input_tokens=100, **vendor)])

    assert sums(engine, "input_tokens") == (tokens,)


def test_what_clients_tell_of_calls_through_a_gateway_or_a_vendors_api_counts_there(
    engine: Engine, people: LoadOf
) -> None:
    clients = [use("a", tool="claude_code", input_tokens=5), use("b", tool="codex", model="gpt", input_tokens=7)]
    save_usage(engine, told(people, "logs", 5), [*clients, use("c", tool="copilot_cli", input_tokens=11)])
    save_usage(engine, told(people, "litellm", 9), [use("d", tool="litellm", input_tokens=100)])
    save_usage(engine, told(people, "openai", 10), [use("e", tool="openai_api", model="gpt", input_tokens=1000)])

    assert sums(engine, "input_tokens") == (1111,)


def test_what_a_plan_pays_is_told_by_no_api_so_that_a_script_beside_it_counts_too(
    engine: Engine, people: LoadOf
) -> None:
    script = use("api", tool="openai_api", model="gpt", input_tokens=1000)
    agent = use("log", tool="codex", model="gpt", input_tokens=90)
    save_usage(engine, told(people, "openai", 10), [script])
    save_usage(engine, told(people, "logs", 5), [agent])
    assert sums(engine, "input_tokens") == (1000,)

    of_a_plan = replace(agent, pricing=PricingRecord(service_tier=OF_A_PLAN))
    save_usage(engine, told(people, "logs", 5), [of_a_plan])
    assert sums(engine, "input_tokens") == (1090,)
    save_usage(engine, told(people, "chatgpt", 10), [use("plan", tool="codex", input_tokens=100)])
    assert sums(engine, "input_tokens") == (1100,)


def test_reports_of_one_vendor_never_overlap_by_another_tools_name(engine: Engine, people: LoadOf) -> None:
    save_usage(engine, told(people, "v", 9, "keys"), [use("a", tool="litellm", input_tokens=90)])
    save_usage(engine, told(people, "v", 20, "people"), [use("b", tool="claude_code", input_tokens=100)])

    assert sums(engine, "input_tokens") == (190,)


def test_what_a_vendor_tells_of_a_gateways_key_counts_by_whom_the_gateway_names(engine: Engine, people: LoadOf) -> None:
    apart: dict[str, Any] = {"tool": "openai_api", "cost_kind": CostKind.APART}
    vendor = [
        use("gateway", subject="key_GW", input_tokens=100, **apart),
        use("other key", subject="key-gW", input_tokens=40, **apart),
        use("other model", subject="key_GW", model="n", input_tokens=2000, **apart),
        use("another day", subject="key_GW", day=TUESDAY, input_tokens=30000, **apart),
    ]
    calls = [use("a", subject=ANA, tool="litellm", **LISTED), use("b", subject="key-x", tool="litellm", **LISTED)]
    save_usage(engine, told(people, "openai", 10), vendor)
    gateway = replace(told(people, "litellm", 9), vendor_keys=("key_GW", "key_2"))
    save_usage(engine, gateway, calls)

    # By person the gateway counts, and its estimate is in the vendor's bill.
    assert sums(engine, "input_tokens", "requests", "cost_nano") == (20 + 40 + 2000 + 30000, 5, 0)

    save_usage(engine, replace(gateway, vendor_keys=()), calls)

    assert sums(engine, "input_tokens", "cost_nano") == (32160, 2 * 10**9)


def test_taken_back_the_higher_one_leaves_what_the_lower_one_says(engine: Engine, people: LoadOf) -> None:
    save_usage(engine, told(people, "logs", 5), [use("a", input_tokens=90)])
    saved = save_usage(engine, told(people, "anthropic", 20), [use("b", input_tokens=100)])

    with engine.begin() as connection:
        undo(connection, people.workspace_id, saved.load_id, NOW)

    assert sums(engine, "input_tokens") == (90,)


def test_a_feed_that_is_given_a_precedence_later_overlaps_from_then_on(engine: Engine, people: LoadOf) -> None:
    record = use("a", input_tokens=90)
    save_usage(engine, told(people, "logs", 0), [record])
    save_usage(engine, told(people, "anthropic", 20), [use("b", input_tokens=100)])
    assert sums(engine, "input_tokens") == (190,)

    save_usage(engine, told(people, "logs", 5), [record])

    assert sums(engine, "input_tokens") == (100,)


@sampled
def test_random_feeds_come_to_the_sum_of_the_highest(engine: Engine, people: LoadOf) -> None:
    dice = random.Random(11)
    weights = {"logs": 5, "otlp": 8, "anthropic": 20}
    facts: list[tuple[str, UsageRecord]] = []
    for number in range(size(8, 60)):
        record = use(
            f"k{number}",
            day=MONDAY - timedelta(days=dice.randrange(3)),
            subject=dice.choice((ANA, BO)),
            tool=dice.choice(("claude_code", "codex")),
            input_tokens=dice.choice((None, dice.randrange(1, 99))),
        )
        facts.append((dice.choice([*weights]), record))
    dice.shuffle(facts)
    for source, record in facts:
        load = told(people, source, weights[source])
        save_usage(engine, load, [record])

    groups: dict[tuple[object, ...], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for source, record in facts:
        if record.input_tokens is not None:
            groups[record.day, record.subject, record.tool][source] += record.input_tokens
    expected = sum(found[max(found, key=weights.__getitem__)] for found in groups.values())
    assert sums(engine, "input_tokens") == (expected,)
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).where(UsageFact.marks.bitwise_and(7) != 0)) or 0 > 0
