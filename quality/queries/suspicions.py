"""The lists of doubted data, and how far their answers are."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from quality.enums import OPEN_STATES, FindingState
from quality.models import Finding, SuspicionLayout, SuspicionLine, SuspicionList
from quality.queries.findings import findings_visible_to
from registry.enums import Role
from registry.lib.errors import NotFound
from registry.tenancy.context import Actor


@dataclass(frozen=True, slots=True)
class ListProgress:
    """How many lines of a list, in what is seen of it, are open, late, put right, true, or match nothing."""

    open: int
    late: int
    fixed: int
    as_recorded: int
    unmatched: int


def lists_kept() -> "QuerySet[SuspicionList]":
    """Give the county's lists, the latest first."""
    return SuspicionList.objects.order_by("-uploaded_at", "id")


def layouts_kept() -> "QuerySet[SuspicionLayout]":
    """Give the named layouts."""
    return SuspicionLayout.objects.order_by("name")


def list_visible(list_id: UUID, *, is_locked: bool = False) -> SuspicionList:
    """Give one list, locked where it is about to change. Raises: NotFound."""
    rows = SuspicionList.objects.select_for_update(of=("self",)) if is_locked else SuspicionList.objects.all()
    found = rows.filter(pk=list_id).first()
    if found is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return found


def lines_visible_to(actor: Actor, kept: SuspicionList) -> "QuerySet[SuspicionLine]":
    """Give the lines of a list in scope; a helper and a sector clerk see those whose findings they see."""
    rows = SuspicionLine.objects.filter(suspicion_list=kept)
    if actor.role not in {Role.HELPER, Role.SECTOR_CLERK}:
        return rows
    findings = findings_visible_to(actor).filter(suspicion_list=kept, line_number=OuterRef("line_number"))
    return rows.filter(Exists(findings))


def unmatched_lines(actor: Actor, kept: SuspicionList) -> "QuerySet[SuspicionLine]":
    """Give the lines that name no household or person on file; the county's office alone sees them."""
    return lines_visible_to(actor, kept).filter(household__isnull=True).order_by("line_number")


def line_visible(line_id: UUID) -> SuspicionLine:
    """Give one line with its list. Raises: NotFound."""
    found = SuspicionLine.objects.select_related("suspicion_list").filter(pk=line_id).first()
    if found is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return found


def open_lines(kept: SuspicionList) -> "QuerySet[Finding]":
    """Give the findings of a list that wait for their answer."""
    return Finding.objects.filter(suspicion_list=kept, state__in=sorted(OPEN_STATES))


def progress_of(actor: Actor, kept: SuspicionList, *, on: date) -> ListProgress:
    """Count the lines of a list in what the actor sees of it."""
    is_open = Q(state__in=sorted(OPEN_STATES))
    counted = (
        findings_visible_to(actor)
        .filter(suspicion_list=kept)
        .aggregate(
            open=Count("id", filter=is_open),
            late=Count("id", filter=is_open & Q(due_on__lt=on)),
            fixed=Count("id", filter=Q(state=FindingState.FIXED)),
            as_recorded=Count("id", filter=Q(state__in=[FindingState.AS_RECORDED, FindingState.EXEMPTED])),
        )
    )
    return ListProgress(**counted, unmatched=unmatched_lines(actor, kept).count())
