"""What a household was on a day, and when it last changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Max, Q, QuerySet

from households.enums import HEAD_RELATION, STOCK_OF_STATUS, HouseholdStatus, Stock, TieKind
from households.models import Household, HouseholdSpell, HouseholdTie, Membership, MonitoringSpell
from registry.domain.codes import code_list


@dataclass(frozen=True, slots=True)
class Standing:
    """The stocks in which a household is counted on a day, the village in which it counts, and its persons."""

    stocks: tuple[Stock, ...]
    village_code: str
    persons: int


def covering(day: date) -> Q:
    """Condition on a half-open period that the day lies in it; no start means always."""
    starts = Q(starts_on__isnull=True) | Q(starts_on__lte=day)
    return starts & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))


def members_on(household: Household, day: date) -> int:
    """Count the members of the household on the day."""
    return Membership.objects.filter(covering(day), household=household).count()


def standing_on(household: Household, day: date) -> Standing | None:
    """Give where the household stands on the day, or None before the register counts it."""
    spell = HouseholdSpell.objects.filter(covering(day), household=household).first()
    if spell is None:
        return None
    stocks = [STOCK_OF_STATUS[spell.status]] if spell.status in STOCK_OF_STATUS else []
    if MonitoringSpell.objects.filter(covering(day), household=household).exists():
        stocks.append(Stock.MONITORED)
    return Standing(tuple(stocks), spell.village_code, members_on(household, day))


def first_day(household: Household) -> date:
    """Give the day from which the register counts the household."""
    return HouseholdSpell.objects.filter(household=household).earliest("starts_on").starts_on


def counted_since(household: Household) -> date:
    """Give the day from which the register counts the household: its first one, or that on which it came back."""
    spells = HouseholdSpell.objects.filter(household=household)
    back = spells.filter(status=HouseholdStatus.CLOSED).aggregate(day=Max("ends_on"))["day"]
    return back or first_day(household)


def last_change_on(household: Household) -> date | None:
    """Give the day of the latest change of status, village, monitoring or members.

    A membership that was known before the register began is no change of the register: the household's first day is
    at least as late.
    """
    days = (
        HouseholdSpell.objects.filter(household=household).aggregate(day=Max("starts_on"))["day"],
        *MonitoringSpell.objects.filter(household=household).aggregate(a=Max("starts_on"), b=Max("ends_on")).values(),
        *Membership.objects.filter(household=household).aggregate(a=Max("starts_on"), b=Max("ends_on")).values(),
    )
    return max((day for day in days if day is not None), default=None)


def current_spell(household: Household) -> HouseholdSpell:
    """Give the open spell of status and village."""
    return HouseholdSpell.objects.get(household=household, ends_on__isnull=True)


def current_monitoring(household: Household) -> MonitoringSpell | None:
    """Give the open spell of monitoring, if the risk is not removed."""
    return (
        MonitoringSpell.objects.filter(household=household, ends_on__isnull=True)
        .order_by(F("starts_on").desc())
        .first()
    )


def went_at_risk(household: Household) -> str:
    """Give the code of the closing by which the last monitoring of a household ended; empty where its risk ended."""
    spells = MonitoringSpell.objects.filter(household=household).order_by(F("starts_on").desc(nulls_last=True))
    code = spells.values_list("end_code", flat=True).first() or ""
    return code if code in code_list("closing_reason") else ""


def present_members(household: Household) -> "QuerySet[Membership]":
    """Give the open memberships of the household."""
    return Membership.objects.filter(household=household, ends_on__isnull=True)


def current_head(household: Household) -> Membership | None:
    """Give the present membership of the head."""
    return present_members(household).filter(relation_code=HEAD_RELATION).first()


def persons_last_in(household: Household) -> list[UUID]:
    """Give the persons of whose memberships the latest is in this household."""
    ever = Membership.objects.filter(household=household).values("person_id")
    latest = (
        Membership.objects.filter(person_id__in=ever)
        .order_by("person_id", F("ends_on").desc(nulls_first=True), F("starts_on").desc(nulls_last=True))
        .distinct("person_id")
    )
    return [person for person, home in latest.values_list("person_id", "household_id") if home == household.id]


def last_membership(person_id: UUID) -> Membership | None:
    """Give the membership of now, else the one that ended last, with its household and person."""
    rows = Membership.objects.filter(person=person_id).select_related("household", "person")
    ended = F("ends_on").desc(nulls_first=True)
    return rows.order_by(ended, F("starts_on").desc(nulls_last=True), "-id").first()


def head_since(household: Household, on: date) -> bool:
    """Tell whether somebody is the head on the day or later; a period that was undone on its first day is none."""
    later = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    lasts = Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gt=F("starts_on"))
    return Membership.objects.filter(later, lasts, household=household, relation_code=HEAD_RELATION).exists()


def merged_into(households: Iterable[UUID]) -> dict[UUID, UUID]:
    """Give the households that ended by a merger into one of these, each with the one that goes on.

    One that was merged into a merged one counts too: two queries for each step back.
    """
    found: dict[UUID, UUID] = {}
    goes_on = {household: household for household in households}
    while goes_on:
        ties = HouseholdTie.objects.filter(household__in=goes_on.keys(), kind=TieKind.MERGED_FROM)
        taken_in = {number: goes_on[into] for number, into in ties.values_list("other_number", "household_id")}
        former = Household.objects.filter(number__in=taken_in.keys()).values_list("id", "number") if taken_in else ()
        goes_on = {id_: taken_in[number] for id_, number in former if id_ not in found}
        found |= goes_on
    return found
