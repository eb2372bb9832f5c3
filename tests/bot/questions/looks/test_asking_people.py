"""Which messages ask since or until when people use AI, and about whom."""

from __future__ import annotations

from bot.questions.looks.asking_people import looked_at_people
from bot.questions.read import read
from bot.questions.reading import Intent, Understood, World
from storage.query import Filter


def test_the_question_is_told_by_its_words_and_the_rest_is_whom_it_is_about(world: World) -> None:
    checkout = (Filter("team", ("Checkout",)),)
    asked = {
        "people by month of first use": (Intent.COHORTS, ()),
        "show cohorts of Checkout": (Intent.COHORTS, checkout),
        "retention by starting month": (Intent.COHORTS, ()),
        "weeks since the last use": (Intent.LAST_USE, ()),
        "weeks since last use in Checkout": (Intent.LAST_USE, checkout),
        "how long from getting a seat to first using it": (Intent.SEAT_START, ()),
        "median time from seat to first use": (Intent.SEAT_START, ()),
    }
    found = {text: looked_at_people(text, world, read) for text in asked}

    assert {
        text: (reading.intent, reading.query.filters)
        for text, (reading,) in found.items()
        if isinstance(reading, Understood)
    } == asked
    (june,) = looked_at_people("of those who started in June, how many are still active", world, read)
    assert isinstance(june, Understood)
    assert (june.intent, june.about) == (Intent.COHORTS, "2026-06-01")
    assert looked_at_people("first-time users by month", world, read) == ()
    assert looked_at_people("what is the data retention period", world, read) == ()
