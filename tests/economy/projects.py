"""Industry projects as the tests of this app need them."""

from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from economy.domain.project_money import MoneyDraft, note_project_money
from economy.domain.projects import ProjectDraft, Report, add_project, advance_project
from economy.models import IndustryProject
from registry.enums import Role
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.economy.test_shares import OTHER_USER
from tests.factories.tenants import VILLAGE_CODE, actor_of
from tests.factories.villages import VillageFactory

DAY: Final = date(2021, 3, 5)
TO_APPROVED: Final = ("propose", "approve")
TO_UNDER_WAY: Final = (*TO_APPROVED, "begin")


def second_person() -> Actor:
    """Give another clerk of the county's office."""
    return actor_of(Role.COUNTY_OFFICE, user_id=UUID(OTHER_USER))


def draft(*codes: str, **values: Any) -> ProjectDraft:
    """Describe a project that reaches the villages of those codes."""
    villages = tuple(VillageFactory.create(code=code).pk for code in codes or (VILLAGE_CODE,))
    return ProjectDraft(
        **{"name": "牦牛养殖", "kind_code": "2", "library_year": 2021, "village_ids": villages, **values}
    )


def project(actor: Actor, *codes: str, planned: str = "1000.00", **values: Any) -> IndustryProject:
    """Enter a project with planned money."""
    row = add_project(draft(*codes, **values), actor=actor)
    note_project_money(row.pk, money(planned_yuan=planned), actor=actor)
    return row


def money(source: str = "1", **amounts: str) -> MoneyDraft:
    """Describe money of one source."""
    values: dict[str, Any] = {name: Decimal(one) for name, one in amounts.items()}
    return MoneyDraft(source_code=source, noted_on=DAY, **values)


def brought(row: IndustryProject, *names: str, actor: Actor) -> IndustryProject:
    """Bring a project from state to state: an office decides that did not propose or report it."""
    clerk = second_person()
    for name in names:
        who = clerk if name in {"approve", "accept"} else actor
        with tenant_scope(who):
            advance_project(row.pk, name, on=DAY, note="情况良好", report=Report(result="建成圈舍"), actor=who)
    row.refresh_from_db()
    return row


def funded(actor: Actor, *codes: str, arrived: str = "1000.00", spent: str = "600.00") -> IndustryProject:
    """Give a project under way with money that arrived and was partly spent."""
    row = brought(project(actor, *codes), *TO_UNDER_WAY, actor=actor)
    note_project_money(row.pk, money(arrived_yuan=arrived, spent_yuan=spent), actor=actor)
    return row
