"""A name said is used by the query, or stops the answer; so does one that nobody knows."""

from __future__ import annotations

from bot.questions.finders.marks import Marked, Mention
from bot.questions.guards.names import parts_of_names, passed_over, twice_read, unknown_names
from bot.questions.guards.scene import Choice, Scene
from bot.questions.reading import Missing, Unclear
from tests.bot.questions.finders.bureau import world
from tests.bot.questions.guards.scenes import COST, scene, words_of


def test_an_unknown_name_near_a_known_one_is_offered_and_pressing_asks_for_that() -> None:
    marked = Marked(["cost", "of", Mention("unknown", ("growhtt",), said="Growhtt")], raws=["cost", "of", "Growhtt"])
    found = unknown_names(Scene(marked, Choice(("ignore",)), world(), COST))

    assert isinstance(found, Unclear)
    assert [(option.label, option.ask) for option in found.options] == [("Growth", 'cost of team "Growth"')]


def test_one_near_nothing_has_no_figures_and_is_told_by_its_kind() -> None:
    found = unknown_names(scene("cost of the Zebra team in October"))

    assert isinstance(found, Missing)
    assert "the team “Zebra”" in found.text
    assert unknown_names(scene("cost of Web in October")) is None


def test_two_words_like_a_person_s_name_are_for_the_policy_to_speak_of() -> None:
    found = unknown_names(scene("cost of Zoltan Quagga in October"))

    assert isinstance(found, Missing)
    assert found.about == "person"


def test_a_name_that_the_query_leaves_out_is_asked_about() -> None:
    assert "“Web”" in words_of(passed_over(scene("cost of Web in October", COST, "Web")))
    assert passed_over(scene("cost of Web in October")) is None
    assert "“support”" in words_of(passed_over(scene("cost for support in October", COST, "support")))


def test_a_name_that_is_taken_back_is_not() -> None:
    assert passed_over(scene("cost of Web, not Data, in October", COST, "Data")) is None


def test_one_word_of_a_longer_name_is_asked_back_before_it_is_taken_for_it() -> None:
    asked = parts_of_names(scene("executive view of cost"))

    assert isinstance(asked, Unclear)
    assert all("Executive Assistant" in option.label for option in asked.options)
    assert parts_of_names(scene("Executive Assistant cost")) is None


def test_a_word_that_is_somebody_and_a_month_is_read_as_one_of_them() -> None:
    assert "somebody, or a time" in words_of(twice_read(scene("cost in June")))
    assert twice_read(scene("cost in June", COST, "person")) is None
    assert twice_read(scene("cost in June", COST, "period")) is None


def test_people_named_by_a_part_of_their_title_are_asked_about_and_kinds_of_people_are_not() -> None:
    people, agents = (Mention("title", (), said=said, doubtful=True) for said in ("managers", "agents"))

    def of(mention: Mention) -> Scene:
        marked = Marked(["cost", "of", mention], raws=["cost", "of", mention.said])
        return Scene(marked, Choice(("ignore",)), world(), COST)

    assert "“managers”" in words_of(passed_over(of(people)))
    assert passed_over(of(agents)) is None
