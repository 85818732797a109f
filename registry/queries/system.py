"""What a system administrator looks after: jobs and due work of each county, without any household's data."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Min, QuerySet
from django.utils import timezone

from registry.enums import JobState
from registry.models import PLATFORM_TENANT_ID, DueWork, Job, Tenant
from registry.queries.tenants import county_actor
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope

MOST_FAILURES: Final = 10


@dataclass(frozen=True, slots=True)
class TenantHealth:
    """One tenant: how many jobs stand where, the latest failures, and what is overdue since when."""

    tenant: Tenant
    jobs: dict[str, int]
    failures: tuple[dict[str, Any], ...]
    overdue: int
    overdue_since: datetime | None

    @property
    def queued(self) -> int:
        """Give the jobs that wait."""
        return self.jobs.get(JobState.QUEUED, 0)

    @property
    def running(self) -> int:
        """Give the jobs at work."""
        return self.jobs.get(JobState.RUNNING, 0)

    @property
    def failed(self) -> int:
        """Give the jobs that failed."""
        return self.jobs.get(JobState.FAILED, 0)


def tenants_managed_by(actor: Actor) -> QuerySet[Tenant]:
    """Give the tenants that a system administrator looks after: all for the platform, else the own county."""
    tenants = Tenant.objects.order_by("code")
    return tenants if actor.tenant_id == PLATFORM_TENANT_ID else tenants.filter(pk=actor.tenant_id)


def health_of_tenants(actor: Actor) -> list[TenantHealth]:
    """Look at each tenant in a scope of its own, one after the other."""
    overdue = {
        row["tenant_id"]: (row["pieces"], row["since"])
        for row in DueWork.objects.filter(due_at__lt=timezone.now())
        .values("tenant_id")
        .annotate(pieces=Count("id"), since=Min("due_at"))
    }
    return [_health(tenant, *overdue.get(tenant.pk, (0, None))) for tenant in tenants_managed_by(actor)]


def _health(tenant: Tenant, overdue: int, since: datetime | None) -> TenantHealth:
    with tenant_scope(county_actor(tenant, origin="registry.view_system")):
        states = Counter(dict(Job.objects.values_list("state").annotate(jobs=Count("id")).order_by()))
        failed = Job.objects.filter(state=JobState.FAILED).order_by("-finished_at")
        latest = failed.values("kind", "error_code", "error", "attempts", "finished_at")[:MOST_FAILURES]
        return TenantHealth(tenant, states, tuple(dict(job) for job in latest), overdue, since)
