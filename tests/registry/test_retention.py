"""Retention: details of old events are emptied by the one verb, events stay."""

import dataclasses
import io
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command

from registry import audit
from registry.domain.retention import empty_audit_details
from registry.enums import Role
from registry.lib.errors import DomainError
from registry.models import AuditDetail, AuditEvent, Tenant
from registry.tenancy.context import Actor, current_state
from registry.tenancy.scope import tenant_scope

pytestmark = pytest.mark.django_db


def recorded(county: Actor, at: datetime) -> None:
    with tenant_scope(county):
        audit.record("test.verb", actor=county, changes={"name": ("a", "b")})
        noted = current_state().pending[-1]
        noted.event.at = noted.detail.at = at


def test_old_details_are_emptied_and_events_stay_when_the_verb_runs(county: Actor) -> None:
    recorded(county, datetime(2020, 5, 1, tzinfo=UTC))
    recorded(county, datetime(2020, 7, 1, tzinfo=UTC))

    with tenant_scope(county):
        emptied = empty_audit_details(before=date(2020, 6, 1), actor=county, reason="决定 2020-1")
        details = list(AuditDetail.objects.order_by("at").values_list("before", flat=True))
    auditor = dataclasses.replace(county, role=Role.AUDIT_ADMINISTRATOR, ranges=())
    with tenant_scope(auditor):
        verbs = list(AuditEvent.objects.order_by("seq").values_list("verb", flat=True))

    assert (emptied, details) == (1, [None, {"name": "a"}])
    assert verbs == ["test.verb", "test.verb", "registry.empty_audit_details"]


@pytest.mark.parametrize(
    ("before", "reason", "code"),
    [(date(2999, 1, 1), "why", "retention.too_early"), (date(2020, 6, 1), " ", "retention.no_reason")],
    ids=["too early", "no reason"],
)
def test_details_stay_when_the_verb_is_refused(county: Actor, before: date, reason: str, code: str) -> None:
    recorded(county, datetime(2020, 5, 1, tzinfo=UTC))

    with tenant_scope(county):
        with pytest.raises(DomainError) as refused:
            empty_audit_details(before=before, actor=county, reason=reason)
        kept = AuditDetail.objects.filter(before__isnull=False).count()

    assert (refused.value.code, kept) == (code, 1)


def test_details_of_a_county_out_of_service_are_emptied_too_when_the_command_runs(county: Actor) -> None:
    recorded(county, datetime(2020, 5, 1, tzinfo=UTC))
    Tenant.objects.filter(pk=county.tenant_id).update(is_active=False)
    out = io.StringIO()

    call_command("empty_audit_details", "--before", "2020-06-01", "--reason", "决定 2020-1", stdout=out)

    with tenant_scope(county):
        assert AuditDetail.objects.get().before is None
    assert f"{county.tenant_code}: 1" in out.getvalue()
