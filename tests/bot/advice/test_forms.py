"""From the fields of a form to a row of the catalogue."""

from __future__ import annotations

from datetime import date

from bot.advice.forms import granted_of, numbers_of, workflow_of, wrong_approval, wrong_fields, wrong_workflow
from bot.advice.granting import Granted


def test_what_is_wrong_is_said_by_field() -> None:
    assert wrong_fields({"minutes": "many", "volume": "3"}).keys() == {"minutes"}
    assert wrong_workflow({"minutes": "x"}).keys() == {"minutes", "name"}
    assert wrong_workflow({"seed": "code review", "volume": "often"}).keys() == {"volume"}
    assert wrong_workflow({"seed": "code review"}) == {}
    assert numbers_of({"volume": "3", "minutes": "20"}) == {"volume": "3"}


def test_an_approval_is_read_from_its_fields_and_its_day_has_to_be_right() -> None:
    today = date(2026, 11, 18)
    fields = {"scope": "refunds", "days": "30", "confirmed": "yes", "on": "2026-11-10", "how": "it was drilled"}

    assert granted_of(fields) == Granted(scope="refunds", days=30, confirmed=True, on=date(2026, 11, 10), drilled=True)
    assert granted_of({}) == Granted()
    assert wrong_approval(fields, "audit", today) == {}
    assert wrong_approval(fields | {"on": "soon"}, "audit", today) == {"on": "Say on which day."}
    assert wrong_approval({}, "draft", today) == {}


def test_a_new_workflow_takes_the_seeds_values_and_over_them_what_was_filled_in() -> None:
    record = workflow_of({"seed": "code review", "team": "Web", "minutes": "10", "error_class": "4"}, "o@x.example")

    assert (record.name, record.team, record.activity, record.owner_email) == (
        "code review",
        "Web",
        "review",
        "o@x.example",
    )
    assert (record.minutes_mode, record.error_class, record.exposure) == (10, 4, "E1")
    assert workflow_of({"name": "own", "team": "Web"}, "o@x.example").minutes_mode is None
