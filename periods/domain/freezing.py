"""Fill a picture of the register, prove that it is as it was made, and empty one that was not finished."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from economy.definitions.goals import SHIPPED_GOAL_YUAN
from economy.enums import AID
from economy.queries.ledger import sources_below
from periods.domain.checksum_sql import CHECKSUM
from periods.domain.fill_sql import FILL
from periods.enums import SnapshotState
from periods.models import FrozenHousehold, FrozenPerson, FrozenVillage, Snapshot
from periods.queries.known import PICTURED, known_sql
from registry.access import require
from registry.audit import record
from registry.lib.errors import Conflict, NotFound
from registry.lib.gbcode import subtree
from registry.tenancy.context import Actor, current_tenant_id
from registry.tenancy.database import joined_in_memory

Row = type[FrozenHousehold] | type[FrozenPerson] | type[FrozenVillage]
ROWS: Final[tuple[Row, ...]] = (FrozenHousehold, FrozenPerson, FrozenVillage)


@dataclass(frozen=True, slots=True)
class Verification:
    """What a picture's checksum was when it was made, and what it is now."""

    noted: str
    found: str

    @property
    def is_sound(self) -> bool:
        """Tell whether the picture is as it was made."""
        return self.noted == self.found


def fill_snapshot(snapshot: Snapshot, *, actor: Actor) -> None:
    """Fill a picture that is being made: its rows, their counts, the moment at which they were read, the checksum.

    The caller opened the transaction and marks the picture as made (`mark_made`). What an interrupted filling left is
    emptied first. The rows are those of the picture's area that the actor may see; one statement reads them, so that
    they fit together whatever is written meanwhile. Locks: the picture's row.
    Raises: Conflict when the picture is made already.
    """
    _lock(snapshot)
    empty_snapshot(snapshot)
    area = subtree(snapshot.scope_code)
    values: dict[str, Any] = {
        "tenant": current_tenant_id(),
        "snapshot": snapshot.pk,
        "day": snapshot.as_of,
        "lo": area.lo,
        "hi": area.hi,
        "aid": sources_below(AID),
        "goal": SHIPPED_GOAL_YUAN,
    }
    statement = known_sql(FILL, known_at=snapshot.known_at, tables=PICTURED)
    with joined_in_memory(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        snapshot.households, snapshot.persons, snapshot.villages, read_at = cursor.fetchone()
    snapshot.taken_at = snapshot.known_at or read_at
    snapshot.checksum = checksum_of(snapshot)
    snapshot.save(update_fields=["households", "persons", "villages", "taken_at", "checksum"])


def mark_made(snapshot: Snapshot) -> None:
    """Mark a filled picture as made: from then on the database keeps it as it is."""
    snapshot.state, snapshot.made_at = SnapshotState.MADE, timezone.now()
    snapshot.save(update_fields=["state", "made_at"])


def empty_snapshot(snapshot: Snapshot) -> int:
    """Delete the rows of a picture that is not made, or was made for a question alone, and give their number."""
    return sum(model.objects.filter(snapshot=snapshot).delete()[0] for model in ROWS)


def checksum_of(snapshot: Snapshot) -> str:
    """Reckon the checksum over the rows of a picture that the scope shows."""
    with joined_in_memory(), connection.cursor() as cursor:
        cursor.execute(CHECKSUM, {"tenant": current_tenant_id(), "snapshot": snapshot.pk})
        (checksum,) = cursor.fetchone()
    return str(checksum)


def verify_snapshot(snapshot_id: UUID, *, actor: Actor) -> Verification:
    """Reckon the checksum of a made picture anew, compare it, and note in the trail who did and what came of it.

    Raises: NotFound; NotAllowed, also for whoever does not see the whole area; Conflict while it is being made.
    """
    snapshot = Snapshot.objects.filter(pk=snapshot_id).first()
    if snapshot is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    require(actor, "periods.verify", snapshot)
    if snapshot.state != SnapshotState.MADE:
        raise Conflict("snapshot.not_made", _("The picture is not made yet. Verify it when it is."))
    result = Verification(snapshot.checksum, checksum_of(snapshot))
    record("periods.verify", snapshot, actor=actor, changes={"is_sound": (None, result.is_sound)})
    return result


def _lock(snapshot: Snapshot) -> None:
    row = Snapshot.objects.select_for_update(of=("self",)).get(pk=snapshot.pk)
    if row.state != SnapshotState.MAKING:
        raise Conflict("snapshot.made", _("The picture is made already and stays as it is."))
