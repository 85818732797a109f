"""What the demonstration shows of relocation: one settlement, with a household without keys and one without work."""

from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from exchange.domain.demo_staff import Staff, ago
from exchange.queries.demo import Home
from households.domain.relocation import SETTLEMENT, record_relocation
from households.domain.work import WorkDraft, record_work
from villages.domain.basics import PointDraft, add_point
from villages.enums import RELOCATION_SITE

_HOMES: Final = 6
_KEYS_ON, _MOVED_IN_ON = 420, 390
_FACTS: Final[dict[str, Any]] = {
    "relocation_kind_code": "1",
    "settlement_mode_code": "1",
    "layout": "三室一厅",
    "housing_area_m2": Decimal(100),
    "building": "2栋",
    "entrance": "1单元",
    "support_project": "安置点蔬菜大棚",
}


def show_settlements(staff: Staff, village_id: UUID, homes: list[Home]) -> None:
    """Settle some households: the first waits for its keys, nobody of the second is at work, the others work."""
    settled = homes[:_HOMES]
    with staff.at_work("village") as actor:
        draft = PointDraft(
            name="幸福安置点", kind_code=RELOCATION_SITE, household_count=_HOMES, home_count=24, has_water=True,
            has_electricity=True, has_road=True,
        )  # fmt: skip
        point = add_point(village_id, draft, actor=actor)
        waiting = {"handed_over_on": None, "moved_in_on": None, "planned_move_in_on": ago(-60)}
        living = {
            "handed_over_on": ago(_KEYS_ON), "moved_in_on": ago(_MOVED_IN_ON), "is_demolished": True,
            "is_reclaimed": True, "is_residence_transferred": True, "has_property_certificate": True,
        }  # fmt: skip
        for number, home in enumerate(settled):
            dwelling = {SETTLEMENT: point.pk, "room": f"{number // 2 + 1}0{number % 2 + 1}"}
            facts = {**_FACTS, **dwelling, **(living if number else waiting)}
            record_relocation(home.id, facts | {"beneficiary_count": len(home.members)}, actor=actor)
        began = ago(0).replace(day=1)
        for home in settled[2:]:
            draft_work = WorkDraft(starts_on=began, employer="示例建筑公司", monthly_income_yuan=Decimal(4200))
            record_work(home.workers[0], draft_work, actor=actor)
