"""Persons whom another county has too."""

from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from households.models import DuplicateNotice
from households.queries.visibility import persons_visible_to
from registry.lib.errors import NotFound
from registry.tenancy.context import Actor

_COLUMNS = ("id", "person_id", "state", "reason", "created_at", "settled_at", "other_state", "version")


def notices_visible_to(actor: Actor) -> "QuerySet[DuplicateNotice]":
    """Give the notices about persons whom the actor may see, with the person and the other county."""
    rows = DuplicateNotice.objects.select_related("person", "other_tenant")
    return rows.filter(person__in=persons_visible_to(actor).values("id"))


def find_notice(notice_id: UUID, *, actor: Actor) -> DuplicateNotice:
    """Give one notice. Raises: NotFound for an unknown one and for one that the actor may not see."""
    notice = notices_visible_to(actor).filter(pk=notice_id).first()
    if notice is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return notice


def notice_rows(rows: "QuerySet[DuplicateNotice]") -> "QuerySet[DuplicateNotice, dict[str, Any]]":
    """Give notices as rows: the own person by id, of the other county its name and whom to call."""
    named = rows.annotate(other_county=F("other_tenant__name"), other_contact=F("other_tenant__office_contact"))
    values: QuerySet[DuplicateNotice, dict[str, Any]] = named.values(*_COLUMNS, "other_county", "other_contact")
    return values
