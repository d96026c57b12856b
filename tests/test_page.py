"""The chat page in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from settings import Settings
from tests.serving import served


@pytest.fixture(scope="module")
def address(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("page") / "log") as address:
        yield address


@pytest.fixture
def outside() -> list[str]:
    return []


@pytest.fixture
def page(browser: Browser, address: str, outside: list[str]) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith((address, "data:")) else outside.append(request.url)
        ),
    )
    page.goto(address)
    page.wait_for_selector("#question textarea")
    yield page
    page.close()
    assert not outside, outside


def ask(page: Page, question: str) -> str:
    asked = page.locator("#chat .user").count()
    page.fill("#question textarea", question)
    page.click("#send")
    page.wait_for_function(
        "count => document.querySelectorAll('#chat .user').length > count", arg=asked
    )
    return page.locator("#chat .bot").last.inner_text()


def test_an_answer_sets_its_quote_apart_with_its_number(page: Page) -> None:
    ask(page, "they cut it all out, so how can it be back?")
    quote = page.locator("#chat blockquote").first.inner_text()
    assert "cells may have remained after the surgery" in quote
    assert "reference 3" in quote
    link = page.locator("#chat a[href*='cancerresearchuk.org']")
    assert link.count() == 1


def test_three_starting_questions_are_answered(page: Page) -> None:
    starters = page.locator("#starting button")
    assert starters.count() == 3
    starters.first.click()
    page.wait_for_selector("#chat blockquote")


def test_it_says_that_it_is_for_testing(page: Page) -> None:
    assert "not for patients" in page.locator("#testing").inner_text()


def test_what_is_typed_stays_text(page: Page, outside: list[str]) -> None:
    typed = "<script>document.title='x'</script> ![i](http://example.org/i.png) **b** <b>c</b> why"
    ask(page, typed)
    shown = page.locator("#chat .user").last
    assert shown.inner_text().strip() == typed
    assert shown.locator("img, b, strong, script").count() == 0
    assert page.title() != "x"


def test_an_urgent_reply_stands_alone(page: Page) -> None:
    reply = ask(page, "mum cant breathe and has chest pain")
    assert "999" in reply
    assert page.locator("#chat blockquote").count() == 0


def test_a_conversation_goes_on_and_starts_again(page: Page) -> None:
    ask(page, "what are cancer stem cells?")
    ask(page, "hello")
    assert page.locator("#chat .user").count() == 2
    page.locator("#chat button[aria-label='Clear'], #chat button[title='Clear']").first.click()
    page.wait_for_function("document.querySelectorAll('#chat .user').length == 0")
    ask(page, "hello")
    assert page.locator("#chat .user").count() == 1


def test_nothing_typed_is_kept_in_the_browser(page: Page) -> None:
    ask(page, "quokkawombat why is it back")
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, location.href])")
    assert "quokkawombat" not in kept


def test_a_phone_needs_no_sideways_scrolling(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    ask(page, "what is reference 2?")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
