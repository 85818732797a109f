"""Dossiers with invented households, and steps done on them as the template asks."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Max

from dossiers.domain.checks import StepFacts
from dossiers.domain.looks import Answer, load_shipped_look_forms, record_look
from dossiers.domain.opening import begin_dossier
from dossiers.domain.papers import ApplicationDraft, ExitFindings, add_evidence, apply_for, record_exit_check
from dossiers.domain.steps import do_step
from dossiers.domain.templates import load_shipped_templates
from dossiers.enums import Form, Kind, Manner
from dossiers.models import Application, Dossier, DossierStep, Look, TemplateStep
from households.models import Household, YearLine
from registry.enums import Role
from registry.tenancy.context import Actor, current_actor
from tests.factories.households import registered
from tests.factories.tenants import actor_of

BEGUN_ON = date(2021, 1, 4)
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
MEETING: dict[str, Any] = {"entitled_count": 30, "present_count": 25, "votes_for": 20, "votes_against": 3}
STATUS = {"identify": "candidate", "return": "lifted", "exit": "filed", "monitor": "lifted", "remove_risk": "lifted"}
CODE = {"monitor": "1", "remove_risk": "2"}


def team(user_id: UUID | None = None) -> Actor:
    """Give somebody of the village team who begins dossiers: the office decides, and nobody on the own request."""
    return actor_of(Role.VILLAGE_TEAM, area="549901100200", user_id=user_id)


def begun(
    key: str,
    household: Household | None = None,
    *,
    by: Actor | None = None,
    code: str = "",
    **state: Any,
) -> Dossier:
    """Begin a dossier of a household whose status allows it, on a template that ships."""
    load_shipped_templates(actor=current_actor())
    template = TemplateStep.objects.filter(template__key=key, template__is_current=True).first()
    assert template is not None
    kind = template.template.kind
    monitored = {"monitoring_state": "identified", "monitoring_code": "1"} if kind == Kind.REMOVE_RISK else {}
    household = household or registered(**{"status": STATUS[kind], **monitored, **state})
    return begin_dossier(household.id, key, on=BEGUN_ON, actor=by or team(), code=code or CODE.get(kind, ""))


def line(year: int = 2020, yuan: str = "4000") -> YearLine:
    """State the county's poverty line of a year."""
    found, _made = YearLine.objects.get_or_create(
        year=year,
        defaults={
            "scope_code": current_actor().tenant_code,
            "poverty_line_yuan": Decimal(yuan),
            "valid_from": date(year, 1, 1),
        },
    )
    return found


def findings(**changes: Any) -> ExitFindings:
    """Give a check before exit that is met."""
    assured = dict.fromkeys(
        ["has_food_and_clothing", "has_schooling", "has_medical_care", "has_safe_housing", "has_safe_water"], True
    )
    values: dict[str, Any] = {"checked_on": BEGUN_ON, "year": 2020, "net_per_head_yuan": Decimal(6000), **assured}
    return ExitFindings(**{**values, **changes})


def next_step(dossier: Dossier) -> TemplateStep:
    """Give the step that comes next."""
    dossier.refresh_from_db()
    return TemplateStep.objects.get(template=dossier.template_id, position=dossier.next_position)


def previous_end(dossier: Dossier) -> date:
    """Give the day on which the last step ended."""
    last = DossierStep.objects.filter(dossier=dossier).aggregate(day=Max("ends_on"))["day"]
    return last or dossier.begun_on


def prepare(dossier: Dossier, *, actor: Actor | None = None, files: bool = True) -> None:
    """Put into the dossier what its next step asks for."""
    actor, step = actor or current_actor(), next_step(dossier)
    for code in step.evidence_codes if files else ():
        add_evidence(dossier.id, PDF, name="page.pdf", kind_code=code, on=BEGUN_ON, actor=actor)
    if step.form == Form.APPLICATION and not Application.objects.filter(dossier=dossier).exists():
        draft = ApplicationDraft(applied_on=previous_end(dossier), consent_sectors=("01", "03"))
        apply_for(dossier.id, draft, actor=actor)
    if step.needs_look:
        looked(dossier, actor=actor, on=previous_end(dossier))
    if step.form == Form.MARK:
        line()
        record_exit_check(dossier.id, findings(), actor=actor)


def looked(dossier: Dossier, *, actor: Actor, on: date = BEGUN_ON, choice: int = 1) -> Look:
    """Fill in the checklist of a farming area for the dossier, the same choice everywhere."""
    load_shipped_look_forms(actor=current_actor())
    answers = [Answer(choice)] * 9
    return record_look(dossier.household_id, "nine-look-farming", answers, on=on, actor=actor, dossier_id=dossier.pk)


def facts_of(dossier: Dossier, **changes: Any) -> StepFacts:
    """Give the facts by which the next step may be done, beginning when the one before ended."""
    step, start = next_step(dossier), previous_end(dossier)
    values: dict[str, Any] = {"starts_on": start, "ends_on": start + timedelta(days=step.minimum_days or 0)}
    values |= MEETING if step.form == Form.MEETING else {}
    values |= {"manner": Manner.SELF} if step.form == Form.SIGNATURE else {}
    return StepFacts(**{**values, **changes})


def advance(dossier: Dossier, *, to: int | None = None, actor: Actor | None = None) -> Dossier:
    """Do the steps of a dossier up to the position `to`, or all."""
    count = TemplateStep.objects.filter(template=dossier.template_id).count()
    while dossier.next_position < (to or count + 1):
        prepare(dossier, actor=actor)
        dossier = do_step(dossier.id, facts_of(dossier), actor=actor or current_actor())
    return dossier


def somebody(role: Role = Role.COUNTY_OFFICE) -> Actor:
    """Give another person of a role."""
    return actor_of(role, user_id=uuid4())
