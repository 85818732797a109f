"""Find the person of a draft in the register, or enter a new one."""

from django.utils.translation import gettext_lazy as _

from households.domain.drafts import PersonDraft
from households.models import Household, Person
from registry.crypto import Purpose, blind_index, seal
from registry.lib.errors import Conflict


def person_of(draft: PersonDraft, household: Household) -> Person:
    """Give the person on file under the draft's document, without one under its number, or a new one.

    The draft was checked before. A person whom row-level security hides is met by the unique constraint.
    Locks: the person's row, so that two households cannot take the same person at once.
    Raises: Conflict `person.another_name` when that is somebody of another name.
    """
    index = blind_index(draft.document_number, Purpose.DOCUMENT) if draft.document_number else None
    known = _known(draft, index)
    if known is None:
        return _new_person(draft, household, index)
    if known.name != draft.name:
        message = _(
            "This number is on file under another name. Compare name and number with the card; if the name on file is "
            "wrong, correct it there first."
        )
        raise Conflict("person.another_name", message, field="name")
    return known


def _known(draft: PersonDraft, index: bytes | None) -> Person | None:
    rows = Person.objects.select_for_update(of=("self",))
    if index is not None:
        return rows.filter(document_index=index).first()
    return rows.filter(number=draft.number, is_placeholder=True).first() if draft.number else None


def _new_person(draft: PersonDraft, household: Household, index: bytes | None) -> Person:
    tenant_id = household.tenant_id
    person = Person(scope_code=household.scope_code, number=draft.number, name=draft.name)
    _set_identity(person, draft, index, tenant_id=tenant_id)
    if draft.phone:
        person.phone_sealed = seal(draft.phone, Purpose.PHONE, tenant_id=tenant_id)
        person.phone_index = blind_index(draft.phone, Purpose.PHONE)
    person.follow_name()
    person.save()
    return person


def give_document(person: Person, draft: PersonDraft) -> None:
    """Write the document that somebody without one got in the meantime, with the sex and birth that follow from it.

    The draft was checked before. Raises: IntegrityError when the document is on file of somebody else.
    """
    if person.is_placeholder and draft.document_number:
        index = blind_index(draft.document_number, Purpose.DOCUMENT)
        _set_identity(person, draft, index, tenant_id=person.tenant_id)
        person.touch().save()


def _set_identity(person: Person, draft: PersonDraft, index: bytes | None, *, tenant_id: int) -> None:
    person.sex_code, person.birth_on, person.birth_precision = draft.sex_code, draft.birth_on, draft.birth_precision
    person.document_code, person.document_index, person.is_placeholder = draft.document_code, index, index is None
    person.disability_category_code = draft.disability_category_code
    person.disability_grade_code = draft.disability_grade_code
    if index is not None:
        person.document_sealed = seal(draft.document_number, Purpose.DOCUMENT, tenant_id=tenant_id)
