"""What an open dossier waits for: the office that does its next step, what happens there, and by when."""

from datetime import date, timedelta
from typing import Any, Final

from django.db.models import DateField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from dossiers.enums import Form, State
from dossiers.models import Dossier, DossierStep, TemplateStep

DUE_ON: Final = "step_due_on"
# A house rule: what is to be done within so many days stands on the list of what is near.
NEAR: Final = timedelta(days=3)


def next_steps() -> "QuerySet[TemplateStep]":
    """Give the step that comes next, for use below a query of dossiers."""
    return TemplateStep.objects.filter(
        template=OuterRef("template"), tenant=OuterRef("tenant_id"), position=OuterRef("next_position")
    )


def step_due_on() -> "ExpressionWrapper[Any]":
    """Give the last day for the next step: its days at most after the step before it; none where it has no such days.

    The template counts from the day on which the step before was done, or on which the dossier was begun.
    """
    done = DossierStep.objects.filter(dossier=OuterRef("pk"), tenant=OuterRef("tenant_id")).order_by("-position")
    since = Coalesce(Subquery(done.values("ends_on")[:1]), F("begun_on"))
    # A day and a number add up to a day.
    return ExpressionWrapper(since + Subquery(next_steps().values("maximum_days")[:1]), output_field=DateField())


def waiting_for(rows: "QuerySet[Dossier]", role: str) -> "QuerySet[Dossier]":
    """Give the open dossiers whose next step the role may do."""
    return rows.filter(Exists(next_steps().filter(role_codes__contains=[role])), state=State.OPEN)


def at_form(rows: "QuerySet[Dossier]", form: str) -> "QuerySet[Dossier]":
    """Give the open dossiers in whose next step this happens."""
    return rows.filter(Exists(next_steps().filter(form=form)), state=State.OPEN)


def marked_before_exit(rows: "QuerySet[Dossier]") -> "QuerySet[Dossier]":
    """Give the open dossiers of households that bear the mark before exit."""
    marks = DossierStep.objects.filter(
        dossier=OuterRef("pk"), tenant=OuterRef("tenant_id"), step__form=Form.MARK, is_passed=True
    )
    return rows.filter(Exists(marks), state=State.OPEN)


def due_by(rows: "QuerySet[Any]", last: date, *, first: date | None = None) -> "QuerySet[Any]":
    """Give the open dossiers whose next step is to be done by the day `last`, and not before `first`."""
    # Under a name of its own: the list shows the day too, and an alias of the same name would hide it.
    given = Q(state=State.OPEN, compared_due_on__lte=last)
    if first is not None:
        given &= Q(compared_due_on__gte=first)
    found: QuerySet[Any] = rows.alias(compared_due_on=step_due_on()).filter(given)
    return found
