"""A household that goes to another county: what both offices see afterwards, and who looks the old number up."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from registry.lib.periods import today
from tests.flows.desk import Desk, main_of
from tests.flows.handover import filed
from tests.support.web import Reader

NUMBER, HEAD = "54990100049001", "示例迁出"
_TRANSFERS: Final = "/admin/households/transfer/"


@dataclass
class Leaving:
    """The people at their desks, and what was noted on the way."""

    office: Desk
    township: Desk
    team: Desk
    neighbour: Desk
    county_program: Reader
    household_id: str = ""
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def gone_on(self) -> date:
        """The day from which the other county counts the household."""
        return today() - timedelta(days=5)


def leave(story: Leaving) -> None:
    """Do it all, in the order in which it happened."""
    for chapter in (_offer, _accept, _look_back, _look_there):
        chapter(story)


def _offer(story: Leaving) -> None:
    story.household_id = filed(story.county_program, NUMBER, HEAD, "201", on=today() - timedelta(days=100))
    page = story.office.open(f"/admin/households/household/{story.household_id}/change/")
    offer = {"county_code": "示例邻县", "on": story.gone_on.isoformat(), "reason": "投靠亲属"}
    story.office.press(page, "offer", offer)
    story.notes["offered"] = main_of(story.office.row(_TRANSFERS, NUMBER))


def _accept(story: Leaving) -> None:
    """Let the other county accept the letter once; the second time there is nothing left to accept."""
    offer = story.neighbour.wait_for_row(_TRANSFERS, NUMBER, "已提出")
    story.notes["arrived"] = main_of(offer)
    answer = {"village": "示例镇1村", "reason": "同意接收"}
    still_open = story.neighbour.open(f"{offer.address.removesuffix('change/')}do/accept/")
    story.neighbour.press(offer, "accept", answer)
    story.notes["twice"] = story.neighbour.send_in_vain(still_open, answer)
    story.office.wait_for_row(_TRANSFERS, NUMBER, "已完成")


def _look_back(story: Leaving) -> None:
    """Look at what is left in the sending county: the transfer, the household, the old number."""
    desks = {"office": story.office, "township": story.township, "team": story.team}
    story.notes["transfer"] = main_of(story.office.row(_TRANSFERS, NUMBER))
    address = f"/admin/households/household/{story.household_id}/change/"
    for name, desk in desks.items():
        story.notes[f"{name} reads"] = main_of(desk.open(address))
        finder = desk.open("/admin/find/")
        story.notes[f"{name} finds"] = main_of(desk.ask(finder, {"wanted": NUMBER}))
    story.notes["buttons"] = story.office.buttons(story.office.open(address))
    story.notes["timeline"] = main_of(story.office.open(f"/admin/households/{story.household_id}/timeline/"))


def _look_there(story: Leaving) -> None:
    finder = story.neighbour.open("/admin/find/")
    found = story.neighbour.ask(finder, {"wanted": NUMBER})
    story.notes["there finds"] = main_of(found)
    page = story.neighbour.follow(found, r"/households/household/[^/]+/change/$")
    story.notes["there reads"] = main_of(page)
    timeline = story.neighbour.follow(page, r"/timeline/$")
    story.notes["there timeline"] = main_of(timeline)
