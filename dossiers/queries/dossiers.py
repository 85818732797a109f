"""Dossiers for lists, pages and verbs."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from dossiers.enums import JUDGING, State
from dossiers.models import (
    Application,
    Dossier,
    DossierStep,
    Evidence,
    ExitCheck,
    Objection,
    SessionEntry,
    TemplateStep,
)
from dossiers.models.papers import ASSURED
from dossiers.queries.looks import look_details, looks_of
from dossiers.queries.waiting import DUE_ON, next_steps, step_due_on
from households.models import HouseholdYear, YearLine
from households.queries.lists import VILLAGE_NAME
from households.queries.visibility import households_visible_to
from registry.enums import Role
from registry.lib.errors import DomainError, NotFound
from registry.tenancy.context import Actor
from villages.models import Village

STEP_NAME = "step_name"
STEP_FORM = "step_form"
STEP_ROLES = "step_roles"


def dossiers_in_scope(actor: Actor) -> "QuerySet[Dossier]":
    """Give the dossiers of the households that the actor may see."""
    rows = Dossier.objects.all()
    if actor.role != Role.HELPER:
        return rows
    return rows.filter(household__in=households_visible_to(actor).values("id"))


def dossiers_on_list(actor: Actor) -> "QuerySet[Dossier]":
    """Give the dossiers with household and template; of the next step name, form, roles and last day."""
    following = next_steps()
    villages = Village.objects.filter(code=OuterRef("scope_code"), tenant=OuterRef("tenant_id"))
    rows = dossiers_in_scope(actor).select_related("household", "template")
    return rows.annotate(
        **{
            STEP_NAME: Subquery(following.values("name")[:1]),
            STEP_FORM: Subquery(following.values("form")[:1]),
            STEP_ROLES: Subquery(following.values("role_codes")[:1]),
            DUE_ON: step_due_on(),
            VILLAGE_NAME: Subquery(villages.values("name")[:1]),
        }
    )


def missing_evidence(dossier: Dossier) -> list[str]:
    """Give the kinds of files that the next step asks for and that are not there yet."""
    steps = TemplateStep.objects.filter(template=dossier.template_id, position=dossier.next_position)
    wanted = steps.values_list("evidence_codes", flat=True).first() or []
    there = Evidence.objects.filter(dossier=dossier, position=dossier.next_position)
    known = set(there.values_list("kind_code", flat=True))
    return [code for code in wanted if code not in known]


def latest_assessment(dossier: Dossier) -> dict[str, Any]:
    """Give what a check before exit begins with: the last check, else year and income that are on file."""
    check = ExitCheck.objects.filter(dossier=dossier).first()
    if check is not None:
        return {name: getattr(check, name) for name in (*ASSURED, "checked_on", "year", "net_per_head_yuan")}
    years = HouseholdYear.objects.filter(household=dossier.household_id, net_per_head_yuan__isnull=False)
    latest = years.order_by("-year").first()
    return {"year": latest.year, "net_per_head_yuan": latest.net_per_head_yuan} if latest else {}


def find_dossier(dossier_id: UUID, *, actor: Actor) -> Dossier:
    """Give one dossier.

    Raises: NotFound for an unknown one and for one that the actor may not see.
    """
    dossier = dossiers_on_list(actor).filter(pk=dossier_id).first()
    if dossier is None:
        raise _not_found()
    return dossier


def current_application(dossier: Dossier) -> Application | None:
    """Give the application as it was corrected last."""
    return Application.objects.filter(dossier=dossier).order_by("-edition").first()


def is_judged(dossier: Dossier) -> bool:
    """Tell whether others have judged what the household applied for: a meeting, a decision, an announcement."""
    return DossierStep.objects.filter(dossier=dossier, step__form__in=JUDGING).exists()


def find_evidence(evidence_id: UUID) -> Evidence:
    """Give a file of a dossier.

    Raises: NotFound.
    """
    evidence = Evidence.objects.select_related("document", "dossier").filter(pk=evidence_id).first()
    if evidence is None:
        raise _not_found()
    return evidence


def line_of_year(year: int) -> Decimal:
    """Give the line that a household must exceed to leave poverty: the county's poverty line of the year.

    After 2020 no poverty line was set, and the monitoring line of the year takes its place.
    Units: yuan per person and year. Raises: DomainError when the county has no line of that year.
    """
    line = YearLine.objects.filter(year=year, withdrawn_on=None).first()
    found = (line.poverty_line_yuan or line.monitoring_line_yuan) if line else None
    if found is None:
        message = _("The county has no income line of that year on file. Ask the county office to enter it.")
        raise DomainError("exit.no_line", message, field="year")
    return found


def net_on_file(household_id: UUID, year: int) -> Decimal | None:
    """Give the net income per person that is on file for a household's year, None without one. Units: yuan."""
    rows = HouseholdYear.objects.filter(household=household_id, year=year)
    return rows.values_list("net_per_head_yuan", flat=True).first()


def first_open_objection(dossier: Dossier) -> UUID:
    """Give the objection that waits longest for its answer. Raises: NotFound."""
    waiting = Objection.objects.filter(dossier=dossier, answered_on__isnull=True).order_by("raised_on", "id")
    found = waiting.values_list("id", flat=True).first()
    if found is None:
        raise NotFound("objection.none", _("No objection waits for an answer."))
    return found


def _waiting(kind: str, form: str, actor: Actor) -> "QuerySet[Dossier]":
    """Give the open dossiers of a kind whose next step has the form: of a household there is one at most."""
    following = TemplateStep.objects.filter(
        template=OuterRef("template"), tenant=OuterRef("tenant_id"), position=OuterRef("next_position"), form=form
    )
    return dossiers_in_scope(actor).filter(Exists(following), state=State.OPEN, kind=kind)


def waiting_dossiers(kind: str, form: str, village_code: str, *, actor: Actor) -> list[UUID]:
    """Give all open dossiers of a kind that wait for a step of the form and stand on no list, of a village or the area.

    Raises: NotFound when there is none.
    """
    listed = SessionEntry.objects.filter(
        dossier=OuterRef("id"), tenant=OuterRef("tenant_id"), position=OuterRef("next_position"),
        taken_out_on__isnull=True,
    ).order_by()  # fmt: skip
    rows = _waiting(kind, form, actor).filter(~Exists(listed))
    rows = rows.filter(scope_code=village_code) if village_code else rows
    found = list(rows.order_by("scope_code", "household__number").values_list("id", flat=True))
    if not found:
        message = _("No household waits for a step of this form. Choose another one, or another village.")
        raise NotFound("session.nobody_waits", message, field="form")
    return found


def open_dossiers_of(numbers: list[str], kind: str, form: str, *, actor: Actor) -> list[UUID]:
    """Give the open dossiers of a kind that wait for the form, of the households of these numbers, in their order.

    Raises: NotFound, naming the place of a number that has none.
    """
    rows = _waiting(kind, form, actor).filter(household__number__in=numbers)
    found = dict(rows.values_list("household__number", "id"))
    for place, number in enumerate(numbers, start=1):
        if number not in found:
            message = _("Line %(place)s: the household has no open dossier whose next step is of this form.")
            raise NotFound("session.no_dossier", message % {"place": place}, field="numbers")
    return [found[number] for number in numbers]


def dossier_rows(rows: "QuerySet[Dossier]") -> "QuerySet[Any, Any]":
    """Give the columns of dossiers with household and template, by one query."""
    following = next_steps()
    return rows.values(
        "id",
        "household_id",
        "kind",
        "state",
        "next_position",
        "code",
        "begun_on",
        "consent_on",
        "consent_sectors",
        "consent_withdrawn_on",
        "effective_on",
        "ended_on",
        "end_reason",
        "version",
        household_number=F("household__number"),
        template_key=F("template__key"),
        template_edition=F("template__edition"),
        village_code=F("scope_code"),
        next_step_name=Subquery(following.values("name")[:1]),
        next_step_form=Subquery(following.values("form")[:1]),
        next_step_roles=Subquery(following.values("role_codes")[:1]),
        next_step_due_on=step_due_on(),
    )


def dossier_detail(dossier: Dossier) -> dict[str, Any]:
    """Give a dossier with its steps, objections and files; the files' names stay inside."""
    row: dict[str, Any] = dossier_rows(Dossier.objects.filter(pk=dossier.pk)).get()
    steps = DossierStep.objects.filter(dossier=dossier).order_by("position")
    objections = Objection.objects.filter(dossier=dossier).order_by("raised_on", "id")
    files = Evidence.objects.filter(dossier=dossier).order_by("position", "id")
    applications = list(
        Application.objects.filter(dossier=dossier).order_by("-edition").values(
            "applied_on", "manner", "has_thumb_print", "net_per_head_yuan", "cause_codes", "statement", "edition",
            "reason",
        )
    )  # fmt: skip
    return row | {
        "steps": list(
            steps.values(
                "position", "starts_on", "ends_on", "is_passed", "session_id", "manner", "entitled_count",
                "present_count", "votes_for", "votes_against", "remark", "late_days", "late_reason",
                name=F("step__name"),
            )
        ),
        "objections": list(
            objections.values("id", "position", "raised_on", "text", "answered_on", "answer", "is_upheld")
        ),
        "evidence": list(files.values("id", "position", "kind_code", sha256=F("document__sha256"))),
        "application": next(iter(applications), None),
        "former_applications": applications[1:],
        "exit_check": ExitCheck.objects.filter(dossier=dossier)
        .values("checked_on", *ASSURED, "year", "net_per_head_yuan", "line_yuan")
        .first(),
        "looks": look_details(looks_of(dossier.household_id).filter(dossier=dossier)),
    }  # fmt: skip


def _not_found() -> NotFound:
    return NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
