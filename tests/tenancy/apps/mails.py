"""Schedules, mails, addresses outside and what came back."""

from dataclasses import replace
from typing import Any, Final

from registry.models import Tenant
from reports.definitions.account import REPORT_ID
from reports.domain.addresses import AddressDraft, ask_address
from reports.models import OutsideAddress, ReportSchedule
from tests.reports.people import reader
from tests.tenancy.app_lists import AppLists, Ground, Written


def write(ground: Ground) -> Written:
    """Ask for an address outside; whoever asks the tests is somebody else."""
    tenant = Tenant.objects.get(pk=ground.actor.tenant_id)
    clerk = reader(f"asks-{tenant.id}", area=tenant.code, tenant=tenant)
    draft = AddressDraft(name=ground.mark, email=f"office{tenant.id}@example.invalid", purpose=ground.mark)
    row = ask_address(draft, actor=replace(ground.actor, user_id=clerk.pk))
    return Written({"address_id": row.pk}, {"reports_outsideaddress": row.pk})


_SCHEDULE: Final[dict[str, Any]] = {"report": REPORT_ID, "is_active": False}
LISTS: Final = AppLists(
    pages={
        "admin:report-schedule-send": "reports.send",
        "admin:report-schedule-preview": "reports.schedule",
        "admin:report-mail-preview": "reports.view",
        "admin:report-mails": "reports.view",
        "admin:report-addresses": "reports.view_addresses",
        "admin:report-address-ask": "reports.ask_address",
        "admin:report-address-decide": "reports.decide_address",
        "admin:report-address-confirm": "reports.confirm_address",
        "admin:report-address-link": "reports.decide_address",
        "admin:report-bounces": "reports.view_bounces",
    },
    api={
        "api:report-schedules": {"GET": "reports.schedule", "POST": "reports.schedule"},
        "api:report-schedule": {"GET": "reports.schedule", "PUT": "reports.schedule"},
        "api:report-schedule-sending": {"POST": "reports.send"},
        "api:report-mails": {"GET": "reports.view"},
        "api:report-mail-sending": {"POST": "reports.send"},
        "api:outside-addresses": {"GET": "reports.view_addresses", "POST": "reports.ask_address"},
        "api:outside-address": {"GET": "reports.view_addresses"},
        "api:outside-address-decision": {"POST": "reports.decide_address"},
        "api:outside-address-withdrawal": {"POST": "reports.decide_address"},
        "api:outside-address-confirmation": {"POST": "reports.confirm_address"},
        "api:mail-bounces": {"GET": "reports.view_bounces"},
    },
    write=write,
    bodies={
        ("api:report-schedule", "PUT"): _SCHEDULE,
        ("api:report-schedule-sending", "POST"): {},
        ("api:report-mail-sending", "POST"): {},
        ("api:outside-address-decision", "POST"): {"is_allowed": True},
        ("api:outside-address-withdrawal", "POST"): {},
        ("api:outside-address-confirmation", "POST"): {},
    },
    versioned={"schedule_id": ReportSchedule, "address_id": OutsideAddress},
    more={
        ("api:report-schedules", "POST"): _SCHEDULE,
        ("api:outside-addresses", "POST"): {
            "name": "trial",
            "email": "trial@example.invalid",
            "purpose": "trial",
        },
    },
    names={"addresses": "address_id"},
    named={"address_id": "reports_outsideaddress"},
    without_version={"api:report-schedule-sending", "api:report-mail-sending"},
    one_more={"api:report-schedules"},
    shared={"reports_outsideaddress", "reports_bounce"},
)
