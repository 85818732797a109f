"""Batches and tasks of teams, and the contact villages of officials."""

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from registry.api.base import TenantAPIView
from villages.api import team_shapes as shapes
from villages.domain.contacts import assign_contact, end_contact
from villages.domain.tasks import add_task, amend_task
from villages.domain.teams import amend_batch, open_batch
from villages.models import TeamBatch, TeamTask, VillageContact
from villages.queries.teams import batches_on_list, contacts_in_scope, tasks_on_list

_BATCH = tuple(shapes.TeamBatchRow().fields)
_TASK = tuple(shapes.TeamTaskRow().fields)
_CONTACT = tuple(shapes.VillageContactRow().fields)


class _BatchView(TenantAPIView):
    """A view that shows one batch."""

    def answer(self, batch: TeamBatch, *, status: int = 200) -> Response:
        """Show the batch, with its version."""
        return self.row({name: getattr(batch, name) for name in _BATCH}, version=batch.version, status=status)


class BatchList(_BatchView):
    """The county's batches of teams."""

    actions: ClassVar = {"GET": "villages.view", "POST": "villages.manage_batches"}
    paged: ClassVar = True

    @extend_schema(operation_id="team_batches_list", responses=shapes.TeamBatchRow(many=True))
    def get(self, request: Request) -> Response:
        """List batches."""
        return self.page(batches_on_list().values(*_BATCH))

    @extend_schema(
        operation_id="team_batches_create", request=shapes.TeamBatchShape, responses={201: shapes.TeamBatchRow}
    )
    def post(self, request: Request) -> Response:
        """Enter a batch."""
        return self.answer(open_batch(self.shape(shapes.TeamBatchShape), actor=self.actor), status=201)


class BatchDetail(_BatchView):
    """One batch."""

    actions: ClassVar = {"PUT": "villages.manage_batches"}

    @extend_schema(operation_id="team_batches_amend", request=shapes.TeamBatchShape, responses=shapes.TeamBatchRow)
    def put(self, request: Request, team_batch_id: UUID) -> Response:
        """Change a batch: teams without a term of their own follow it."""
        changes = self.shape(shapes.TeamBatchShape)
        return self.answer(amend_batch(team_batch_id, changes, actor=self.actor, version=self.version()))


class _TaskView(TenantAPIView):
    """A view that shows one task."""

    def answer(self, task: TeamTask, *, status: int = 200) -> Response:
        """Show the task, with its version."""
        return self.row({name: getattr(task, name) for name in _TASK}, version=task.version, status=status)


class TaskList(_TaskView):
    """The tasks of teams in the county's own words."""

    actions: ClassVar = {"GET": "villages.view", "POST": "villages.manage_tasks"}
    paged: ClassVar = True

    @extend_schema(operation_id="team_tasks_list", responses=shapes.TeamTaskRow(many=True))
    def get(self, request: Request) -> Response:
        """List tasks."""
        return self.page(tasks_on_list().values(*_TASK))

    @extend_schema(operation_id="team_tasks_create", request=shapes.TeamTaskShape, responses={201: shapes.TeamTaskRow})
    def post(self, request: Request) -> Response:
        """Word a task below a kind of assistance."""
        return self.answer(add_task(self.shape(shapes.TeamTaskShape), actor=self.actor), status=201)


class TaskDetail(_TaskView):
    """One task."""

    actions: ClassVar = {"PUT": "villages.manage_tasks"}

    @extend_schema(operation_id="team_tasks_amend", request=shapes.TeamTaskShape, responses=shapes.TeamTaskRow)
    def put(self, request: Request, task_id: UUID) -> Response:
        """Change a task."""
        changes = self.shape(shapes.TeamTaskShape)
        return self.answer(amend_task(task_id, changes, actor=self.actor, version=self.version()))


class _ContactView(TenantAPIView):
    """A view that shows one contact."""

    def answer(self, contact: VillageContact, *, status: int = 200) -> Response:
        """Show the contact, with its version."""
        return self.row({name: getattr(contact, name) for name in _CONTACT}, version=contact.version, status=status)


class ContactList(_ContactView):
    """The contact villages of officials."""

    actions: ClassVar = {"GET": "villages.view", "POST": "villages.manage_contacts"}
    filters: ClassVar = shapes.ContactFilter
    paged: ClassVar = True

    @extend_schema(operation_id="village_contacts_list", responses=shapes.VillageContactRow(many=True))
    def get(self, request: Request) -> Response:
        """List contacts, past ones too."""
        return self.page(self.filtered(contacts_in_scope()).values(*_CONTACT))

    @extend_schema(
        operation_id="village_contacts_assign",
        request=shapes.VillageContactShape,
        responses={201: shapes.VillageContactRow},
    )
    def post(self, request: Request) -> Response:
        """Make a village the contact village of an official."""
        wanted = self.shape(shapes.VillageContactShape)
        contact = assign_contact(wanted.pop("village_id"), actor=self.actor, **wanted)
        return self.answer(contact, status=201)


class ContactEnd(_ContactView):
    """The end of such an assignment."""

    actions: ClassVar = {"POST": "villages.manage_contacts"}

    @extend_schema(operation_id="village_contacts_end", request=shapes.EndDayShape, responses=shapes.VillageContactRow)
    def post(self, request: Request, contact_id: UUID) -> Response:
        """End the assignment; on its first day it was entered in error."""
        wanted = self.shape(shapes.EndDayShape)
        return self.answer(end_contact(contact_id, on=wanted["on"], actor=self.actor, version=self.version()))
