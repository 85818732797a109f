"""A list of three households taken from the meeting to the announcement, by the people whose work it is, on phones."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from registry.lib.periods import today
from tests.support.demosite import DemoSite

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NARROW: Final = ViewportSize(width=360, height=740)
OVERFLOW: Final = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PDF: Final = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
COUNTY: Final = "549901000000"
BEGUN_ON: Final = today() - timedelta(days=30)
ASSURED: Final = ("food_and_clothing", "schooling", "medical_care", "safe_housing", "safe_water")
STEPS: Final[tuple[tuple[str, dict[str, str]], ...]] = (("step", {}), ("signature", {"manner": "self"}))
COUNTS: Final = {"entitled_count": "30", "present_count": "25", "votes_for": "20", "votes_against": "3"}


class Phone:
    """Somebody at work on a narrow phone; no page may be wider than it."""

    def __init__(self, page: Page, site: DemoSite) -> None:
        self.page, self.address = page, f"{site.live.address}/admin/"

    def open(self, path: str) -> None:
        answer = self.page.goto(self.address + path)
        assert answer is not None
        assert (answer.status, self.page.evaluate(OVERFLOW)) == (200, 0), path

    def send(self, **values: str) -> None:
        """Fill in the fields by their names and send the form, which must be taken."""
        before = self.page.url
        for name, value in values.items():
            field = self.page.locator(f"[name={name}]").first
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        self.page.locator("button[type=submit]:visible, input[type=submit]:visible").last.click()
        self.page.wait_for_load_state()
        assert self.page.url != before, self.page.inner_text("body")[:1500]
        assert self.page.evaluate(OVERFLOW) == 0, self.page.url

    def attach(self) -> None:
        self.page.set_input_files("input[type=file]", {"name": "p.pdf", "mimeType": "application/pdf", "buffer": PDF})

    def tick(self, name: str) -> None:
        self.page.check(f"input[name={name}]")

    def record(self) -> str:
        """Give the id of the record that is shown."""
        return self.page.url.rstrip("/").split("/")[-2]

    def hold(self, form: str, on: date, values: dict[str, str] | None = None, *, until: date | None = None) -> str:
        """Hold a session for all who wait for the step, and give its id."""
        self.open("dossiers/listsession/add/")
        self.send(kind="exit", form=form, title="拟退出户", starts_on=on.isoformat())
        session = self.record()
        self.open(f"dossiers/listsession/{session}/do/close{'-meeting' if form == 'meeting' else ''}/")
        self.attach()
        self.send(ends_on=(until or on).isoformat(), **(values or {}))
        return session


@contextmanager
def at_work(browser: Browser, site: DemoSite, person: str) -> Iterator[Phone]:
    context = browser.new_context(locale="zh-CN", viewport=NARROW, is_mobile=True, has_touch=True)
    page = context.new_page()
    page.goto(f"{site.live.address}/admin/login/")
    page.fill("input[name=username]", person)
    page.fill("input[name=password]", site.passwords[person])
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{site.live.address}/admin/")
    yield Phone(page, site)
    context.close()


def begun_by_the_team(team: Phone) -> dict[str, str]:
    """Begin an exit of the first three filed households, and give the dossiers by household."""
    team.open("households/household/?status__exact=filed")
    links = team.page.eval_on_selector_all("#result_list tbody th a", "links => links.map(link => link.href)")
    found = {}
    for household in [link.split("/households/household/")[1].split("/")[0] for link in links[:3]]:
        team.open(f"households/{household}/dossier/")
        team.send(template="exit", begun_on=BEGUN_ON.isoformat())
        found[household] = team.record()
    return found


def looked_by_the_team(team: Phone, household: str, dossier: str) -> None:
    team.open(f"households/{household}/look/?dossier={dossier}")
    team.page.click("text=九看（农区）")
    team.page.wait_for_selector("input[name=choice_9]")
    for position in range(1, 10):
        team.page.check(f"input[name=choice_{position}][value='1']")
    team.send(remark_1="屋顶漏雨")


def marked_by_the_township(township: Phone, dossiers: list[str]) -> None:
    for dossier in dossiers:
        township.open(f"dossiers/dossier/{dossier}/do/exit-check/")
        for name in ASSURED:
            township.tick(f"has_{name}")
        township.send(checked_on=BEGUN_ON.isoformat(), year=str(BEGUN_ON.year), net_per_head_yuan="19000")
    township.hold("mark", BEGUN_ON, {"kind_code": "40"})


def signed_with_the_team(team: Phone, dossiers: list[str]) -> None:
    for dossier in dossiers:
        for verb, signed in STEPS:
            team.open(f"dossiers/dossier/{dossier}/do/evidence/")
            team.attach()
            team.send(on=BEGUN_ON.isoformat())
            team.open(f"dossiers/dossier/{dossier}/do/{verb}/")
            team.send(ends_on=BEGUN_ON.isoformat(), **signed)


def test_three_households_go_from_the_meeting_to_the_announcement_when_each_does_its_part_on_a_phone(
    browser: Browser, demo_site: DemoSite, pictures: Path
) -> None:
    demo_site.live.manage("load_step_templates", COUNTY)
    taken_down = BEGUN_ON + timedelta(days=7)
    with (
        at_work(browser, demo_site, "office") as office,
        at_work(browser, demo_site, "township") as township,
        at_work(browser, demo_site, "village") as team,
    ):
        office.open("households/yearline/add/")
        office.send(year=str(BEGUN_ON.year), monitoring_line_yuan="8000", valid_from=f"{BEGUN_ON.year}-01-01")
        dossiers = begun_by_the_team(team)
        first, household = next(iter(dossiers.values())), next(iter(dossiers))
        looked_by_the_team(team, household, first)
        team.page.screenshot(path=pictures / "dossier_phone.png", full_page=True)
        meeting = team.hold("meeting", BEGUN_ON, COUNTS)
        marked_by_the_township(township, list(dossiers.values()))
        signed_with_the_team(team, list(dossiers.values()))
        notice = team.hold("notice", BEGUN_ON, until=taken_down)
        township.hold("decision", taken_down)
        office.hold("announcement", taken_down)
        for dossier in dossiers.values():
            office.open(f"dossiers/dossier/{dossier}/do/finish/")
            office.send(reason="县公告1号")

        team.open(f"dossiers/session/{notice}/print/notice/")
        posted = team.page.inner_text("body")
        team.page.screenshot(path=pictures / "notice_phone.png", full_page=True)
        team.open(f"dossiers/session/{meeting}/print/minutes/")
        minutes = team.page.inner_text("body")
        team.open(f"households/household/{household}/change/")
        shown = team.page.inner_text("body")

    assert (len(dossiers), taken_down.isoformat() in posted, minutes.count("通过") >= 3) == (3, True, True)
    assert ("已脱贫" in shown, "5499" in posted, "5499" in minutes) == (True, False, False)
