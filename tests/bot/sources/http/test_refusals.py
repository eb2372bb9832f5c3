"""A vendor's no, in the words of whoever has to change something."""

from __future__ import annotations

import json

import pytest

from bot.sources.base import SourceExpired, VendorSource
from bot.sources.http.refusals import refusal

ACME = VendorSource(
    name="acme",
    label="Acme",
    base_url="https://api.acme.example",
    needs=("ACME_EMAIL", "ACME_API_TOKEN"),
    headers=lambda _: {},
    reports=(),
)


def words(status: int, body: object = None) -> str:
    return str(refusal(ACME, status, json.dumps(body).encode(), ["tok-1234567"]))


def test_a_key_is_named_by_its_setting() -> None:
    assert words(401) == "Acme does not know the key in ACME_API_TOKEN (401); check ACME_API_TOKEN"
    assert words(403).startswith("Acme does not let the key in ACME_API_TOKEN read this (403)")


def test_what_is_not_there_names_all_settings() -> None:
    assert words(404).endswith("check ACME_EMAIL, ACME_API_TOKEN, FULCRUM_ACME_URL")


def test_a_page_that_is_gone_begins_the_pull_anew() -> None:
    assert isinstance(refusal(ACME, 410, b"", ()), SourceExpired)


@pytest.mark.parametrize(
    "body",
    [
        {"error": {"message": "too many days"}},
        {"message": "too many\n days"},
        {"error": "too many days"},
        {"errors": {"detail": "too many days"}},
    ],
)
def test_a_wrong_request_is_told_in_the_vendors_words(body: object) -> None:
    assert words(400, body) == "Acme refuses the request (400): too many days"


def test_without_words_there_is_the_status_and_no_key_is_repeated() -> None:
    assert words(422, ["?"]) == "Acme refuses the request (422)"
    assert words(400, {"message": "tok-1234567 is wrong"}) == "Acme refuses the request (400): … is wrong"
    assert len(words(400, {"message": "x" * 5000})) < 300
