"""Who a login is: what single sign-on knows, page by page."""

from __future__ import annotations

from bot.sources.github import GITHUB
from tests.bot.sources.faults import Fault
from tests.bot.sources.github_api import ORG, GitHub, served
from tests.bot.sources.pulls import known


def people(github: GitHub) -> dict[str, str]:
    with served(github) as server:
        return known(server, GITHUB, FULCRUM_GITHUB_ORG=ORG)


def test_a_login_is_the_e_mail_that_single_sign_on_has_for_it() -> None:
    found = people(
        GitHub(
            people=[
                {"user": {"login": "ada-gh"}, "samlIdentity": {"nameId": "Ada@acme.test", "emails": []}},
                {"user": {"login": "bo-gh"}, "samlIdentity": {"nameId": "77", "emails": [{"value": "bo@acme.test"}]}},
                {"user": {"login": "cy-gh"}, "scimIdentity": {"username": "cy@acme.test", "emails": []}},
                {"user": None, "samlIdentity": {"nameId": "invited@acme.test"}},
                {"user": {"login": "no-mail"}, "samlIdentity": {"nameId": "x9"}},
            ]
        )
    )

    assert found == {"ada-gh": "ada@acme.test", "bo-gh": "bo@acme.test", "cy-gh": "cy@acme.test"}


def test_an_organisation_without_single_sign_on_knows_nobody() -> None:
    assert people(GitHub()) == {}


def test_a_key_that_may_not_read_the_people_reads_the_rest() -> None:
    with served(GitHub()) as server:
        server.fail(Fault.FORBIDDEN, where="/graphql")
        assert known(server, GITHUB, FULCRUM_GITHUB_ORG=ORG) == {}
