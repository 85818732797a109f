"""Find households and persons by what people know of them: a number, a name, a document, a telephone.

Sealed values are found by their blind index; nothing is opened for it.
"""

from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from households.models import Household, Membership, Person
from households.queries.visibility import households_visible_to, memberships_visible_to, persons_visible_to
from registry.crypto import Purpose, blind_index
from registry.lib.contacts import normal_phone
from registry.lib.errors import NotFound
from registry.lib.idcard import document_key
from registry.lib.text import clean, clean_name
from registry.tenancy.context import Actor

LAST_CHARACTER: Final = chr(0x10FFFF)
NOBODY: Final = Q(pk__in=[])


def members_found(text: str, *, actor: Actor) -> "QuerySet[Membership]":
    """Give the memberships, past ones too, that one text may mean, those of today first.

    It is compared with the numbers of household and person, the beginning of the name, the document number, and the
    telephones of person and household.
    """
    number, name = clean(text), clean_name(text)
    if not number or not name:
        return Membership.objects.none()
    named = Q(name__gte=name, name__lt=name + LAST_CHARACTER)
    persons = Person.objects.filter(named | Q(number=number) | _document(number) | _phone(number))
    households = Household.objects.filter(Q(number=number) | _phone(number))
    rows = memberships_visible_to(actor)
    return _in_order(rows.filter(Q(person__in=persons.values("id")) | Q(household__in=households.values("id"))))


def members_with(*, document_number: str = "", phone: str = "", name: str = "", actor: Actor) -> "QuerySet[Membership]":
    """Give the memberships, past ones too, of the persons of whom all that is given holds; nothing for nothing."""
    conditions = [
        *([_document(document_number)] if document_number else []),
        *([_phone(phone)] if phone else []),
        *([Q(name=clean_name(name))] if name else []),
    ]
    if not conditions:
        return Membership.objects.none()
    persons = Person.objects.filter(*conditions)
    return _in_order(memberships_visible_to(actor).filter(person__in=persons.values("id")))


def household_with_number(number: str, *, actor: Actor) -> UUID | None:
    """Give the id of the household with the number, among those that the actor may see."""
    return households_visible_to(actor).filter(number=clean(number)).values_list("id", flat=True).first()


def household_of_number(number: str, *, actor: Actor) -> UUID:
    """Give the id of the household with the number that was typed. Raises: NotFound `household.not_found`."""
    household_id = household_with_number(number, actor=actor)
    if household_id is None:
        message = _("There is no household with this number in your area. Check the number.")
        raise NotFound("household.not_found", message, field="household_number")
    return household_id


def person_with_number(number: str, *, actor: Actor) -> UUID | None:
    """Give the id of the person with the national number, among those that the actor may see."""
    return persons_visible_to(actor).filter(number=clean(number)).values_list("id", flat=True).first()


def _document(number: str) -> Q:
    return Q(document_index=blind_index(number, Purpose.DOCUMENT)) if document_key(number) else NOBODY


def _phone(number: str) -> Q:
    return Q(phone_index=blind_index(number, Purpose.PHONE)) if normal_phone(number) else NOBODY


def _in_order(rows: "QuerySet[Membership]") -> "QuerySet[Membership]":
    return rows.select_related("person", "household__village").order_by(
        "-ends_on", "household__number", "relation_code"
    )
