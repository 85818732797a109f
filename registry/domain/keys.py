"""Bring what is sealed and indexed under the keys in use, after the key ring got new ones.

Everything can be broken off at any moment and called again: a value says itself under which key it lies, a tenant under
which key it is indexed. No version and no moment of change is touched, since nothing changes that a person can see.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol
from uuid import UUID

from django.db import connection

from registry import audit
from registry.access import require
from registry.crypto import (
    Purpose,
    current_ring,
    head_in_use,
    indexes_under,
    is_current,
    reseal,
    unseal,
)
from registry.lib.errors import DomainError
from registry.lib.messages import gettext_lazy as _
from registry.models import Letter, Tenant
from registry.tenancy.checks import tenant_models
from registry.tenancy.context import Actor
from registry.tenancy.database import renewal, wait_for_locks_at_most
from registry.tenancy.models import TenantModel

BATCH: Final = 2_000
LONGEST_WAIT_MS: Final = 500
_FIRST_ID: Final = UUID(int=0)
_SEALED: Final = "_sealed"


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """A sealed column of a tenant table, with its blind index where it has one."""

    table: str
    sealed: str
    index: str
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class Renewed:
    """One batch: how many values were sealed anew, how many do not open, and the last row that was looked at."""

    count: int
    damaged: int
    last_id: UUID | None


class RenewBatch(Protocol):
    """What brings the next rows of a kind under the keys in use, in the scope of a county."""

    def __call__(self, *, after: UUID | None, actor: Actor) -> Renewed:
        """Renew what comes after a row; who finds no more gives no last row."""


_others: dict[str, RenewBatch] = {}


def renewed_with_keys(place: str) -> Callable[[RenewBatch], RenewBatch]:
    """Register what an app above derives from keys and keeps under a name of its own, to be renewed with all else."""

    def register(renew: RenewBatch) -> RenewBatch:
        _others[place] = renew
        return renew

    return register


def renewed_by_apps() -> dict[str, RenewBatch]:
    """Give what the apps above registered, by its place."""
    return dict(sorted(_others.items()))


def sealed_columns() -> list[SealedColumn]:
    """Give every sealed column: `<purpose>_sealed`, or as the model's `sealed_as` says."""
    return [
        _column(model._meta.db_table, field.name, {other.name for other in model._meta.local_fields}, model)
        for model in tenant_models()
        for field in model._meta.local_fields
        if field.name.endswith(_SEALED)
    ]


def _column(table: str, sealed: str, columns: set[str], model: type[TenantModel]) -> SealedColumn:
    name = sealed.removesuffix(_SEALED)
    index = f"{name}_index"
    purpose: Purpose = getattr(model, "sealed_as", {}).get(name) or Purpose(name)
    return SealedColumn(table, sealed, index if index in columns else "", purpose)


def index_tenant_anew(*, actor: Actor) -> int:
    """Index every sealed value of the tenant under the newest index key, and give their number; 0 where it is done.

    One transaction: until it ends, all searches use the former key; those who index a value meanwhile wait for it.
    Locks: the tenant and the rows; gives up after half a second of waiting, so that it never stops others at work.
    Raises: OperationalError when others were at work; DomainError with the row of a value that does not open.
    """
    require(actor, "registry.renew_keys")
    wait_for_locks_at_most(LONGEST_WAIT_MS)
    # NO KEY: rows of the tenant may still be inserted, whose foreign keys look at this row.
    tenant = Tenant.objects.select_for_update(of=("self",), no_key=True).get(pk=actor.tenant_id)
    version = current_ring().index_version
    if tenant.index_version == version:
        return 0
    count = sum(_index_column(column, version, tenant_id=tenant.pk) for column in sealed_columns() if column.index)
    tenant.index_version = version
    tenant.save(update_fields=["index_version"])
    audit.record("registry.index_anew", actor=actor, count=count)
    return count


def _index_column(column: SealedColumn, version: int, *, tenant_id: int) -> int:
    statement = f"""SELECT id, "{column.sealed}" FROM "{column.table}"
        WHERE tenant_id = %s AND id > %s AND "{column.index}" IS NOT NULL ORDER BY id LIMIT %s FOR UPDATE"""  # noqa: S608  (our own names)
    count, last_id = 0, _FIRST_ID
    while True:
        with connection.cursor() as cursor:
            cursor.execute(statement, [tenant_id, last_id, BATCH])
            rows = cursor.fetchall()
        if not rows:
            return count
        texts = [_opened(column, row_id, sealed, tenant_id) for row_id, sealed in rows]
        ids = [row_id for row_id, _sealed in rows]
        _write(column.table, column.index, ids, indexes_under(version, texts, column.purpose), tenant_id=tenant_id)
        count, last_id = count + len(rows), ids[-1]


def _opened(column: SealedColumn, row_id: UUID, sealed: bytes, tenant_id: int) -> str:
    try:
        return unseal(sealed, column.purpose, tenant_id=tenant_id)
    except DomainError as error:
        message = _("The value %(column)s of row %(id)s in %(table)s cannot be opened. Restore it from a backup first.")
        places = {"column": column.sealed, "id": row_id, "table": column.table}
        raise DomainError(error.code, message % places) from error


def reseal_batch(column: SealedColumn, *, after: UUID | None, actor: Actor) -> Renewed:
    """Seal the next values of a column that lie under a former key or cipher, in the order of the rows.

    Locks: the rows; those that somebody else works on are left for the next call. A value that does not open stays.
    """
    require(actor, "registry.renew_keys")
    statement = f"""SELECT id, "{column.sealed}" FROM "{column.table}"
        WHERE tenant_id = %s AND id > %s AND substring("{column.sealed}" FOR 3) <> %s
        ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED"""  # noqa: S608  (our own names)
    with connection.cursor() as cursor:
        cursor.execute(statement, [actor.tenant_id, after or _FIRST_ID, head_in_use(), BATCH])
        rows = cursor.fetchall()
    renewed = [(row_id, resealed_or_none(sealed, column.purpose, actor.tenant_id)) for row_id, sealed in rows]
    good = [(row_id, value) for row_id, value in renewed if value is not None]
    _write(
        column.table,
        column.sealed,
        [row_id for row_id, _value in good],
        [value for _row_id, value in good],
        tenant_id=actor.tenant_id,
    )
    if good:
        audit.record("registry.reseal", actor=actor, count=len(good), reason=f"{column.table}.{column.sealed}")
    return Renewed(len(good), len(rows) - len(good), rows[-1][0] if rows else None)


def resealed_or_none(sealed: bytes | memoryview, purpose: Purpose, tenant_id: int) -> bytes | None:
    """Seal a value anew; give None for one that does not open."""
    try:
        return reseal(sealed, purpose, tenant_id=tenant_id)
    except DomainError:
        return None


def _write(table: str, name: str, ids: Sequence[UUID], values: Sequence[bytes], *, tenant_id: int) -> None:
    statement = f"""UPDATE "{table}" AS row SET "{name}" = renewed.value
        FROM unnest(%s::uuid[], %s::bytea[]) AS renewed (id, value)
        WHERE row.tenant_id = %s AND row.id = renewed.id"""  # noqa: S608  (our own names)
    with renewal(), connection.cursor() as cursor:
        cursor.execute(statement, [list(ids), list(values), tenant_id])


def reseal_letters(*, actor: Actor) -> Renewed:
    """Seal the letters anew that the tenant sent and that wait to be delivered. Locks: the letters."""
    require(actor, "registry.renew_keys")
    waiting = Letter.objects.filter(sender_id=actor.tenant_id, delivered_at__isnull=True)
    former = [one for one in waiting.select_for_update(of=("self",), skip_locked=True) if not is_current(one.payload)]
    count = 0
    for letter in former:
        sealed = resealed_or_none(letter.payload, Purpose.LETTER, actor.tenant_id)
        if sealed is not None:
            letter.payload = sealed
            letter.save(update_fields=["payload"])
            count += 1
    if count:
        audit.record("registry.reseal", actor=actor, count=count, reason=Letter._meta.db_table)
    return Renewed(count, len(former) - count, None)


def values_under_former_keys(*, actor: Actor) -> dict[str, int]:
    """Count for each sealed column, and for letters that wait, what is not under the key in use; leave out none."""
    counts = {}
    for column in sealed_columns():
        statement = f"""SELECT count(*) FROM "{column.table}"
            WHERE tenant_id = %s AND substring("{column.sealed}" FOR 3) <> %s"""  # noqa: S608  (our own names)
        with connection.cursor() as cursor:
            cursor.execute(statement, [actor.tenant_id, head_in_use()])
            counts[f"{column.table}.{column.sealed}"] = int(cursor.fetchone()[0])
    letters = Letter.objects.filter(sender_id=actor.tenant_id, delivered_at__isnull=True).values_list(
        "payload", flat=True
    )
    counts[Letter._meta.db_table] = sum(not is_current(payload) for payload in letters)
    return {place: count for place, count in counts.items() if count}
