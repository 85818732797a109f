"""The work of periods that runs by itself."""

from typing import Any
from uuid import UUID

from periods.domain import freezes
from registry.jobs import Progress, job
from registry.tenancy.context import current_actor


def _take_picture(progress: Progress, **arguments: str) -> None:
    freezes.take_picture(UUID(arguments["snapshot_id"]), actor=current_actor(), progress=progress)


def _freeze_failed(arguments: dict[str, str], code: str, message: object) -> None:
    freezes.fail_freeze(UUID(arguments["snapshot_id"]), code, message, actor=current_actor())


@job(freezes.FREEZE_JOB, before=_take_picture, on_failure=_freeze_failed)
def freeze_period(progress: Progress, **arguments: str) -> dict[str, Any]:
    """Freeze a period: the picture was taken before, in a transaction of its own."""
    snapshot = freezes.finish_freeze(UUID(arguments["snapshot_id"]), actor=current_actor(), progress=progress)
    return {"edition": snapshot.edition, "households": snapshot.households}
