"""The chat page in a real browser: what is on it, and what people expect of it."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.page.browsing import QUESTION, URGENT, Seen, ask, newest, opened, until

LOCAL_VOICE = """
const voice = (name, localService) => ({ name, localService, lang: "en-GB" });
const said = [];
window.said = said;
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => VOICES, speak: (one) => said.push(one.text), cancel: () => said.push("stopped"),
  addEventListener: () => {},
}});
window.SpeechSynthesisUtterance = class extends EventTarget {
  constructor(text) { super(); this.text = text; }
};
"""


def test_it_says_what_it_answers_from_and_what_it_is_not(page: Page) -> None:
    intro = page.locator("#intro")
    expect(intro.locator("h1")).to_have_text("Questions about cancer coming back")
    expect(intro.locator("p")).to_be_visible()
    about = intro.locator("p").inner_text()
    assert about.count(". ") + 1 == 4
    assert "no emergency service" in about
    assert "article" in about
    assert "not a doctor" in about
    assert "not for patients" in page.locator("#testing").inner_text()


def test_starting_questions_are_answered_and_go_away(page: Page) -> None:
    starters = page.locator("#starting button")
    assert starters.count() == 3
    starters.first.click()
    page.wait_for_selector("#chat blockquote")
    assert not starters.first.is_visible()


def test_an_answer_shows_line_quote_number_layer_reference_and_link(page: Page) -> None:
    answer = ask(page, QUESTION)
    assert answer.locator(".line").inner_text().startswith("After surgery")
    quote = answer.locator("blockquote")
    assert "cells may have remained after the surgery" in quote.inner_text()
    assert quote.locator(".chip").inner_text() == "reference 3"
    assert "reference 3" in (quote.get_attribute("aria-label") or "")
    assert "the article, “What causes" in answer.locator("figcaption").inner_text()
    assert "Reference 3: Cancer Research UK" in answer.locator(".references").inner_text()
    assert page.locator("#chat a[href*='cancerresearchuk.org']").count() == 1


def test_the_quote_is_the_answers_own_character_for_character(page: Page, seen: Seen) -> None:
    ask(page, "list your sources")
    body = {"question": "list your sources"}
    told = page.request.post(f"{seen.address}/api/ask", data=body).json()
    assert page.locator("#chat .words").text_content() == told["quotes"][0]["text"]


def test_up_to_three_questions_follow_and_can_be_asked(page: Page) -> None:
    answer = ask(page, QUESTION)
    more = answer.locator(".more button")
    assert 1 <= more.count() <= 3
    wanted = more.first.inner_text()
    more.first.click()
    assert newest(page).locator("blockquote").count() >= 1
    assert page.locator("#chat .user h2").last.inner_text() == wanted


def test_the_chip_leads_to_the_full_reference(page: Page) -> None:
    answer = ask(page, QUESTION)
    answer.locator(".chip").first.click()
    expect(answer.locator("[data-reference='3']")).to_be_focused()


def test_notices_stand_in_plain_sight(page: Page) -> None:
    answer = ask(page, "who wrote this")
    assert "prints no reference number" in answer.locator(".notices .no_reference").inner_text()
    answer = ask(page, "why can cancer come back after my operation")
    assert answer.locator(".notices .general_only").is_visible()


def test_a_follow_up_tells_how_it_was_understood(page: Page) -> None:
    ask(page, "why can cancer come back after surgery?")
    assert "I understood: “" in ask(page, "and after chemo?").locator(".understood").inner_text()


@pytest.mark.parametrize(
    ("question", "heading"),
    [(QUESTION, "The article"), ("what is a local recurrence?", "Our note on reference 1")],
    ids=["article", "note"],
)
def test_exactly_the_quoted_characters_are_marked(question: str, heading: str, page: Page) -> None:
    answer = ask(page, question)
    quoted = answer.locator(".words").first.text_content()
    answer.locator("[data-do='passage']").first.click()
    page.wait_for_selector("#passage mark")
    assert page.locator("#passage h2").inner_text() == heading
    marked = "".join(page.locator("#passage mark").all_text_contents())
    assert marked == quoted
    expect(page.locator("#passage mark").first).to_be_in_viewport()


def test_a_quote_across_paragraphs_is_marked_in_each(page: Page) -> None:
    answer = ask(page, "list your sources")
    quoted = answer.locator(".words").text_content() or ""
    answer.locator("[data-do='passage']").click()
    page.wait_for_selector("#passage mark")
    marked = "".join(page.locator("#passage mark").all_text_contents())
    assert "".join(marked.split()) == "".join(quoted.split())


def test_closing_the_article_leads_back_to_where_it_was_opened(page: Page) -> None:
    answer = ask(page, QUESTION)
    shown = answer.locator("[data-do='passage']")
    for close in ("Escape", "Enter"):  # the second one on the Close button
        shown.click()
        page.wait_for_selector("#passage mark")
        if close == "Enter":
            page.locator("#passage .head button").focus()
        page.keyboard.press(close)
        expect(page.locator("#passage")).to_be_hidden()
        expect(shown).to_be_focused()


def test_the_whole_article_can_be_read_and_its_numbers_lead_to_its_sources(page: Page) -> None:
    page.click("#tool-article")
    page.wait_for_selector("#passage .text")
    text = page.locator("#passage").inner_text()
    assert "By Thomas Broom" in text
    assert "Medicine, 95(S1)" in text
    assert page.locator("#passage mark").count() == 0
    numbers = page.locator("#passage .number")
    assert [int(one) for one in numbers.all_inner_texts()][:4] == [1, 2, 3, 1]
    numbers.nth(2).click()
    entry = page.locator("#passage .entry[data-reference='3']")
    expect(entry).to_be_focused()
    assert entry.locator("a[href*='cancerresearchuk.org']").count() == 1
    entry.locator("[data-do='return']").click()
    expect(numbers.nth(2)).to_be_focused()


def test_beside_the_chat_on_a_desktop_in_front_of_it_on_a_phone(page: Page) -> None:
    answer = ask(page, QUESTION)
    answer.locator("[data-do='passage']").click()
    page.wait_for_selector("#passage mark")
    assert page.evaluate("document.querySelector('#chatting').inert")
    expect(page.locator("#question textarea")).to_be_hidden()
    page.set_viewport_size({"width": 1280, "height": 900})
    until(page, "!document.querySelector('#chatting').inert")
    chat, panel = page.locator("#chat").bounding_box(), page.locator("#passage").bounding_box()
    assert chat
    assert panel
    assert chat["x"] + chat["width"] <= panel["x"]


def test_urgent_and_support_look_different_and_can_be_dialled(page: Page) -> None:
    answered = ask(page, QUESTION).evaluate("one => getComputedStyle(one).borderLeftWidth")
    urgent = ask(page, URGENT)
    assert urgent.locator("a[href='tel:999']").count() >= 1
    assert urgent.locator("blockquote").count() == 0
    assert urgent.evaluate("one => getComputedStyle(one).borderLeftWidth") != answered
    support = ask(page, "i want to die")
    assert support.locator("a[href='tel:116123']").count() >= 1
    for dial in page.locator(".dial:visible").all():
        assert (dial.bounding_box() or {"height": 0})["height"] >= 24


def test_there_is_a_plain_way_back_after_an_urgent_reply(page: Page) -> None:
    urgent = ask(page, URGENT)
    urgent.locator("[data-do='back']").click()
    expect(page.locator("#question textarea")).to_be_focused()
    assert "999" in ask(page, QUESTION).locator(".leading").inner_text()


def test_a_calm_state_shows_while_it_works(page: Page) -> None:
    held: list[Route] = []
    page.route("**/page/ask", lambda route: held.append(route))
    page.fill("#question textarea", QUESTION)
    page.click("#send")
    expect(page.locator("#chat .working")).to_contain_text("Looking in the article")
    assert page.locator("#chat blockquote").count() == 0
    held[0].continue_()
    assert newest(page).locator("blockquote").count() == 1
    assert page.locator("#chat .working").count() == 0


def test_question_line_quote_and_number_fit_one_phone_screen(page: Page) -> None:
    ask(page, QUESTION)
    page.wait_for_timeout(600)
    for part in (".user", ".line", ".words", ".chip"):
        expect(page.locator(f"#chat {part}").first).to_be_in_viewport(ratio=0.99)


def test_two_sizes_of_type_and_no_more(page: Page) -> None:
    ask(page, QUESTION)
    ask(page, URGENT)
    page.click("#tool-about_this")
    page.wait_for_selector("#about .sources")
    sizes = page.evaluate(
        """[...new Set([...document.querySelectorAll("body *")]
          .filter(one => one.checkVisibility() && [...one.childNodes]
            .some(node => node.nodeType === 3 && node.data.trim()))
          .map(one => getComputedStyle(one).fontSize))]"""
    )
    assert len(sizes) <= 2, sizes


def test_start_again_can_be_undone(page: Page) -> None:
    ask(page, QUESTION)
    ask(page, "hello")
    page.click("#tool-restart")
    assert page.locator("#chat .turn").count() == 0
    assert "new conversation" in page.locator("#above").inner_text()
    page.click("[data-do='undo']")
    assert page.locator("#chat .turn").count() == 2
    page.click("#tool-restart")
    ask(page, "what does recurrence mean?")
    assert page.locator("#chat .turn").count() == 1
    assert page.locator("[data-do='undo']").count() == 0


def test_an_answer_can_be_copied_with_its_reference(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    answer = ask(page, QUESTION)
    answer.locator("[data-do='copy']").click()
    expect(answer.locator(".told")).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(QUESTION)
    assert "were missed during surgery (3)." in copied
    assert "Reference 3: Cancer" in copied
    assert "**" not in copied


def test_a_link_brings_the_question_and_no_server_hears_of_it(
    page: Page, seen: Seen, log: Path
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    answer = ask(page, "why would it be back & what now #wombat?")
    answer.locator("[data-do='link']").click()
    expect(answer.locator(".told")).to_contain_text("#")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{seen.address}/#q=")
    context = page.context.browser.new_context() if page.context.browser else None
    assert context
    bodies: list[str] = []
    context.on("request", lambda request: bodies.append(f"{request.url} {request.post_data}"))
    other = opened(context, seen, link.removeprefix(f"{seen.address}/"))
    box = other.locator("#question textarea")
    expect(box).to_have_value("why would it be back & what now #wombat?")
    expect(other.locator("#told")).to_contain_text("came with the link")
    assert "wombat" not in " ".join(bodies) + other.url
    other.click("#send")
    assert newest(other).count() == 1
    context.close()


@pytest.mark.parametrize(
    ("voices", "offered"),
    [("[voice('here', true)]", True), ("[voice('cloud', false)]", False), ("[]", False)],
    ids=["local", "remote only", "none"],
)
def test_read_aloud_only_by_a_voice_on_the_device(
    voices: str, offered: bool, browser: Browser, seen: Seen
) -> None:
    context = browser.new_context()
    context.add_init_script(LOCAL_VOICE.replace("VOICES", voices))
    page = opened(context, seen)
    answer = ask(page, QUESTION)
    button = answer.locator("[data-do='speak']")
    assert button.is_visible() is offered
    if offered:
        button.click()
        stop = answer.locator("[data-do='silence']")
        expect(stop).to_be_focused()
        heard = page.evaluate("window.said.join(' ')")
        assert "After surgery" in heard
        assert "These are the words of the article" in heard
        stop.click()
        expect(button).to_be_focused()
    context.close()


def test_text_size_contrast_and_colours_can_be_chosen_and_outlive_a_reload(page: Page) -> None:
    page.click("#tool-looks")
    size = "parseFloat(getComputedStyle(document.querySelector('#intro p')).fontSize)"
    before = page.evaluate(size)
    page.check("#looks input[value='200']")
    page.check("#looks input[value='strong']")
    page.check("#looks input[value='dark']")
    assert page.evaluate(size) == 2 * before
    for _ in range(2):
        assert (
            page.evaluate("getComputedStyle(document.querySelector('#intro p')).color")
            == "rgb(255, 255, 255)"
        )
        assert page.evaluate("document.body.classList.contains('dark')")
        page.reload()
        page.wait_for_selector("body.ready")


def test_light_and_dark_follow_the_device(browser: Browser, seen: Seen) -> None:
    context = browser.new_context(color_scheme="dark")
    page = opened(context, seen)
    assert page.evaluate("document.body.classList.contains('dark')")
    page.emulate_media(color_scheme="light")
    until(page, "!document.body.classList.contains('dark')")
    context.close()


def test_the_numbers_of_every_country_are_there_to_dial(page: Page) -> None:
    page.click("#tool-helplines")
    assert page.locator("#helplines section:visible").count() == 3
    page.check("#helplines input[value='IE']")
    assert page.locator("#helplines section:visible").count() == 1
    shown = page.locator("#helplines section:visible")
    assert shown.locator("a[href='tel:1800200700']").count() == 1
    assert shown.locator("a[href='sms:50808']").count() == 1


def test_the_country_that_was_chosen_names_its_own_number(page: Page) -> None:
    assert "911" in ask(page, URGENT).inner_text()
    page.click("#tool-helplines")
    page.check("#helplines input[value='IE']")
    page.keyboard.press("Escape")
    told = ask(page, URGENT).locator(".fixed").inner_text()
    assert "112" in told
    assert "911" not in told


def test_a_word_can_be_tapped_for_what_it_means_but_never_in_a_quote(page: Page) -> None:
    answer = ask(page, "what are cancer stem cells?")
    assert page.locator("#chat blockquote .term").count() == 0
    term = answer.locator(".line .term").first
    line = answer.locator(".line").first.text_content()
    term.focus()
    page.keyboard.press("Enter")
    meaning = page.locator("#meaning")
    assert len(meaning.locator("p").inner_text()) > 20
    assert meaning.locator("h2").inner_text() == term.get_attribute("data-term")
    page.keyboard.press("Escape")
    expect(term).to_be_focused()
    assert line
    answer.locator("[data-do='passage']").first.click()
    page.wait_for_selector("#passage mark")
    page.locator("#passage .term").first.click()
    expect(meaning).to_be_visible()


def test_a_rating_shows_what_it_sends_and_sends_only_that_on_consent(page: Page, var: Path) -> None:
    sent: list[str] = []
    page.on(
        "request", lambda one: sent.append(one.post_data or "") if "feedback" in one.url else None
    )
    answer = ask(page, QUESTION)
    answer.locator("[data-helpful='no']").click()
    form = page.locator("#feedback")
    form.locator("[type='submit']").click()
    expect(form.locator(".told")).to_contain_text("what was wrong")
    form.locator("input[value='hard_to_understand']").check()
    form.locator("[type='submit']").click()
    expect(form.locator(".told")).to_contain_text("until you agree")
    assert not sent
    assert not (var / "feedback").exists()
    told = form.locator("dl").first
    assert QUESTION not in told.inner_text()
    assert not form.locator("[data-row='question']").is_visible(), "not sent, so not shown"
    form.locator("[name='include']").check()
    assert QUESTION in told.inner_text()
    assert "It is hard to understand" in told.inner_text()
    assert not form.locator(".exactly").is_visible()
    form.locator("summary").click()
    assert "corpus/content/article.txt" in form.locator(".exactly").inner_text()
    form.locator("[name='consent']").check()
    form.locator("[type='submit']").click()
    expect(answer.locator(".told")).to_have_text("Thank you. It was sent.")
    assert answer.locator("[data-helpful]").count() == 0
    (file,) = (var / "feedback").iterdir()
    kept = json.loads(file.read_text("utf-8").splitlines()[-1])
    assert kept["question"] == QUESTION
    assert kept["reason"] == "hard_to_understand"
    assert set(kept) == {"day", *json.loads(sent[0])}


def test_a_helpful_answer_needs_no_reason_and_sends_no_question(page: Page, var: Path) -> None:
    answer = ask(page, "what are cancer stem cells?")
    answer.locator("[data-helpful='yes']").click()
    page.locator("#feedback [name='consent']").check()
    page.locator("#feedback [type='submit']").click()
    expect(answer.locator(".told")).to_have_text("Thank you. It was sent.")
    (file,) = (var / "feedback").iterdir()
    kept = json.loads(file.read_text("utf-8").splitlines()[-1])
    assert kept["helpful"] is True
    assert kept["question"] is None
    assert kept["reason"] is None


def test_the_conversation_can_be_taken_along_as_a_clean_page(page: Page) -> None:
    page.add_init_script("window.print = () => {}")
    ask(page, QUESTION)
    ask(page, "what is a local recurrence?")
    page.click("#tool-take")
    with page.expect_download() as download:
        page.click("#take [data-do='save']")
    assert re.fullmatch(r"cancer-questions-[\d-]+\.html", download.value.suggested_filename)
    paper = Path(download.value.path()).read_text("utf-8")
    assert "<script" not in paper
    page.click("#take [data-do='print']")
    frame = page.frame_locator("#paper")
    text = frame.locator("body").inner_text()
    assert "To take to my appointment" in text
    assert QUESTION in text
    assert "missed during surgery (3)." in text
    assert "reference 3" in text
    assert "cancer.gov/types/recurrent-cancer" in text
    assert re.search(r"Made on \d+ \w+ 20\d\d", text)
    assert re.search(r"answered from: [0-9a-f]{64}", text)


def test_printing_the_page_itself_shows_the_conversation_alone(page: Page) -> None:
    ask(page, QUESTION)
    page.emulate_media(media="print")
    assert page.locator("#chat .words").is_visible()
    for part in ("#asking", "#tools", "#chat .after", "#chat .more"):
        assert not page.locator(part).first.is_visible(), part


def test_about_tells_sources_dates_promises_and_privacy(page: Page) -> None:
    page.click("#tool-about_this")
    page.wait_for_selector("#about .sources")
    text = page.locator("#about").inner_text()
    assert page.locator("#about .sources li").count() == 7
    assert "not for patients" in text
    assert re.search(r"Checked and approved so far: \d+ of the \d+ things to read here", text)
    for words in ("November 2026", "What it promises", "does not promise", "Your privacy"):
        assert words in text
    assert re.search(r"[0-9a-f]{64}", text)
