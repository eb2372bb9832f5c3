"""No secret leaves in a text: those of the settings, what looks like one, and the query of an address."""

from __future__ import annotations

import pytest

from bot.sources.http.redaction import redacted, secrets_of

SETTINGS = {
    "ACME_API_TOKEN": "tok-0123456789",
    "ACME_EMAIL": "ops@acme.example",
    "FULCRUM_ACME_URL": "https://acme.example",
}
BASIC = "Basic b3BzQGFjbWUuZXhhbXBsZTp0b2stMDEyMzQ1Njc4OQ=="


def test_secrets_are_those_of_settings_and_of_the_headers_made_of_them() -> None:
    found = secrets_of(SETTINGS, {"Authorization": BASIC, "X-Token": "t=tok-0123456789", "Accept": "application/json"})

    assert {*found} == {"tok-0123456789", BASIC, BASIC.split()[1], "t=tok-0123456789"}


def test_each_of_them_goes_and_the_rest_stays() -> None:
    secrets = secrets_of(SETTINGS, {"Authorization": BASIC})

    assert redacted(f"tok-0123456789 of ops@acme.example; {BASIC}", secrets) == "… of ops@acme.example; …"


@pytest.mark.parametrize(
    "text",
    [
        "sk-abcdef1234567890",
        "sk-proj-****************wxyz",
        "Bearer abc.def",
        "github_pat_11AAAAAAA0123456789",
        "xoxb-123456789012-abc",
    ],
)
def test_what_looks_like_a_key_goes_whoever_it_is_of(text: str) -> None:
    assert redacted(f"Incorrect key provided: {text}") == "Incorrect key provided: …"


def test_words_about_keys_stay() -> None:
    words = "it must be an Admin key (sk-admin-…), or sk-ant-admin…"

    assert redacted(words) == words


def test_the_query_of_an_address_goes() -> None:
    assert redacted("see https://files.example/a/b?sig=abc&x=1 now") == "see https://files.example/a/b?… now"
