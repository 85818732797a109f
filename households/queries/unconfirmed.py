"""Persons who were never confirmed."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from households.enums import HouseholdStatus, TransferDirection, TransferState
from households.models import Household, HouseholdSpell, Membership, ObjectionPeriod, Transfer

_NEVER_CONFIRMED = (HouseholdStatus.CANDIDATE, HouseholdStatus.CLOSED)


def objection_days(day: date) -> int | None:
    """Give for how many days objections are heard by the county's rule of that day, or None without a rule."""
    rule = ObjectionPeriod.objects.filter(starts_on__lte=day).order_by("-starts_on").first()
    return rule.days if rule else None


def never_confirmed(closed_by: date) -> Q:
    """Condition on persons: each household of theirs was a candidate only, and was closed by the day.

    Somebody who went to another county, or left a candidate household that still stands, is not among them.
    """
    lives = Membership.objects.filter(person=OuterRef("pk"), tenant=OuterRef("tenant_id"))
    spells = HouseholdSpell.objects.filter(household__memberships__person=OuterRef("pk"), tenant=OuterRef("tenant_id"))
    confirmed = spells.exclude(status__in=_NEVER_CONFIRMED)
    closed_late = spells.filter(status=HouseholdStatus.CLOSED, starts_on__gt=closed_by)
    open_still = spells.filter(ends_on__isnull=True).exclude(status=HouseholdStatus.CLOSED)
    went = lives.filter(end_reason_code="transferred")
    went_alone = Transfer.objects.filter(
        person=OuterRef("pk"),
        tenant=OuterRef("tenant_id"),
        direction=TransferDirection.OUTGOING,
        state=TransferState.DONE,
    )
    return (
        Q(Exists(lives))
        & ~Q(Exists(confirmed))
        & ~Q(Exists(closed_late))
        & ~Q(Exists(open_still))
        & ~Q(Exists(went))
        & ~Q(Exists(went_alone))
        & Q(anonymised_on__isnull=True)
    )


def households_of_nobody(person_ids: Iterable[UUID]) -> list[UUID]:
    """Give the households of these persons in which nobody ever lived but who was anonymised."""
    theirs = Membership.objects.filter(person__in=person_ids).values("household_id")
    others = Membership.objects.filter(
        household=OuterRef("pk"), tenant=OuterRef("tenant_id"), person__anonymised_on__isnull=True
    )
    return list(Household.objects.filter(~Exists(others), id__in=theirs).values_list("id", flat=True))
