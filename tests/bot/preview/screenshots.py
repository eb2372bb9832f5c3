"""The pictures in the README, made by the same page and app as the tests look at: `make screenshots`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from bot.cli.demo import import_sample
from bot.demo.browser import running
from bot.settings import Settings
from tests.bot.preview.conftest import CHROMIUM
from tests.bot.preview.looking import Look
from tests.conftest import LARKSPUR_DAY

PICTURES = Path(__file__).parent / "pictures"
WIDE, NARROW = ViewportSize(width=1360, height=860), ViewportSize(width=390, height=780)
MOST_BYTES = 300_000


def main() -> int:
    """Make them all; gives the exit code."""
    if not CHROMIUM:
        sys.stderr.write("Chromium is not installed (apt-get install chromium)\n")
        return 1
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        files, store = Path(folder) / "files", Path(folder) / "fulcrum.db"
        import_sample(files, store, LARKSPUR_DAY)
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        browser = playwright.chromium.launch(executable_path=CHROMIUM, chromium_sandbox=not root)
        with running(Settings(), files, store, LARKSPUR_DAY) as workspace:
            for name, draw in SCENES.items():
                for shade in ("light", "dark"):
                    page = _page(browser, NARROW if name == "narrow" else WIDE, shade)
                    draw(Look(page, workspace))
                    _save(page, f"{name}-{shade}.png")
                    page.context.close()
        browser.close()
    return 0


def _page(browser: Browser, size: ViewportSize, shade: str) -> Page:
    dark = shade == "dark"
    context = browser.new_context(
        viewport=size, color_scheme="dark" if dark else "light", reduced_motion="reduce", locale="en-GB"
    )
    context.set_default_timeout(15_000)
    return context.new_page()


def _save(page: Page, name: str) -> None:
    page.mouse.move(0, 0)
    page.wait_for_timeout(300)
    path = PICTURES / name
    page.screenshot(path=path)
    size = path.stat().st_size
    sys.stdout.write(f"{path.relative_to(Path.cwd())}  {size // 1000} kB\n")
    if size > MOST_BYTES:
        raise SystemExit(f"{name} is larger than {MOST_BYTES // 1000} kB")


def answer(look: Look) -> None:
    """The page as it opens: a question, its thread, a chart."""
    look.open()
    look.answer.locator(".chart").wait_for()
    look.page.locator("#main .message", has_text="whole organisation").locator(".replies").wait_for()


def home(look: Look) -> None:
    """The team lead's Home."""
    look.open("#as=ULEAD&at=app&tab=home")
    look.page.locator(".home .fields").wait_for()


def privacy(look: Look) -> None:
    """Figures that the asker alone gets, where another company reads along."""
    look.open("#as=ULEAD&at=C3")
    if not look.page.locator("#main .replies").count():
        look.ask("cost by tool last month")
    else:
        look.page.locator("#main .replies").first.click()
    look.page.locator("#pane .message.whisper .grid").wait_for()


def digest(look: Look) -> None:
    """Last week's digest with what stands in its thread."""
    look.open()
    look.page.locator("#main .message", has_text="whole organisation").locator(".replies").first.click()
    look.page.locator("#pane .message .grid").first.wait_for()


def card(look: Look) -> None:
    """A suggestion of what to offload next."""
    look.open()
    look.write(look.page.locator("#main textarea"), "/leverage offload")
    shown = look.page.locator("#main .message.whisper", has_text="What could go wrong").last
    shown.wait_for()
    shown.scroll_into_view_if_needed()


def workflow(look: Look) -> None:
    """One workflow: stage, evidence, history."""
    look.open()
    look.write(look.page.locator("#main textarea"), "/leverage workflow merge request review")
    shown = look.page.locator("#main .message.whisper", has_text="Evidence").last
    shown.wait_for()
    shown.scroll_into_view_if_needed()


def narrow(look: Look) -> None:
    """The same answer on a telephone."""
    look.open()
    look.answer.locator(".chart").wait_for()


SCENES = {
    "answer": answer,
    "home": home,
    "privacy": privacy,
    "narrow": narrow,
    "digest": digest,
    "workflow": workflow,
    "card": card,
}

if __name__ == "__main__":
    raise SystemExit(main())
