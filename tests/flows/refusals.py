"""What a county enters wrongly, at desks and by programs: each is answered with a sentence, and nothing is written."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from registry.lib.periods import today
from tests.flows.desk import Desk
from tests.flows.handover import filed
from tests.flows.year import changed, done
from tests.support.web import Answer, Reader

ACCOUNT: Final = "6222000012345678"
# An example code whose check character does not fit.
WRONG_CODE: Final = "91540000MA6T1A2B3C"
_COURSE: Final = {
    "name": "示例厨师班", "kind_code": "06", "organiser": "示例人社局", "place": "示例县城", "starts_on": "2021-06-01",
    "last_on": "2021-06-10", "day_count": 5, "hour_count": 40, "seat_count": 20,
}  # fmt: skip


@dataclass
class Mistakes:
    """Who enters, whose household it is, and what was answered: status and sentence of a program, words of a page."""

    office: Desk
    township: Desk
    program: Reader
    second_program: Reader
    household_id: str = ""
    number: str = "54990100059001"
    answers: dict[str, tuple[int, str]] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    left: dict[str, Any] = field(default_factory=dict)

    def post(self, name: str, path: str, body: dict[str, Any], *, version: int | None = None) -> None:
        """Send what is wrong, and note the answer."""
        answer = _post(self.program, path, body, version)
        self.answers[name] = (answer.status, answer.json().get("detail", ""))

    def rows(self, path: str) -> list[dict[str, Any]]:
        """Read a list."""
        found: list[dict[str, Any]] = done(self.program.get(path))["results"]
        return found


def _post(program: Reader, path: str, body: dict[str, Any], version: int | None) -> Answer:
    if version is None:
        return program.post_json(f"/api/v1/{path}", body)
    return program.send_json("POST", f"/api/v1/{path}", body, version=version)


def err(story: Mistakes) -> None:
    """Make every mistake."""
    account = {"account": ACCOUNT, "bank_name": "示例银行"}
    since = today() - timedelta(days=60)
    story.household_id = filed(story.program, story.number, "示例收款人", "301", on=since, **account)
    for mistake in (_wrong_code, _parts_that_do_not_add_up, _visit_ahead, _course_for_nobody, _payment_twice):
        mistake(story)


def _wrong_code(story: Mistakes) -> None:
    unit = {"name": "示例集团", "level_code": "县直", "uscc": WRONG_CODE}
    story.pages["code"] = story.office.refuse("/admin/villages/unit/add/", unit)
    story.post("code", "units/", {"name": "示例集团", "uscc": WRONG_CODE})
    story.left["units"] = [row for row in story.rows("/api/v1/units/") if row["name"] == unit["name"]]


def _parts_that_do_not_add_up(story: Mistakes) -> None:
    village = next(row["id"] for row in story.rows("/api/v1/villages/") if row["code"] == "549901100200")
    fund = done(story.program.post_json("/api/v1/share-funds/", {"village_id": village, "name": "示例合作社"}))
    since = (today() - timedelta(days=50)).isoformat()
    holders = (story.household_id, None)
    for holder in holders:
        holding = {"household_id": holder, "share_count": "10", "on": since}
        fund = done(story.program.get("/api/v1/share-funds/"))["results"][0]
        done(_post(story.program, f"share-funds/{fund['id']}/holdings/", holding, fund["version"]))
    lines = [{"household_id": holder, "amount_yuan": "400"} for holder in holders]
    dividend = {"fund_id": fund["id"], "paid_on": today().isoformat(), "amount_yuan": "1000", "kept_yuan": "100"}
    story.post("parts", "dividends/", {**dividend, "lines": lines})
    story.left["dividends"] = story.rows("/api/v1/dividends/")


def _visit_ahead(story: Mistakes) -> None:
    tomorrow = (today() + timedelta(days=1)).isoformat()
    form = {
        "year": today().year, "visited_on": tomorrow, "source": "入户核对", "person_count": 1,
        "period_start": f"{today().year - 1}-10-01", "period_end": f"{today().year}-10-01",
        "lines": [{"item_code": "109", "amount_yuan": "9000"}],
    }  # fmt: skip
    version = done(story.program.get(f"/api/v1/households/{story.household_id}/"))["version"]
    story.post("visit", f"households/{story.household_id}/visits/", form, version=version)
    story.left["visits"] = done(story.program.get(f"/api/v1/households/{story.household_id}/"))["version"] - version


def _course_for_nobody(story: Mistakes) -> None:
    course = done(story.program.post_json("/api/v1/courses/", _COURSE))
    page = story.office.row("/admin/livelihoods/course/", "示例厨师班")
    story.pages["course"] = story.office.press_in_vain(page, "close")
    story.post("course", f"courses/{course['id']}/close/", {}, version=course["version"])
    story.left["course"] = done(story.program.get(f"/api/v1/courses/{course['id']}/"))["state"]


def _payment_twice(story: Mistakes) -> None:
    """Pay a household from a list; then put it on the list again, on another one, and pay the list again."""
    program = {
        "name": "示例补助", "kind_code": "2", "payee": "household", "cycle": "year", "rule_text": "每户每年",
        "source": "示例文件", "starts_on": "2021-01-01",
    }  # fmt: skip
    to = done(story.program.post_json("/api/v1/payment-programmes/", program))["id"]
    budget = {
        "year": 2021, "source_code": "1", "name": "示例资金", "notice_number": "示例2021-1", "notice_on": "2021-03-01",
        "amount_yuan": "1000",
    }  # fmt: skip
    money = done(story.program.post_json("/api/v1/budgets/", budget))
    share = {
        "purpose": "programme", "programme_id": to, "division_code": "549901000000", "amount_yuan": "600",
        "allocated_on": "2021-03-01", "paper": "示例方案",
    }  # fmt: skip
    out_of = done(_post(story.program, f"budgets/{money['id']}/allocations/", share, money["version"]))["id"]
    wanted = {"programme_id": to, "allocation_id": out_of, "period": "2021", "stated_yuan": "100", "stated_count": 1}
    first, second = (done(story.program.post_json("/api/v1/payment-lists/", wanted))["id"] for _ in range(2))
    lines = {"lines": [{"household_number": story.number, "amount_yuan": "100"}]}
    changed(story.program, f"/api/v1/payment-lists/{first}/", "lines/", lines)
    listed = done(story.program.get(f"/api/v1/payment-lists/{first}/"))["version"]
    story.post("same list", f"payment-lists/{first}/lines/", lines, version=listed)
    story.post("other list", f"payment-lists/{second}/lines/", lines, version=1)
    changed(story.program, f"/api/v1/payment-lists/{first}/", "submit/", {})
    changed(story.second_program, f"/api/v1/payment-lists/{first}/", "approve/", {})
    note = {"on": today().isoformat(), "paper": "示例回单"}
    paid = changed(story.program, f"/api/v1/payment-lists/{first}/", "paid/", note)
    story.post("paid again", f"payment-lists/{first}/paid/", note, version=paid["version"])
    story.post("approved again", f"payment-lists/{first}/approve/", {}, version=paid["version"])
    story.left["payments"] = story.rows(f"/api/v1/households/{story.household_id}/payments/")
