"""People are found by whole names, addresses and the parts that others call them by."""

from __future__ import annotations

from bot.questions.finders.folding import fold
from bot.questions.finders.name import Fit
from bot.questions.finders.people import PeopleNames
from storage.names import PersonName

ANNA = PersonName(1, "anna.lind@x.example", "Anna Maria Lind-Moss", "employee", ("Web",), "")
OLAF = PersonName(2, "olaf@x.example", "Olaf Lind", "contractor", ("Web",), "")
CLIP = PersonName(3, "clip@x.example", "Clip Review Bot", "agent", ("Web",), "")
NAMELESS = PersonName(4, "team7@x.example", "", "employee", ("Web",), "")
PEOPLE = PeopleNames([ANNA, OLAF, CLIP, NAMELESS])


def found(said: str) -> dict[str, Fit]:
    return {name.value.partition("@")[0]: name.fit for name in PEOPLE.find(fold(said))}


def test_a_whole_name_and_an_address_are_surely_somebody() -> None:
    assert found("anna maria lind moss") == {"anna.lind": Fit.WHOLE}
    assert found("ANNA.LIND@x.example") == {"anna.lind": Fit.WHOLE}
    assert found("team7@x.example") == {"team7": Fit.WHOLE}
    assert [name.label for name in PEOPLE.whole] == [ANNA.name, OLAF.name, CLIP.name, NAMELESS.email]


def test_parts_of_a_name_are_all_who_are_called_so() -> None:
    parts = ("lind", "anna", "lind olaf", "anna moss", "anna.lind")

    assert [{*found(part)} for part in parts] == [{"anna.lind", "olaf"}, {"anna.lind"}, {"olaf"}] + 2 * [{"anna.lind"}]
    assert {fit for part in parts for fit in found(part).values()} == {Fit.PART}


def test_an_agent_is_called_by_runs_of_its_name_but_not_by_what_all_agents_are_called() -> None:
    assert [{*found(part)} for part in ("clip review", "review", "review bot")] == 3 * [{"clip"}]
    assert found("bot") == found("bot review") == {}


def test_words_of_a_domain_or_of_two_people_are_nobody() -> None:
    assert [found(said) for said in ("x example", "olaf maria", "maria anna", "stranger", "")] == 5 * [{}]
    assert {"example", "moss", "team"} <= PEOPLE.words
