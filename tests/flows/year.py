"""A team's year: sent by a plan of the prefecture, at work in its village, over its term, and followed by the next one.

Whatever somebody does at a desk is done on the site's pages, with the buttons and forms that they show; programs and
phones use REST.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from registry.lib.idcard import check_character
from registry.lib.periods import today
from tests.flows.desk import PATIENCE, Desk, main_of
from tests.support.waiting import wait_for
from tests.support.web import Answer, Reader

HOME: Final = "549901100200"
UNIT, NEXT_UNIT = "示例市水利局", "示例县农牧局"
# An example code whose check character fits.
USCC: Final = "91540000MA6T1A2B31"
LEADER, SECRETARY, NEXT_LEADER = "示例队长", "示例书记", "示例新队长"


@dataclass
class Year:
    """The people at their desks, the programs, and what was noted on the way."""

    prefecture: Desk
    office: Desk
    township: Desk
    team: Desk
    county_program: Reader
    team_phone: Reader
    village_page: str = ""
    village_id: str = ""
    household_id: str = ""
    boards: list[dict[str, int]] = field(default_factory=list)
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def sent_on(self) -> date:
        """The first day of the plan: more than a year ago."""
        return today() - timedelta(days=400)

    @property
    def term_ends_on(self) -> date:
        """The first day after the term."""
        return today() - timedelta(days=10)

    def note_board(self) -> None:
        """Note the figures of full coverage, as the office's program reads them."""
        self.boards.append(done(self.county_program.get("/api/v1/team-board/"))["total"])


def done(answer: Answer) -> Any:  # noqa: ANN401  (JSON)
    """Give what a program was answered when it was taken."""
    assert answer.status in {200, 201, 202}, answer.text
    return answer.json()


def changed(program: Reader, path: str, what: str, body: dict[str, Any], *, method: str = "POST") -> Any:  # noqa: ANN401  (JSON)
    """Change a record by REST, from the version that is on file."""
    version = done(program.get(path))["version"]
    return done(program.send_json(method, f"{path}{what}", body, version=version))


def live_through(year: Year) -> None:
    """Do it all, in the order in which it happened."""
    for chapter in (_say_what_is_needed, _plan, _accept, _settle_in, _register, _earn, _help, _stand_by, _build, _end):
        chapter(year)


def _say_what_is_needed(year: Year) -> None:
    village = next(row for row in done(year.team_phone.get("/api/v1/villages/"))["results"] if row["code"] == HOME)
    year.village_id, year.village_page = village["id"], f"/admin/villages/village/{village['id']}/change/"
    facts = {"year": today().year - 1, "has_water": False, "has_road": False, "has_internet": False}
    changed(year.team_phone, f"/api/v1/villages/{village['id']}/", "years/", facts, method="PATCH")
    year.note_board()
    year.office.enter("/admin/planning/needs/publish/")


def _plan(year: Year) -> None:
    desk = year.prefecture
    facts = {
        "name": UNIT,
        "level_code": "市直",
        "uscc": USCC,
        "capacity": "1",
        "strength": "90",
        "skills": ["facilities"],
    }
    desk.enter("/admin/planning/dispatchunit/add/", facts)
    period = {"starts_on": year.sent_on.isoformat(), "ends_on": year.term_ends_on.isoformat()}
    plan = desk.enter("/admin/planning/dispatchplan/add/", {"title": "示例批次", **period})
    desk.press(plan, "propose")
    address = r"/planning/proposal/[^/]+/change/$"
    page = wait_for(
        lambda: page if desk.links(page := desk.open(plan.address), address) else None,
        what="the proposal",
        seconds=PATIENCE,
    )
    proposal = desk.follow(page, address)
    year.notes["reasons"] = main_of(desk.follow(proposal, "/villages/$"))
    desk.press(proposal, "publish", {"reason": "市级会议"})


def _accept(year: Year) -> None:
    desk = year.office
    part = desk.wait_for_row("/admin/planning/planpart/", "示例批次")
    desk.press(part, "accept")
    stationing = desk.follow(desk.open(part.address), "/teams/$")
    desk.enter(stationing.address, {HOME: LEADER})


def _settle_in(year: Year) -> None:
    team = year.township.row("/admin/villages/workteam/", UNIT)
    year.notes["team"] = team.address
    since = year.sent_on.isoformat()
    year.township.press(team, "add-member", {"name": SECRETARY, "post_codes": ["1"], "on": since})
    secretary = year.office.row("/admin/villages/teammember/", SECRETARY)
    year.office.press(secretary, "login", {"username": "village"})
    away = {
        "starts_on": (today() - timedelta(days=60)).isoformat(),
        "ends_on": (today() - timedelta(days=55)).isoformat(),
    }
    year.township.press(secretary, "mark-absence", {**away, "reason_code": "培训"})
    year.note_board()


def _register(year: Year) -> None:
    """Register a household, whose risk is found, and give it a helper of the unit."""
    number = "54990119550101001"
    head = {
        "name": "示例户主", "relation_code": "01", "sex_code": "1", "document_number": number + check_character(number),
    }  # fmt: skip
    household = {"number": "54990100019001", "village_code": HOME, "status": "ordinary", "members": [head]}
    body = {"on": year.sent_on.isoformat(), "households": [household]}
    year.household_id = done(year.county_program.post_json("/api/v1/households/", body))["ids"][0]
    risk = {"transition": "identify", "code": "1", "on": year.sent_on.isoformat(), "reason": "因病"}
    changed(year.county_program, f"/api/v1/households/{year.household_id}/", "monitoring/", risk)
    facts = {"name": "示例帮扶", "kind_code": "帮扶干部", "unit": UNIT, "phone": "17900000001"}
    year.township.enter("/admin/assistance/helper/add/", facts)
    pairing = {
        "household_number": "54990100019001",
        "helper": "示例帮扶",
        "is_lead": "on",
        "on": year.sent_on.isoformat(),
    }
    year.township.enter("/admin/assistance/pairing/add/", pairing)


def _earn(year: Year) -> None:
    """Draft the village's plan and adopt it, and book what the collective earns."""
    village = year.team.open(year.village_page)
    year.team.press(village, "draft-plan", {"year": str(today().year), "goals": "通水，集体收入过五万元"})
    plan = year.team.row("/admin/villages/villageplan/", str(today().year))
    project = {"name": "示例磨坊", "kind_code": "产业", "action_code": "特色种植", "planned_yuan": "80000"}
    year.team.press(plan, "add-project", project)
    year.team.press(plan, "consult", {"subject": "规划意见", "participant_count": "21"})
    year.township.press(plan, "adopt")
    money = {"note": "设备到位", "arrived_yuan": "80000", "spent_yuan": "35000"}
    year.team.press(year.team.row("/admin/villages/planproject/", "示例磨坊"), "progress", money)
    income = {"source_code": "集体资产经营收入", "amount_yuan": "52000", "purpose": "磨坊租金"}
    ledger = year.team.enter(f"/admin/economy/villages/{year.village_id}/income/", income)
    year.notes["ledger"] = main_of(ledger)


def _help(year: Year) -> None:
    """Hold a night school, and solve what the household asks for, by its own word."""
    team = year.team
    night = {"kind_code": "夜校", "subject": "酥油加工", "participant_count": "18"}
    team.press(team.open(year.village_page), "record-activity", night)
    household = team.open(f"/admin/households/household/{year.household_id}/change/")
    asked = {"kind_code": "残疾辅具", "channel_code": "走访", "text": "需要轮椅"}
    team.press(household, "enter-request", asked)
    request = team.row("/admin/concerns/helprequest/", "残疾辅具")
    team.press(request, "take")
    team.press(request, "solve", {"solution": "已送达轮椅"})
    team.press(request, "confirm", {"confirmation_code": "签字"})


def _stand_by(year: Year) -> None:
    """Plan for the household, visit it as its helper, and visit it for the official form."""
    team, township = year.team, year.township
    household = team.open(f"/admin/households/household/{year.household_id}/change/")
    goals = {"goals": "稳定收入", "target_yuan": "12000", "no_development_reason": "户主年老"}
    team.press(household, "draft-plan", {"year": str(today().year), **goals})
    plan = team.row("/admin/assistance/householdplan/", str(today().year), "起草中")
    wheels = {
        "category_code": "健康帮扶",
        "what": "轮椅与复诊",
        "planned_yuan": "1500",
        "source_code": "市（地）县财政资金",
    }
    team.press(plan, "plan-measure", wheels)
    township.press(plan, "adopt", {"agreement_code": "签字"})
    team.press(household, "record-help-visit", {"place_code": "家中", "confirmation_code": "签字", "found": "水管已通"})
    form = {
        "year": today().year, "visited_on": today().isoformat(), "source": "入户核对", "person_count": 1,
        "period_start": f"{today().year - 1}-10-01", "period_end": f"{today().year}-10-01",
        "lines": [{"item_code": "109", "amount_yuan": "9000"}],
    }  # fmt: skip
    changed(year.team_phone, f"/api/v1/households/{year.household_id}/", "visits/", form)


def _build(year: Year) -> None:
    """Bring water to the village: entered by the team, approved and accepted by the township, with its money."""
    team, township = year.team, year.township
    works = {"name": "示例饮水工程", "kind_code": "饮水", "household_count": "40"}
    team.press(team.open(year.village_page), "add-infrastructure", works)
    project = team.row("/admin/villages/infrastructureproject/", "示例饮水工程")
    planned = {"source_code": "市（地）县财政资金", "planned_yuan": "200000"}
    team.press(project, "money", planned)
    township.press(project, "approve")
    team.press(project, "begin")
    team.press(project, "money", {**planned, "planned_yuan": "0", "arrived_yuan": "200000", "spent_yuan": "198000"})
    team.press(project, "complete")
    township.press(project, "accept", {"note": "水质合格"})
    upkeep = {"keeper": "村委会", "source_code": "村集体资金", "yearly_yuan": "3000"}
    team.press(project, "upkeep", upkeep)


def _end(year: Year) -> None:
    """Draw the month; then the term is over, and the county's own plan sends the next team."""
    team_id = re.findall(r"[0-9a-f-]{36}", year.notes["team"])[0]
    year.notes["month"] = main_of(year.team.follow(year.team.open(year.notes["team"]), "/month/$"))
    year.notes["drawn"] = done(year.team_phone.get(f"/api/v1/work-teams/{team_id}/month/"))
    year.notes["timeline"] = main_of(year.office.open(f"/admin/households/{year.household_id}/timeline/"))
    year.note_board()
    program = year.county_program
    done(program.post_json("/api/v1/village-needs/", {}))
    unit = {"name": NEXT_UNIT, "level_code": "3", "capacity": 1, "strength": 70}
    done(program.post_json("/api/v1/dispatch-units/", unit))
    period = {"starts_on": today().isoformat(), "ends_on": (today() + timedelta(days=700)).isoformat()}
    plan = done(program.post_json("/api/v1/dispatch-plans/", {"title": "示例接任", **period}))
    done(program.post_json(f"/api/v1/dispatch-plans/{plan['id']}/proposals/", {}))

    def reckoned() -> Any:  # noqa: ANN401  (JSON)
        rows = done(program.get(f"/api/v1/dispatch-proposals/?plan_id={plan['id']}"))["results"]
        return rows[0] if rows else None

    proposal = wait_for(reckoned, what="the next proposal", seconds=PATIENCE)
    done(program.post_json(f"/api/v1/dispatch-proposals/{proposal['id']}/publish/", {"reason": "县级会议"}))
    parts = done(program.get("/api/v1/dispatch-parts/"))["results"]
    part = f"/api/v1/dispatch-parts/{next(row['id'] for row in parts if row['title'] == '示例接任')}/"
    changed(program, part, "accept/", {})
    changed(program, part, "teams/", {"teams": [{"village_code": HOME, "leader_name": NEXT_LEADER}]})
    year.note_board()
