"""Pairings for lists and pages, and what a helper sees."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from assistance.models import Helper, Pairing
from households.models import Household
from households.queries.history import covering
from households.queries.visibility import households_visible_to
from registry.enums import Role
from registry.lib.errors import NotFound
from registry.lib.periods import today
from registry.tenancy.context import Actor


def paired_households(rows: "QuerySet[Household]", actor: Actor) -> "QuerySet[Household]":
    """Narrow the households in scope to those paired today with the helper whose login the actor is."""
    if actor.user_id is None:
        return rows.none()
    paired = Pairing.objects.filter(covering(today()), helper__user_id=actor.user_id)
    return rows.filter(id__in=paired.values("household_id"))


def pairings_visible_to(actor: Actor) -> "QuerySet[Pairing]":
    """Give the pairings of the households that the actor may see, with helper and unit."""
    rows = Pairing.objects.select_related("household", "helper", "helper__unit", "unit")
    if actor.role != Role.HELPER:
        return rows
    return rows.filter(household__in=households_visible_to(actor).values("id"))


def helpers_on_list() -> "QuerySet[Helper]":
    """Give the county's helpers with their units, by name."""
    return Helper.objects.select_related("unit").order_by("name", "id")


def find_pairing(pairing_id: UUID, *, actor: Actor) -> Pairing:
    """Give one pairing.

    Raises: NotFound for an unknown one and for one that the actor may not see.
    """
    pairing = pairings_visible_to(actor).filter(pk=pairing_id).first()
    if pairing is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return pairing


def pairing_rows(rows: "QuerySet[Pairing]") -> "QuerySet[Any, Any]":
    """Give the columns of pairings with household, helper and unit, by one query."""
    return rows.values(
        "id",
        "household_id",
        "helper_id",
        "is_lead",
        "starts_on",
        "starts_precision",
        "ends_on",
        "end_reason",
        "version",
        household_number=F("household__number"),
        helper_name=F("helper__name"),
        unit_name=Coalesce(F("unit__name"), F("helper__unit__name")),
    )


def helper_rows() -> "QuerySet[Any, Any]":
    """Give the county's helpers without their telephones."""
    return Helper.objects.values(
        "id", "name", "kind_code", "rank_code", "takes_part", "unit_id", "version", unit_name=F("unit__name")
    )


def find_helper_row(helper_id: UUID) -> Any:  # noqa: ANN401  (a row of columns)
    """Give the columns of one helper, without the telephone. Raises: NotFound."""
    row = helper_rows().filter(pk=helper_id).first()
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row


def lead_on(household_id: UUID, day: date) -> Pairing | None:
    """Give the pairing that leads on the day: of a helper, or of a unit standing in."""
    return leads_on(day).filter(household=household_id).first()


def leads_on(day: date) -> "QuerySet[Pairing]":
    """Give the leading pairings of the day."""
    return Pairing.objects.filter(Q(covering(day)), is_lead=True).select_related("helper", "unit")


def helpers_of(household_id: UUID, *, actor: Actor) -> "QuerySet[Helper]":
    """Give the helpers who ever stood by a household, whoever came last first; a helper at work sees only themself."""
    paired = Pairing.objects.filter(household=household_id, helper=OuterRef("pk"), tenant=OuterRef("tenant_id"))
    rows = Helper.objects.filter(id__in=Pairing.objects.filter(household=household_id).values("helper_id"))
    if actor.role == Role.HELPER:
        rows = rows.filter(user_id=actor.user_id) if actor.user_id else rows.none()
    latest = Subquery(paired.order_by("-is_lead", "-starts_on").values("starts_on")[:1])
    lasts = Exists(paired.filter(covering(today()), is_lead=True))
    return rows.annotate(leads=lasts, latest=latest).order_by("-leads", F("latest").desc(nulls_last=True), "name", "id")
