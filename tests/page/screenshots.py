"""Takes the pictures of the page for `docs/`: `python -m tests.page.screenshots`."""

import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from settings import ROOT
from tests.page.browsing import CHROMIUM, FLAGS, QUESTION, URGENT, Seen, ask, opened
from tests.serving import served

PICTURES = {
    "page-phone": ((390, 844), "light", "answer"),
    "page-phone-dark": ((390, 844), "dark", "urgent"),
    "page-desktop-chat": ((1280, 900), "light", "answer"),
    "page-desktop": ((1280, 860), "light", "article"),
    "page-desktop-dark": ((1280, 860), "dark", "article"),
}
"""Name of the file, size of the window, colours, and what is on it."""


def main() -> None:
    """Starts the chat, asks, and writes one PNG file for each picture."""
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder) / "log") as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name in PICTURES:
            path = ROOT / "docs" / f"{name}.png"
            picture = Image.open(io.BytesIO(_picture(browser, address, name)))
            picture.convert("RGB").quantize(48).save(path, optimize=True)
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} kB")
        browser.close()


def _picture(browser: Browser, address: str, name: str) -> bytes:
    (width, height), colours, shown = PICTURES[name]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if colours == "dark" else "light",
        reduced_motion="reduce",
    )
    page = opened(context, Seen(address))
    answer = ask(page, URGENT if shown == "urgent" else QUESTION)
    if shown == "article":
        answer.locator("[data-do='passage']").click()
        page.wait_for_selector("#passage mark")
    page.evaluate("document.activeElement.blur()")
    page.locator("#chat .turn").last.evaluate("one => one.scrollIntoView()")
    picture = page.screenshot()
    context.close()
    return picture


if __name__ == "__main__":
    main()
