"""What the demonstration shows above the counties: the months that they published, and looks that they granted."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from django.db.models import Q

from oversight.domain.looks import LookDraft, ask_for_look, give_look
from oversight.models import LookGrant
from periods.domain.periods import publish_period
from periods.enums import PeriodState
from periods.models import Period
from registry.enums import Role
from registry.lib.periods import Month, today
from registry.models import Membership, Tenant, User
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope

_READER: Final = "province"
_DAYS: Final = timedelta(days=60)
_PURPOSE: Final = "年度数据质量抽查"


def publish_month(month: Month, *, actor: Actor) -> None:
    """Publish a month of the county that is frozen and not published yet."""
    period = Period.objects.filter(kind="month", first_day=month.first_day, state=PeriodState.FROZEN).first()
    if period is not None:
        publish_period(period.pk, actor=actor)


def grant_look(tenant: Tenant, *, actor: Actor) -> None:
    """Let the county open its lists to the reader of the province: one clerk of its office asks, another decides."""
    reader = User.objects.filter(username=_READER).first()
    clerks = Membership.objects.filter(~Q(user=actor.user_id), tenant=tenant, role=Role.COUNTY_OFFICE)
    second = clerks.select_related("user").first()
    if reader is None or second is None or LookGrant.objects.exists():
        return
    draft = LookDraft(reader.username, tenant.code, _PURPOSE, today(), today() + _DAYS)
    grant = ask_for_look(draft, actor=actor)
    decider = replace(actor, user_id=second.user_id, username=second.user.username)
    with tenant_scope(decider):
        give_look(grant.pk, actor=decider)
