"""The page as people use it, with the real app behind it."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.bot.preview.looking import Look
from tests.sampling import sampled, some

NARROW = {"width": 390, "height": 844}


def test_it_opens_on_an_answer_with_a_chart_and_a_table_and_questions_to_press(look: Look) -> None:
    look.open()

    expect(look.answer.locator(".chart svg polyline")).to_have_count(1)
    expect(look.answer.locator(".grid tbody tr")).to_have_count(12)
    expect(look.answer).to_contain_text("data to 18 Nov")
    assert look.page.locator("#main .chips button").count() >= 4


def test_a_question_opens_its_thread_with_the_answer_and_a_follow_up_keeps_the_context(look: Look) -> None:
    look.open()
    look.ask("cost by tool last month")
    expect(look.answer).to_contain_text("Cost, October 2026: claude_code leads")
    expect(look.answer.locator(".grid tbody tr", has_text="claude_code")).to_contain_text("$")

    look.reply("and in September?")

    expect(look.thread).to_have_count(4)
    expect(look.answer).to_contain_text("Cost, September 2026: claude_code leads")


@pytest.mark.trial
def test_a_pressed_suggestion_is_asked(look: Look) -> None:
    look.open()
    look.page.locator("#main .chips button", has_text="adoption rate by team").click()

    expect(look.answer).to_contain_text("Adoption rate, October 2026: Booking")


@pytest.mark.trial
def test_a_doubt_is_settled_by_pressing_one_of_its_readings(look: Look) -> None:
    look.open()
    look.ask("cost of claude last month")
    expect(look.answer).to_contain_text("Which one is meant")

    look.answer.get_by_role("button", name=re.compile("claude_code")).click()

    expect(look.thread).to_have_count(3)
    expect(look.answer).to_contain_text("Cost, claude_code")


@pytest.mark.trial
def test_a_slash_command_is_answered_to_who_typed_it_alone(look: Look) -> None:
    look.open()
    look.write(look.page.locator("#main textarea"), "/leverage top")

    whisper = look.page.locator("#main .message.whisper")
    expect(whisper).to_contain_text("Only visible to you")
    expect(whisper.locator(".grid tbody tr")).to_have_count(5)
    look.be("Engineer")
    expect(look.page.locator("#main .message").first).to_be_visible()
    expect(whisper).to_have_count(0)


@pytest.mark.trial
def test_a_command_slack_does_not_know_is_answered_by_slack(look: Look) -> None:
    look.open()
    look.write(look.page.locator("#main textarea"), "/levrage top")

    expect(look.page.locator("#main .message.whisper")).to_contain_text("/levrage is not a valid command")


@pytest.mark.trial
def test_the_same_question_is_answered_to_who_it_is_about_and_denied_to_the_admin(look: Look) -> None:
    question = f"tokens of {look.name_of('Engineer')} last month"
    look.open()
    look.be("Engineer")
    look.ask(question)
    expect(look.page.locator("#pane .message.whisper")).to_contain_text(re.compile(r"October 2026: [\d,]+"))

    look.be("Admin")
    look.ask(question)

    expect(look.answer).to_contain_text("Figures of a single person are shown to that person alone")
    expect(look.page.locator("#pane .message.whisper")).to_have_count(0)


@pytest.mark.trial
def test_where_another_company_reads_along_the_asker_alone_gets_figures(look: Look) -> None:
    look.open()
    look.go("halden-launch")
    look.ask("total tokens last month")

    expect(look.page.locator("#pane .message.whisper")).to_contain_text("Tokens")
    look.be("Engineer")
    look.page.locator("#main .replies").click()
    expect(look.thread).to_have_count(2)
    assert not re.search(r"\d{3}", look.answer.locator(".blocks").inner_text())


def test_home_shows_the_team_and_answers_in_messages_what_is_pressed_there(look: Look) -> None:
    look.open()
    look.be("Team lead")
    look.go("Fulcrum")
    home = look.page.locator(".home")
    expect(home).to_contain_text("Checkout at a glance")
    expect(home.locator(".fields .text")).to_have_count(4)

    home.get_by_role("button", name="Teams, ranked").click()

    expect(home).to_contain_text("Answered in Messages")
    expect(look.page.locator(".tabs .count")).to_have_text("1")
    look.page.locator(".tabs button", has_text="Messages").click()
    expect(look.page.locator("#main .message").last).to_contain_text(
        "Tokens per employee, October 2026: Reliability leads"
    )


@pytest.mark.trial
def test_the_pane_beside_a_channel_suggests_and_answers(look: Look) -> None:
    look.open()
    look.be("Team lead")
    look.page.locator("button.agent").click()
    prompts = look.page.locator("#pane .prompt")
    expect(prompts).to_have_count(4)

    prompts.first.click()

    expect(look.thread).to_have_count(2)
    expect(look.answer.locator(".grid tbody tr", has_text="adoption rate")).to_be_visible()


@pytest.mark.trial
def test_markup_in_what_people_write_stays_text(look: Look) -> None:
    look.open()
    look.ask("<img src=x onerror=alert(1)> *bold* &amp; tokens")

    said = look.page.locator("#main .message").last
    expect(said).to_contain_text("<img src=x onerror=alert(1)>")
    expect(said).to_contain_text("&amp;")
    expect(said.locator(".blocks img")).to_have_count(0)


def test_it_is_usable_by_the_keyboard_alone(look: Look) -> None:
    look.open()
    look.page.locator("#main textarea").focus()
    look.page.keyboard.type("cost by tool last month")
    look.page.keyboard.press("Enter")
    expect(look.answer).to_contain_text("claude_code leads")

    look.page.keyboard.press("Escape")

    expect(look.page.locator("#pane")).to_be_hidden()
    look.page.locator("#main .replies").last.focus()
    look.page.keyboard.press("Enter")
    expect(look.page.locator("#pane")).to_be_visible()


def test_on_a_narrow_screen_everything_is_reached_and_nothing_is_cut_off(look: Look) -> None:
    look.page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a plain dict of the two it wants
    look.open()
    expect(look.answer.locator(".chart")).to_be_visible()

    look.page.get_by_role("button", name="Close").click()
    look.page.get_by_role("button", name="People and channels").click()
    look.be("Engineer")
    look.go("Fulcrum")

    expect(look.page.locator(".home")).to_contain_text("Checkout at a glance")
    assert look.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


PLACES = ("", "#as=ULEAD&at=app&tab=home", "#as=ULEAD&at=C1&agent=1", "#as=ULEAD&at=app&tab=about")


@sampled
@pytest.mark.parametrize(
    ("where", "shade"), some([(where, shade) for where in PLACES for shade in ("light", "dark")], 1)
)
def test_axe_finds_nothing_serious(look: Look, where: str, shade: Literal["light", "dark"]) -> None:
    look.page.emulate_media(color_scheme=shade)
    look.open(where)
    look.page.wait_for_timeout(300)

    found = Axe().run(look.page).response["violations"]

    serious = [violation for violation in found if violation["impact"] in {"serious", "critical"}]
    assert [(violation["id"], [node["html"][:160] for node in violation["nodes"][:3]]) for violation in serious] == []


@pytest.mark.trial
def test_a_digest_is_subscribed_to_in_its_form(look: Look) -> None:
    look.open()
    look.go("checkout")
    look.write(look.page.locator("#main textarea"), "/leverage subscribe")
    form = look.page.get_by_role("dialog")
    expect(form.get_by_label("Channel (optional)")).to_have_value("C2")

    form.get_by_role("button", name="Subscribe").click()

    expect(form).to_have_count(0)
    expect(look.page.locator("#main .message").last).to_contain_text("digest")
