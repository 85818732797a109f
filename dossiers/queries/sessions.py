"""Sessions for lists and pages."""

from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from dossiers.enums import TakenOut
from dossiers.models import ListSession, SessionEntry, SessionFile, TemplateStep
from households.enums import HEAD_RELATION
from households.models import Membership
from households.queries.lists import HEAD_NAME
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


def with_entry_heads(rows: "QuerySet[SessionEntry]") -> "QuerySet[SessionEntry]":
    """Add to each household on a list the name of its head of today, as `HEAD_NAME`."""
    heads = Membership.objects.filter(
        household=OuterRef("household"), tenant=OuterRef("tenant_id"), relation_code=HEAD_RELATION, ends_on__isnull=True
    )
    return rows.annotate(**{HEAD_NAME: Subquery(heads.values("person__name")[:1])})


def listed_choices(session: ListSession) -> list[tuple[str, str]]:
    """Give the dossiers that still stand on the list, by the head's name and the household's number."""
    rows: QuerySet[Any] = with_entry_heads(SessionEntry.objects.filter(session=session)).order_by("id")
    found = enumerate(rows.values_list("dossier_id", HEAD_NAME, "household__number", "taken_out_on"), start=1)
    return [
        (str(dossier_id), f"{serial} {head or ''} {number}")
        for serial, (dossier_id, head, number, taken_out_on) in found
        if taken_out_on is None
    ]


def wanted_kind(session: ListSession) -> str:
    """Give the kind of supporting document that the step of the first household on the list asks for."""
    entry = SessionEntry.objects.filter(session=session, taken_out_on__isnull=True).order_by("id").first()
    if entry is None:
        return ""
    steps = TemplateStep.objects.filter(template=entry.dossier.template_id, position=entry.position)
    codes = steps.values_list("evidence_codes", flat=True).first() or [""]
    return str(codes[0])


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
    found = rows.values(
        "dossier_id", "position", "taken_out_on", "reason", "reason_code", household_number=F("household__number")
    )
    return [row | {"reason": reason_of(row["reason"], row["reason_code"])} for row in found]


def reason_of(reason: str, code: str) -> str:
    """Say why a household was taken off the list: what somebody wrote, or what happened in the reader's language."""
    return reason or (str(TakenOut(code).label) if code else "")


def file_rows(session: ListSession) -> list[dict[str, Any]]:
    """Give the further files of a session; their names stay inside."""
    rows: QuerySet[Any, Any] = SessionFile.objects.filter(session=session).order_by("id")
    return list(rows.values("id", "kind_code", sha256=F("document__sha256")))


def find_session_file(file_id: UUID) -> SessionFile:
    """Give a file of a session.

    Raises: NotFound.
    """
    found = SessionFile.objects.select_related("document", "session").filter(pk=file_id).first()
    if found is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return found
