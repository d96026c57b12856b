"""What the tests of the page do in the browser: open it, ask, watch what it asks for."""

import shutil
from dataclasses import dataclass, field

from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Request,
    ViewportSize,
    expect,
)

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
PHONE: ViewportSize = {"width": 390, "height": 844}
QUESTION = "they cut it all out, so how can it be back?"
URGENT = "mum cant breathe and has chest pain"

BUSY = "document.querySelector('#chat').ariaBusy === 'true'"
FORGET = """Promise.all(
  ["memory", "conversation", "looks", "passage"].map((name) => import(`/page/static/${name}.js`))
).then(async ([{ memory, forget }, { clear }, { applyLooks }, { closePassage }]) => {
  document.querySelectorAll("dialog[open]").forEach((one) => one.close());
  localStorage.clear();
  for (const value of ["100", "normal", "device", ""])
    document.querySelector(`dialog [type='radio'][value='${value}']`).checked = true;
  Object.assign(memory.looks, { size: "100", contrast: "normal", colours: "device" });
  memory.country = "";
  closePassage(); forget(); clear(); applyLooks();
  document.querySelector("#told").textContent = "";
  document.activeElement.blur();
  // A smooth scroll that is under way would go on after a single one.
  for (let frames = 0; frames < 5; frames = scrollY ? 0 : frames + 1) {
    scrollTo(0, 0);
    await new Promise(requestAnimationFrame);
  }
})"""


@dataclass
class Seen:
    """What a page did: every address it asked for, those elsewhere, and what went wrong in it."""

    address: str
    asked: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("request", self._request)
        page.on("pageerror", self._error)
        page.on("console", self._message)

    def leave(self, page: Page) -> None:
        page.remove_listener("request", self._request)
        page.remove_listener("pageerror", self._error)
        page.remove_listener("console", self._message)

    def _error(self, error: Error) -> None:
        self.complaints.append(str(error))

    def _message(self, message: ConsoleMessage) -> None:
        # A service that says "unavailable" is no fault of the page.
        if message.type == "error" and "status of 503" not in message.text:
            self.complaints.append(message.text)

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


def as_new(page: Page, address: str) -> Page:
    """The page as when it was opened first: nothing asked, nothing chosen, nothing kept."""
    page.unroute_all()
    page.set_viewport_size(PHONE)
    page.emulate_media(media="null", color_scheme="null", reduced_motion="null")
    if page.locator("body.ready").count() == 0 or page.evaluate(BUSY):
        page.goto(address)  # it may be the browser's own page, which says that nothing answers
        page.wait_for_selector("body.ready")
    page.evaluate(FORGET)
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
