"""Each kind of setting takes what can be meant, and names what it takes where it cannot be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import values

PORT = values.whole(1, 65_535)
TOKEN = values.token("xoxb-")


@pytest.mark.parametrize(
    ("parse", "raw", "value"),
    [
        (PORT, "65535", 65_535),
        (values.group, "5", values.SMALLEST_GROUP),
        (values.group, "12", 12),
        (values.policy, "Managers", "managers"),
        (values.emails, " Ana@Firm.example; bo@firm.example ,", frozenset({"ana@firm.example", "bo@firm.example"})),
        (values.currency, "eur", "EUR"),
        (values.country, "de", "DE"),
        (values.store, "postgres://u:p@host/db", "postgres://u:p@host/db"),
        (values.api_url, "https://slack.example/api", "https://slack.example/api/"),
        (values.api_url, "https://slack.example/api//", "https://slack.example/api/"),
        (TOKEN, "xoxb-1", "xoxb-1"),
    ],
)
def test_what_can_be_meant_is_taken(parse: Callable[[str], Any], raw: str, value: object) -> None:
    assert parse(raw) == value


@pytest.mark.parametrize(
    ("parse", "raw", "says"),
    [
        *((PORT, raw, "whole number from 1 to 65535") for raw in ("0", "65536", "-1", "1.5", "٣", "", "many")),
        (values.zone, "Mars/Olympus", "time zone like 'Europe/Berlin'"),
        (values.zone, "../../etc/passwd", "time zone"),
        (values.policy, "leads", "hidden, managers, everyone"),
        *((values.emails, raw, repr(raw)) for raw in ("ana", "ana@", "a@b@c")),
        *((values.currency, raw, "three letters") for raw in ("euro", "€", "E1R")),
        *((values.country, raw, "two-letter") for raw in ("deu", "D1", "ää")),
        (values.store, "mysql://root:secret@host/db", "sqlite:///"),
        *((values.api_url, raw, "http or https") for raw in ("ftp://host", "https://", "host/path")),
        (TOKEN, "xapp-secret", "'xoxb-'"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_would_be_taken(
    parse: Callable[[str], Any], raw: str, says: str
) -> None:
    with pytest.raises(ValueError, match=r"^must ") as refused:
        parse(raw)
    assert says in str(refused.value)


def test_a_zone_is_found_by_its_name() -> None:
    assert values.zone("Europe/Berlin").key == "Europe/Berlin"


@given(st.text(alphabet="abc123", min_size=4, max_size=12))
def test_no_refusal_repeats_a_secret(secret: str) -> None:
    for parse in (values.store, TOKEN, values.api_url):
        with pytest.raises(ValueError) as refused:  # noqa: PT011 - the words are what is looked at
            parse(f"s-{secret}-s")
        assert f"s-{secret}-s" not in str(refused.value)


@given(st.integers(-10, 2_000_000), st.integers(0, 1_000), st.integers(0, 1_000_000))
def test_a_whole_number_between_two_reads_back(number: int, low: int, more: int) -> None:
    parse = values.whole(low, low + more)
    if low <= number <= low + more:
        assert parse(str(number)) == number
    else:
        with pytest.raises(ValueError, match="whole number"):
            parse(str(number))
