"""What a person does at the page, in the words of who uses it."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from bot.preview.workspace import PreviewWorkspace


@dataclass
class Look:
    """A page of the preview."""

    page: Page
    workspace: PreviewWorkspace

    def open(self, where: str = "") -> None:
        """Go to the page; `where` is what follows its address."""
        self.page.goto(f"{self.workspace.url}/{where}")
        self.page.locator(".message:visible, .intro:visible, .home, .about").first.wait_for()

    def be(self, role: str) -> None:
        """Switch to the person with this role."""
        self.page.locator(".person", has_text=role).click()
        self.page.locator(f'.person[aria-pressed="true"]:has-text("{role}")').wait_for()

    def name_of(self, role: str) -> str:
        """The name of the person with this role."""
        return next(person.name for person in self.workspace.scene.people if person.role == role)

    def ask(self, question: str) -> None:
        """Mention the app in the channel."""
        self.write(self.page.locator("#main textarea"), f"@Fulcrum {question}")

    def reply(self, words: str) -> None:
        """Write in the thread, or in the pane beside."""
        self.write(self.page.locator("#pane textarea"), words)

    def write(self, field: Locator, words: str) -> None:
        """Type and send."""
        field.fill(words)
        field.press("Enter")

    def go(self, name: str) -> None:
        """Press a row of the sidebar."""
        self.page.locator("#side .row", has_text=name).last.click()

    @property
    def thread(self) -> Locator:
        """What is said in the open thread."""
        return self.page.locator("#pane .message")

    @property
    def answer(self) -> Locator:
        """The newest message beside."""
        return self.thread.last
