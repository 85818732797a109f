"""Assets of projects: enter and amend them, say who keeps them up, dispose of them, take back one entered in error."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from economy.domain.projects import KEEP, locked_project
from economy.domain.writing import change, enter
from economy.enums import ASSET_SCHEME, AssetOwner, AssetState, ProjectState
from economy.models import AssetUpkeep, IndustryProject, IndustryReach, ProjectAsset
from economy.queries.assets import STANDING, find_asset, find_asset_upkeep, uncovered_yuan
from households.domain.days import require_past
from households.domain.locking import require_reason
from registry.access import require
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError
from registry.lib.text import clean
from registry.tenancy.context import Actor
from villages.domain.codes import require_code
from villages.domain.infrastructure import UpkeepDraft, upkeep_values

DISPOSE: Final = "economy.dispose_asset"
_MOST: Final = Decimal("999999999999.99")
_WITH_ASSETS: Final = frozenset(
    {ProjectState.APPROVED, ProjectState.UNDER_WAY, ProjectState.COMPLETED, ProjectState.ACCEPTED, ProjectState.STOPPED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetDraft:
    """A thing that a project's money became. Its owner is a village's collective, an authority, or a cooperative."""

    name: str
    kind_code: str
    value_yuan: Decimal
    acquired_on: date
    owner: str
    custodian: str
    village_id: UUID | None = None
    owner_name: str = ""
    is_idle: bool = False


def add_asset(project_id: UUID, draft: AssetDraft, *, actor: Actor, version: int | None = None) -> ProjectAsset:
    """Enter an asset that a project's money paid for.

    Locks: the project. Raises: NotFound, NotAllowed, StaleVersion; DomainError where the money that was spent or
    turned to shares does not cover its value, or with the field at fault.
    """
    project = locked_project(project_id, KEEP, actor, version)
    if project.state not in _WITH_ASSETS:
        raise Conflict("asset.too_early", _("The project is not approved yet. Its assets come with its money."))
    values = _values(project, draft)
    if ProjectAsset.objects.filter(project=project, state__in=STANDING, **values).exists():
        message = _("The same asset is on file. Where there are two of them, tell them apart by the name.")
        raise Conflict("asset.on_file", message)
    _require_covered(project, draft.value_yuan)
    row = ProjectAsset(scope_code=project.scope_code, project=project, **values)
    enter(row, "economy.add_asset", values, actor=actor)
    return row


def amend_asset(asset_id: UUID, draft: AssetDraft, *, actor: Actor, version: int | None = None) -> ProjectAsset:
    """Amend what an asset is, what it is worth, who owns it and cares for it, and whether it lies idle.

    Locks: the project, then the asset. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    row, project = _standing(asset_id, KEEP, actor, version)
    values = _values(project, draft)
    _require_covered(project, draft.value_yuan - row.value_yuan)
    change(row, "economy.amend_asset", values, actor=actor)
    return row


def dispose_asset(
    asset_id: UUID, *, on: date, received_yuan: Decimal, reason: str, actor: Actor, version: int | None = None
) -> ProjectAsset:
    """Say that an asset was sold, scrapped or lost, for what, and why; upkeep that goes on ends with it.

    Locks: the project, then the asset. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    row, _project = _standing(asset_id, DISPOSE, actor, version)
    require_past(on)
    if on < row.acquired_on:
        message = _("The asset was acquired on %(day)s. Enter that day or a later one.")
        raise DomainError("asset.disposed_early", message % {"day": row.acquired_on.isoformat()}, field="on")
    _require_amount(received_yuan, "received_yuan", least=Decimal(0))
    given = require_reason(reason)[:200]
    values = {
        "state": AssetState.DISPOSED, "disposed_on": on, "disposed_yuan": received_yuan, "end_reason": given,
    }  # fmt: skip
    change(row, "economy.dispose_asset", values, actor=actor, reason=given)
    _end_upkeep(row, on)
    return row


def withdraw_asset(asset_id: UUID, *, reason: str, actor: Actor, version: int | None = None) -> ProjectAsset:
    """Take back an asset that was entered in error; it stays on file and counts no more.

    Locks: the project, then the asset. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    row, _project = _standing(asset_id, DISPOSE, actor, version)
    given = require_reason(reason)[:200]
    values = {"state": AssetState.WITHDRAWN, "end_reason": given}
    change(row, "economy.withdraw_asset", values, actor=actor, reason=given)
    _end_upkeep(row, row.acquired_on)
    return row


def add_asset_upkeep(asset_id: UUID, draft: UpkeepDraft, *, actor: Actor, version: int | None = None) -> AssetUpkeep:
    """Say who keeps an asset up, and with what money a year.

    Locks: the project, then the asset. Raises: NotFound, NotAllowed, StaleVersion; Conflict for days on which another
    keeps it up; DomainError.
    """
    row, _project = _standing(asset_id, KEEP, actor, version)
    values = _upkeep(row, draft)
    upkeep = AssetUpkeep(scope_code=row.scope_code, asset=row, **values)
    enter(upkeep, "economy.add_asset_upkeep", values, actor=actor)
    return upkeep


def amend_asset_upkeep(upkeep_id: UUID, draft: UpkeepDraft, *, actor: Actor, version: int | None = None) -> AssetUpkeep:
    """Correct a period of upkeep or end it; one that ends on its first day was entered in error.

    Locks: the project, the asset, then the period. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    row, _project = _standing(find_asset_upkeep(upkeep_id).asset_id, KEEP, actor, None)
    upkeep = lock_version(AssetUpkeep.objects.all(), upkeep_id, version)
    change(upkeep, "economy.amend_asset_upkeep", _upkeep(row, draft), actor=actor)
    return upkeep


def _standing(asset_id: UUID, action: str, actor: Actor, version: int | None) -> tuple[ProjectAsset, IndustryProject]:
    """Lock an asset that was not disposed of, after its project, for somebody who may do this to it."""
    project = locked_project(find_asset(asset_id).project_id, "economy.view", actor, None)
    row = lock_version(ProjectAsset.objects.all(), asset_id, version)
    require(actor, action, row)
    if row.state not in STANDING:
        raise Conflict("asset.gone", _("This asset was disposed of or taken back, and stays as it is."))
    return row, project


def _values(project: IndustryProject, draft: AssetDraft) -> dict[str, Any]:
    draft = replace(draft, name=clean(draft.name), custodian=clean(draft.custodian), owner_name=clean(draft.owner_name))
    for name in ("name", "custodian"):
        if not getattr(draft, name):
            message = _("The name, or the unit or post that cares for the asset, is missing. Enter it.")
            raise DomainError("asset.text_missing", message, field=name)
    require_past(draft.acquired_on, field="acquired_on")
    require_code(ASSET_SCHEME, draft.kind_code, on=draft.acquired_on, field="kind_code")
    _require_amount(draft.value_yuan, "value_yuan", least=Decimal("0.01"))
    _require_owner(project, draft)
    values = asdict(draft)
    state = AssetState.IDLE if values.pop("is_idle") else AssetState.IN_USE
    return values | {"state": state}


def _require_owner(project: IndustryProject, draft: AssetDraft) -> None:
    if draft.owner not in AssetOwner.values:
        message = _("Choose who owns the asset: a village, the township, the county or a cooperative.")
        raise DomainError("asset.owner", message, field="owner")
    if (draft.owner == AssetOwner.VILLAGE) != (draft.village_id is not None):
        message = _("A village's asset names the village, one of another owner names none.")
        raise DomainError("asset.village", message, field="village_id")
    if draft.owner == AssetOwner.COOPERATIVE and not draft.owner_name:
        message = _("Name the cooperative that owns the asset.")
        raise DomainError("asset.owner_name", message, field="owner_name")
    if draft.village_id is None:
        return
    if not IndustryReach.objects.filter(project=project, village=draft.village_id).exists():
        message = _("The project does not reach this village. Choose one that it reaches.")
        raise DomainError("asset.another_village", message, field="village_id")


def _require_covered(project: IndustryProject, more: Decimal) -> None:
    rest = uncovered_yuan(project.pk)
    if more > rest:
        message = _(
            "The project's money does not cover this value: %(rest)s yuan that were spent or turned to shares have no "
            "asset yet. Note the money first, or check the value."
        )
        raise DomainError("asset.without_money", message % {"rest": rest}, field="value_yuan")


def _require_amount(amount: Decimal, field: str, *, least: Decimal) -> None:
    if not amount.is_finite() or not least <= amount <= _MOST or amount != round(amount, 2):
        message = _("The amount is not negative, in yuan with two decimals at most. Check it.")
        raise DomainError("asset.amount", message, field=field)


def _upkeep(row: ProjectAsset, draft: UpkeepDraft) -> dict[str, Any]:
    if draft.starts_on < row.acquired_on:
        message = _("The asset was acquired on %(day)s. Enter that day or a later one.")
        raise DomainError("upkeep.early", message % {"day": row.acquired_on.isoformat()}, field="starts_on")
    return upkeep_values(draft)


def _end_upkeep(row: ProjectAsset, on: date) -> None:
    going_on = AssetUpkeep.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), asset=row)
    going_on.update(ends_on=Greatest(F("starts_on"), on), version=F("version") + 1, updated_at=timezone.now())
