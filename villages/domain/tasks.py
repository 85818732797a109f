"""Tasks of teams in the county's own words, below the shipped kinds."""

from typing import Final, TypedDict
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError
from registry.lib.periods import today
from registry.lib.text import clean
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from villages.domain.codes import require_code
from villages.enums import TASK_SCHEME
from villages.models import TeamTask

ACTION: Final = "villages.manage_tasks"


class TaskChanges(TypedDict, total=False):
    """The fields of a task; those left out stay."""

    kind_code: str
    name: str
    position: int
    is_active: bool


def add_task(values: TaskChanges, *, actor: Actor) -> TeamTask:
    """Word a task of the county below a kind of assistance.

    Raises: NotAllowed; Conflict when the name is on the list; DomainError for a kind that is no assistance.
    """
    require(actor, ACTION)
    task = TeamTask(scope_code=actor.tenant_code, **_checked({"kind_code": "", "name": "", **values}))
    _save(task, None)
    names = ("kind_code", "name", "position", "is_active")
    record("villages.add_task", task, actor=actor, changes={name: (None, getattr(task, name)) for name in names})
    return task


def amend_task(task_id: UUID, changes: TaskChanges, *, actor: Actor, version: int) -> TeamTask:
    """Write the changed fields of a task that is still at `version`.

    Locks: the task row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    task = lock_version(TeamTask.objects.all(), task_id, version)
    require(actor, ACTION, task)
    values = _checked(changes)
    changed = {name: (getattr(task, name), value) for name, value in values.items() if getattr(task, name) != value}
    if not changed:
        return task
    for name, (_before, value) in changed.items():
        setattr(task, name, value)
    _save(task.touch(), [*changed, "version", "updated_at"])
    record("villages.amend_task", task, actor=actor, changes=changed)
    return task


def _checked(values: TaskChanges) -> TaskChanges:
    checked = values.copy()
    if "name" in checked:
        checked["name"] = clean(checked["name"])
        if not checked["name"]:
            raise DomainError("task.name_missing", _("The name is missing. Enter it."), field="name")
    if "kind_code" in checked:
        require_code(TASK_SCHEME, checked["kind_code"], on=today(), field="kind_code")
    return checked


def _save(task: TeamTask, update_fields: list[str] | None) -> None:
    try:
        with savepoint():
            task.save(update_fields=update_fields)
    except IntegrityError as error:
        message = _("A task of this name is on the list already.")
        raise Conflict("task.on_file", message, field="name") from error
