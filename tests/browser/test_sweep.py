"""A sweep on a narrow phone: the county opens it, a village counts, the county closes it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from registry.lib.periods import today
from tests.browser.test_pages import OVERFLOW, log_in
from tests.support.demosite import DemoSite

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NARROW = ViewportSize(width=360, height=740)


@pytest.fixture
def phones(browser: Browser) -> Iterator[tuple[Page, Page]]:
    """Give the telephones of two people."""
    contexts = [browser.new_context(locale="zh-CN", viewport=NARROW, is_mobile=True, has_touch=True) for _ in range(2)]
    county, village = (context.new_page() for context in contexts)
    yield county, village
    for context in contexts:
        context.close()


def send(page: Page) -> None:
    page.locator("form button[type=submit]").last.click()
    page.wait_for_load_state()


def open_sweep(page: Page, site: DemoSite) -> str:
    """Open a campaign and give the address of its page with all villages."""
    page.goto(f"{site.live.address}/admin/dossiers/sweepcampaign/add/")
    page.fill("input[name=name]", "冬季排查")
    page.fill("input[name=starts_on]", today().isoformat())
    page.fill("input[name=ends_on]", (today() + timedelta(days=30)).isoformat())
    page.click("[name=_save]")
    page.wait_for_selector("text=查看各村")
    return str(page.get_by_text("查看各村").get_attribute("href"))


def count(page: Page, visited: int) -> int:
    """Enter counts of 24 households, and give how far the page with the form is wider than the phone."""
    counts = {"to_visit": 24, "visited": visited, "nobody_home": 2, "working_away": 1, "refused": 0, "other_reason": 0}
    page.fill("input[name=counted_on]", today().isoformat())
    for name, value in counts.items():
        page.fill(f"input[name={name}_count]", str(value))
    page.check("input[name=is_done]")
    width: int = page.evaluate(OVERFLOW)
    send(page)
    return width


def test_village_is_counted_and_the_sweep_closed_when_people_work_on_narrow_phones(
    phones: tuple[Page, Page], demo_site: DemoSite, pictures: Path
) -> None:
    county, village = phones
    log_in(county, demo_site, "office")
    log_in(village, demo_site, "village")
    sweep = demo_site.live.address + open_sweep(county, demo_site)

    village.goto(sweep)
    village.wait_for_selector("text=未开始")
    widths = [village.evaluate(OVERFLOW)]
    village.locator("table a").first.click()
    village.get_by_text("填报排查数").click()
    widths.append(count(village, 20))
    village.wait_for_selector("text=还有农户既未走访也未计入未见面")
    widths.append(count(village, 21))
    village.goto(sweep)
    row = village.locator("tbody tr").first.inner_text().split()
    village.screenshot(path=pictures / "sweep_phone.png", full_page=True)
    village.goto(sweep.replace("/sweeps/", "/sweepcampaign/") + "change/")

    county.goto(sweep.replace("/sweeps/", "/sweepcampaign/") + "do/close/")
    county.fill("input[name=on]", today().isoformat())
    county.fill("[name=reason]", "排查结束")
    send(county)
    village.goto(sweep)

    assert (row[1:3], row[4:], widths) == (["已完成", "24"], ["21", "3", "0"], [0, 0, 0])
    assert village.locator("text=已结束").count() == 1
    assert (village.locator("table a").count(), village.evaluate(OVERFLOW)) == (0, 0)
