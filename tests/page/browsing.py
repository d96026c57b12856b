"""What the tests of the page do in the browser: open it, ask, watch what it asks for."""

import shutil
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Locator, Page, Request, expect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
QUESTION = "they cut it all out, so how can it be back?"
URGENT = "mum cant breathe and has chest pain"


@dataclass
class Seen:
    """What a page did: every address it asked for, those elsewhere, and what went wrong in it."""

    address: str
    asked: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("request", self._request)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                self.complaints.append(message.text) if message.type == "error" else None
            ),
        )

    def _request(self, request: Request) -> None:
        self.asked.append(request.url)
        if not request.url.startswith((self.address, "data:", "blob:", "about:")):
            self.outside.append(request.url)


def opened(context: BrowserContext, seen: Seen, fragment: str = "") -> Page:
    """The page in a new tab, ready to be used."""
    page = context.new_page()
    page.set_default_timeout(15_000)
    seen.watch(page)
    page.goto(f"{seen.address}/{fragment}")
    page.wait_for_selector("body.ready")
    return page


def ask(page: Page, question: str) -> Locator:
    """Types and sends `question`; gives the whole answer, once it is there."""
    before = page.locator("#chat .turn").count()
    page.fill("#question textarea", question)
    page.click("#send")
    expect(page.locator("#chat .turn")).to_have_count(before + 1)
    return newest(page)


def newest(page: Page) -> Locator:
    """The last answer, once nothing is under way."""
    page.wait_for_selector("#chat[aria-busy='false']")
    return page.locator("#chat .turn").last.locator(".bot")


def until(page: Page, holds: str) -> None:
    """Waits for a condition; the page's policy lets Playwright's own waiting make no code."""
    for _ in range(100):
        if page.evaluate(holds):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never came true: {holds}")
