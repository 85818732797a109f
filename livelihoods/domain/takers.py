"""Who may be taken into a course or a post: a present member of a household on the register, of an age that fits."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from households.enums import ON_REGISTER
from households.models import Membership, Person
from households.queries.visibility import memberships_visible_to, persons_visible_to
from registry.lib.errors import DomainError, NotFound
from registry.lib.periods import age_on
from registry.tenancy.context import Actor


def lock_member(person_id: UUID, *, actor: Actor) -> tuple[Person, Membership]:
    """Lock a person who lives in a household on the register now, and give the membership.

    Locks: the person. Raises: NotFound; DomainError for who died, left, or lives in no household on the register.
    """
    person = persons_visible_to(actor).select_for_update(of=("self",)).filter(pk=person_id).first()
    if person is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    membership = memberships_visible_to(actor).filter(person=person_id, ends_on__isnull=True).first()
    if membership is None:
        message = _("The person died, left, or is nobody's member now. Only present members are entered here.")
        raise DomainError("person.no_member", message, field="person_id")
    if membership.household.status not in ON_REGISTER:
        message = _("The household is not on the register now. Only members of registered households are entered here.")
        raise DomainError("person.not_on_register", message, field="person_id")
    return person, membership


def age_of(person: Person, day: date) -> int:
    """Give the age on a day. Raises: DomainError where the day of birth is not known."""
    if person.birth_on is None:
        message = _("The day of birth of this person is not on file. Enter it first.")
        raise DomainError("person.birth_unknown", message, field="person_id")
    return age_on(person.birth_on, day)
