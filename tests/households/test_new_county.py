"""What a new county begins with: the rule of the second person is on; a county that is there keeps what it has."""

import pytest

from households.domain.amend import amend_household
from households.domain.change_rules import set_change_rule
from households.models import ChangeRule
from households.queries.change_requests import change_rule_detail
from registry.domain.tenants import open_county
from registry.enums import Role
from registry.lib.errors import Conflict
from registry.models import AuditEvent, Tenant
from registry.queries.tenants import platform_actor
from registry.tenancy.scope import tenant_scope
from tests.factories.households import registered
from tests.factories.tenants import COUNTY_CODE, OTHER_COUNTY_CODE, actor_of, county
from tests.factories.villages import VillageFactory

BEGINNING = {"identity_by_two": True, "account_by_two": True, "status_by_two": False, "covers_candidates": False}


def opened(code: str) -> Tenant:
    with tenant_scope(platform_actor(origin="test")) as actor:
        return open_county(code=code, name="示例县", opened_on=None, actor=actor)


@pytest.mark.django_db
def test_new_county_begins_with_the_rule_on_for_identity_and_account() -> None:
    tenant = opened(COUNTY_CODE)

    with tenant_scope(actor_of(Role.COUNTY_OFFICE, tenant=tenant)) as office:
        found = change_rule_detail()
        VillageFactory.create()
        household = registered()
        with pytest.raises(Conflict, match="second person"):
            amend_household(household.id, {"account": "6217000000000000001"}, actor=office, version=1)
        set_change_rule({"account_by_two": False}, actor=office, version=1)
        amend_household(household.id, {"account": "6217000000000000001"}, actor=office, version=1)

    assert found == (BEGINNING, 1)


@pytest.mark.django_db
def test_county_that_is_there_keeps_what_it_has_when_another_is_opened() -> None:
    county()
    other = opened(OTHER_COUNTY_CODE)

    with tenant_scope(actor_of(Role.COUNTY_OFFICE)):
        assert not ChangeRule.objects.exists()
    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR, tenant=other)):
        verbs = list(AuditEvent.objects.values_list("verb", flat=True))
    assert verbs == ["households.set_change_rule"]
