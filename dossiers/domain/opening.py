"""Begin a dossier, and lock one that is open."""

from datetime import date
from typing import Final
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from dossiers.enums import Kind, State
from dossiers.models import Dossier
from dossiers.queries.dossiers import dossiers_in_scope
from dossiers.queries.templates import template_in_use
from dossiers.workflow import PURPOSES
from households.domain.days import require_past
from households.models import Household
from households.queries.visibility import find_household
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from villages.domain.codes import require_code

# The list of which the code of a dossier is, by its kind.
_SCHEMES: Final = {
    Kind.MONITOR: "monitoring_category",
    Kind.REMOVE_RISK: "risk_removal",
    Kind.RETURN: "poverty_cause",
}


def begin_dossier(household_id: UUID, template_key: str, *, on: date, actor: Actor, code: str = "") -> Dossier:
    """Begin a dossier of the household by the edition of the template that is in use now, and keep to that edition.

    `code` is the category for monitoring, the manner for the removal of a risk, or the cause of a return where it is
    known.
    Raises: NotFound, NotAllowed; Conflict when the household's status does not allow it or one of the kind is open.
    """
    require(actor, "dossiers.begin")
    household = find_household(household_id, actor=actor)
    template = template_in_use(template_key)
    require_past(on)
    _require_status(household, Kind(template.kind))
    scheme = _SCHEMES.get(Kind(template.kind))
    if scheme is not None and (code or template.kind != Kind.RETURN):
        require_code(scheme, code, on=on, field="code")
    dossier = Dossier(
        scope_code=household.scope_code,
        household=household,
        template=template,
        kind=template.kind,
        begun_on=on,
        begun_by=actor.user_id,
        code=code if scheme else "",
    )
    try:
        with savepoint():
            dossier.save()
    except IntegrityError as error:
        message = _("The household has an open dossier of this kind already. Go on with that one.")
        raise Conflict("dossier.is_open", message) from error
    changes: dict[str, tuple[object, object]] = {
        "household": (None, household.pk),
        "kind": (None, dossier.kind),
        "begun_on": (None, on),
    }
    record("dossiers.begin", dossier, actor=actor, changes=changes)
    return dossier


def lock_open_dossier(dossier_id: UUID, action: str, *, actor: Actor, version: int | None) -> Dossier:
    """Lock a dossier that is open, for an action that the actor may do.

    Locks: the dossier. Raises: NotFound, NotAllowed, StaleVersion; Conflict for one that has ended.
    """
    dossier = lock_version(dossiers_in_scope(actor), dossier_id, version)
    require(actor, action, dossier)
    require_open(dossier)
    return dossier


def require_open(dossier: Dossier) -> None:
    """Refuse a dossier that has ended. Raises: Conflict `dossier.ended`."""
    if dossier.state != State.OPEN:
        raise Conflict("dossier.ended", _("This dossier has ended. What changes now takes a new one."))


def _require_status(household: Household, kind: Kind) -> None:
    purpose = PURPOSES[kind]
    if household.status not in purpose.statuses or household.monitoring_state not in purpose.monitoring:
        message = _("The household's present status does not allow a dossier of this kind.")
        raise Conflict("dossier.status", message)
