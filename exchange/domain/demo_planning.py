"""What the demonstration shows of sending teams: units and a plan of the prefecture, the parts of the counties."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from exchange.domain.demo_people import PREFECTURE_CODE
from exchange.domain.demo_staff import ORIGIN
from planning.domain.parts import publish_plan
from planning.domain.plans import PlanFacts, make_plan
from planning.domain.proposals import change_by_hand, make_proposal
from planning.domain.units import UnitFacts, add_dispatch_unit
from planning.models import DispatchPlan
from registry.enums import Role
from registry.lib.gbcode import subtree
from registry.lib.periods import today
from registry.models import User
from registry.queries.tenants import platform_actor
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope

_UNITS: Final = (
    ("示例市水利局", 2, 80, ["facilities"]),
    ("示例市医院", 2, 70, ["risk"]),
    ("示例市商务局", 2, 65, ["income"]),
    ("示例市中学", 1, 55, ["risk"]),
)
_WHY: Final = "各县意见已征求"


def show_plan_of_prefecture() -> None:
    """Publish the prefecture's plan for its units: each county finds its part; the next plan has two proposals."""
    user = User.objects.get(username="dispatch")
    platform = platform_actor(origin=ORIGIN)
    ranges = (subtree(PREFECTURE_CODE),)
    named = replace(platform, user_id=user.pk, username=user.username, role=Role.DISPATCH_OFFICE, ranges=ranges)
    with tenant_scope(named) as actor:
        if DispatchPlan.objects.exists():
            return
        for place, (name, capacity, strength, skills) in enumerate(_UNITS):
            facts = UnitFacts(name=name, level_code="3", capacity=capacity, strength=strength, skills=skills)
            facts |= {"longitude": Decimal(91) + place, "latitude": Decimal("29.6")}
            add_dispatch_unit(facts, actor=actor)
        published = _planned("第八批派驻方案", actor)
        publish_plan(make_proposal(published.pk, 1, actor=actor).pk, actor=actor, reason=_WHY)
        draft = _planned("第八批补充方案", actor)
        first = make_proposal(draft.pk, 1, actor=actor)
        chosen = first.choices.filter(unit__isnull=False).select_related("village").order_by("village__code").first()
        if chosen is not None:
            change_by_hand(first.pk, {chosen.village.code: None}, actor=actor, reason="该村已有工作队")


def _planned(title: str, actor: Actor) -> DispatchPlan:
    year = today().year + 1
    return make_plan(PlanFacts(title=title, starts_on=date(year, 1, 1), ends_on=date(year + 2, 1, 1)), actor=actor)
