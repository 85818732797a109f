"""A helper's hand-over: visits left undone, an end that is refused, another helper by one word of the township."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from registry.lib.idcard import check_character
from registry.lib.periods import today
from tests.flows.desk import Desk
from tests.flows.year import changed, done
from tests.support.web import Reader

HOME, NUMBER = "549901100200", "54990100029001"
FORMER, NEXT = "示例旧帮扶", "示例新帮扶"
WALK: Final = {"place_code": "家中", "confirmation_code": "签字"}


@dataclass
class HandOver:
    """The people at their desks, and what was noted on the way."""

    office: Desk
    township: Desk
    team: Desk
    former: Desk
    following: Desk
    county_program: Reader
    household_id: str = ""
    pairing: str = ""
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def paired_on(self) -> date:
        """The day since which the first helper leads: before the last part of the plan of visits."""
        return today() - timedelta(days=200)

    def desks(self) -> tuple[Desk, Desk, Desk]:
        """Helper, team and office, each with the worklist of their own area."""
        return self.former, self.team, self.office

    @property
    def household_page(self) -> str:
        """The address of the household."""
        return f"/admin/households/household/{self.household_id}/change/"


def hand_over(story: HandOver) -> None:
    """Do it all, in the order in which it happened."""
    for chapter in (_pair, _leave_undone, _end_in_vain, _confirm, _go_on):
        chapter(story)


def filed(program: Reader, number: str, name: str, serial: str, *, on: date, **facts: str) -> str:
    """Register a household of one person whose risk is not removed, and give its id."""
    body = f"54990119600101{serial}"
    head = {"name": name, "relation_code": "01", "sex_code": "1", "document_number": body + check_character(body)}
    household = {"number": number, "village_code": HOME, "status": "ordinary", "members": [head], **facts}
    entered = done(program.post_json("/api/v1/households/", {"on": on.isoformat(), "households": [household]}))
    risk = {"transition": "identify", "code": "1", "on": on.isoformat(), "reason": "因病"}
    changed(program, f"/api/v1/households/{entered['ids'][0]}/", "monitoring/", risk)
    return str(entered["ids"][0])


def _pair(story: HandOver) -> None:
    story.household_id = filed(story.county_program, NUMBER, "示例户主", "101", on=story.paired_on)
    for year in (today().year - 1, today().year):
        story.office.enter("/admin/assistance/visitplan/add/", {"year": str(year), "visits": "12"})
    story.office.enter("/admin/villages/unit/add/", {"name": "示例县水利局", "level_code": "县直"})
    for name, login in ((FORMER, "helper1"), (NEXT, "helper2")):
        facts = {"name": name, "kind_code": "帮扶干部", "unit": "示例县水利局"}
        helper = story.township.enter("/admin/assistance/helper/add/", facts)
        story.office.press(helper, "login", {"username": login})
    pairing = {"household_number": NUMBER, "helper": FORMER, "is_lead": "on", "on": story.paired_on.isoformat()}
    story.pairing = story.township.enter("/admin/assistance/pairing/add/", pairing).address


def _leave_undone(story: HandOver) -> None:
    """Read the worklist at the three desks; a visit that is told before it was made is refused."""
    story.notes["due"] = [desk.main("/admin/assistance/visits-due/") for desk in story.desks()]
    page = story.former.open(story.household_page)
    ahead = {"visited_on": (today() + timedelta(days=1)).isoformat(), **WALK}
    story.notes["ahead"] = story.former.press_in_vain(page, "record-help-visit", ahead)


def _end_in_vain(story: HandOver) -> None:
    leaving = {"on": today().isoformat(), "reason": "调离"}
    story.notes["end"] = story.township.press_in_vain(story.township.open(story.pairing), "end", leaving)
    story.notes["after refusal"] = pairings(story)


def _confirm(story: HandOver) -> None:
    """Hand over by one confirmation of the township; the same page sent again from another desk is refused."""
    stale = story.office.open(f"{story.pairing.removesuffix('change/')}do/hand-over/")
    wanted = {"helper": NEXT, "on": (today() - timedelta(days=1)).isoformat(), "reason": "调离"}
    story.township.press(story.township.open(story.pairing), "hand-over", wanted)
    story.notes["twice"] = story.office.send_in_vain(stale, {**wanted, "helper": FORMER})


def _go_on(story: HandOver) -> None:
    story.notes["former sees"] = story.former.reader.get(story.household_page).status
    story.notes["former is due"] = story.former.main("/admin/assistance/visits-due/")
    story.notes["next is due"] = story.following.main("/admin/assistance/visits-due/")
    page = story.following.open(story.household_page)
    story.following.press(page, "record-help-visit", {**WALK, "found": "水管已通"})
    story.notes["nobody is due"] = [desk.main("/admin/assistance/visits-due/") for desk in story.desks()[1:]]
    story.notes["timeline"] = story.office.main(f"/admin/households/{story.household_id}/timeline/")


def pairings(story: HandOver) -> list[tuple[str, bool, str, str | None]]:
    """Give who stood by the household and when, as a program reads it."""
    rows = done(story.county_program.get("/api/v1/pairings/?limit=200"))["results"]
    own = [row for row in rows if row["household_id"] == story.household_id]
    told = [(row["helper_name"], row["is_lead"], row["starts_on"], row["ends_on"]) for row in own]
    return sorted(told, key=lambda row: row[2])
