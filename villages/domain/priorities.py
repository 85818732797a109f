"""The county's categories of villages by their need for assistance."""

import re
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from registry.access import require
from registry.domain.versions import lock_version
from registry.lib.errors import DomainError
from registry.tenancy.context import Actor
from villages.domain.messages import CONSTRAINTS
from villages.domain.writing import change, enter, require_text
from villages.models import PriorityCategory
from villages.queries.priorities import priorities

# What the registry holds of no person and no village. Source: domain facts, "What the registry refuses to hold".
_REFUSED: Final = re.compile(
    r"民族|宗教|寺|僧|信教|政治|党员|维稳|稳控|反分裂|计划生育|普通话|ethnic|religio|political|securit|stabilit|tribe",
    re.IGNORECASE,
)


def add_priority(code: str, *, name: str, is_offered: bool = True, actor: Actor) -> PriorityCategory:
    """Make a category of the county's own, or word one of the list anew by its code.

    Raises: NotAllowed, Conflict for a code that the county has; DomainError as `amend_priority`.
    """
    require(actor, "villages.manage_priorities")
    code = code.strip()
    if not re.fullmatch(r"[0-9A-Za-z]{1,20}", code):
        raise DomainError("priority.code", CONSTRAINTS["prioritycategory_has_its_shape"], field="code")
    values = {"code": code, "name": _need(name), "is_offered": is_offered}
    row = PriorityCategory(scope_code=actor.tenant_code, **values)
    enter(row, "villages.add_priority", values, actor=actor)
    return row


def amend_priority(
    priority_id: UUID, *, name: str, is_offered: bool, actor: Actor, version: int | None = None
) -> PriorityCategory:
    """Word a category anew, or take it out of the choices; villages that have it keep it.

    Locks: the row. Raises: NotFound, NotAllowed, StaleVersion; DomainError for a name that is no need for assistance.
    """
    row = lock_version(PriorityCategory.objects.all(), priority_id, version)
    require(actor, "villages.manage_priorities", row)
    change(row, "villages.amend_priority", {"name": _need(name), "is_offered": is_offered}, actor=actor)
    return row


def require_priorities(codes: Iterable[str], *, kept: Iterable[str]) -> None:
    """Refuse a category that is not offered; one that the village has already may stay.

    Raises: DomainError `code.unknown`.
    """
    known, has = priorities(), set(kept)
    for code in codes:
        if code not in has and not (code in known and known[code].is_offered):
            message = _("The value is not in its list. Choose one from the list.")
            raise DomainError("code.unknown", message, field="priority_codes")


def _need(name: str) -> str:
    given = require_text(name, _("The name is missing. Enter it."), code="priority.name_missing", field="name")
    if _REFUSED.search(given):
        message = _("Categories tell of the need for assistance and of nothing else. Choose another name.")
        raise DomainError("priority.no_need", message, field="name")
    return given
