"""Pages of the site in a real browser, at a desk and on a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PHONE
from tests.support.county import CountySite
from tests.support.people import Login

pytestmark = pytest.mark.browser

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN", viewport=PHONE, is_mobile=True, has_touch=True)
    yield context.new_page()
    context.close()


def log_in(page: Page, site: CountySite, login: Login) -> None:
    page.goto(f"{site.live.address}/admin/login/")
    page.fill("input[name=username]", login.username)
    page.fill("input[name=password]", login.password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{site.live.address}/admin/")


def menu(page: Page) -> list[str]:
    links = page.eval_on_selector_all("#nav-sidebar a, nav a", "links => links.map(link => link.href)")
    return sorted({link for link in links if "/admin/" in link and "#" not in link and "logout" not in link})


def status_of(page: Page, address: str) -> int:
    answer = page.goto(address)
    assert answer is not None
    return answer.status


def test_login_page_greets_in_chinese_when_a_stranger_comes(
    page: Page, county_site: CountySite, pictures: Path
) -> None:
    page.goto(county_site.live.address)

    page.screenshot(path=pictures / "login.png")
    assert page.locator("html").get_attribute("lang") == "zh-hans"
    assert page.locator("input[name=username]").is_visible()


def test_login_page_is_english_when_the_reader_chooses(page: Page, county_site: CountySite) -> None:
    page.goto(f"{county_site.live.address}/admin/login/")

    page.click("text=English")

    page.wait_for_selector("html[lang=en]")
    assert page.locator("button:has-text('Log in'), input[value='Log in']").count() == 1


def test_home_page_names_county_and_role_when_a_clerk_logs_in(
    page: Page, county_site: CountySite, pictures: Path
) -> None:
    log_in(page, county_site, county_site.office)

    page.screenshot(path=pictures / "home.png")
    assert page.locator("text=示例县").first.is_visible()


@pytest.mark.parametrize("person", ["office", "township", "village"])
def test_each_page_of_the_menu_opens_when_its_reader_follows_it(
    page: Page, county_site: CountySite, person: str
) -> None:
    log_in(page, county_site, getattr(county_site, person))
    links = menu(page)

    statuses = {link: status_of(page, link) for link in links}

    assert len(links) > 1
    assert {link for link, status in statuses.items() if status != 200} == set()


def test_no_page_of_the_menu_is_wider_than_a_phone_when_read_on_one(phone: Page, county_site: CountySite) -> None:
    log_in(phone, county_site, county_site.village)
    links = menu(phone)

    wider = {link: phone.evaluate(OVERFLOW) for link in links if status_of(phone, link)}

    assert len(links) > 1
    assert {link: pixels for link, pixels in wider.items() if pixels > 0} == {}
