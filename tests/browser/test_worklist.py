"""The worklist of findings on a narrow phone: narrowed, ticked, given to the village, opened."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from registry.lib.periods import today
from tests.browser.test_pages import OVERFLOW, log_in
from tests.support.demosite import DemoSite
from tests.support.waiting import wait_for

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NARROW = ViewportSize(width=360, height=740)


@pytest.fixture
def narrow(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN", viewport=NARROW, is_mobile=True, has_touch=True)
    yield context.new_page()
    context.close()


def worklist(page: Page, site: DemoSite) -> int:
    """Open the worklist and count what can be ticked."""
    page.goto(f"{site.live.address}/admin/quality/findings/")
    return page.locator("input[name=chosen]").count()


def test_clerk_gives_findings_to_the_village_when_at_work_on_a_narrow_phone(narrow: Page, demo_site: DemoSite) -> None:
    log_in(narrow, demo_site, "township")
    wait_for(lambda: worklist(narrow, demo_site) > 1 or None, what="the findings of the roster", seconds=120)
    width = narrow.evaluate(OVERFLOW)
    narrow.locator("a[href*='rule=']").first.click()
    narrowed = narrow.url.partition("?")[2]

    narrow.locator("input[name=chosen]").first.check()
    narrow.locator("details summary").click()
    opened = narrow.evaluate(OVERFLOW)
    narrow.select_option("select[name=role]", "village_team")
    narrow.fill("input[name=due_on]", (today() + timedelta(days=9)).isoformat())
    narrow.locator("details button[type=submit]").click()

    narrow.wait_for_selector("text=已交办1条")
    assert narrow.url.partition("?")[2] == narrowed
    narrow.locator("form ul a").first.click()
    narrow.wait_for_selector("form[action$='/assign/'] select[name=role]")
    assert [width, opened, narrow.evaluate(OVERFLOW)] == [0, 0, 0]
