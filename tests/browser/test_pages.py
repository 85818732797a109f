"""Pages of the demonstration's site in a real browser, at a desk and on a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.conftest import PHONE
from tests.support.demosite import DemoSite

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PEOPLE = ("office", "township", "village", "helper", "sector", "province", "system", "security", "audit")
BOARD = ViewportSize(width=1280, height=640)
Board = tuple[str, str, str, str]
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PICTURES = [
    ("home", "office", ""),
    ("households", "office", "households/household/"),
    ("villages", "township", "villages/village/"),
    ("coverage", "office", "assistance/coverage/"),
    ("team_board", "office", "villages/board/"),
    ("rosters", "office", "exchange/rosters/"),
    ("reports", "office", "reports/runs/"),
    ("published", "province", "reports/published/"),
    ("system", "system", "system/"),
    ("people", "security", "registry/user/"),
    ("audit", "audit", "registry/auditevent/"),
]
# Boards and worklists: name of the picture, address, and the links to follow from there, parted by "then", if any.
BOARDS = [
    ("office", "visits_due", "assistance/visits-due/", ""),
    ("office", "without_plan", "assistance/without-plan/", ""),
    ("office", "collective", "economy/villages/", ""),
    ("office", "project", "economy/industryproject/", "#result_list tr:has-text('育肥场') th a"),
    ("office", "loans_due", "credit/due/", ""),
    ("office", "partners", "partners/partnerlink/", ""),
    ("office", "training", "livelihoods/coverage/", ""),
    ("office", "posts", "livelihoods/posts-due/", ""),
    ("office", "funds", "funds/progress/", ""),
    ("office", "payment_list", "funds/paymentlist/", "#result_list tbody th a"),
    ("office", "entitlements", "entitlements/", ""),
    ("office", "requests", "concerns/board/", ""),
    ("office", "settlements", "households/settlements/", ""),
    ("office", "helper_plan", "planning/helperproposal/", "#result_list tbody th a then a[href*='helper-proposals']"),
    ("dispatch", "proposal", "planning/proposal/", "#result_list tbody th a"),
]
PHONE_BOARDS = [
    ("village", "requests_phone", "concerns/helprequest/", ""),
    ("village", "entitlements_phone", "entitlements/", ""),
    ("village", "ledger_phone", "economy/villages/", "a[href*='/economy/villages/0'][href*='?year=']"),
    ("village", "wishes_phone", "livelihoods/wishes/", ""),
    ("village", "home_phone", "", ""),
    ("helper", "visits_phone", "assistance/visits-due/", ""),
]


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN", viewport=PHONE, is_mobile=True, has_touch=True)
    yield context.new_page()
    context.close()


def log_in(page: Page, site: DemoSite, person: str) -> None:
    page.goto(f"{site.live.address}/admin/login/")
    page.fill("input[name=username]", person)
    page.fill("input[name=password]", site.passwords[person])
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{site.live.address}/admin/")


def menu(page: Page) -> list[str]:
    links = page.eval_on_selector_all("#nav-sidebar a, nav a", "links => links.map(link => link.href)")
    return sorted({link for link in links if "/admin/" in link and "#" not in link and "logout" not in link})


def status_of(page: Page, address: str) -> int:
    answer = page.goto(address)
    assert answer is not None
    return answer.status


def test_login_page_greets_in_chinese_when_a_stranger_comes(page: Page, demo_site: DemoSite, pictures: Path) -> None:
    page.goto(demo_site.live.address)

    page.screenshot(path=pictures / "login.png")
    assert page.locator("html").get_attribute("lang") == "zh-hans"
    assert page.locator("input[name=username]").is_visible()


def test_login_page_is_english_when_the_reader_chooses(page: Page, demo_site: DemoSite) -> None:
    page.goto(f"{demo_site.live.address}/admin/login/")

    page.click("text=English")

    page.wait_for_selector("html[lang=en]")
    assert page.locator("button:has-text('Log in'), input[value='Log in']").count() == 1


@pytest.fixture(scope="module")
def followed() -> set[str]:
    """The pages that somebody followed before; that each role may open its own is tried by the matrix of rights."""
    return set()


@pytest.mark.parametrize("person", PEOPLE)
def test_each_page_of_the_menu_opens_and_fits_when_its_reader_follows_it_on_a_phone(
    phone: Page, demo_site: DemoSite, followed: set[str], person: str
) -> None:
    errors: list[str] = []
    phone.on("pageerror", lambda error: errors.append(str(error)))
    log_in(phone, demo_site, person)
    links = menu(phone)

    seen = {link: (status_of(phone, link), phone.evaluate(OVERFLOW)) for link in links if link not in followed}
    followed |= {*seen}

    assert len(links) > 1
    assert {link for link, (status, _) in seen.items() if status != 200} == set()
    assert {link: wider for link, (_, wider) in seen.items() if wider > 0} == {}
    assert errors == []


@pytest.mark.parametrize(("name", "person", "path"), PICTURES, ids=[name for name, _, _ in PICTURES])
def test_page_names_the_county_or_role_when_its_picture_is_made(
    page: Page, demo_site: DemoSite, pictures: Path, name: str, person: str, path: str
) -> None:
    log_in(page, demo_site, person)

    page.goto(f"{demo_site.live.address}/admin/{path}")

    page.screenshot(path=pictures / f"{name}.png")
    assert page.locator("text=建档立卡户登记系统").first.is_visible()


def shown(page: Page, site: DemoSite, person: str, boards: list[Board], pictures: Path) -> dict[str, tuple[bool, int]]:
    """Give of each board of a person whether it is a page of the site, and how far it is wider than the screen."""
    log_in(page, site, person)
    return {name: see(page, site, (name, path, link), pictures) for who, name, path, link in boards if who == person}


def see(page: Page, site: DemoSite, board: tuple[str, str, str], pictures: Path) -> tuple[bool, int]:
    name, path, link = board
    status = status_of(page, f"{site.live.address}/admin/{path}")
    for step in filter(None, link.split(" then ")):
        page.locator(step).first.click()
        page.wait_for_load_state()
    page.screenshot(path=pictures / f"{name}.png")
    return status == 200 and page.locator("h1").count() > 0, page.evaluate(OVERFLOW)


@pytest.mark.parametrize("person", ["office", "dispatch"])
def test_boards_fit_a_desk_when_there_is_work(page: Page, demo_site: DemoSite, pictures: Path, person: str) -> None:
    page.set_viewport_size(BOARD)

    boards = shown(page, demo_site, person, BOARDS, pictures)

    assert boards == dict.fromkeys(boards, (True, 0))


@pytest.mark.parametrize("person", ["village", "helper"])
def test_boards_fit_a_phone_when_there_is_work(phone: Page, demo_site: DemoSite, pictures: Path, person: str) -> None:
    boards = shown(phone, demo_site, person, PHONE_BOARDS, pictures)

    assert boards == dict.fromkeys(boards, (True, 0))


def test_report_shows_the_stocks_of_the_county_when_it_is_opened(
    page: Page, demo_site: DemoSite, pictures: Path
) -> None:
    log_in(page, demo_site, "office")
    page.goto(f"{demo_site.live.address}/admin/reports/runs/")

    page.click("table a >> text=2020-12")

    page.wait_for_selector("[data-state=finished]")
    page.screenshot(path=pictures / "report.png", full_page=True)
    assert page.locator("tr.county td:has-text('1875'), tr.county td:has-text('1,875')").count() > 0


def test_team_opens_its_household_on_a_phone_when_it_follows_the_list(
    phone: Page, demo_site: DemoSite, pictures: Path
) -> None:
    log_in(phone, demo_site, "village")
    phone.goto(f"{demo_site.live.address}/admin/households/household/")

    phone.locator("#result_list tbody th a").first.click()

    phone.wait_for_selector("text=家庭成员")
    phone.screenshot(path=pictures / "household_phone.png")
    assert phone.evaluate(OVERFLOW) == 0


def test_clerk_marks_an_absence_on_a_phone_when_going_from_the_board_to_the_team_and_its_month(
    phone: Page, demo_site: DemoSite, pictures: Path
) -> None:
    log_in(phone, demo_site, "township")
    phone.goto(f"{demo_site.live.address}/admin/villages/board/")
    phone.screenshot(path=pictures / "team_board_phone.png", full_page=True)
    widths = [phone.evaluate(OVERFLOW)]

    phone.locator("a[href*='gap=over-term']").first.click()
    widths.append(phone.evaluate(OVERFLOW))
    phone.locator("a[href*='/workteam/'][href$='/change/']").first.click()
    phone.locator("a[href$='/month/']").first.click()
    phone.wait_for_selector("text=工作队不另写日志")
    widths.append(phone.evaluate(OVERFLOW))
    phone.screenshot(path=pictures / "team_month_phone.png", full_page=True)
    phone.go_back()
    phone.locator("a[href*='/teammember/'][href$='/change/']").first.click()
    phone.locator("a[href$='/do/mark-absence/']").first.click()
    phone.fill("[name=starts_on]", "2020-03-02")
    phone.fill("[name=ends_on]", "2020-03-09")
    phone.select_option("[name=reason_code]", "2")
    phone.get_by_role("button", name="登记离村", exact=True).click()

    phone.wait_for_selector("text=2020-03-09")
    assert [*widths, phone.evaluate(OVERFLOW)] == [0, 0, 0, 0]
