"""Which reports of the catalogue, and which of their runs, somebody may see."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from registry.access import allowed
from registry.enums import Role
from registry.lib.errors import NotFound
from registry.tenancy.context import Actor
from reports.catalogue.base import SECTOR, Report, reports
from reports.models import ReportRun


def report_known(report_id: str) -> Report:
    """Give a report of the catalogue. Raises: NotFound."""
    report = reports().get(report_id)
    if report is None:
        raise NotFound("report.unknown", _("There is no such report. Choose one of the list."), field="report")
    return report


def reports_open_to(actor: Actor) -> list[Report]:
    """Give the reports that the actor may ask for, in the order of the catalogue."""
    return [report for report in reports().values() if allowed(actor, report.right)]


def catalogue_runs(actor: Actor) -> "QuerySet[ReportRun]":
    """Give the runs that the actor may see, the newest first: of reports with persons only their own, in their role.

    A sector clerk sees those of the own sector, whose figures are a part, and nobody else sees these.
    Accounts of before periods were frozen have no picture, and stand on the page of the account alone.
    """
    open_to = [report.id for report in reports_open_to(actor)]
    own = Q(holds_persons=True, asked_by_id=actor.user_id, role=actor.role)
    rows = ReportRun.objects.filter(Q(holds_persons=False) | own, report_id__in=open_to, as_of__isnull=False)
    if actor.role == Role.SECTOR_CLERK:
        rows = rows.filter(**{"role": actor.role, f"options__{SECTOR}": actor.sector})
    else:
        rows = rows.exclude(role=Role.SECTOR_CLERK)
    return rows.select_related("asked_by", "period").defer("figures").order_by("-created_at", "-id")


def find_catalogue_run(run_id: UUID, *, actor: Actor) -> ReportRun:
    """Give one of these runs. Raises: NotFound, whether it is unknown, somebody else's, or out of reach by now."""
    run = catalogue_runs(actor).filter(pk=run_id).first()
    if run is None:
        raise NotFound("report.no_such_run", _("There is no such run of a report."))
    return run
