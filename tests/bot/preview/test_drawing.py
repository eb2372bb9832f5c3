"""How blocks are drawn, and what the page sends when they are used; the app is a stub."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from slack_sdk import WebClient

from bot.preview.acting import Acting
from bot.preview.workspace import TOKEN, PreviewWorkspace
from tests.bot.preview.checks.good import button, cell, option, plain, points, select
from tests.bot.preview.stub import Stub, stubbed
from tests.sampling import sampled, some

Data = dict[str, Any]


@dataclass
class Studio:
    """A page as Ana before it, with a stub behind it."""

    page: Page
    workspace: PreviewWorkspace
    acting: Acting
    stub: Stub
    client: WebClient

    def post(self, *blocks: Data, user: str = "UANA") -> None:
        """A message of the app to one person."""
        self.client.chat_postMessage(channel=f"D-{user}", text="x", blocks=list(blocks))

    def home(self, *blocks: Data) -> None:
        """The app's Home for Ana."""
        self.client.views_publish(user_id="UANA", view={"type": "home", "blocks": list(blocks)})

    def modal(self, *blocks: Data, **more: Any) -> None:
        """A modal of the app for Ana."""
        view = {"type": "modal", "title": plain("Form"), "submit": plain("Send"), "blocks": list(blocks), **more}
        self.acting.command("UANA", "C1", "/do this")
        self.client.views_open(trigger_id=self.sent("command")["trigger_id"], view=view)

    def sent(self, having: str) -> Data:
        """The newest request to the app that has this."""
        for _ in range(200):
            found = [body for body in self.stub.came if having in body]
            if found:
                return found[-1]
            self.page.wait_for_timeout(20)
        raise AssertionError(f"nothing with {having!r} came: {self.stub.came}")


@pytest.fixture
def studio(browser: Browser) -> Iterator[Studio]:
    with stubbed() as (workspace, acting, stub):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        client = WebClient(token=TOKEN, base_url=workspace.api_url, retry_handlers=[])
        client.proxy = None
        page.goto(f"{workspace.url}/#as=UANA&at=app&tab=messages")
        page.locator(".welcome h2").wait_for()
        yield Studio(page, workspace, acting, stub, client)
        context.close()
        assert errors == []


def axes(kind: str) -> Data:
    series = [{"name": "Ann", "data": points(3, 1, 2)}, {"name": "Ben", "data": points(-1, 4, 1)}]
    axis = {"categories": ["W0", "W1", "W2"], "x_label": "Week", "y_label": "Tokens"}
    return {"type": "data_visualization", "title": kind, "chart": {"type": kind, "series": series, "axis_config": axis}}


PIE: Data = {
    "type": "data_visualization",
    "title": "pie",
    "chart": {"type": "pie", "segments": [{"label": "A", "value": 3}, {"label": "B", "value": 1}]},
}


@sampled
@pytest.mark.parametrize(
    ("kind", "mark", "count"), some([("line", "polyline", 2), ("area", "polygon", 2), ("bar", "rect.fill", 6)], 1)
)
def test_a_chart_is_drawn_with_its_marks_and_said_in_words(studio: Studio, kind: str, mark: str, count: int) -> None:
    studio.post(axes(kind))

    chart = studio.page.locator("#main .chart")
    expect(chart.locator(mark)).to_have_count(count)
    expect(chart.locator(".legend li")).to_have_text(["Ann", "Ben"])
    expect(chart.get_by_role("img")).to_have_accessible_name(
        f"{kind}. {kind} chart: Ann from 3 (W0) to 2 (W2); Ben from -1 (W0) to 1 (W2)"
    )


def test_a_pie_says_the_share_of_each_part(studio: Studio) -> None:
    studio.post(PIE)

    expect(studio.page.locator("#main .legend li")).to_have_text(["A: 3 (75%)", "B: 1 (25%)"])
    expect(studio.page.locator("#main .chart path.fill")).to_have_count(2)


def test_a_data_table_has_pages(studio: Studio) -> None:
    rows = [
        [{"type": "raw_text", "text": f"row {n}"}, {"type": "raw_number", "value": n, "text": str(n)}]
        for n in range(12)
    ]
    studio.post(
        {"type": "data_table", "caption": "Twelve", "page_size": 5, "rows": [[cell("Name"), cell("No")], *rows]}
    )
    figure = studio.page.locator("#main figure.data")
    expect(figure.locator("tbody tr")).to_have_count(5)

    figure.get_by_role("button", name="Next").click()
    figure.get_by_role("button", name="Next").click()

    expect(figure.locator("tbody tr")).to_have_count(2)
    expect(figure).to_contain_text("11–12 of 12")
    expect(figure.locator("tbody td").last).to_have_css("text-align", "right")


def test_mrkdwn_is_drawn_and_what_was_escaped_stays_text(studio: Studio) -> None:
    text = "*bold* ~gone~ `a*b*` &lt;b&gt; :lock: <https://a.example|at> <@UBO> <javascript:alert(1)|bad>\n&gt; quoted"
    studio.post({"type": "section", "text": {"type": "mrkdwn", "text": text}})

    shown = studio.page.locator("#main .b-section .text")
    expect(shown.locator("b")).to_have_text("bold")
    expect(shown.locator("code")).to_have_text("a*b*")
    expect(shown.locator("blockquote")).to_have_text("quoted")
    expect(shown.locator("a")).to_have_attribute("href", "https://a.example")
    expect(shown.locator(".mention")).to_have_text("@Bo Bianchi")
    expect(shown).to_contain_text("<b>")
    expect(shown).to_contain_text("🔒")


def test_a_press_sends_what_stands_in_the_message(studio: Studio) -> None:
    studio.post({"type": "actions", "block_id": "row", "elements": [select(), button()]})
    studio.page.locator("#main select").select_option("b")
    assert studio.sent("actions")["actions"][0]["selected_option"]["value"] == "b"

    studio.page.get_by_role("button", name="Go").click()
    studio.page.wait_for_timeout(200)

    pressed = studio.sent("actions")
    assert pressed["actions"][0]["value"] == "v"
    assert pressed["state"]["values"]["row"]["pick"]["selected_option"]["value"] == "b"


def test_a_dangerous_press_asks_first(studio: Studio) -> None:
    asks = {"title": plain("Sure?"), "text": plain("All goes."), "confirm": plain("Yes"), "deny": plain("No")}
    studio.post({"type": "actions", "elements": [button(style="danger", confirm=asks)]})
    studio.page.get_by_role("button", name="Go").click()
    studio.page.get_by_role("button", name="No").click()
    assert not [body for body in studio.stub.came if "actions" in body]

    studio.page.get_by_role("button", name="Go").click()
    studio.page.get_by_role("button", name="Yes").click()

    assert studio.sent("actions")["actions"][0]["value"] == "v"


def entry(name: str, element: Data, **more: Any) -> Data:
    return {"type": "input", "block_id": name, "label": plain(name), "element": {"action_id": "a", **element}, **more}


FORM = (
    entry("Words", {"type": "plain_text_input"}),
    entry("Number", {"type": "number_input", "is_decimal_allowed": False}),
    entry("Day", {"type": "datepicker", "initial_date": "2026-11-18"}),
    entry("Who", {"type": "users_select"}),
    entry("Ticks", {"type": "checkboxes", "options": [option("X", "x"), option("Y", "y")]}, optional=True),
    entry(
        "One",
        {"type": "radio_buttons", "options": [option("P", "p"), option("Q", "q")], "initial_option": option("P", "p")},
    ),
)


def test_a_form_asks_for_what_is_required_and_sends_what_was_typed_and_chosen(studio: Studio) -> None:
    studio.modal(*FORM)
    dialog = studio.page.get_by_role("dialog", name="Form")
    dialog.get_by_label("Number").fill("7")
    dialog.get_by_role("button", name="Send").click()
    expect(dialog.locator(".problem")).to_have_count(2)
    dialog.get_by_label("Words").fill("<b>hello</b>")
    dialog.get_by_label("Who").select_option("UBO")
    dialog.get_by_label("Y", exact=True).check()

    dialog.get_by_role("button", name="Send").click()

    expect(dialog).to_be_hidden()
    values = {name: fields["a"] for name, fields in studio.sent("view")["view"]["state"]["values"].items()}
    assert values["Words"]["value"] == "<b>hello</b>"
    assert values["Number"]["value"] == "7"
    assert values["Day"]["selected_date"] == "2026-11-18"
    assert values["Who"]["selected_user"] == "UBO"
    assert [option["value"] for option in values["Ticks"]["selected_options"]] == ["y"]
    assert values["One"]["selected_option"]["value"] == "p"


def test_what_the_app_finds_wrong_stands_below_its_field(studio: Studio) -> None:
    studio.modal(FORM[0])
    studio.stub.submitted = {"response_action": "errors", "errors": {"Words": "Too short"}}
    dialog = studio.page.get_by_role("dialog")
    dialog.get_by_label("Words").fill("x")
    dialog.get_by_label("Words").press("Enter")

    expect(dialog.locator('[data-block="Words"] .problem')).to_have_text("Too short")
    expect(dialog.get_by_label("Words")).to_have_value("x")


def test_escape_closes_a_modal_and_tells_the_app(studio: Studio) -> None:
    studio.modal(FORM[0], notify_on_close=True)
    expect(studio.page.get_by_role("dialog")).to_be_visible()
    studio.page.keyboard.press("Escape")

    expect(studio.page.get_by_role("dialog")).to_have_count(0)
    assert studio.sent("is_cleared")["type"] == "view_closed"


def test_a_change_elsewhere_leaves_the_keyboard_where_it_is(studio: Studio) -> None:
    studio.page.locator("#main textarea").fill("half a thought")
    studio.page.locator("#main textarea").focus()
    studio.post({"type": "section", "text": plain("news")})
    expect(studio.page.locator("#main .message")).to_have_count(1)

    expect(studio.page.locator("#main textarea")).to_be_focused()
    expect(studio.page.locator("#main textarea")).to_have_value("half a thought")


@sampled
@pytest.mark.parametrize("shade", some(["light", "dark"], 1, start=1))
def test_axe_finds_nothing_serious_in_every_block_and_in_a_form(studio: Studio, shade: str) -> None:
    studio.page.emulate_media(color_scheme="dark" if shade == "dark" else "light")
    studio.page.reload()
    studio.post(axes("bar"), PIE, {"type": "table", "rows": [[cell("a")], [cell("b")]]})
    studio.post(
        {"type": "actions", "elements": [button(style="primary"), button(style="danger", action_id="b"), select()]}
    )
    expect(studio.page.locator("#main .message")).to_have_count(2)
    assert serious(studio.page) == []

    studio.modal(*FORM)
    expect(studio.page.get_by_role("dialog")).to_be_visible()
    assert serious(studio.page) == []


def serious(page: Page) -> list[tuple[str, list[str]]]:
    """What axe holds to be serious or worse."""
    found = [
        violation
        for violation in Axe().run(page).response["violations"]
        if violation["impact"] in {"serious", "critical"}
    ]
    return [(violation["id"], [node["html"][:160] for node in violation["nodes"][:3]]) for violation in found]
