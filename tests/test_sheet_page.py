"""The nurses' sheet in a real browser: by keyboard, on a phone, and with nothing sent anywhere."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot import Chatbot
from corpus import load_corpus
from eval.runs import Run, row_of
from eval.sheet import sheet_page, shown
from eval.verdict_files import read_verdicts
from eval.verdicts import ASPECTS, Verdict, new_entries
from settings import Settings
from tests.golden_questions import made, unanswered
from tests.test_runs import setup

ASKED = "Why can cancer come back after surgery?"
LATEST = date.today() + timedelta(days=1)  # midnight may pass, and zones differ


@pytest.fixture(scope="module")
def run(chatbot: Chatbot) -> Run:
    answered = row_of(made(id="q", question=ASKED), chatbot.ask(ASKED))
    others = (unanswered(made(id=id, question=f"{id}?")) for id in "ab")
    return Run(Path("one"), setup(), (answered, *others))


@pytest.fixture(scope="module")
def sheet(run: Run, settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sheet") / "sheet.html"
    corpus = load_corpus(settings.corpus, settings.sources)
    path.write_text(sheet_page(run, shown(run, corpus, None, None)), "utf-8")
    return path


@pytest.fixture
def page(browser: Browser, sheet: Path) -> Iterator[Page]:
    """The sheet as a phone shows it; it may ask for itself alone, and break nothing."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, accept_downloads=True)
    page = context.new_page()
    wrong: list[str] = []
    page.on("request", lambda one: None if one.url == sheet.as_uri() else wrong.append(one.url))
    page.on("console", lambda one: wrong.append(one.text))
    page.on("pageerror", lambda one: wrong.append(str(one)))
    page.goto(sheet.as_uri())
    yield page
    context.close()
    assert [one for one in wrong if not one.startswith("blob:")] == []


def answer(page: Page, id: str) -> Locator:
    return page.locator(f"article[data-id='{id}']")


def choose(place: Locator, name: str, value: str) -> None:
    place.locator(f"fieldset.{name} label", has=place.page.locator(f"[value='{value}']")).click()


def judge(place: Locator, decision: str = "safe", reason: str = "") -> None:
    for name in ASPECTS:
        choose(place, name, "yes")
    choose(place, "decision", decision)
    place.locator("textarea").fill(reason)


def save(page: Page, folder: Path) -> Path:
    with page.expect_download() as download:
        page.click("#save")
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_what_is_judged_is_saved_and_can_be_imported(page: Page, run: Run, tmp_path: Path) -> None:
    page.fill("#reviewer", "N07")
    judge(answer(page, "q"), "needs change", "Too long = a burden.")
    judge(answer(page, "a"))
    path = save(page, tmp_path)
    assert path.name.startswith("verdicts-N07-")
    entries = new_entries(read_verdicts(path), [run], (), LATEST)
    told = {one.verdict.id: one.verdict for one in entries}
    assert set(told) == {"q", "a"}
    assert (told["q"].decision, told["q"].reason) == ("needs change", "Too long = a burden.")
    assert told["a"].reviewer == "N07"
    assert "Saved 2 of 3" in page.locator("#progress").inner_text()


def test_all_of_it_can_be_done_by_keyboard(page: Page, run: Run, tmp_path: Path) -> None:
    page.focus("#reviewer")
    page.keyboard.type("N08")
    page.focus("#next")
    page.keyboard.press("Enter")
    place = page.locator("article").first
    assert page.evaluate("document.activeElement.tagName") == "H2"
    while page.evaluate("document.activeElement.name") != "right_passage":
        page.keyboard.press("Tab")
    for _ in ASPECTS:
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.type("Too short.")
    assert "judged" in place.locator(".state").inner_text()
    page.focus("#save")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    download.value.save_as(tmp_path / "v.json")
    ((_, told),) = read_verdicts(tmp_path / "v.json")
    assert isinstance(told, Verdict)
    assert (told.right_passage, told.kind, told.decision) == ("no", "no", "needs change")
    assert told.reason == "Too short."


def test_what_is_missing_is_said_and_not_saved(page: Page) -> None:
    place = answer(page, "q")
    choose(place, "safe", "no")
    lacking = place.locator(".lacking")
    assert "right passage, complete, plain, kind, all in all" in lacking.inner_text()
    judge(place, "unsafe")
    assert lacking.inner_text() == "Please give a reason."
    choose(place, "decision", "safe")
    choose(place, "safe", "no")
    assert "which is right?" in lacking.inner_text()
    page.click("#save")
    assert "reviewer code first" in page.locator("#progress").inner_text()
    page.fill("#reviewer", "N07")
    page.click("#save")
    assert "nothing to save" in page.locator("#progress").inner_text()


def test_the_quote_is_marked_where_it_stands(page: Page) -> None:
    place = answer(page, "q")
    place.locator("summary").first.click()
    mark = place.locator("details[open] mark").first
    assert mark.is_visible()
    quote = place.locator("blockquote").first.inner_text()
    assert mark.inner_text() in quote


def test_work_is_still_there_after_a_reload(page: Page) -> None:
    page.fill("#reviewer", "N07")
    judge(answer(page, "b"), "needs change", "Say more.")
    expect(page.locator("#progress")).to_have_text("1 of 3 judged")
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("#progress")).to_have_text("1 of 3 judged")
    assert answer(page, "b").locator("textarea").input_value() == "Say more."
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("#clear")
    assert page.locator("#progress").inner_text() == "0 of 3 judged"


def test_work_goes_on_from_a_saved_file(page: Page, tmp_path: Path) -> None:
    page.fill("#reviewer", "N07")
    judge(answer(page, "a"), "needs change", "Say more.")
    path = save(page, tmp_path)
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("#clear")
    page.set_input_files("#saved", path)
    page.wait_for_function("document.querySelector('#progress').textContent.startsWith('1 of 3')")
    assert page.input_value("#reviewer") == "N07"
    assert answer(page, "a").locator("textarea").input_value() == "Say more."


@pytest.mark.parametrize("content", ["{", '{"run": "another", "verdicts": []}'])
def test_a_file_of_another_sheet_is_not_taken(content: str, page: Page, tmp_path: Path) -> None:
    path = tmp_path / "v.json"
    path.write_text(content, "utf-8")
    page.set_input_files("#saved", path)
    page.wait_for_function("document.querySelector('#progress').textContent.includes('cannot be')")


def test_next_goes_on_from_where_one_is(page: Page) -> None:
    page.click("#next")
    page.click("#next")
    assert page.evaluate("document.activeElement.textContent").startswith("Answer 2 of 3")
    judge(page.locator("article").nth(2))
    page.click("#next")
    assert page.evaluate("document.activeElement.textContent").startswith("Answer 1 of 3")


def test_a_small_phone_needs_no_sideways_scrolling(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for summary in page.locator("summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_every_button_can_be_hit_with_a_thumb(page: Page) -> None:
    heights = page.locator("fieldset span, footer button").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert min(heights) >= 44
