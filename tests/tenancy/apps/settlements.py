"""Relocation settlements, and the helpers and visit plans that are entered by REST."""

from uuid import UUID

from assistance.models import Helper, VisitPlan
from households.models import Relocation
from registry.lib.periods import today
from tests.tenancy.app_lists import AppLists, Ground, Written
from villages.domain.basics import PointDraft, add_point


def write(ground: Ground) -> Written:
    """Enter a settlement in each village, in which its household lives."""
    found: dict[str, UUID] = {}
    for home in (ground.far, ground.household):
        draft = PointDraft(name=f"{ground.mark}安置点", kind_code="3", home_count=3)
        point = add_point(home.village_id, draft, actor=ground.actor)
        Relocation.objects.filter(household=home).update(settlement=point, site_name=point.name)
        found = {"settlement_id": point.pk}
    plan = VisitPlan.objects.get(year=today().year)
    return Written({**found, "helper_id": ground.helper_id, "visit_plan_id": plan.pk})


_HELPER = {"name": "trial", "kind_code": "1", "unit_id": "{unit_id}"}
LISTS = AppLists(
    pages={
        "admin:settlements": "households.view_settlements",
        "admin:settlement": "households.view_settlements",
    },
    api={
        "api:settlements": {"GET": "households.view_settlements"},
        "api:settlement": {"GET": "households.view_settlements"},
        "api:settlement-households": {"GET": "households.view_settlements"},
        "api:helpers": {"GET": "assistance.view", "POST": "assistance.manage_helpers"},
        "api:helper": {"GET": "assistance.view", "PATCH": "assistance.manage_helpers"},
        "api:visit-plans": {"GET": "assistance.view", "POST": "assistance.manage_visit_plans"},
        "api:visit-plan": {"GET": "assistance.view", "PUT": "assistance.manage_visit_plans"},
    },
    write=write,
    bodies={
        ("api:helpers", "POST"): _HELPER,
        ("api:helper", "PATCH"): {"name": "trial"},
        ("api:visit-plan", "PUT"): {"visits": 4},
    },
    more={("api:visit-plans", "POST"): {"year": 2031, "visits": 4}},
    versioned={"helper_id": Helper, "visit_plan_id": VisitPlan},
    named={"unit_id": "villages_unit", "settlement_id": "villages_settlementpoint"},
)
