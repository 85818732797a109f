"""An identification from the application to the county's decision, by the eleven steps, on the site's pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from registry.lib.idcard import check_character
from registry.lib.periods import today
from tests.flows.desk import Desk, main_of
from tests.flows.life import PDF
from tests.flows.year import done
from tests.support.web import Answer, Fields, Reader, Upload

HOME, NUMBER = "549901100200", "54990100039001"
MEETING: Final = {"entitled_count": "30", "present_count": "25", "votes_for": "20", "votes_against": "3"}
_PAPER: Final = Upload("page.pdf", PDF, "application/pdf")
# What is put into the dossier for each step, by the words of the list.
TOLD, APPLICATION, SURVEY, MINUTES, NOTICE = "宣传记录", "申请书", "入户调查表", "会议记录", "公示照片"
DECISION, COMPARISON, ANNOUNCEMENT = "审定文件", "信息比对结果", "公告文件"


@dataclass
class Filing:
    """The people at their desks, the dossier, and what was noted on the way."""

    office: Desk
    township: Desk
    team: Desk
    county_program: Reader
    household_id: str = ""
    dossier: str = ""
    day: date = field(default_factory=lambda: today() - timedelta(days=90))
    notes: dict[str, Any] = field(default_factory=dict)

    def page(self, desk: Desk) -> Answer:
        """Open the dossier at a desk."""
        return desk.open(self.dossier)

    def put_in(self, desk: Desk, kind: str) -> None:
        """Put a file into the dossier."""
        fields = {"kind_code": kind, "on": self.day.isoformat()}
        desk.press(self.page(desk), "evidence", fields, files={"file": _PAPER})

    def step(self, desk: Desk, button: str = "step", *, days: int = 1, facts: Mapping[str, str] | None = None) -> None:
        """Do the next step: it begins on the day after the last one and takes so many days."""
        first = self.day
        self.day += timedelta(days=days)
        desk.press(self.page(desk), button, _days(first, self.day) | dict(facts or {}))


def _days(first: date, last: date) -> dict[str, str]:
    return {"starts_on": first.isoformat(), "ends_on": last.isoformat()}


def file_household(story: Filing) -> None:
    """Do it all, in the order in which it happened."""
    for chapter in (_register, _begin, _ask_the_village, _post_in_the_village, _review, _post_in_the_township, _decide):
        chapter(story)


def _register(story: Filing) -> None:
    body = "54990119700101001"
    head = {
        "name": "示例申请人",
        "relation_code": "01",
        "sex_code": "1",
        "document_number": body + check_character(body),
    }
    household = {"number": NUMBER, "village_code": HOME, "main_cause_code": "01", "members": [head]}
    entered = {"on": story.day.isoformat(), "households": [household]}
    story.household_id = done(story.county_program.post_json("/api/v1/households/", entered))["ids"][0]


def _begin(story: Filing) -> None:
    """Begin the dossier on the household's page, and find that no step is done without its paper."""
    story.notes["begun on"] = story.day.isoformat()
    opening = {"template": "识别十一步工作法", "begun_on": story.day.isoformat()}
    household_page = story.team.open(f"/admin/households/household/{story.household_id}/change/")
    story.dossier = story.team.send(
        story.team.follow(household_page, f"{story.household_id}/dossier/$"), opening
    ).address
    story.notes["before"] = main_of(story.page(story.team))
    story.notes["out of turn"] = story.team.press_in_vain(story.page(story.team), "step", _days(story.day, story.day))


def _ask_the_village(story: Filing) -> None:
    """Tell the village, take the application, look at the household, and let the two meetings vote."""
    team = story.team
    story.put_in(team, TOLD)
    story.step(team)
    story.put_in(team, APPLICATION)
    asked: Fields = {
        "applied_on": story.day.isoformat(), "manner": "本人", "net_per_head_yuan": "3000", "statement": "因病欠债",
        "consent_sectors": ["01"],
    }  # fmt: skip
    team.press(story.page(team), "apply", asked)
    story.step(team)
    story.put_in(team, SURVEY)
    _look(story)
    story.step(team)
    story.put_in(team, MINUTES)
    story.step(team, "meeting", facts=MEETING)
    story.put_in(team, MINUTES)
    empty = _days(story.day, story.day) | MEETING | {"present_count": "14", "votes_for": "13", "votes_against": "1"}
    story.notes["no quorum"] = team.press_in_vain(story.page(team), "meeting", empty)
    story.step(team, "meeting", facts=MEETING)


def _look(story: Filing) -> None:
    """Fill in the checklist of the visit, as it is offered on the dossier's page."""
    team = story.team
    choose = team.follow(story.page(team), r"/look/\?dossier=")
    page = team.follow(choose, r"^\?form=")
    asked = [name for form in page.forms() for name in form.choices if name.startswith("choice_")]
    team.send(page, {"looked_on": story.day.isoformat(), **dict.fromkeys(asked, "0")})


def _post_in_the_village(story: Filing) -> None:
    """Post the first notice: taken down too early it does not count, and an objection waits for its answer."""
    team = story.team
    story.put_in(team, NOTICE)
    early = _days(story.day, story.day + timedelta(days=3))
    story.notes["too early"] = team.press_in_vain(story.page(team), "notice", early)
    on = (story.day + timedelta(days=2)).isoformat()
    team.press(story.page(team), "object", {"on": on, "text": "家有商铺"})
    whole = _days(story.day, story.day + timedelta(days=7))
    story.notes["objected"] = team.press_in_vain(story.page(team), "notice", whole)
    story.township.press(story.page(story.township), "answer", {"on": on, "answer": "商铺已转让，经核实"})
    story.step(team, "notice", days=7)


def _review(story: Filing) -> None:
    """Let the township review and compare; the village's team has no button that would do it."""
    township = story.township
    story.put_in(township, DECISION)
    story.notes["offered to the team"] = story.team.buttons(story.page(story.team))
    address = f"{story.dossier.removesuffix('change/')}do/step/"
    story.notes["not theirs"] = story.team.refuse(address, _days(story.day, story.day))
    story.step(township)
    story.put_in(township, COMPARISON)
    story.step(township)


def _post_in_the_township(story: Filing) -> None:
    """Post the second notice, of the township; one taken down on the sixth day does not count."""
    story.put_in(story.township, NOTICE)
    early = _days(story.day, story.day + timedelta(days=6))
    story.notes["too early again"] = story.township.press_in_vain(story.page(story.township), "notice", early)
    story.step(story.township, "notice", days=7)
    story.notes["after the notice"] = main_of(story.page(story.township))


def _decide(story: Filing) -> None:
    """Announce, enter and pair, and let the household be on the register from the announcement on."""
    office = story.office
    story.put_in(office, ANNOUNCEMENT)
    story.notes["announced on"] = story.day.isoformat()
    story.step(office)
    story.notes["waiting"] = done(story.county_program.get(f"/api/v1/households/{story.household_id}/"))["status"]
    story.step(story.team)
    story.notes["finish by the team"] = "finish" in story.team.buttons(story.page(story.team))
    office.press(story.page(office), "finish", {"reason": "县级公告2021年第1号"})
    story.notes["after"] = main_of(story.page(office))
    story.notes["timeline"] = main_of(office.open(f"/admin/households/{story.household_id}/timeline/"))
