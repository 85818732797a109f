"""Refuse to overwrite what somebody else changed meanwhile."""

from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from registry.lib.errors import NotFound, StaleVersion
from registry.tenancy.models import VersionedModel

Row = TypeVar("Row", bound=VersionedModel)


def lock_version(rows: "QuerySet[Row]", row_id: UUID, version: int | None) -> Row:
    """Lock the row and give it if it is still at `version`; None takes it as it is (a job that has read nothing).

    Locks: the row. Raises: NotFound outside the scope; StaleVersion when the row was changed since it was read.
    """
    row = rows.select_for_update(of=("self",)).filter(pk=row_id).first()
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    if version is not None and row.version != version:
        raise stale_version()
    return row


def stale_version() -> StaleVersion:
    """Give the error of a change that was made from what is no longer so."""
    message = _("Somebody else changed this record meanwhile. Load it again, compare, and repeat your change.")
    return StaleVersion("registry.stale_version", message)
