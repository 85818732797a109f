"""Grievances as tests tell them, and where somebody could meet one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.test import Client

from concerns.domain.grievances import (
    AnswerDraft,
    GrievanceDraft,
    answer_grievance,
    file_grievance,
)
from concerns.domain.whom import Whom
from concerns.models import Grievance
from households.models import Household
from registry.enums import Role
from registry.models import User
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import (
    VILLAGE_CODE,
    actor_of,
    county,
)
from tests.factories.villages import UnitFactory, VillageFactory
from tests.registry.people import at_work, client_of, token_of
from villages.models import TeamMember, WorkTeam

FILED = date(2021, 3, 5)
TOLD = GrievanceDraft(filed_on=FILED, channel_code="6", matter_code="2", text="补贴没有收到")
UPHELD = AnswerDraft(answered_on=date(2021, 3, 20), verdict="upheld", remedy_code="5", text="补发")


def filed(home: Household, actor: Actor, whom: Whom | None = None, **changes: Any) -> Grievance:
    return file_grievance(home.pk, replace(TOLD, **changes), whom or Whom(), actor=actor)


def about(against: str, account: User) -> Whom:
    """Name an office, or a login of it."""
    return {"account": Whom(against="account", username=account.username)}.get(against, Whom(against=against))


def second(role: Role, number: int = 7, area: str | None = None) -> Actor:
    """Give somebody else of the role."""
    user_id = UUID(f"5499015d-0000-4000-8000-{number:012}")
    return replace(actor_of(role, area=area), user_id=user_id, username="test-second")


def team_of(account: User | None = None) -> WorkTeam:
    """Give the team of the first village, with one member, who may have a login."""
    village, unit = VillageFactory.create(code=VILLAGE_CODE), UnitFactory.create()
    team = WorkTeam.objects.create(village=village, unit=unit, starts_on=date(2020, 1, 1), scope_code=VILLAGE_CODE)
    TeamMember.objects.create(
        team=team, unit=unit, name="示例", post_codes=["1"], starts_on=date(2020, 1, 1), user=account,
        scope_code=VILLAGE_CODE,
    )  # fmt: skip
    return team


@contextmanager
def sees(actor: Actor) -> Iterator[tuple[int, int]]:
    """Open the actor's scope, and give how many grievances and answers the database itself shows there."""
    with tenant_scope(actor), connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM concerns_grievance), (SELECT count(*) FROM concerns_grievanceanswer)"
        )
        yield cursor.fetchone()


def seen_by(actor: Actor) -> tuple[int, int]:
    with sees(actor) as counts:
        return counts


def answered(row: Grievance, actor: Actor) -> Grievance:
    return answer_grievance(row.pk, UPHELD, actor=actor)


def doors_shown_to(account: User, row: Grievance) -> list[str]:
    """Name each page and address at which a login meets the grievance: its number, words, id, or a page of its own."""
    browser, token = client_of(account), token_of(account, at_work(account).role, tenant=county())
    program = Client(headers={"authorization": f"Bearer {token}", "accept-language": "en"})
    pages = {
        "list": browser.get("/admin/concerns/grievance/"),
        "timeline": browser.get(f"/admin/households/{row.household_id}/timeline/"),
        "household": browser.get(f"/admin/households/household/{row.household_id}/change/"),
        "search": browser.post("/admin/find/", {"wanted": row.household_number}, follow=True),
        "trail": browser.get("/admin/registry/auditevent/"),
        "rest list": program.get("/api/v1/grievances/"),
        "rest timeline": program.get(f"/api/v1/households/{row.household_id}/timeline/"),
    }
    own = {
        "page": browser.get(f"/admin/concerns/grievance/{row.pk}/change/"),
        "verb": browser.get(f"/admin/concerns/grievance/{row.pk}/do/reply/"),
        "sheet": browser.get(f"/admin/concerns/grievances/{row.pk}/sheet/"),
        "rest": program.get(f"/api/v1/grievances/{row.pk}/"),
    }
    signs = (row.number, TOLD.text, str(row.pk), "A grievance was filed", "提出申诉")
    held = [name for name, answer in pages.items() if any(sign in answer.content.decode() for sign in signs)]
    return held + [name for name, answer in own.items() if answer.status_code < 400]
