"""Work records for lists and pages."""

from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from households.models import WorkRecord
from households.queries.visibility import persons_visible_to
from registry.enums import Role
from registry.lib.errors import NotFound
from registry.tenancy.context import Actor


def work_visible_to(actor: Actor) -> "QuerySet[WorkRecord]":
    """Give the work records of the persons that the actor may see, with their persons."""
    rows = WorkRecord.objects.select_related("person")
    if actor.role != Role.HELPER:
        return rows
    return rows.filter(person__in=persons_visible_to(actor).values("id"))


def find_work(record_id: UUID, *, actor: Actor) -> WorkRecord:
    """Give one work record.

    Raises: NotFound for an unknown one and for one that the actor may not see.
    """
    row = work_visible_to(actor).filter(pk=record_id).first()
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row


def work_rows(rows: "QuerySet[WorkRecord]") -> "QuerySet[Any, Any]":
    """Give the columns of work records with number and name of their persons, by one query."""
    return rows.values(
        "id",
        "person_id",
        "year",
        "is_planned",
        "starts_on",
        "ends_on",
        "division_code",
        "employer",
        "industry_code",
        "monthly_income_yuan",
        "channel_code",
        "is_point_to_point",
        "transport_subsidy_yuan",
        "service_codes",
        "version",
        person_number=F("person__number"),
        person_name=F("person__name"),
        village_code=F("scope_code"),
    )
