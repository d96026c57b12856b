"""Bad input and bad luck: the page says what happened, and nothing is lost or doubled."""

import json
import signal
import socket
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from tests.page.browsing import QUESTION, URGENT, Seen, ask, newest, opened, until
from tests.serving import served


def turns(page: Page) -> int:
    return page.locator("#chat .turn").count()


def test_twenty_thousand_characters_are_answered_and_one_more_is_told(page: Page) -> None:
    answer = ask(page, "why " * 5000)
    assert "one or two sentences" in answer.inner_text()
    assert page.locator("#chat .user details").count() == 1
    page.fill("#question textarea", "x" * 20_001)
    page.click("#send")
    expect(page.locator("#told")).to_contain_text("very long")
    assert len(page.input_value("#question textarea")) == 20_001
    assert turns(page) == 1


@pytest.mark.parametrize("typed", ["", "   ", "\n"])
def test_nothing_typed_is_told_and_makes_no_answer(typed: str, page: Page) -> None:
    page.fill("#question textarea", typed)
    page.click("#send")
    expect(page.locator("#told")).to_contain_text("Please type a question")
    assert turns(page) == 0


@pytest.mark.parametrize(
    "typed", ["😭😭😭", "<p onclick=alert(1)>why</p>", "a\u0000b", "?", "\ud800 why"]
)
def test_odd_input_gets_an_answer(typed: str, page: Page) -> None:
    assert ask(page, typed).inner_text().strip()
    assert turns(page) == 1


def test_a_thousand_quick_clicks_ask_once(page: Page, seen: Seen) -> None:
    page.fill("#question textarea", QUESTION)
    page.evaluate("for (let at = 0; at < 1000; at++) document.querySelector('#send').click()")
    assert newest(page).locator("blockquote").count() == 1
    page.evaluate(
        "for (let at = 0; at < 1000; at++) document.querySelector('#chat .more button').click()"
    )
    newest(page)
    assert turns(page) == 2
    assert len([url for url in seen.asked if url.endswith("/page/ask")]) == 2


def test_sending_while_an_answer_is_under_way_waits(page: Page) -> None:
    held: list[Route] = []
    page.route("**/page/ask", lambda route: held.append(route))
    page.fill("#question textarea", QUESTION)
    page.click("#send")
    page.wait_for_selector("#chat .working")
    page.fill("#question textarea", "what are cancer stem cells?")
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_contain_text("wait for this answer")
    assert page.input_value("#question textarea") == "what are cancer stem cells?"
    assert turns(page) == 1
    assert len(held) == 1
    held[0].continue_()
    page.unroute("**/page/ask")
    newest(page)
    page.click("#send")
    newest(page)
    assert turns(page) == 2


def test_two_tabs_do_not_mix(page: Page, seen: Seen) -> None:
    other = opened(page.context, seen)
    ask(page, "why can cancer come back after surgery?")
    ask(other, "what are cancer stem cells?")
    assert "I understood" in ask(page, "and after chemo?").inner_text()
    assert turns(page) == 2
    assert turns(other) == 1


def test_the_way_back_brings_the_conversation_back(page: Page, seen: Seen) -> None:
    ask(page, QUESTION)
    page.goto(f"{seen.address}/health")
    page.go_back()
    page.wait_for_selector("#chat blockquote")
    assert turns(page) == 1
    assert "I understood" in ask(page, "and after chemo?").inner_text()


def test_a_reload_while_an_answer_is_under_way_loses_nothing(page: Page) -> None:
    held: list[Route] = []
    page.route("**/page/ask", lambda route: held.append(route))
    page.fill("#question textarea", QUESTION)
    page.click("#send")
    page.wait_for_selector("#chat .working")
    page.reload()
    expect(page.locator("#question textarea")).to_have_value(QUESTION)
    assert turns(page) == 0


def test_an_old_page_after_an_upgrade_says_so_and_keeps_the_conversation(page: Page) -> None:
    page.evaluate("document.querySelector('#parts').dataset.version = 'before'")
    ask(page, QUESTION)
    expect(page.locator("#chat .turn:last-child .bot + .renewed")).to_be_visible()
    page.click("[data-do='reload']")
    page.wait_for_selector("body.ready")
    page.wait_for_selector("#chat blockquote")
    assert turns(page) == 1
    assert page.locator(".renewed").count() == 0


@pytest.mark.parametrize(("status", "words"), [(429, "Many people"), (500, "Something went wrong")])
def test_a_failure_is_told_and_can_be_tried_again(
    status: int, words: str, browser: Browser, seen: Seen
) -> None:
    context = browser.new_context()
    page = opened(context, seen)
    page.route("**/page/ask", lambda route: route.fulfill(status=status, json={"error": "x"}))
    page.fill("#question textarea", QUESTION)
    page.click("#send")
    expect(page.locator("#chat .failed")).to_contain_text(words)
    page.unroute("**/page/ask")
    page.click("[data-do='retry']")
    assert newest(page).locator("blockquote").count() == 1
    assert turns(page) == 1
    context.close()


def test_an_index_lost_while_serving_is_told_and_can_be_tried_again(page: Page, var: Path) -> None:
    current, away = var / "index" / "current", var / "index" / "away"
    current.rename(away)
    try:
        answer = ask(page, QUESTION)
        assert "gone wrong on our side" in answer.inner_text()
        assert "999" in answer.inner_text()
    finally:
        away.rename(current)
    page.click("[data-do='retry']")
    page.wait_for_selector("#chat blockquote")
    assert turns(page) == 1


def test_a_reload_while_the_index_is_lost_keeps_the_conversation(page: Page, var: Path) -> None:
    ask(page, QUESTION)
    current, away = var / "index" / "current", var / "index" / "away"
    current.rename(away)
    try:
        page.reload()
        expect(page.locator("#above")).to_contain_text("Something went wrong")
    finally:
        away.rename(current)
    page.click("[data-do='restore']")
    page.wait_for_selector("#chat blockquote")
    assert turns(page) == 1


def test_a_long_conversation_still_repeats_whom_to_call(page: Page) -> None:
    ask(page, "mum cant breathe")
    page.evaluate(
        """import("/page/static/memory.js").then(({ memory, save }) => {
          memory.questions.push(...Array(30).fill("what is recurrence?")); save(); })"""
    )
    page.reload()
    expect(page.locator("#chat .turn")).to_have_count(31)
    assert ask(page, QUESTION).locator(".earlier_urgent").count() == 1


def test_losing_the_server_and_getting_it_back(
    browser: Browser, settings: object, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
    context = browser.new_context()
    with served(tmp_path / "first", signal.SIGTERM, CHATBOT_PORT=port) as address:
        seen = Seen(address)
        page = opened(context, seen)
        ask(page, "why can cancer come back after surgery?")
    page.fill("#question textarea", "and after chemo?")
    page.click("#send")
    failed = page.locator("#chat .failed")
    expect(failed).to_contain_text("cannot reach the service")
    assert "999" in failed.inner_text(), "whom to call when it cannot wait"
    with served(tmp_path / "second", signal.SIGTERM, CHATBOT_PORT=port):
        page.click("[data-do='retry']")
        answer = newest(page)
        assert "I understood" in answer.inner_text(), "what came before is not lost"
        assert turns(page) == 2
    context.close()


def histories(page: Page) -> list[list[str]]:
    """The earlier questions that the page sends along from now on, with each new one."""
    sent: list[list[str]] = []

    def note(request: Request) -> None:
        if request.url.endswith("/page/ask"):
            sent.append(json.loads(request.post_data or "{}")["history"])

    page.on("request", note)
    return sent


def test_an_urgent_turn_is_not_forgotten_for_a_later_one_of_distress(page: Page) -> None:
    ask(page, URGENT)
    ask(page, "im so scared i cant do this")
    for _ in range(4):
        ask(page, QUESTION)
    sent = histories(page)
    answer = ask(page, "what is a local recurrence?")
    assert sent[0][:2] == [URGENT, "im so scared i cant do this"]
    assert len(sent[0]) == 6
    assert answer.locator(".earlier_urgent a[href='tel:999']").count() == 1


def test_few_questions_are_sent_along_once_nothing_is_urgent(page: Page) -> None:
    for _ in range(6):
        ask(page, QUESTION)
    sent = histories(page)
    assert "I understood" in ask(page, "and after chemo?").inner_text()
    assert len(sent[0]) == 4


def test_forgetting_calls_off_the_answer_that_is_under_way(page: Page) -> None:
    held: list[Route] = []
    ask(page, QUESTION)
    page.click("#tool-keep")
    page.route("**/page/ask", lambda route: held.append(route))
    page.fill("#question textarea", "what is a wombat?")
    page.click("#send")
    page.wait_for_selector("#chat .working")
    page.click("#tool-forget")
    page.click("[data-do='forget-all']")
    held[0].continue_()
    page.wait_for_timeout(500)
    assert turns(page) == 0
    page.fill("#question textarea", "what is a local recurrence?")
    page.click("#send")
    until(page, "document.querySelector('#chat .working') !== null")
    held[1].continue_()
    newest(page)
    assert turns(page) == 1
    left = page.evaluate("JSON.stringify([history.state, {...localStorage}])")
    assert "wombat" not in left
    assert page.locator("#said").text_content() != ""


@pytest.mark.parametrize(
    ("status", "words"), [(409, "text has changed"), (500, "cannot show the text")]
)
def test_a_text_that_cannot_be_shown_is_told_beside_its_button(
    status: int, words: str, browser: Browser, seen: Seen
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = opened(context, seen)
    answer = ask(page, QUESTION)
    page.route("**/page/passage", lambda route: route.fulfill(status=status, json={}))
    answer.locator("[data-do='passage']").click()
    expect(answer.locator(".after .told")).to_contain_text(words)
    expect(answer.locator(".after .told")).to_be_in_viewport()
    context.close()


def test_the_way_back_closes_the_article_and_leaves_nothing_behind(page: Page) -> None:
    answer = ask(page, f"{QUESTION} wombat")
    shown = answer.locator("[data-do='passage']").first
    shown.click()
    page.wait_for_selector("#passage mark")
    assert page.evaluate("history.state.reading")
    page.evaluate("history.back()")
    expect(page.locator("#passage")).to_be_hidden()
    assert turns(page) == 1
    shown.click()
    page.wait_for_selector("#passage mark")
    page.click("#passage [data-do='close-passage']")
    expect(shown).to_be_focused()
    page.reload()
    page.wait_for_selector("#chat blockquote")
    page.click("#tool-forget")
    page.click("[data-do='forget-all']")
    for _ in range(2):
        assert "wombat" not in str(page.evaluate("JSON.stringify(history.state)"))
        page.evaluate("history.back()")
        page.wait_for_timeout(200)


def test_a_reload_with_the_article_open_keeps_the_conversation(page: Page) -> None:
    ask(page, QUESTION).locator("[data-do='passage']").first.click()
    page.wait_for_selector("#passage mark")
    page.reload()
    page.wait_for_selector("#chat blockquote")
    assert turns(page) == 1
    assert page.evaluate("!history.state.reading")


def test_a_kept_conversation_can_be_forgotten_after_starting_again(page: Page) -> None:
    ask(page, QUESTION)
    page.click("#tool-keep")
    page.click("#tool-restart")
    expect(page.locator("#tool-forget")).to_be_visible()
    page.click("#tool-forget")
    page.click("[data-do='forget-all']")
    expect(page.locator("#tool-forget")).to_be_hidden()
    assert page.evaluate("localStorage.getItem('kept-questions')") is None
