"""Templates of the county, and its rules of procedure."""

from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dossiers.models import CountyProcedure, StepTemplate, TemplateStep
from dossiers.workflow import PURPOSES
from households.models import Household
from registry.lib.errors import NotFound

# The rules of procedure that a county sets.
PROCEDURE: Final = (
    "needs_dossier",
    "lead_days",
    "counts_working_days",
    "measure_months",
    "development_months",
    "removal_months",
)
_COLUMNS: Final = ("id", "key", "edition", "kind", "name", "is_local", "source", "is_current", "version")


def county_procedure() -> CountyProcedure:
    """Give the county's rules of procedure; the defaults, unsaved, where it has set none."""
    return CountyProcedure.objects.first() or CountyProcedure()


def procedure_detail() -> tuple[dict[str, Any], int]:
    """Give the county's rules of procedure and their version; the defaults and 0 where it has set none."""
    known = CountyProcedure.objects.first()
    row = known or CountyProcedure()
    return {name: getattr(row, name) for name in PROCEDURE}, known.version if known else 0


def templates_in_use() -> "QuerySet[StepTemplate]":
    """Give the editions by which dossiers begin now."""
    return StepTemplate.objects.filter(is_current=True).order_by("kind", "key")


def templates_for(household: Household) -> list[StepTemplate]:
    """Give the templates in use by which a dossier of the household may begin now."""
    kinds = [
        kind
        for kind, purpose in PURPOSES.items()
        if household.status in purpose.statuses and household.monitoring_state in purpose.monitoring
    ]
    return list(templates_in_use().filter(kind__in=kinds))


def template_in_use(key: str) -> StepTemplate:
    """Give the edition of a template that is in use.

    Raises: NotFound.
    """
    template = templates_in_use().filter(key=key).first()
    if template is None:
        message = _("There is no template of this name in use. Choose one from the list.")
        raise NotFound("template.not_found", message, field="template")
    return template


def find_template(template_id: UUID) -> StepTemplate:
    """Give one edition.

    Raises: NotFound.
    """
    template = StepTemplate.objects.filter(pk=template_id).first()
    if template is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return template


def steps_of(template: StepTemplate) -> list[TemplateStep]:
    """Give the steps in their order."""
    return list(TemplateStep.objects.filter(template=template).order_by("position"))


def template_rows() -> "QuerySet[Any, Any]":
    """Give the columns of all editions."""
    rows: QuerySet[Any, Any] = StepTemplate.objects.values(*_COLUMNS)
    return rows


def template_detail(template: StepTemplate) -> dict[str, Any]:
    """Give an edition with its steps."""
    row: dict[str, Any] = template_rows().get(pk=template.pk)
    return row | {
        "steps": list(
            TemplateStep.objects.filter(template=template)
            .order_by("position")
            .values(
                "name", "form", "role_codes", "evidence_codes", "minimum_days", "maximum_days", "attendance_ratio",
                "approval_ratio", "needs_look", "source",
            )
        )
    }  # fmt: skip
