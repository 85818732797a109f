"""Which reports of the catalogue, and which of their runs, somebody may see."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from registry.access import allowed
from registry.enums import Role
from registry.lib.errors import NotFound
from registry.tenancy.context import Actor
from reports.catalogue.base import BY_VILLAGE, DEPTH, SECTOR, Report, reports
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

    Figures of villages are hidden from who may not have them, whoever asked. A sector clerk sees runs of the own
    sector, whose figures are a part, and nobody else sees these. Accounts of before periods were frozen have no
    picture, and stand on the page of the account alone.
    """
    open_to = [report.id for report in reports_open_to(actor)]
    own = Q(holds_persons=True, asked_by_id=actor.user_id, role=actor.role)
    rows = ReportRun.objects.filter(Q(holds_persons=False) | own, report_id__in=open_to, as_of__isnull=False)
    rows = rows.exclude(_of_villages(actor))
    if actor.role == Role.SECTOR_CLERK:
        rows = rows.filter(**{"role": actor.role, f"options__{SECTOR}": actor.sector})
    else:
        rows = rows.exclude(role=Role.SECTOR_CLERK)
    return rows.select_related("asked_by", "period").defer("figures").order_by("-created_at", "-id")


def _of_villages(actor: Actor) -> Q:
    """Say which runs have figures of villages that the actor may not have of them."""
    by_choice, of_village = Q(options__contains={DEPTH: BY_VILLAGE}), ~Q(area_code__endswith="000")
    hidden = Q(pk__in=[])
    for report in reports_open_to(actor):
        if report.village_right and not allowed(actor, report.village_right):
            hidden |= Q(report_id=report.id) & (by_choice | of_village)
        if report.depth_right and not allowed(actor, report.depth_right):
            hidden |= Q(report_id=report.id) & by_choice
    return hidden


def find_catalogue_run(run_id: UUID, *, actor: Actor) -> ReportRun:
    """Give one of these runs. Raises: NotFound, whether it is unknown, somebody else's, or out of reach by now."""
    run = catalogue_runs(actor).filter(pk=run_id).first()
    if run is None:
        raise NotFound("report.no_such_run", _("There is no such run of a report."))
    return run
