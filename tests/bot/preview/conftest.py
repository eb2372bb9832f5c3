"""The preview with the real app behind it, and a real browser before it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from bot.demo.browser import running
from bot.preview.workspace import PreviewWorkspace
from bot.settings import Settings
from tests.bot.preview.looking import Look
from tests.bot.preview.office import Office
from tests.bot.preview.stub import stubbed
from tests.conftest import LARKSPUR_DAY

SECONDS = 15_000  # milliseconds a look waits: a busy machine is slow
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where there is no browser, say so at every test that needs one."""
    missing = pytest.mark.skip(reason="Chromium is not installed (apt-get install chromium)")
    for item in items:
        if not CHROMIUM and "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(missing)


@pytest.fixture
def workspace(
    larkspur_files: Path, larkspur_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[PreviewWorkspace]:
    """The app and its workspace, new for every test."""
    store = shutil.copyfile(larkspur_store, tmp_path / "fulcrum.db")
    # The digests it opens with cost more than all else, and have a test of their own (tests/bot/demo/test_digests.py).
    monkeypatch.setattr("bot.demo.browser.digesting", lambda *_: nullcontext())
    with running(Settings(), larkspur_files, store, LARKSPUR_DAY) as made:
        yield made


@pytest.fixture
def office() -> Iterator[Office]:
    """A workspace with an app of a few lines."""
    with stubbed() as parts:
        yield Office(*parts)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"] if root else [], chromium_sandbox=not root
        )
        yield started
        started.close()


@pytest.fixture
def look(browser: Browser, workspace: PreviewWorkspace) -> Iterator[Look]:
    """A page of a desktop's size; any complaint in its console, and any way outside, fails the test."""
    expect.set_options(timeout=SECONDS)
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(SECONDS)
    page = context.new_page()
    complaints = _complaints(page, workspace.url)
    yield Look(page, workspace)
    context.close()
    assert complaints == []


def _complaints(page: Page, own: str) -> list[str]:
    found: list[str] = []

    def outside(route: Route) -> None:
        if urlsplit(route.request.url).netloc != urlsplit(own).netloc:
            found.append(f"asked for {route.request.url}")
        route.continue_()

    page.route("**/*", outside)
    page.on("console", lambda line: found.append(line.text) if line.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found
