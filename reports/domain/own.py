"""Own reports: put together without code, kept for the county, changed, and put out of use."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from registry import audit
from registry.access import require
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError
from registry.lib.text import clean
from registry.tenancy.context import Actor
from reports.models import OwnReport
from reports.queries.own_reports import own_reports, spec_of

MOST_NAME: Final = 60
_FIELDS: Final = ("name", "level", "columns", "filters", "sort", "groups")


@dataclass(frozen=True, slots=True)
class OwnDraft:
    """What an own report shows; `filters` holds dicts of column, operator and values, as they are kept."""

    name: str
    level: str
    columns: tuple[str, ...] = ()
    filters: tuple[dict[str, Any], ...] = ()
    sort: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


def keep_own_report(draft: OwnDraft, *, actor: Actor) -> OwnReport:
    """Keep a new own report. Raises: NotAllowed; Conflict for a name in use; DomainError for what it cannot show."""
    require(actor, "reports.compose")
    own = OwnReport(scope_code=actor.tenant_code, made_by=actor.user_id, **_checked(draft))
    own.save()
    audit.record("reports.keep_own", own, actor=actor, changes={"name": (None, own.name)})
    return own


def amend_own_report(own_id: UUID, draft: OwnDraft, *, actor: Actor, version: int | None) -> OwnReport:
    """Change an own report. Locks: the report. Raises: as `keep_own_report`; NotFound; StaleVersion."""
    require(actor, "reports.compose")
    own = lock_version(own_reports(), own_id, version)
    values = _checked(draft, but=own.pk)
    changes = {name: (getattr(own, name), value) for name, value in values.items() if getattr(own, name) != value}
    if not changes:
        return own
    for name, (_before, after) in changes.items():
        setattr(own, name, after)
    own.touch().save(update_fields=[*changes, "version", "updated_at"])
    audit.record("reports.amend_own", own, actor=actor, changes=changes)
    return own


def retire_own_report(own_id: UUID, *, actor: Actor, version: int | None) -> OwnReport:
    """Put an own report out of use; its runs and files stay. Locks: the report. Raises: NotFound; StaleVersion."""
    require(actor, "reports.compose")
    own = lock_version(own_reports(), own_id, version)
    own.is_active = False
    own.touch().save(update_fields=["is_active", "version", "updated_at"])
    audit.record("reports.retire_own", own, actor=actor, changes={"is_active": (True, False)})
    return own


def _checked(draft: OwnDraft, *, but: UUID | None = None) -> dict[str, Any]:
    """Give the values to keep, once they are known to be readable."""
    name = clean(draft.name)
    if not name or len(name) > MOST_NAME:
        message = _("The report needs a name of at most 60 characters.")
        raise DomainError("own_report.name", message, field="name")
    if own_reports().filter(name=name).exclude(pk=but or UUID(int=0)).exists():
        message = _("There is a report of this name. Choose another name, or change that report.")
        raise Conflict("own_report.name_taken", message, field="name")
    spec_of(draft.level, draft.columns, draft.filters, draft.sort, draft.groups)
    values: dict[str, Any] = {"name": name, "level": draft.level}
    lists: dict[str, Sequence[Any]] = {one: getattr(draft, one) for one in _FIELDS[2:]}
    return values | {one: list(given) for one, given in lists.items()}
