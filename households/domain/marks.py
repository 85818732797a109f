"""Read category and grade of disability from certificates that were on file before the columns were."""

from typing import Final

from django.db.models import QuerySet

from households.models import Person
from registry.access import require_role
from registry.audit import record
from registry.crypto import Purpose, unseal
from registry.lib.errors import DomainError
from registry.lib.idcard import DocumentKind, parse_document
from registry.tenancy.context import Actor

_BATCH: Final = 1000


def read_disability_marks(*, actor: Actor) -> int:
    """Write the marks of every person known by a certificate who has none yet; give how many there were.

    A second run finds nobody. A number that does not pass today's checks is left for the quality rules.
    Locks: the persons, by batches. Raises: NotAllowed.
    """
    require_role(actor, "households.read_disability_marks")
    done, last = 0, None
    while batch := list(_next(last)[:_BATCH]):
        last = batch[-1].pk
        marked = [person for person in batch if _mark(person)]
        Person.objects.bulk_update(
            marked, ["disability_category_code", "disability_grade_code", "version", "updated_at"]
        )
        done += len(marked)
    if done:
        record("households.read_disability_marks", actor=actor, count=done, object_type="households.person")
    return done


def _next(last: object) -> "QuerySet[Person]":
    rows = Person.objects.filter(
        document_code=DocumentKind.DISABILITY_CERTIFICATE.value, disability_category_code=""
    ).order_by("id")
    return (rows if last is None else rows.filter(id__gt=last)).select_for_update(of=("self",))


def _mark(person: Person) -> bool:
    if person.document_sealed is None:
        return False
    try:
        document = parse_document(unseal(person.document_sealed, Purpose.DOCUMENT, tenant_id=person.tenant_id))
    except DomainError:
        return False
    person.disability_category_code = document.disability_category_code
    person.disability_grade_code = document.disability_grade_code
    person.touch()
    return bool(document.disability_category_code)
