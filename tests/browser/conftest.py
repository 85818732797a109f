"""A browser for the tests of this folder, and a place for its pictures."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.support.browser import chromium, running_browser
from tests.support.demosite import DemoSite

WIDE = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=390, height=844)


@pytest.fixture(scope="session")
def chromium_program() -> str:
    """The path of the browser; without one the tests of this folder are skipped."""
    program = chromium()
    if program is None:
        pytest.skip("no Chromium is installed (on Debian: apt-get install chromium fonts-noto-cjk)")
    return program


@pytest.fixture(scope="module")
def browser(chromium_program: str, demo_site: DemoSite) -> Iterator[Browser]:
    """Start Chromium for the tests of one module.

    After the site, since playwright runs an event loop in this thread, and Django refuses its database beside one.
    """
    with running_browser(chromium_program) as running:
        yield running


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh session of a Chinese reader at a desk."""
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", viewport=WIDE)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which an error of a script fails the test."""
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == []


@pytest.fixture
def pictures(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The folder for pictures: that of `--screenshots`, else one that is thrown away."""
    folder = Path(request.config.getoption("--screenshots") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
