"""Two counties with somebody of every role, and rows that could leak."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from assistance.domain.helper import link_login, set_support_period
from assistance.models import Helper
from households.models import Household, Membership
from registry.enums import Role
from registry.models import AuditEvent, User
from registry.models import Membership as Post
from registry.tenancy.scope import tenant_scope
from tests.factories.assistance import paired
from tests.factories.households import FIRST_DAY, registered
from tests.factories.tenants import COUNTY_CODE, OTHER_COUNTY_CODE, actor_of, county
from tests.registry.people import PEOPLE, SITE_ROLES, client_of, home_of, person, token_of, user
from villages.domain.teams import send_team
from villages.models import Village


@dataclass
class World:
    """Who asks, and what for: clients and tokens by role, in the first county and in the other one."""

    browsers: dict[tuple[Role, bool], Client] = field(default_factory=dict)
    programs: dict[tuple[Role, bool], Client] = field(default_factory=dict)
    ids: dict[str, Any] = field(default_factory=dict)
    objects: dict[str, Any] = field(default_factory=dict)
    nobody: Client = field(default_factory=Client)

    def browser(self, role: Role, *, other: bool = False) -> Client:
        """Give the browser of somebody who is logged in."""
        return self.browsers[role, other]

    def program(self, role: Role, *, other: bool = False) -> Client:
        """Give a program with a token."""
        return self.programs[role, other]


def build_world() -> World:
    """Make it; committed, since each request opens its own transaction."""
    world = World()
    for other in (False, True):
        county(OTHER_COUNTY_CODE if other else COUNTY_CODE)
        for role in PEOPLE:
            account = person(role, other=other)
            text = token_of(account, role, tenant=home_of(role, other=other))
            world.programs[role, other] = Client(
                headers={"authorization": f"Bearer {text}"}, raise_request_exception=False
            )
            if role in SITE_ROLES:
                world.browsers[role, other] = client_of(account)
    world.nobody = client_of(user("nobody"))
    _rows(world)
    return world


def _rows(world: World) -> None:
    """Write a household with all that belongs to it and an event in the first county, and one in the other county."""
    with tenant_scope(actor_of(Role.COUNTY_OFFICE, tenant=county(OTHER_COUNTY_CODE))):
        registered(village_code="549902100200")
    with tenant_scope(actor_of(Role.COUNTY_OFFICE)):
        household: Household = registered()
        member = Membership.objects.filter(household=household).first()
        assert member is not None
        village = Village.objects.get(code=household.scope_code)
        pairing = paired(household, on=FIRST_DAY)
        assert pairing.helper is not None
        helper: Helper = pairing.helper
        actor = actor_of(Role.COUNTY_OFFICE)
        link_login(helper.pk, "helper", actor=actor)
        team = send_team(village.pk, helper.unit_id, leader_name="示例队长", actor=actor, on=FIRST_DAY)
        period = set_support_period(2021, starts_on=date(2021, 1, 1), ends_on=date(2022, 1, 1), actor=actor)
    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR)):
        event: UUID = AuditEvent.objects.latest("seq").pk
    clerk = User.objects.get(username="township-clerk")
    world.ids = {
        "household_id": household.pk,
        "person_id": member.person_id,
        "village_id": village.pk,
        "pairing_id": pairing.pk,
        "code": COUNTY_CODE,
        "app_label": "registry",
        "decision": "apply",
        "content_type_id": 1,
        **dict.fromkeys(("batch_id", "run_id", "schedule_id", "delivery_id"), uuid4()),
    }
    world.objects = {
        "registry_tenant": county().pk,
        "registry_user": clerk.pk,
        "registry_membership": Post.objects.get(user=clerk).pk,
        "registry_apitoken": clerk.tokens.get().pk,
        "registry_auditevent": event,
        "villages_village": village.pk,
        "villages_unit": helper.unit_id,
        "villages_workteam": team.pk,
        "households_household": household.pk,
        "households_person": member.person_id,
        "assistance_helper": helper.pk,
        "assistance_pairing": pairing.pk,
        "assistance_supportperiod": period.pk,
    }
