"""Nothing leaves, nothing lingers, and whatever text comes is shown as text."""

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.page.browsing import QUESTION, Seen, ask, newest, opened, until

MARK = "quokkawombat"
STORED = """(async () => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie,
  await indexedDB.databases(), await caches.keys(), location.href, document.title]))()"""


def stored(page: Page) -> str:
    """All that the page has in the browser's storage, and its address."""
    return str(page.evaluate(STORED))


def files_with(words: str, *folders: Path) -> list[Path]:
    files = (one for folder in folders for one in folder.rglob("*") if one.is_file())
    return [one for one in files if words.encode() in one.read_bytes()]


def test_what_is_typed_is_in_no_log_no_file_no_storage_and_at_no_address(
    page: Page, seen: Seen, var: Path, log: Path
) -> None:
    ask(page, f"why is the {MARK} back")
    ask(page, f"{MARK} and my chest pain is terrible")
    page.fill("#question textarea", f"{MARK} not sent")
    page.reload()
    expect(page.locator("#chat .turn")).to_have_count(2)
    assert MARK not in stored(page)
    assert not [url for url in seen.asked if MARK in url]
    assert files_with(MARK, var) == []
    assert MARK not in log.read_text("utf-8")


def test_the_tab_remembers_and_another_tab_does_not(page: Page, seen: Seen) -> None:
    ask(page, f"why is the {MARK} back")
    page.fill("#question textarea", "half a questi")
    page.reload()
    page.wait_for_selector("#chat .turn")
    assert MARK in page.locator("#chat .user").inner_text()
    expect(page.locator("#question textarea")).to_have_value("half a questi")
    other = opened(page.context, seen)
    assert other.locator("#chat .turn").count() == 0
    assert other.locator("#above *").count() == 0


def test_kept_on_this_device_until_forgotten(page: Page, seen: Seen) -> None:
    ask(page, f"why is the {MARK} back")
    page.click("#tool-keep")
    expect(page.locator("#told")).to_contain_text("Kept on this device")
    ask(page, QUESTION)
    assert MARK in stored(page)
    assert QUESTION in stored(page)
    other = opened(page.context, seen)
    assert other.locator("#chat .turn").count() == 0, "another may sit at this device: ask first"
    other.click("[data-do='open-kept']")
    other.wait_for_selector("#chat blockquote")
    assert other.locator("#chat .user").count() == 2
    ask(other, "what does recurrence mean?")
    ask(page, "hello there")
    assert stored(page).count("recurrence mean") == 1
    assert "hello there" in stored(page)
    other.click("#tool-forget")
    other.click("[data-do='forget-all']")
    expect(other.locator("#told")).to_contain_text("forgotten")
    assert other.locator("#chat .turn").count() == 0
    ask(page, "hello again")
    for tab in (page, other):
        assert MARK not in stored(tab)
        assert "hello" not in stored(tab)
    other.reload()
    other.wait_for_selector("body.ready")
    assert other.locator("#chat .turn").count() == 0
    assert MARK not in str(other.evaluate("JSON.stringify(history.state)"))


def test_what_is_typed_stays_text(page: Page) -> None:
    typed = (
        "<script>document.title='x'</script> ![i](http://example.org/i.png) **b** <b>c</b> "
        '[l](javascript:alert(1)) <img src=x onerror="document.title=1"> {{7*7}} ${7*7} why'
    )
    ask(page, typed)
    shown = page.locator("#chat .user h2")
    assert shown.inner_text() == typed
    ask(page, f"and {typed}")
    assert page.locator("#chat :is(img, script, b, iframe)").count() == 0
    assert page.locator("#chat a[href^='javascript']").count() == 0
    assert page.title() == "Questions about cancer coming back"


def test_a_right_to_left_override_turns_nothing_round(page: Page) -> None:
    ask(page, "is it \u202eesrever\u202c \u2066why\u2069\u0007")
    shown = page.locator("#chat .user h2").inner_text()
    assert shown == "is it \ufffdesrever\ufffd \ufffdwhy\ufffd\ufffd"


def test_every_response_carries_the_policy(address: str) -> None:
    for path in ("/", "/page/about", "/page/static/page.js", "/api/schema", "/no/such/page"):
        told = httpx.get(address + path).headers
        assert "default-src 'self'" in told["content-security-policy"], path
        assert "unsafe-eval" not in told["content-security-policy"]
        assert told["x-content-type-options"] == "nosniff"
        assert told["referrer-policy"] == "no-referrer"
    for path in ("/page/about", "/api/schema"):
        assert httpx.get(address + path).headers["cache-control"] == "no-store"


def test_no_code_can_be_made_of_text(page: Page) -> None:
    page.evaluate(
        """(() => { const script = document.createElement("script");
        script.textContent = `setTimeout(() => {
          try { eval("window.made = true") } catch { window.refused = true } })`;
        document.head.append(script); })()"""
    )
    until(page, "window.refused || window.made")
    assert page.evaluate("window.made") is None


@pytest.mark.parametrize(
    "path",
    ["/monitoring", "/gradio_api/info", "/gradio_api/runs", "/gradio_api/queue/join", "/docs"],
)
def test_gradios_own_pages_and_events_are_closed(path: str, address: str) -> None:
    told = httpx.get(address + path)
    post = httpx.post(address + path, json={"data": ["x"], "fn_index": 0, "session_hash": "x"})
    assert told.status_code >= 400 or '"dependencies":[]' in told.text
    assert post.status_code >= 400


def test_the_page_shows_no_link_of_the_framework(page: Page) -> None:
    assert "Gradio" not in page.locator("body").inner_text()
    assert page.locator("footer:visible, a[href*='gradio'], a[href*='huggingface']").count() == 0
    config = page.evaluate("window.gradio_config")
    assert config["dependencies"] == []
    assert config["analytics_enabled"] is False


def test_another_sites_form_can_send_nothing(address: str) -> None:
    for path in ("ask", "feedback", "conversation", "appointment", "passage"):
        told = httpx.post(
            f"{address}/page/{path}", content=b"{}", headers={"content-type": "text/plain"}
        )
        assert told.status_code == 415


def test_a_refusal_does_not_repeat_what_was_sent(address: str) -> None:
    told = httpx.post(f"{address}/page/ask", json={"question": MARK, "extra": MARK})
    assert told.status_code == 422
    assert MARK not in told.text


def test_feedback_without_consent_is_refused(address: str, var: Path) -> None:
    feedback = {"consent": False, "helpful": True, "outcome": "answered", "question": MARK}
    assert httpx.post(f"{address}/page/feedback", json=feedback).status_code == 422
    assert files_with(MARK, var) == []


def test_a_browser_without_storage_still_answers(browser: Browser, seen: Seen) -> None:
    context = browser.new_context()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('off'); } });"
        "History.prototype.replaceState = () => { throw new Error('off'); };"
    )
    page = context.new_page()
    page.goto(seen.address)
    page.wait_for_selector("body.ready")
    ask(page, QUESTION)
    assert newest(page).locator("blockquote").count() == 1
    page.click("#tool-keep")
    expect(page.locator("#told")).to_contain_text("did not let me keep")
    context.close()
