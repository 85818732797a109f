"""Units to be sent on the site and by REST: their kind and paired province, down to the county's part."""

import pytest

from planning.domain.needs import publish_needs
from planning.domain.parts import publish_plan
from planning.domain.plans import make_plan
from planning.domain.proposals import make_proposal
from planning.models import DispatchUnit, PlanPart
from registry.enums import Role
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.households.test_api import client
from tests.planning.test_dispatch import END, START
from tests.registry.people import client_of, person


@pytest.mark.django_db
def test_kind_and_province_of_a_unit_are_entered_on_the_site_and_shown_in_the_part(here: Actor) -> None:
    browser = client_of(person(Role.COUNTY_OFFICE))
    form = {"name": "示例援藏单位", "level_code": "4", "kind_code": "7", "capacity": "1"}
    form |= {"strength": "50", "is_active": "on"}

    refused = browser.post("/admin/planning/dispatchunit/add/", form)
    saved = browser.post("/admin/planning/dispatchunit/add/", form | {"paired_province_code": "11"})

    with tenant_scope(here):
        publish_needs(actor=here)
        unit = DispatchUnit.objects.get()
        plan = make_plan({"title": "第四批", "starts_on": START, "ends_on": END}, actor=here)
        publish_plan(make_proposal(plan.pk, 1, actor=here).pk, actor=here, reason="县委会议")
        part = PlanPart.objects.get()
    page = browser.get(f"/admin/planning/planpart/{part.pk}/change/").content.decode()
    row = client().get(f"/api/v1/dispatch-parts/{part.pk}/").json()["villages"][0]
    assert ("Say which paired-aid province sends the unit" in refused.content.decode(), saved.status_code) == (
        True,
        302,
    )
    assert (unit.kind_code, unit.paired_province_code) == ("7", "11")
    assert "(Unit of a paired-aid province · Beijing)" in page
    assert (row["kind_code"], row["paired_province_code"]) == ("7", "11")
