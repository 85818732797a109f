"""Helpers: enter, amend, link to a login, and the support periods."""

from datetime import date
from typing import TypedDict
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from assistance.models import Helper, SupportPeriod
from assistance.models.helper import PRIVATE_PERSON
from households.domain.locking import require_reason
from registry.access import require
from registry.audit import record
from registry.crypto import Purpose, blind_index, seal, unseal
from registry.domain.versions import lock_version
from registry.lib.contacts import parse_phone
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.lib.periods import today
from registry.lib.text import clean_name
from registry.models import User
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from villages.domain.codes import require_code
from villages.models import Unit


class HelperChanges(TypedDict, total=False):
    """The fields of a helper; those left out stay. The phone is given in clear."""

    name: str
    kind_code: str
    rank_code: str
    unit_id: UUID | None
    phone: str
    takes_part: bool


def add_helper(values: HelperChanges, *, actor: Actor) -> Helper:
    """Enter a helper of the county, known by name, unit and phone.

    Raises: NotAllowed; NotFound for an unknown unit; Conflict when that helper is on file; DomainError.
    """
    require(actor, "assistance.manage_helpers")
    helper = Helper(scope_code=actor.tenant_code)
    names = _set(helper, {"name": "", **values}, actor)
    _save(helper, None)
    told = {name: (None, getattr(helper, name)) for name in ["kind_code", *names]}
    record("assistance.add_helper", helper, actor=actor, changes=told)
    return helper


def amend_helper(helper_id: UUID, changes: HelperChanges, *, actor: Actor, version: int) -> Helper:
    """Write the changed fields of a helper who is still at `version`.

    Locks: the helper row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    helper = lock_version(Helper.objects.all(), helper_id, version)
    require(actor, "assistance.manage_helpers", helper)
    columns = ("name", "kind_code", "rank_code", "takes_part", "unit_id", "phone_sealed", "phone_index")
    before = {name: getattr(helper, name) for name in columns}
    names = _set(helper, changes, actor)
    if not names:
        return helper
    _save(helper.touch(), [*names, "version", "updated_at"])
    changed = {name: (before[name], getattr(helper, name)) for name in names}
    record("assistance.amend_helper", helper, actor=actor, changes=changed)
    return helper


def link_login(helper_id: UUID, username: str, *, actor: Actor, version: int | None = None) -> Helper:
    """Link the helper with the login of that user name, or with none when it is empty.

    Locks: the helper row. Raises: NotFound, NotAllowed, StaleVersion, Conflict.
    """
    helper = lock_version(Helper.objects.all(), helper_id, version)
    require(actor, "assistance.link_login", helper)
    user = User.objects.filter(username=username.strip().lower()).first() if username else None
    if username and user is None:
        raise NotFound("helper.login_unknown", _("There is no login of this name. Check it."), field="username")
    before, helper.user_id = helper.user_id, user.id if user else None
    _save(helper.touch(), ["user", "version", "updated_at"])
    record("assistance.link_login", helper, actor=actor, changes={"user": (before, helper.user_id)})
    return helper


def reveal_phone(helper_id: UUID, *, actor: Actor, reason: str) -> str:
    """Give a helper's telephone in full.

    Raises: NotFound, NotAllowed, DomainError without a reason.
    """
    require(actor, "assistance.reveal")
    helper = Helper.objects.filter(pk=helper_id).first()
    if helper is None or helper.phone_sealed is None:
        raise NotFound("reveal.empty", _("There is no value on file for this field."))
    reason = require_reason(reason)
    record("assistance.reveal", helper, actor=actor, changes={"phone_sealed": ("", "")}, reason=reason)
    return unseal(helper.phone_sealed, Purpose.PHONE, tenant_id=helper.tenant_id)


def set_support_period(year: int, *, starts_on: date, ends_on: date, actor: Actor) -> SupportPeriod:
    """State the part of a year in which lifted households keep their helper; `ends_on` is the first day after it.

    Raises: NotAllowed; Conflict when the year is on file; DomainError.
    """
    require(actor, "assistance.manage_support")
    _require_period(year, starts_on, ends_on)
    period = SupportPeriod(year=year, starts_on=starts_on, ends_on=ends_on, scope_code=actor.tenant_code)
    try:
        with savepoint():
            period.save()
    except IntegrityError as error:
        message = _("The support period of this year is on file already. Open it and change it there.")
        raise Conflict("support.year_on_file", message, field="year") from error
    changes = {"starts_on": (None, starts_on), "ends_on": (None, ends_on)}
    record("assistance.set_support_period", period, actor=actor, changes=changes)
    return period


def amend_support_period(
    period_id: UUID, *, starts_on: date, ends_on: date, actor: Actor, version: int
) -> SupportPeriod:
    """Change the days of a support period that is still at `version`.

    Locks: the period's row. Raises: NotFound, NotAllowed, StaleVersion, DomainError.
    """
    period = lock_version(SupportPeriod.objects.all(), period_id, version)
    require(actor, "assistance.manage_support", period)
    _require_period(period.year, starts_on, ends_on)
    changes = {"starts_on": (period.starts_on, starts_on), "ends_on": (period.ends_on, ends_on)}
    period.starts_on, period.ends_on = starts_on, ends_on
    period.touch().save(update_fields=["starts_on", "ends_on", "version", "updated_at"])
    record("assistance.amend_support_period", period, actor=actor, changes=changes)
    return period


def _require_period(year: int, starts_on: date, ends_on: date) -> None:
    if ends_on <= starts_on or starts_on.year != year:
        message = _("The period begins in its year and ends after it began. Check both days.")
        raise DomainError("support.period", message, field="starts_on")


def _set(helper: Helper, values: HelperChanges, actor: Actor) -> list[str]:
    """Set the given values in normal form and name the columns that differ now."""
    names = []
    if "name" in values:
        name = clean_name(values["name"])
        if not name:
            raise DomainError("helper.name_missing", _("The name is missing. Enter it."), field="name")
        names += ["name"] if name != helper.name else []
        helper.name = name
    if "kind_code" in values and values["kind_code"] != helper.kind_code:
        require_code("helper_kind", values["kind_code"], on=today(), field="kind_code")
        helper.kind_code = values["kind_code"]
        names.append("kind_code")
    if "rank_code" in values and values["rank_code"] != helper.rank_code:
        if values["rank_code"]:
            require_code("helper_rank", values["rank_code"], on=today(), field="rank_code")
        helper.rank_code = values["rank_code"]
        names.append("rank_code")
    if "takes_part" in values and values["takes_part"] != helper.takes_part:
        helper.takes_part = values["takes_part"]
        names.append("takes_part")
    if "unit_id" in values and values["unit_id"] != helper.unit_id:
        helper.unit = _unit(values["unit_id"]) if values["unit_id"] else None
        names.append("unit_id")
    if helper.unit_id is None and helper.kind_code != PRIVATE_PERSON:
        message = _("The unit is missing: only a private person may be without one. Choose it from the list.")
        raise DomainError("helper.unit_missing", message, field="unit_id")
    if "phone" in values:
        names += _set_phone(helper, values["phone"], actor)
    return names


def _set_phone(helper: Helper, text: str, actor: Actor) -> list[str]:
    phone = parse_phone(text, field="phone") if text else ""
    index = blind_index(phone, Purpose.PHONE) if phone else None
    known = bytes(helper.phone_index) if helper.phone_index is not None else None
    if index == known:
        return []
    helper.phone_index = index
    helper.phone_sealed = seal(phone, Purpose.PHONE, tenant_id=actor.tenant_id) if phone else None
    return ["phone_sealed", "phone_index"]


def _unit(unit_id: UUID) -> Unit:
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        raise NotFound("unit.not_found", _("There is no such unit. Choose one from the list."), field="unit_id")
    return unit


def _save(helper: Helper, update_fields: list[str] | None) -> None:
    try:
        with savepoint():
            helper.save(update_fields=update_fields)
    except IntegrityError as error:
        message = _("This helper, or another helper with this login, is on file already. Use that entry.")
        raise Conflict("helper.on_file", message) from error
