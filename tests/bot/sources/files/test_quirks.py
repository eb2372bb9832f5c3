"""Exports that a spreadsheet or a notebook saved again still mean what they meant: figured by hand, row by row."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from bot.sources.files.dates import DecimalMark
from bot.sources.files.exports import recognise
from bot.sources.files.quirks import Numbers

OPENAI = "start_time;end_time;num_model_requests;model;input_tokens;output_tokens;input_cached_tokens"
ANTHROPIC = (
    "usage_date_utc;usage_input_tokens_no_cache;usage_output_tokens;usage_input_tokens_cache_write_5m;"
    "usage_input_tokens_cache_write_1h"
)
DAILY = "date;spend;prompt_tokens;completion_tokens;api_requests;cache_read_input_tokens;cache_creation_input_tokens"
LOG = "request_id;spend;prompt_tokens;completion_tokens;startTime"
CURSOR = "date;model;kind;input_(w/_cache_write);input_(w/o_cache_write);cache_read;output_tokens;cost"
COPILOT = "date;username;product;sku;quantity;unit_type;gross_amount;net_amount"
REQUESTS = "Timestamp;User;Model;Requests Used;Exceeds Monthly Quota;Total Monthly Quota"
POINT, COMMA = DecimalMark.POINT, DecimalMark.COMMA


@pytest.mark.parametrize(
    ("header", "row", "mark", "read"),
    [
        # cached tokens come out of the input however its digits are grouped, and where a notebook made fractions
        (OPENAI, "1793923200;1794009600;4;gpt-5;10,000;300;6,000", POINT, {"input_tokens": "4000"}),
        (OPENAI, "1793923200.0;1794009600.0;4.0;gpt-5;1000.0;300.0;600.0", POINT, {"input_tokens": "400"}),
        (OPENAI, "1793923200.0;1794009600.0;4.0;gpt-5;1.0;1.0;", POINT, {"date": "2026-11-06"}),
        (OPENAI, "1793926800;1793930400;4;gpt-5;1;1;", POINT, {"timestamp": "1793926800"}),
        (OPENAI, "1793926800;1793930400;4;gpt-5;one;1;1", POINT, {"input_tokens": "one"}),
        (DAILY, "2026-11-06;0,25;10.000;100;5;8.000;1.000", COMMA, {"input_tokens": "1000", "cost": "0,25"}),
        (DAILY, "2026-11-06;0,00;10.000;100;5;;", COMMA, {"cost": ""}),
        # both kinds of cache writes, of which the longer is told apart; one that is no count is not lost
        (ANTHROPIC, "2026-11-05;1;1;1,020;2,030", POINT, {"cache_write_tokens": "3050"}),
        (ANTHROPIC, "2026-11-05;1;1;1,020;2,030", POINT, {"cache_write_1h_tokens": "2030"}),
        (ANTHROPIC, "2026-11-05;1;1;;", POINT, {"cache_write_tokens": None}),
        (ANTHROPIC, "2026-11-05;1;1;5;1.5", POINT, {"cache_write_tokens": "1.5"}),
        # times of UTC, but where they say otherwise
        (LOG, "r;1;1;1;2026-11-06 23:59:59-05:00", POINT, {"timestamp": "2026-11-06 23:59:59-05:00"}),
        (LOG, "r;1;1;1;2026-11-06T23:59:59.5", POINT, {"timestamp": "2026-11-06T23:59:59.5Z"}),
        (CURSOR, "11/16/2026 9:30 AM;m;On-Demand;1;2;3;4;$1", POINT, {"timestamp": "11/16/2026 9:30 AMZ"}),
        # what nobody pays is covered, however its nought is written; parts of a request are no count of them
        (COPILOT, "2026-11-09;u;Copilot;premium;3.0;requests;0.12;$0.00", POINT, {"cost_kind": "covered"}),
        (COPILOT, "2026-11-09;u;Copilot;premium;3.0;requests;0.12;0.12", POINT, {"requests": "3"}),
        (COPILOT, "2026-11-09;u;Copilot;premium;3;requests;0,12;0,00", COMMA, {"cost_kind": "covered"}),
        (COPILOT, "2026-11-09;u;Copilot;premium;1.05;requests;1;1", POINT, {"requests": "", "cost": "1"}),
        (COPILOT, "2026-11-09;u;Copilot;premium;1.200;requests;1;1", COMMA, {"requests": "1200"}),
        (COPILOT, "2026-11-09;u;Copilot;ai_credit;100;ai-credits;1;-0.5", POINT, {"credits": "100", "cost": "-0.5"}),
        (REQUESTS, "2026-11-09T10:00:00Z;u;o4-mini;0.33;False;300", POINT, {"tool": "copilot", "requests": ""}),
        (REQUESTS, "2026-11-09T10:00:00Z;u;GPT-5;1.0;False;300", POINT, {"email": "u", "requests": "1"}),
    ],
)  # fmt: skip
def test_a_row_means_the_same_however_it_is_written(
    header: str, row: str, mark: DecimalMark, read: dict[str, Any]
) -> None:
    names, fields = csv.reader([header, row], delimiter=";")
    export = recognise(names)
    assert export is not None

    found = export.reader(names, Numbers(mark))(fields)

    assert {name: found.get(name) for name in read} == read
