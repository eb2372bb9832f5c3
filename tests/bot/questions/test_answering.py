"""From a reading to its answer: the right reader, and what a reading without figures says."""

from __future__ import annotations

import pytest

from bot.questions.answers.answer import Audience, Status
from bot.settings import Settings
from tests.bot.questions.test_pipeline import Asking, asking

__all__ = ["asking"]


def test_a_channel_reads_what_any_member_may_read(asking: Asking) -> None:
    engineer = asking.of("Checkout")["email"]
    shown = asking.ask("cost by team last month", engineer, audience=Audience.MEMBERS)

    hidden = {row.labels["team"] for row in shown.rows if row.suppressed}
    assert not shown.private
    assert "Counsel" in hidden
    assert all(value is None for row in shown.rows if row.suppressed for value in row.values.values())


def test_own_figures_asked_in_a_channel_go_to_the_asker_alone(asking: Asking) -> None:
    engineer = asking.of("Checkout")["email"]
    answer = asking.ask("how many tokens did I use last month", engineer, audience=Audience.MEMBERS)

    assert (answer.status, answer.private) == (Status.ANSWERED, True)
    assert answer.public_text is not None
    assert not any(character.isdigit() for character in answer.public_text)


def test_where_guests_read_along_no_figure_is_public(asking: Asking) -> None:
    engineer = asking.of("Checkout")["email"]
    answer = asking.ask("tokens last month", engineer, audience=Audience.OPEN)

    assert (answer.status, answer.private) == (Status.ANSWERED, True)
    assert answer.public_text is not None
    assert not any(character.isdigit() for character in answer.public_text)


def test_a_hidden_person_reads_the_same_as_an_absent_one(asking: Asking) -> None:
    asker, other = asking.of("Checkout")["email"], asking.of("Booking")["name"]
    hidden = asking.ask(f"how many tokens did {other} use last month", asker)
    absent = asking.ask("how many tokens did Zebulon Quartermain use last month", asker)

    assert (hidden.status, hidden.text) == (Status.DENIED, absent.text)
    assert hidden.options == absent.options


def test_under_managers_a_lead_sees_reports_and_nobody_else(asking: Asking) -> None:
    report = next(
        row for row in asking.people if row["manager_email"] and not row["end_date"] and row["kind"] != "agent"
    )
    stranger = next(
        row
        for row in asking.people
        if row["manager_email"] not in ("", report["manager_email"]) and not row["end_date"]
    )
    asking.settings = Settings(people="managers")
    asking.restart()
    question = "how many tokens did {} use last month"

    assert asking.ask(question.format(report["email"]), report["manager_email"]).status is Status.ANSWERED
    assert asking.ask(question.format(report["manager_email"]), report["email"]).status is Status.DENIED
    assert asking.ask(question.format(stranger["email"]), report["email"]).status is Status.DENIED


def test_days_of_a_small_team_are_rounded_in_text_and_rows(asking: Asking) -> None:
    engineer = asking.of("Checkout")["email"]
    answer = asking.ask("tokens of Onboarding from 2 November to 6 November", engineer)

    (row,) = answer.to_json()["rows"]
    assert row["rounded"] is True
    assert "about" in answer.text
    assert asking.ask("tokens of Onboarding from 2 November to 6 November").to_json()["rows"][0].keys() == {
        "labels",
        "values",
    }


def test_a_refusal_names_the_nearest_figure_and_that_is_answered(asking: Asking) -> None:
    engineer = asking.of("Checkout")["email"]
    refused = asking.ask("cost of Counsel by tool last month", engineer)

    assert refused.status is Status.DENIED
    assert refused.text.endswith("The nearest figure that may be shown: cost, whole organisation, October 2026.")
    assert refused.period is not None
    assert asking.ask("cost of the whole organisation in October 2026", engineer).status is Status.ANSWERED


def test_the_figures_of_ones_reports_are_denied_before_anything_is_asked_and_given_to_their_manager(
    asking: Asking,
) -> None:
    managers = {row["manager_email"] for row in asking.people if row["manager_email"] and not row["end_date"]}
    lead = next(row for row in asking.people if row["email"] in managers and row["kind"] == "employee")["email"]
    question = "which of my reports used the most tokens last month"

    assert asking.ask(question, lead).status is Status.DENIED

    asking.settings = Settings(people="managers")
    asking.restart()
    answer = asking.ask(question, lead)
    assert answer.status is Status.ANSWERED
    assert lead not in {row.labels["person"] for row in answer.rows}


def test_who_has_no_reports_is_told_so(asking: Asking) -> None:
    managers = {row["manager_email"] for row in asking.people}
    engineer = next(row for row in asking.people if row["email"] not in managers and row["kind"] == "employee")["email"]

    assert asking.ask("tokens of my reports last month", engineer).status in (Status.DENIED, Status.CLARIFY)


def test_a_question_before_the_first_record_says_what_is_recorded(asking: Asking) -> None:
    answer = asking.ask("tokens in 2024")

    assert answer.status is Status.NO_DATA
    assert "2026" in answer.text


def test_why_gives_parts_that_sum_to_the_change(asking: Asking) -> None:
    answer = asking.ask("why did tokens change in October?")

    facts = {fact.label: fact.value for fact in answer.facts}
    assert answer.status is Status.ANSWERED
    total = sum(row.values["contribution"] or 0 for row in answer.rows)
    assert total == pytest.approx(facts["change"], rel=1e-9)
    assert "cause" in answer.text


def test_is_that_normal_gives_the_usual_range_in_facts(asking: Asking) -> None:
    answer = asking.ask("were tokens last week normal?")

    low, high = (fact.value for fact in answer.facts[:2])
    assert answer.status is Status.ANSWERED
    assert isinstance(low, float)
    assert isinstance(high, float)
    assert low < high
