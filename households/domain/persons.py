"""Find the person of a draft in the register, or enter a new one."""

from households.domain.drafts import PersonDraft
from households.models import Household, Person
from registry.crypto import Purpose, blind_index, seal


def person_of(draft: PersonDraft, household: Household) -> Person:
    """Give the person on file under the draft's document, or a new one in the household's village.

    The draft was checked before. A person whom row-level security hides is met by the unique constraint.
    """
    index = blind_index(draft.document_number, Purpose.DOCUMENT) if draft.document_number else None
    known = Person.objects.filter(document_index=index).first() if index else None
    return known or _new_person(draft, household, index)


def _new_person(draft: PersonDraft, household: Household, index: bytes | None) -> Person:
    tenant_id = household.tenant_id
    person = Person(
        scope_code=household.scope_code,
        number=draft.number,
        name=draft.name,
        sex_code=draft.sex_code,
        birth_on=draft.birth_on,
        birth_precision=draft.birth_precision,
        document_code=draft.document_code,
        is_placeholder=index is None,
        document_index=index,
    )
    if index is not None:
        person.document_sealed = seal(draft.document_number, Purpose.DOCUMENT, tenant_id=tenant_id)
    if draft.phone:
        person.phone_sealed = seal(draft.phone, Purpose.PHONE, tenant_id=tenant_id)
        person.phone_index = blind_index(draft.phone, Purpose.PHONE)
    person.save()
    return person
