"""The work of periods that runs by itself."""

from typing import Any
from uuid import UUID

from periods.domain import freezes, questions
from registry.jobs import Progress, job
from registry.tenancy.context import Actor, current_actor
from registry.tenancy.scope import snapshot_scope


def _take_picture(actor: Actor, progress: Progress, **arguments: str) -> None:
    with snapshot_scope(actor):
        freezes.take_picture(UUID(arguments["snapshot_id"]), actor=actor, progress=progress)


def _freeze_failed(arguments: dict[str, str], code: str, message: object) -> None:
    freezes.fail_freeze(UUID(arguments["snapshot_id"]), code, message, actor=current_actor())


@job(freezes.FREEZE_JOB, before=_take_picture, on_failure=_freeze_failed)
def freeze_period(progress: Progress, **arguments: str) -> dict[str, Any]:
    """Freeze a period: the picture was taken before, in a transaction of its own."""
    snapshot = freezes.finish_freeze(UUID(arguments["snapshot_id"]), actor=current_actor(), progress=progress)
    return {"edition": snapshot.edition, "households": snapshot.households}


def _question_failed(arguments: dict[str, str], code: str, message: object) -> None:
    questions.fail_picture(UUID(arguments["snapshot_id"]), code, message)


@job(questions.QUESTION_JOB, on_failure=_question_failed)
def answer_question(progress: Progress, **arguments: str) -> dict[str, Any]:
    """Make a picture that somebody asked for."""
    snapshot = questions.make_picture(UUID(arguments["snapshot_id"]), actor=current_actor())
    return {"households": snapshot.households, "persons": snapshot.persons}
