"""Keep a county's claims at what its households hold: each present member with a document is claimed, nobody else."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef

from households.domain.duplicates import note_duplicates
from households.models import DuplicateNotice, Membership, Person
from registry.access import require
from registry.audit import record
from registry.crypto import Purpose, claim_indexes, claim_version, unseal
from registry.domain.claims import Shared, claim_identities
from registry.domain.keys import Renewed, renewed_with_keys
from registry.tenancy.context import Actor
from registry.tenancy.database import renewal

BATCH: Final = 5_000
_FIRST_ID: Final = UUID(int=0)
_WRITE: Final = """UPDATE households_person AS person SET claim_index = wanted.value
    FROM unnest(%s::uuid[], %s::bytea[]) AS wanted (id, value)
    WHERE person.tenant_id = %s AND person.id = wanted.id"""


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a person is claimed under, and what it should be."""

    person_id: UUID
    present: bytes | None
    wanted: bytes | None


@dataclass(frozen=True, slots=True)
class ClaimedBatch:
    """How many claims of a batch changed, and the last person that was looked at."""

    changed: int
    last_id: UUID | None


def refresh_claims(person_ids: Iterable[UUID], *, actor: Actor) -> list[Shared]:
    """Claim those of the persons who live in a household now under their document, and release the others.

    Gives what was claimed just now and another county claims too. Called by each verb by which somebody joins, leaves,
    or gets another document. Locks: the claims that change.
    """
    return _write([claim for claim in _claims_of(list(person_ids)) if claim.present != claim.wanted], actor=actor)


def claim_batch(*, after: UUID | None, actor: Actor) -> ClaimedBatch:
    """Claim the next persons of the county anew, in the order of their ids, whether anything differs or not.

    For a register that is older than claims, after a new key, and to bring back what was lost. Locks: the persons' rows
    before it looks who is present, so that nobody is claimed who leaves meanwhile; then the claims.
    """
    require(actor, "households.claim")
    rows = Person.objects.filter(id__gt=after or _FIRST_ID, document_index__isnull=False).order_by("id")
    locked = rows.select_for_update(of=("self",), no_key=True)
    claims = _claims_of(list(locked.values_list("id", flat=True)[:BATCH]))
    _write(claims, actor=actor)
    changed = sum(claim.present != claim.wanted for claim in claims)
    if changed:
        record("households.claim", actor=actor, count=changed, object_type="households.person")
    return ClaimedBatch(changed, claims[-1].person_id if claims else None)


@renewed_with_keys("households_person.claim_index")
def renew_claims(*, after: UUID | None, actor: Actor) -> Renewed:
    """Claim the next of those who are claimed under a former key under the one in use, and note who is in two counties.

    The first byte of an index is the version of its key, and versions only rise. Locks: as `claim_batch`.
    """
    require(actor, "registry.renew_keys")
    former = Person.objects.filter(id__gt=after or _FIRST_ID, claim_index__lt=bytes([claim_version()])).order_by("id")
    locked = former.select_for_update(of=("self",), no_key=True)
    claims = _claims_of(list(locked.values_list("id", flat=True)[:BATCH]))
    with renewal():
        _write(claims, actor=actor)
    if claims:
        record("households.claim", actor=actor, count=len(claims), object_type="households.person")
    return Renewed(len(claims), 0, claims[-1].person_id if claims else None)


def _claims_of(person_ids: list[UUID]) -> list[_Claim]:
    present = Membership.objects.filter(person=OuterRef("pk"), ends_on__isnull=True)
    rows = list(
        Person.objects.filter(id__in=person_ids)
        .annotate(is_present=Exists(present))
        .order_by("id")
        .values_list("id", "tenant_id", "claim_index", "document_sealed", "is_present")
    )
    living = [row for row in rows if row[4] and row[3] is not None]
    numbers = [
        unseal(sealed or b"", Purpose.DOCUMENT, tenant_id=tenant_id) for _id, tenant_id, _claim, sealed, _is in living
    ]
    wanted = dict(zip((row[0] for row in living), claim_indexes(numbers), strict=True))
    return [_Claim(row[0], bytes(row[2]) if row[2] is not None else None, wanted.get(row[0])) for row in rows]


def _write(claims: list[_Claim], *, actor: Actor) -> list[Shared]:
    changed = [claim for claim in claims if claim.present != claim.wanted]
    if changed:
        with connection.cursor() as cursor:
            values = [claim.wanted for claim in changed]
            cursor.execute(_WRITE, [[claim.person_id for claim in changed], values, actor.tenant_id])
        _take_notices_along(changed)
    released = [claim.present for claim in changed if claim.present is not None]
    wanted = [claim.wanted for claim in claims if claim.wanted is not None]
    shared = claim_identities(wanted, released=released)
    note_duplicates(shared, actor=actor)
    return shared


def _take_notices_along(changed: list[_Claim]) -> None:
    """Under a new key the same claim has another index: the notices about it get it too."""
    for claim in changed:
        if claim.present and claim.wanted and claim.present[0] != claim.wanted[0]:
            rows = DuplicateNotice.objects.filter(person=claim.person_id, claim_index=claim.present)
            rows.update(claim_index=claim.wanted)
