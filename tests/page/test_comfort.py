"""What makes the page easy on who uses it: nothing is lost, hidden, forgotten or too wide."""

import json
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.page.browsing import PHONE, QUESTION, URGENT, Seen, ask, newest, opened, until


@pytest.mark.parametrize(
    ("reading", "least", "most"), [(False, 600, 704), (True, 1000, 1344)], ids=["chat", "article"]
)
def test_lines_are_no_longer_than_can_be_read(
    reading: bool, least: int, most: int, page: Page
) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    ask(page, QUESTION)
    if reading:
        page.click("[data-do='passage'] >> nth=0")
        page.wait_for_selector("#passage mark")
    width = page.evaluate("document.querySelector('#sides').getBoundingClientRect().width")
    assert least <= width <= most


def test_paper_is_white_and_shows_the_conversation_with_the_article_open(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    until(page, "document.body.classList.contains('dark')")
    ask(page, QUESTION).locator("[data-do='passage']").first.click()
    page.wait_for_selector("#passage mark")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.querySelector('#chat .words')).color") == (
        "rgb(27, 42, 41)"
    )
    expect(page.locator("#chat .words").first).to_be_visible()
    expect(page.locator("#testing")).to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="null", color_scheme="dark")
    expect(page.locator("#passage mark").first).to_be_visible()
    assert page.evaluate("document.body.classList.contains('dark')")


def test_a_dialog_keeps_its_close_button_and_closes_beside_it(page: Page) -> None:
    page.click("#tool-helplines")
    page.locator("#helplines li").last.scroll_into_view_if_needed()
    expect(page.locator("#helplines [data-do='close']")).to_be_in_viewport(ratio=1)
    page.mouse.click(PHONE["width"] / 2, 200)
    expect(page.locator("#helplines")).to_be_visible()
    page.mouse.click(2, 2)
    expect(page.locator("#helplines")).to_be_hidden()


def test_a_change_of_country_changes_the_replies_that_are_shown(page: Page) -> None:
    ask(page, URGENT)
    ask(page, QUESTION)
    page.click("#tool-helplines")
    page.check("#helplines input[value='IE']")
    expect(page.locator("#chat a[href='tel:911']")).to_have_count(0)
    assert page.locator("#chat .urgent .calls a[href='tel:112']").count() == 1
    assert page.locator("#chat .turn").count() == 2
    expect(page.locator("#helplines")).to_be_visible()


def test_the_looks_and_the_country_chosen_are_there_on_the_next_visit(
    browser: Browser, seen: Seen
) -> None:
    context = browser.new_context()
    page = opened(context, seen)
    ask(page, "is it a wombat?")
    page.click("#tool-looks")
    page.check("#looks input[value='dark']")
    page.check("#looks input[value='150']")
    page.keyboard.press("Escape")
    page.click("#tool-helplines")
    page.check("#helplines input[value='IE']")
    kept = page.evaluate("JSON.stringify({...localStorage})")
    assert "wombat" not in kept
    page.close()
    other = opened(context, seen)
    assert other.evaluate("document.documentElement.style.fontSize") == "150%"
    assert other.evaluate("document.body.classList.contains('dark')")
    assert other.locator("#helplines input[value='IE']").is_checked()
    assert other.locator("#chat .turn").count() == 0
    context.close()


def test_a_dark_page_does_not_begin_white(browser: Browser, seen: Seen) -> None:
    context = browser.new_context()
    page = opened(context, seen)
    page.evaluate(
        "localStorage.setItem('chosen-looks', "
        + json.dumps('{"looks":{"size":"100","contrast":"normal","colours":"dark"}}')
        + ")"
    )
    page.close()
    page = context.new_page()
    page.route("**/page/static/page.js", lambda route: route.abort())
    page.goto(seen.address)
    page.wait_for_selector("body")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(17, 25, 24)"
    context.close()


def test_a_link_to_a_follow_up_holds_the_whole_question(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, "why can cancer come back after surgery?")
    answer = ask(page, "and after chemo?")
    understood = answer.locator(".understood").inner_text().partition("“")[2].rstrip("”")
    answer.locator("[data-do='link']").click()
    expect(answer.locator(".told")).to_contain_text("#")
    link = page.evaluate("navigator.clipboard.readText().then(decodeURIComponent)")
    assert link.endswith(f"#q={understood}")


def test_a_link_leaves_what_is_half_typed_and_offers_its_question(page: Page) -> None:
    page.fill("#question textarea", "half a questi")
    page.evaluate("location.hash = '#q=what%20is%20a%20local%20recurrence%3F'")
    offered = page.locator("#above [data-do='ask']")
    expect(offered).to_have_text("what is a local recurrence?")
    expect(page.locator("#question textarea")).to_have_value("half a questi")
    offered.click()
    assert newest(page).locator("blockquote").count() >= 1
    expect(page.locator("#question textarea")).to_have_value("half a questi")
    assert page.locator("#above *").count() == 0


def test_a_long_question_cannot_be_sent_along_and_the_rating_still_can(
    page: Page, var: Path
) -> None:
    answer = ask(page, "why does it come back " * 100)
    answer.locator("[data-helpful='yes']").click()
    form = page.locator("#feedback")
    assert form.locator("[name='include']").is_disabled()
    expect(form.locator(".long")).to_contain_text("too long")
    form.locator("[name='consent']").check()
    form.locator("[type='submit']").click()
    expect(answer.locator(".told")).to_have_text("Thank you. It was sent.")
    shutil.rmtree(var / "feedback")  # as other tests find it


def test_nothing_is_turned_round_while_it_works_or_in_the_preview(page: Page) -> None:
    held: list[Route] = []
    page.route("**/page/ask", lambda route: held.append(route))
    page.fill("#question textarea", "why \u202ekcab ti si")
    page.click("#send")
    page.wait_for_selector("#chat .working")
    assert "\u202e" not in page.locator("#chat").inner_text()
    held[0].continue_()
    newest(page).locator("[data-helpful='yes']").click()
    page.check("#feedback [name='include']")
    assert "\ufffdkcab" in page.locator("#feedback [data-row='question']").inner_text()


def test_who_asks_a_starting_question_by_keyboard_goes_on_from_the_answer(page: Page) -> None:
    page.locator("#starting button").first.focus()
    page.keyboard.press("Enter")
    answer = newest(page)
    expect(answer).to_be_focused()
    assert page.locator("#chat h2").inner_text()


def test_no_spell_checker_sees_what_is_typed(page: Page) -> None:
    ask(page, QUESTION)
    box = page.locator("#question textarea")
    assert box.get_attribute("spellcheck") == "false"
    assert box.get_attribute("autocomplete") == "off"


def test_about_names_the_article_and_says_when_it_cannot_be_shown(page: Page) -> None:
    page.click("#tool-about_this")
    expect(page.locator("#about[open] .article")).to_contain_text("By Thomas Broom")
    page.keyboard.press("Escape")
    page.route("**/page/about", lambda route: route.fulfill(status=503))
    page.click("#tool-about_this")
    expect(page.locator("#about [data-slot]")).to_contain_text("cannot show the text")
    assert "Your question" not in page.locator("#about").inner_text()


def test_an_urgent_reply_begins_with_wide_buttons_one_below_the_other(page: Page) -> None:
    urgent = ask(page, URGENT)
    boxes = [one.bounding_box() for one in urgent.locator(".calls a").all()]
    whole = urgent.bounding_box()
    assert whole
    assert len(boxes) == 3
    for box in boxes:
        assert box
        assert box["width"] > 0.85 * whole["width"]
        assert box["height"] >= 44
    assert len({round(box["y"]) for box in boxes if box}) == 3
    first = urgent.locator(".fixed > *:visible").first
    assert first.get_attribute("class") == "calls"
    assert urgent.locator(".after").count() == 0


def test_numbers_to_call_stand_above_everything_else(page: Page) -> None:
    top = page.locator("#tool-helplines").bounding_box()
    title = page.locator("#intro h1").bounding_box()
    assert top
    assert title
    assert top["y"] < title["y"]
    expect(page.locator("#tool-looks")).to_be_in_viewport()
