"""What is to be done about one due digest, for whoever reads its place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.digest.schedule import Due
from bot.questions.answers.answer import Audience
from bot.slack.digest.plan import Gone, Planned, Silent, plan
from storage.keep import digests, outbox
from storage.keep.digests import PAUSED
from storage.records import DayState
from tests.bot.digest.company import Company
from tests.bot.slack.digest.workers import ANA, DUE, Office, states


def test_a_channel_reads_what_its_least_privileged_member_may_see(office: Office) -> None:
    office.subscribe(team="Care")
    office.at(DUE)

    assert office.top()[0].startswith("W12, Care (7 people)")
    assert ANA not in str(office.slack.posted("C1"))


def test_a_person_gets_their_own_with_their_own_use_by_direct_message(office: Office) -> None:
    office.subscribe("UANA", "Build")

    office.at(DUE)

    assert office.top("D-UANA")[0].startswith("W12, Build (9 people)")
    assert any("Tokens, build1" in message["text"] for message in office.slack.posted("D-UANA"))


def test_somebody_who_left_the_roster_gets_no_more(office: Office) -> None:
    id_ = office.subscribe("UANA", "Build")
    Company(weeks=22, teams={"Build": 1, "Care": 7}).save(office.writing)

    office.at(DUE, 1)

    assert office.state(id_) == (PAUSED, "not_on_roster")
    assert "not on the roster" in office.top("D-UANA")[0]


def planned(office: Office, **more: Any) -> Gone | Silent | Planned:
    """What the first due week of a subscription asks for."""
    maker = office.clock.maker
    office.now = DUE
    with maker.digests.reading.connect() as connection:
        (found,) = [wanted for _, wanted in digests.subscriptions(connection, office.workspace_id)]
        directory = maker.digests.directory(connection, office.workspace_id)
        week = Due(maker.digests.last_week(office.workspace_id), DUE, skip=False, late=False)
        return plan(maker.digests, connection, directory, replace(found, **more), week, Audience.MEMBERS)


def test_a_due_week_is_planned_as_a_value_and_nothing_is_written(office: Office) -> None:
    office.subscribe()

    found = planned(office)

    assert isinstance(found, Planned)
    assert found.made.digest is not None
    assert (str(found.made.week), found.earlier) == ("2026-W12", [])
    with office.reading.connect() as connection:
        assert outbox.counts(connection) == {}
        assert digests.last_week(connection, 1) == ""


def test_a_team_or_a_person_that_is_gone_is_a_reason(office: Office) -> None:
    office.subscribe()

    assert planned(office, team="Nowhere") == Gone("no_team")
    assert planned(office, channel="UANA", email="gone@x.example") == Gone("not_on_roster")


def test_a_week_of_which_no_source_brought_anything_is_silent_unless_somebody_asked(office: Office) -> None:
    office.subscribe()
    states(office, DayState.MISSING, *range(7))

    found = planned(office)

    assert isinstance(found, Silent)
    assert str(found.week) == "2026-W12"
