"""Which households an actor sees."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from households.models import Household, Membership, Person
from registry.enums import Role
from registry.lib.errors import NotFound
from registry.tenancy.context import Actor

Narrowing = Callable[["QuerySet[Household]", Actor], "QuerySet[Household]"]

# Roles that see less than their code ranges. The helper's narrowing needs the pairings, which lie above this app and
# are entered here by `assistance.rules`; until that happened a helper sees nothing.
_narrowed: Final[dict[str, Narrowing | None]] = {Role.HELPER: None}


def narrow_role(role: Role, narrowing: Narrowing) -> None:
    """Let `narrowing` say which of the households in scope a role sees."""
    _narrowed[role] = narrowing


def sees_villages_whole(actor: Actor) -> bool:
    """Tell whether the actor sees each household of the villages in scope."""
    return actor.role not in _narrowed


def households_visible_to(actor: Actor) -> "QuerySet[Household]":
    """Give the households that the actor may see: those in scope, for a helper only the paired ones."""
    rows = Household.objects.all()
    if actor.role not in _narrowed:
        return rows
    narrowing = _narrowed[actor.role]
    return narrowing(rows, actor) if narrowing else rows.none()


def memberships_visible_to(actor: Actor) -> "QuerySet[Membership]":
    """Give the memberships of the households that the actor may see, with their persons."""
    rows = Membership.objects.select_related("person", "household")
    if actor.role not in _narrowed:
        return rows
    return rows.filter(household__in=households_visible_to(actor).values("id"))


def persons_visible_to(actor: Actor) -> "QuerySet[Person]":
    """Give the persons that the actor may see: those in scope, for a helper the present members of the paired ones.

    Who has left is told of by the membership; what is on file of that person today is another helper's concern.
    """
    rows = Person.objects.all()
    if actor.role not in _narrowed:
        return rows
    present = memberships_visible_to(actor).filter(ends_on__isnull=True)
    return rows.filter(id__in=present.values("person_id"))


def find_household(household_id: UUID, *, actor: Actor) -> Household:
    """Give one household with its village.

    Raises: NotFound for an unknown one and for one that the actor may not see.
    """
    household = households_visible_to(actor).select_related("village").filter(pk=household_id).first()
    if household is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return household


def find_person(person_id: UUID, *, actor: Actor) -> Person:
    """Give one person.

    Raises: NotFound for an unknown one and for one that the actor may not see.
    """
    person = persons_visible_to(actor).filter(pk=person_id).first()
    if person is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return person


def present_household(person_id: UUID, *, actor: Actor) -> UUID:
    """Give the id of the household to which the person belongs now.

    Raises: NotFound when the person is nobody's member, or lies outside what the actor may see.
    """
    rows = memberships_visible_to(actor).filter(person=person_id, ends_on__isnull=True)
    household_id = rows.values_list("household_id", flat=True).first()
    if household_id is None:
        raise NotFound("member.not_found", _("The person is not a member of a household now."))
    return household_id


def present_membership(person_id: UUID, *, actor: Actor) -> Membership | None:
    """Give the membership of today with its household, or None for nobody's member."""
    return memberships_visible_to(actor).filter(person=person_id, ends_on__isnull=True).first()


def left_membership(person_id: UUID, *, actor: Actor) -> Membership | None:
    """Give the membership that ended last, with its household, of a person who lives in no household now."""
    rows = memberships_visible_to(actor).filter(person=person_id)
    last = rows.order_by(F("ends_on").desc(nulls_first=True), F("starts_on").desc(nulls_last=True), "-id").first()
    return None if last is None or last.ends_on is None else last
