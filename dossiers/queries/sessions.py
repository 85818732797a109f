"""Sessions for lists and pages."""

from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dossiers.models import ListSession, SessionEntry
from registry.lib.errors import NotFound
from villages.models import Village


def sessions_on_list() -> "QuerySet[ListSession]":
    """Give the sessions held in the area."""
    return ListSession.objects.select_related("minutes")


def find_session(session_id: UUID) -> ListSession:
    """Give one session.

    Raises: NotFound.
    """
    session = sessions_on_list().filter(pk=session_id).first()
    if session is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return session


def village_choices() -> list[tuple[str, str]]:
    """Give the villages of the area to choose from, and none of them first."""
    return [("", "–"), *Village.objects.order_by("code").values_list("code", "name")]


def listed_dossier(session: ListSession, number: str) -> UUID:
    """Give the dossier of a household on the list, by the number that people type. Raises: NotFound."""
    rows = SessionEntry.objects.filter(session=session, taken_out_on__isnull=True, household__number=number.strip())
    found = rows.values_list("dossier_id", flat=True).first()
    if found is None:
        message = _("The household is not on the list of this session any more.")
        raise NotFound("session.not_listed", message, field="household_number")
    return found


def session_rows(rows: "QuerySet[ListSession]") -> "QuerySet[Any, Any]":
    """Give the columns of sessions with the number of households on the list and of those taken out."""
    taken_out = Count("entries", filter=Q(entries__taken_out_on__isnull=False))
    return rows.annotate(household_count=Count("entries"), taken_out_count=taken_out).values(
        "id", "form", "title", "state", "starts_on", "ends_on", "end_reason", "minutes_code", "entitled_count",
        "present_count", "votes_for", "votes_against", "household_count", "taken_out_count", "version",
    )  # fmt: skip


def entry_rows(session: ListSession) -> list[dict[str, Any]]:
    """Give the households on the list of a session."""
    rows: QuerySet[Any, Any] = SessionEntry.objects.filter(session=session).order_by("id")
    return list(
        rows.values("dossier_id", "position", "taken_out_on", "reason", household_number=F("household__number"))
    )
