"""What a course led to: whether who attended is at work three months after it, and from what that follows."""

from datetime import date
from typing import Any, Final

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DateField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import ExtractYear

from households.models import WorkRecord
from livelihoods.enums import AT_WORK, NOT_REACHED, OUTCOME_MONTHS, WorkProof
from livelihoods.models import Enrolment, PostHolding
from livelihoods.queries.training import present_spells
from registry.lib.periods import months_after, today

_ASKED_ON: Final = Func(
    F("last_on"), template=f"((%(expressions)s) + interval '{OUTCOME_MONTHS} months')::date", output_field=DateField()
)


def asked_on(last_on: date) -> date:
    """Give the day on which it is asked what a course led to."""
    return months_after(last_on, OUTCOME_MONTHS)


def with_outcome(rows: "QuerySet[Enrolment]") -> "QuerySet[Any, Any]":
    """Add `asked_on`, `proof` and `is_at_work` (None: not known) to enrolments.

    A post or a work record of that day comes before what the person answered: it names place and months.
    """
    day = OuterRef("asked_on")
    lasting = Q(ends_on__gt=day) | Q(ends_on__isnull=True, year=ExtractYear(day))
    records = WorkRecord.objects.filter(
        lasting, person=OuterRef("person"), tenant=OuterRef("tenant_id"), is_planned=False, starts_on__lte=day
    )
    terms = PostHolding.objects.filter(
        person=OuterRef("person"), tenant=OuterRef("tenant_id"), starts_on__lte=day, ends_on__gt=day
    )
    return rows.annotate(asked_on=_ASKED_ON).annotate(
        proof=Case(
            When(Exists(terms), then=Value(WorkProof.POST.value)),
            When(Exists(records), then=Value(WorkProof.RECORD.value)),
            When(outcome_code__gt="", then=Value(WorkProof.ANSWER.value)),
            default=Value(WorkProof.UNKNOWN.value),
            output_field=CharField(),
        ),
        is_at_work=Case(
            When(Exists(terms) | Exists(records) | Q(outcome_code__in=sorted(AT_WORK)), then=Value(True)),
            When(outcome_code__in=["", NOT_REACHED], then=Value(None)),
            default=Value(False),
            output_field=BooleanField(null=True),
        ),
    )


def outcomes_due(rows: "QuerySet[Enrolment]", day: date | None = None) -> "QuerySet[Any, Any]":
    """Give the enrolments of who attended a course that is three months over, where nothing on work is on file.

    Who died or left is asked no more.
    """
    asked = rows.filter(Exists(present_spells()), attended_days__gte=1)
    return with_outcome(asked).filter(proof=WorkProof.UNKNOWN.value, asked_on__lte=day or today())


def enrolment_rows(rows: "QuerySet[Enrolment]") -> "QuerySet[Any, Any]":
    """Give the columns of enrolments with person, course and what the course led to, by one query."""
    return with_outcome(rows).values(
        "id", "course_id", "person_id", "starts_on", "last_on", "day_count", "attended_days", "certificate_kind_code",
        "certificate_number", "certified_on", "outcome_code", "outcome_on", "withdrawn_on", "withdrawal_reason",
        "asked_on", "proof", "is_at_work", "version",
        has_document=Q(certificate_document__isnull=False),
        course_name=F("course__name"), kind_code=F("course__kind_code"),
        person_number=F("person__number"), person_name=F("person__name"), village_code=F("scope_code"),
    )  # fmt: skip
