"""One real server and one real browser for all tests of the page."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from settings import Settings
from tests.conftest import link_models
from tests.page.browsing import CHROMIUM, FLAGS, PHONE, Seen, as_new, opened
from tests.serving import served


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if CHROMIUM or os.environ.get("CI"):
        return
    for item in items:
        if Path(item.path).parent == Path(__file__).parent and "browser" in getattr(
            item, "fixturenames", ()
        ):
            item.add_marker(pytest.mark.skip(reason="NO CHROMIUM: THE PAGE WAS NOT TESTED"))


@pytest.fixture(scope="package")
def var(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the server writes to: a copy of the index, and nothing else at first."""
    var = tmp_path_factory.mktemp("served") / "var"
    shutil.copytree(settings.var / "index", var / "index")
    link_models(settings, var)
    return var


@pytest.fixture(scope="package")
def log(var: Path) -> Path:
    return var.parent / "log"


@pytest.fixture(scope="package")
def address(var: Path, log: Path) -> Iterator[str]:
    with served(log, CHATBOT_VAR=str(var)) as address:
        yield address


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "CI must test the page: install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def seen(address: str) -> Seen:
    """What the browser asked for and complained about."""
    return Seen(address)


@pytest.fixture(scope="package")
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A phone whose one tab is used by many tests, since opening the page takes a second."""
    context = browser.new_context(viewport=PHONE)
    yield context
    context.close()


@pytest.fixture
def page(phone: BrowserContext, seen: Seen) -> Iterator[Page]:
    """The page on a phone, with nothing asked yet. Fails on any request to another host."""
    page = as_new(phone.pages[0], seen.address) if phone.pages else opened(phone, seen)
    seen.watch(page)
    yield page
    seen.leave(page)
    for tab in phone.pages[1:]:
        tab.close()
    phone.clear_permissions()
    assert not seen.outside, seen.outside
    assert not seen.complaints, seen.complaints
