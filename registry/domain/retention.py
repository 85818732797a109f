"""Empty what need not be kept any longer: the details of old audit events. The events themselves stay for ever.

Former versions of rows are kept with the person: no age empties them, only that the person is forgotten.
"""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry import audit
from registry.access import require
from registry.lib.errors import DomainError
from registry.lib.periods import start_of, today
from registry.models import AuditDetail, RowVersion
from registry.tenancy.context import Actor
from registry.tenancy.database import retention

# Source: Cybersecurity Law of the PRC, article 21 (3): network logs are kept for at least six months. From general
# knowledge, to be confirmed by the office's own counsel; a county may keep details longer, never shorter.
SHORTEST_KEEPING: Final = timedelta(days=184)


def empty_audit_details(*, before: date, actor: Actor, reason: str) -> int:
    """Empty before and after of the county's events recorded before a day, and give their number.

    Raises: DomainError when the day is too late for the law, or without a reason.
    """
    require(actor, "registry.empty_audit_details")
    if before > today() - SHORTEST_KEEPING:
        raise DomainError(
            "retention.too_early",
            _("Details of audit events are kept for at least six months. Choose an earlier day."),
            field="before",
        )
    if not reason.strip():
        message = _("Name the decision on which the details are emptied.")
        raise DomainError("retention.no_reason", message, field="reason")
    first_kept = start_of(before)
    full = AuditDetail.objects.filter(Q(before__isnull=False) | Q(after__isnull=False), at__lt=first_kept)
    with retention():
        emptied = full.update(before=None, after=None)
    audit.record("registry.empty_audit_details", actor=actor, reason=reason, count=emptied)
    return emptied


def empty_versions(owner_ids: Collection[UUID], *, table: str = "") -> int:
    """Empty the former versions that belong to persons or households who are forgotten, and give their number.

    With a table only the versions of its rows. A part of the verb that forgets them, which asks the right for it, has a
    reason and is audited.
    """
    rows = RowVersion.objects.filter(owner_id__in=owner_ids, content__isnull=False)
    with retention():
        return (rows.filter(table_name=table) if table else rows).update(content=None)
