"""Requests for lists, pages and the board."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from assistance.models import Pairing
from concerns.enums import WAITING
from concerns.models import HelpRequest
from households.queries.history import covering
from households.queries.visibility import households_visible_to
from registry.enums import Role
from registry.lib.errors import NotFound
from registry.lib.periods import today
from registry.tenancy.context import Actor
from villages.models import Village


def requests_visible_to(actor: Actor) -> "QuerySet[HelpRequest]":
    """Give the requests that the actor may see: those in scope, for a helper those of the paired households."""
    rows = HelpRequest.objects.select_related("household", "village", "owner_user")
    if actor.role != Role.HELPER:
        return rows
    return rows.filter(household__in=households_visible_to(actor).values("id"))


def stands_by(household_id: UUID | None, user_id: UUID) -> bool:
    """Tell whether the login is that of a helper who is paired with the household today, and so sees its requests."""
    rows = Pairing.objects.filter(covering(today()), household=household_id, helper__user=user_id)
    return rows.exists()


def find_request(request_id: UUID, *, actor: Actor) -> HelpRequest:
    """Give one request.

    Raises: NotFound for an unknown one and for one that the actor may not see.
    """
    row = requests_visible_to(actor).filter(pk=request_id).first()
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row


def waiting(rows: "QuerySet[HelpRequest]") -> "QuerySet[HelpRequest]":
    """Give those that nobody has solved yet, the longest overdue first."""
    return rows.filter(state__in=WAITING).order_by("due_on", "id")


def overdue(rows: "QuerySet[HelpRequest]", day: date) -> "QuerySet[HelpRequest]":
    """Give those whose day has passed."""
    return rows.filter(state__in=WAITING, due_on__lt=day)


def on_desk(rows: "QuerySet[HelpRequest]", actor: Actor) -> "QuerySet[HelpRequest]":
    """Give what waits for the actor: what they took on or were given, and what their side has yet to take on."""
    nobodys = Q(owner_user__isnull=True, owner_role=actor.role)
    return waiting(rows).filter(nobodys | Q(owner_user=actor.user_id) if actor.user_id else nobodys)


def board(rows: "QuerySet[HelpRequest]", day: date) -> "QuerySet[Any, Any]":
    """Count what waits by village and kind, and how much of it is overdue; read from the index of what waits."""
    return (
        rows.filter(state__in=WAITING)
        .order_by("scope_code", "kind_code")
        .values("kind_code", village_code=F("scope_code"))
        .annotate(waiting=Count("id"), overdue=Count("id", filter=Q(due_on__lt=day)))
    )


def village_names(codes: Iterable[str]) -> dict[str, str]:
    """Give the names of villages by their codes."""
    return dict(Village.objects.filter(code__in=list(codes)).values_list("code", "name"))


def request_rows(rows: "QuerySet[HelpRequest]") -> "QuerySet[Any, Any]":
    """Give the columns of requests with the number of the household and the owner's login, by one query."""
    return rows.values(
        "id",
        "household_id",
        "village_id",
        "kind_code",
        "channel_code",
        "told_on",
        "text",
        "help_visit_id",
        "state",
        "owner_role",
        "due_on",
        "taken_on",
        "solved_on",
        "solution",
        "confirmed_on",
        "confirmation_code",
        "reopened_count",
        "closing_reason",
        "version",
        household_number=Coalesce(F("household__number"), Value("")),
        owner_username=Coalesce(F("owner_user__username"), Value("")),
        village_code=F("scope_code"),
        has_document=Case(When(document__isnull=False, then=Value(True)), default=Value(False)),
    )
