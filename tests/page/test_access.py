"""Anyone can use the page: by keyboard, by ear, with large text, on a small screen."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.page.browsing import QUESTION, URGENT, Seen, ask, newest, opened

OPTIONS = {"rules": {"target-size": {"enabled": True}}}


def faults(page: Page) -> list[str]:
    """What axe-core finds wrong with the page as it is now."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def failing(page: Page) -> None:
    page.route("**/page/ask", lambda route: route.abort())
    page.fill("#question textarea", QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_selector("#chat .failed")
    page.unroute("**/page/ask")


def article(page: Page) -> None:
    page.click("[data-do='passage'] >> nth=0")
    page.wait_for_selector("#passage mark")


def about(page: Page) -> None:
    page.click("#tool-about_this")
    page.wait_for_selector(".sources")


def clicking(selector: str) -> Callable[[Page], object]:
    return lambda page: page.locator(selector).first.click()


STATES: dict[str, Callable[[Page], object]] = {
    "empty": lambda page: None,
    "answered": lambda page: ask(page, QUESTION),
    "rating": clicking("[data-helpful='no']"),
    "urgent": lambda page: ask(page, URGENT),
    "support": lambda page: ask(page, "i want to die"),
    "after urgent": lambda page: ask(page, "who wrote this"),
    "helplines": clicking("#tool-helplines"),
    "looks": clicking("#tool-looks"),
    "take": clicking("#tool-take"),
    "forget": clicking("#tool-forget"),
    "about": about,
    "article": article,
    "failed": failing,
    "large text": lambda page: page.evaluate("document.documentElement.style.fontSize = '200%'"),
    "large article": article,
}
"""Each state of the page follows the one before; Escape closes what it opened."""


@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 1280), ("dark", 320)], ids=["light, wide", "dark, 320 wide"]
)
def test_axe_finds_nothing_in_any_state(
    scheme: str, width: int, browser: Browser, seen: Seen
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = opened(context, seen)
    found = {}
    for state, enter in STATES.items():
        enter(page)
        found[state] = faults(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found[state].append("scrolls sideways")
        page.keyboard.press("Escape")
    assert {state: list for state, list in found.items() if list} == {}
    context.close()


def test_axe_finds_nothing_in_strong_contrast(page: Page) -> None:
    page.evaluate("document.documentElement.classList.add('strong')")
    ask(page, URGENT)
    ask(page, QUESTION)
    assert faults(page) == []


@pytest.mark.parametrize("size", [100, 200])
def test_a_small_screen_needs_no_sideways_scrolling(size: int, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.evaluate(f"document.documentElement.style.fontSize = '{size}%'")
    ask(page, "what is reference 2?")
    ask(page, "x" * 300)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("[data-do='passage']").first.click()
    page.wait_for_selector("#passage mark")
    assert page.evaluate("document.querySelector('#passage').scrollWidth <= innerWidth")


def test_the_whole_page_works_by_keyboard_with_a_visible_focus(page: Page) -> None:
    page.reload()
    page.wait_for_selector("body.ready")
    for first in ("#tool-helplines", "#tool-looks", "#question textarea"):
        page.keyboard.press("Tab")
        expect(page.locator(first)).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    answer = newest(page)
    reached: list[str] = []
    page.locator("#chat .bot").focus()
    for _ in range(30):
        page.keyboard.press("Tab")
        focus = page.evaluate(
            """(() => { const one = document.activeElement, look = getComputedStyle(one);
            return { name: one.dataset.do || one.id || one.tagName,
              visible: look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2 }; })()"""
        )
        if focus["name"] == "BODY":
            break
        reached.append(focus["name"])
        assert focus["visible"], focus
    for name in ("reference", "passage", "A", "ask", "copy", "helpful", "send", "tool-take"):
        assert name in reached, reached
    shown = answer.locator("[data-do='passage']")
    shown.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#passage h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(shown).to_be_focused()


@pytest.mark.parametrize("tool", ["looks", "helplines", "take", "forget", "about_this"])
def test_a_dialog_holds_the_focus_and_gives_it_back(tool: str, page: Page) -> None:
    ask(page, QUESTION)
    page.locator(f"#tool-{tool}").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]")
    assert page.evaluate("Boolean(document.activeElement.closest('dialog'))")
    page.keyboard.press("Escape")
    expect(page.locator(f"#tool-{tool}")).to_be_focused()


def test_a_finished_answer_is_announced_once(page: Page) -> None:
    page.evaluate(
        """window.announced = [];
        for (const live of document.querySelectorAll("#said, #said-now"))
          new MutationObserver(() => live.textContent && window.announced.push(live.textContent))
            .observe(live, { childList: true, characterData: true, subtree: true });"""
    )
    ask(page, QUESTION)
    announced = page.evaluate("window.announced")
    assert len(announced) == 1
    assert announced[0].startswith("After surgery")
    assert "surgery (3)" in announced[0]
    live = "[aria-live]:not([aria-live='off']), [role='log'], [role='status'], [role='alert']"
    assert page.locator(f"#chat:is({live})").count() == 0
    assert page.evaluate(f"!document.querySelector('#chat').closest(`{live}`)")


def test_an_urgent_answer_interrupts(page: Page) -> None:
    ask(page, URGENT)
    assert "999" in (page.locator("#said-now").text_content() or "")
    assert page.locator("#said").text_content() == ""


def test_every_button_is_large_enough_for_a_thumb(page: Page) -> None:
    ask(page, QUESTION)
    ask(page, URGENT)
    page.click("#tool-article")
    page.wait_for_selector("#passage .number")
    small = page.evaluate(
        """[...document.querySelectorAll("button, input, summary, .dial")]
          .filter(one => one.checkVisibility())
          .map(one => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
          .filter(([, box]) => box.width < 24 || box.height < 24).map(([html]) => html)"""
    )
    assert small == []


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_moves_for_who_wants_no_movement(motion: str, browser: Browser, seen: Seen) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 600})
    page = opened(context, seen)
    page.emulate_media(reduced_motion="reduce" if motion == "reduce" else "no-preference")
    page.evaluate(
        """window.ways = []; const was = Element.prototype.scrollIntoView;
        Element.prototype.scrollIntoView = function (how) {
          window.ways.push(how.behavior); was.call(this, how); }; 0"""
    )
    ask(page, QUESTION)
    assert set(page.evaluate("window.ways")) == {"auto" if motion == "reduce" else "smooth"}
    running = page.evaluate(
        "document.getAnimations().filter(a => a.playState === 'running').length"
    )
    assert running == 0
    context.close()
