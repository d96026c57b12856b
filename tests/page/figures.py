"""How fast and how heavy the page is in the browser: `python -m tests.page.figures`."""

import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.page.browsing import CHROMIUM, FLAGS, QUESTION, Seen, opened
from tests.serving import served

TIMES = 9
QUESTIONS = (
    QUESTION,
    "what are cancer stem cells?",
    "what is a local recurrence?",
    "will i die?",
    "why does it come back later on",
)
WEIGHT = """["resource", "navigation"].flatMap((kind) => performance.getEntriesByType(kind))
  .reduce((sum, one) => sum + one.transferSize, 0)"""


def main() -> None:
    """Prints the figures, each with how it was taken."""
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder) / "log") as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        first, again, weight = _opening(browser, address)
        page = opened(browser.new_context(), Seen(address))
        shown = [_answer_time(page, QUESTIONS[at % len(QUESTIONS)]) for at in range(4 * TIMES)]
        tenth = _tenth_times(browser, address)
        browser.close()
    ours = sum(path.stat().st_size for path in Path("bot/static").iterdir())
    usable, seen, answer = map(statistics.median, (first, again, shown))
    print(f"usable, first visit     {usable:.2f} s (median of {TIMES})")
    print(f"usable, seen before     {seen:.2f} s (median of {TIMES})")
    print(f"answer visible          {answer * 1000:.0f} ms (median of {len(shown)})")
    print(f"answer visible, slowest {max(shown) * 1000:.0f} ms")
    print(f"answer visible, 10th    {statistics.median(tenth) * 1000:.0f} ms (of a conversation)")
    print(f"page over the network   {weight / 1000:.0f} kB")
    print(f"of it ours, unpacked    {ours / 1000:.0f} kB")


def _opening(browser: Browser, address: str) -> tuple[list[float], list[float], float]:
    """Seconds until the page can be used, without and with a filled cache, and its bytes."""
    first: list[float] = []
    again: list[float] = []
    weight = 0.0
    for _ in range(TIMES):
        context = browser.new_context()
        for times in (first, again):
            begin = time.perf_counter()
            page = opened(context, Seen(address))
            times.append(time.perf_counter() - begin)
            if times is first:
                page.wait_for_load_state("networkidle")
                weight = page.evaluate(WEIGHT)
        context.close()
    return first, again, weight


def _tenth_times(browser: Browser, address: str) -> list[float]:
    """Seconds until the tenth answer of a conversation is on the page, in several of them."""
    times = []
    for begin in range(TIMES):
        page = opened(browser.new_context(), Seen(address))
        for at in range(10):
            last = _time_to_answer(page, QUESTIONS[(begin + at) % len(QUESTIONS)])
        times.append(last)
        page.context.close()
    return times


def _answer_time(page: Page, question: str) -> float:
    """Seconds from Enter until the whole answer is on the page; each in a new conversation."""
    if page.locator("#tool-restart").is_visible():
        page.click("#tool-restart")
    return _time_to_answer(page, question)


def _time_to_answer(page: Page, question: str) -> float:
    """Seconds from Enter until the whole answer is on the page."""
    page.fill("#question textarea", question)
    # Measured in the page itself: asking Playwright takes longer than some answers.
    return float(
        page.evaluate(
            """new Promise((resolve) => {
              const begin = performance.now();
              document.addEventListener("shown", () => requestAnimationFrame(
                () => resolve((performance.now() - begin) / 1000)), { once: true });
              document.querySelector("#send").click(); })"""
        )
    )


if __name__ == "__main__":
    main()
