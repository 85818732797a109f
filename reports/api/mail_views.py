"""Schedules, the log of mails, addresses outside, and what came back."""

from typing import Any, ClassVar, Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from registry.api.base import TenantAPIView
from registry.lib.errors import NotFound
from reports.api import mail_shapes as shapes
from reports.api.rows import run_detail_row
from reports.api.shapes import RunDetailRow
from reports.domain.addresses import AddressDraft, ask_address, confirm_address, decide_address, withdraw_address
from reports.domain.deliveries import send_again
from reports.domain.occasions import send_now
from reports.domain.schedules import ScheduleDraft, set_schedule
from reports.domain.stages import coming_times
from reports.models import OutsideAddress, ReportSchedule
from reports.queries.mails import (
    addresses,
    bounce_columns,
    bounces,
    find_address,
    find_mail,
    mail_columns,
    mails_by_key,
)
from reports.queries.recipients import rows_of, users_named
from reports.queries.schedules import find_schedule, occasions_of, schedules

_FIELDS: Final = (
    "id", "area_code", "about", "rhythm", "weekday", "month", "day_rule", "day_of_month", "shift", "stage",
    "working_days", "hour", "form", "is_active", "next_due_at", "version",
)  # fmt: skip
_ADDRESS: Final = ("id", "name", "email", "purpose", "language", "state", "verified_at", "bounced_at", "version")


def _plain(row: ReportSchedule) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _FIELDS} | {"report": row.report_id}


def _detail(row: ReportSchedule) -> dict[str, Any]:
    named = list(rows_of(row))
    return _plain(row) | {
        "recipients": sorted(one.user.username for one in named if one.user is not None),
        "posts": [{"role": one.role, "division_code": one.division_code} for one in named if one.role],
        "addresses": [one.outside_id for one in named if one.outside_id is not None],
        "next_times": [
            {"at": moment.at, "is_sure": moment.is_sure} for moment in coming_times(row, now=timezone.now())
        ],
        "occasions": [
            {
                "first_day": one.first_day,
                "last_day": one.last_day,
                "due_at": one.due_at,
                "state": one.state,
                "run_id": one.run_id,
                "error_code": one.error_code,
                "error": str(one.error),
            }
            for one in occasions_of(row)
        ],
    }


def _draft(wanted: dict[str, Any]) -> ScheduleDraft:
    """Make the draft of a body; whoever is named and is no user here is refused as a recipient."""
    values = {
        name: value for name, value in wanted.items() if name not in {"report", "recipients", "posts", "addresses"}
    }
    return ScheduleDraft(
        report_id=wanted["report"],
        recipient_ids=users_named(wanted["recipients"]),
        posts=frozenset((post["role"], post["division_code"]) for post in wanted["posts"]),
        address_ids=frozenset(wanted["addresses"]),
        **values,
    )


def _found(schedule_id: UUID) -> ReportSchedule:
    row = find_schedule(schedule_id)
    if row is None:
        raise NotFound("report.no_such_schedule", _("There is no such schedule."))
    return row


class ScheduleList(TenantAPIView):
    """The schedules of the county."""

    actions: ClassVar = {"GET": "reports.schedule", "POST": "reports.schedule"}
    filters: ClassVar = shapes.ScheduleFilter
    paged: ClassVar = True

    @extend_schema(operation_id="report_schedules_list", responses=shapes.ScheduleRow(many=True))
    def get(self, request: Request) -> Response:
        """List schedules in the order in which they were set."""
        page = self.page(self.filtered(schedules()).values("report_id", *_FIELDS))
        page.data["results"] = [{"report": row.pop("report_id"), **row} for row in page.data["results"]]
        return page

    @extend_schema(
        operation_id="report_schedules_create", request=shapes.ScheduleShape, responses={201: shapes.ScheduleDetailRow}
    )
    def post(self, request: Request) -> Response:
        """Set a schedule."""
        row = set_schedule(_draft(self.shape(shapes.ScheduleShape)), actor=self.actor, now=timezone.now())
        return self.row(_detail(row), version=row.version, status=201)


class ScheduleDetail(TenantAPIView):
    """One schedule."""

    actions: ClassVar = {"GET": "reports.schedule", "PUT": "reports.schedule"}

    @extend_schema(operation_id="report_schedules_retrieve", responses=shapes.ScheduleDetailRow)
    def get(self, request: Request, schedule_id: UUID) -> Response:
        """Show a schedule with its recipients and times."""
        row = _found(schedule_id)
        return self.row(_detail(row), version=row.version)

    @extend_schema(
        operation_id="report_schedules_update", request=shapes.ScheduleShape, responses=shapes.ScheduleDetailRow
    )
    def put(self, request: Request, schedule_id: UUID) -> Response:
        """Change a schedule as a whole."""
        draft = _draft(self.shape(shapes.ScheduleShape))
        row = set_schedule(draft, actor=self.actor, now=timezone.now(), schedule_id=schedule_id, version=self.version())
        return self.row(_detail(row), version=row.version)


class ScheduleSending(TenantAPIView):
    """The making and sending of a schedule's report, now."""

    actions: ClassVar = {"POST": "reports.send"}
    # It changes nothing of the schedule, and sent twice it does nothing more.
    versioned: ClassVar = False

    @extend_schema(operation_id="report_schedules_send", request=None, responses={201: RunDetailRow})
    def post(self, request: Request, schedule_id: UUID) -> Response:
        """Make and send at once what the schedule is about today."""
        run = send_now(schedule_id, actor=self.actor, now=timezone.now())
        return self.row(run_detail_row(run, None, village_causes=False), status=201)


class MailList(TenantAPIView):
    """The log of mails."""

    actions: ClassVar = {"GET": "reports.view"}
    filters: ClassVar = shapes.MailFilter
    paged: ClassVar = True

    @extend_schema(operation_id="report_mails_list", responses=shapes.MailRow(many=True))
    def get(self, request: Request) -> Response:
        """List mails in the order in which they were added."""
        page = self.page(self.filtered(mails_by_key()), mail_columns)
        page.data["results"] = [_mail_row(row) for row in page.data["results"]]
        return page


def _mail_row(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"month": None if row["month"] is None else f"{row['month']:%Y-%m}"}


class MailSending(TenantAPIView):
    """The sending of one mail again."""

    actions: ClassVar = {"POST": "reports.send"}
    # Its state says whether it may be sent again.
    versioned: ClassVar = False

    @extend_schema(operation_id="report_mails_send_again", request=None, responses=shapes.MailRow)
    def post(self, request: Request, delivery_id: UUID) -> Response:
        """Send an unclear, failed or returned mail again: the same mail, under the same Message-ID."""
        send_again(delivery_id, actor=self.actor)
        row = mail_columns(mails_by_key().filter(pk=find_mail(delivery_id).pk)).get()
        return self.row(_mail_row(row))


def _address(row: OutsideAddress) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _ADDRESS}


class AddressList(TenantAPIView):
    """The addresses outside."""

    actions: ClassVar = {"GET": "reports.view_addresses", "POST": "reports.ask_address"}
    filters: ClassVar = shapes.AddressFilter
    paged: ClassVar = True

    @extend_schema(operation_id="outside_addresses_list", responses=shapes.AddressRow(many=True))
    def get(self, request: Request) -> Response:
        """List addresses in the order in which they were asked for."""
        return self.page(self.filtered(addresses()).values(*_ADDRESS))

    @extend_schema(
        operation_id="outside_addresses_create", request=shapes.AddressShape, responses={201: shapes.AddressRow}
    )
    def post(self, request: Request) -> Response:
        """Ask for an address."""
        row = ask_address(AddressDraft(**self.shape(shapes.AddressShape)), actor=self.actor)
        return self.row(_address(row), version=row.version, status=201)


class AddressDetail(TenantAPIView):
    """One address outside."""

    actions: ClassVar = {"GET": "reports.view_addresses"}

    @extend_schema(operation_id="outside_addresses_retrieve", responses=shapes.AddressRow)
    def get(self, request: Request, address_id: UUID) -> Response:
        """Show an address."""
        row = find_address(address_id)
        return self.row(_address(row), version=row.version)


class AddressDecisionView(TenantAPIView):
    """The decision on an address."""

    actions: ClassVar = {"POST": "reports.decide_address"}

    @extend_schema(operation_id="outside_addresses_decide", request=shapes.AddressDecision, responses=shapes.AddressRow)
    def post(self, request: Request, address_id: UUID) -> Response:
        """Allow or refuse an address."""
        wanted = self.shape(shapes.AddressDecision)
        row = decide_address(address_id, is_allowed=wanted["is_allowed"], actor=self.actor, version=self.version())
        return self.row(_address(row), version=row.version)


class AddressWithdrawalView(TenantAPIView):
    """The end of an address."""

    actions: ClassVar = {"POST": "reports.decide_address"}

    @extend_schema(operation_id="outside_addresses_withdraw", request=None, responses=shapes.AddressRow)
    def post(self, request: Request, address_id: UUID) -> Response:
        """Send nothing more to an address."""
        row = withdraw_address(address_id, actor=self.actor, version=self.version())
        return self.row(_address(row), version=row.version)


class AddressConfirmationView(TenantAPIView):
    """The confirmation of an address by a second administrator."""

    actions: ClassVar = {"POST": "reports.confirm_address"}

    @extend_schema(operation_id="outside_addresses_confirm", request=None, responses=shapes.AddressRow)
    def post(self, request: Request, address_id: UUID) -> Response:
        """Note that the office itself confirmed the address."""
        row = confirm_address(address_id, actor=self.actor, version=self.version())
        return self.row(_address(row), version=row.version)


class BounceList(TenantAPIView):
    """What came back."""

    actions: ClassVar = {"GET": "reports.view_bounces"}
    filters: ClassVar = shapes.BounceFilter
    paged: ClassVar = True

    @extend_schema(operation_id="mail_bounces_list", responses=shapes.BounceRow(many=True))
    def get(self, request: Request) -> Response:
        """List what came back in the order of its coming."""
        return self.page(self.filtered(bounces()), bounce_columns)
