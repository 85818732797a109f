"""The collective ledger and a dividend on a narrow phone: the village's team enters, the county's office decides."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.test_pages import OVERFLOW, log_in
from tests.support.demosite import DemoSite

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NARROW = ViewportSize(width=360, height=740)
PAID = date(2021, 12, 1).isoformat()


@pytest.fixture
def phones(browser: Browser) -> Iterator[tuple[Page, Page]]:
    """Give two people their own phones."""
    both = [browser.new_context(locale="zh-CN", viewport=NARROW, is_mobile=True, has_touch=True) for _ in range(2)]
    yield both[0].new_page(), both[1].new_page()
    for context in both:
        context.close()


def see(page: Page, pictures: Path, name: str) -> int:
    """Keep a picture, and give how far the page is wider than the phone."""
    page.screenshot(path=pictures / f"economy-{name}.png", full_page=True)
    width: int = page.evaluate(OVERFLOW)
    return width


def test_team_books_and_proposes_and_office_approves_when_on_narrow_phones(
    phones: tuple[Page, Page], demo_site: DemoSite, pictures: Path
) -> None:
    team, office = phones
    root = f"{demo_site.live.address}/admin/economy"
    log_in(team, demo_site, "village")
    log_in(office, demo_site, "office")

    team.goto(f"{root}/villages/?year=2021")
    team.locator("a[href*='/economy/villages/'][href*='?year=']").first.click()
    team.locator("a[href$='/income/']").click()
    team.select_option("select[name=source_code]", "11")
    team.fill("input[name=occurred_on]", "2021-03-05")
    team.fill("input[name=amount_yuan]", "60000.50")
    team.fill("input[name=purpose]", "草场租金")
    form = see(team, pictures, "booking")
    team.locator("form[method=post] button[type=submit]").last.click()
    team.wait_for_selector("text=已达目标")
    village = see(team, pictures, "village")

    team.goto(f"{root}/sharefund/add/")
    team.select_option("select[name=village]", index=1)
    team.fill("input[name=name]", "合作社")
    team.locator("[name=_save]").last.click()
    team.locator("text=合作社").first.wait_for()
    team.goto(f"{root}/sharefund/")
    team.locator("tr:has-text('合作社') a[href*='/economy/sharefund/'][href*='/change/']").first.click()
    fund = team.url.partition("/change/")[0]
    team.goto(f"{fund}/do/hold/")
    team.fill("input[name=share_count]", "10")
    team.fill("input[name=on]", "2021-02-01")
    team.locator("form[method=post] button[type=submit]").last.click()
    team.goto(f"{fund}/do/propose/")
    team.fill("input[name=paid_on]", PAID)
    team.fill("input[name=amount_yuan]", "100")
    team.fill("input[name=kept_yuan]", "100")
    team.locator("form[method=post] button[type=submit]").last.click()
    team.wait_for_selector("text=村集体留存应小于总额")
    refused = see(team, pictures, "refused")
    team.fill("input[name=kept_yuan]", "10")
    team.locator("form[method=post] button[type=submit]").last.click()
    team.wait_for_url("**/change/")

    office.goto(f"{root}/villages/?year=2021")
    listed = see(office, pictures, "villages")
    office.goto(f"{root}/dividend/")
    office.locator(f"tr:has-text('{PAID}') a[href*='/economy/dividend/'][href*='/change/']").first.click()
    office.locator("a[href$='/do/approve/']").first.click()
    office.locator("form[method=post] button[type=submit]").last.click()
    office.wait_for_url("**/change/")

    assert "已批准" in office.content()
    assert [form, village, refused, listed, see(office, pictures, "dividend")] == [0, 0, 0, 0, 0]
