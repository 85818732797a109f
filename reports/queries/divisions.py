"""The lines of a county's report: the county, its townships, its villages."""

from collections.abc import Iterable

from registry.lib.gbcode import Level as DivisionLevel
from registry.lib.gbcode import ancestor_at, subtree
from registry.models import Division as DivisionRow
from registry.models import Tenant
from registry.tenancy.context import current_tenant_id
from reports.definitions.figures import Division
from reports.enums import Level
from villages.models import Village


def report_divisions(posted: Iterable[str]) -> list[Division]:
    """Give the county, its townships and its villages in the order of their codes, each below what it belongs to.

    They are the villages on the register, and those that only the ledger knows (`posted`), such as a village that was
    merged into another. Names are those of the register, then of the newest edition of divisions, then the code itself.
    """
    tenant = Tenant.objects.get(pk=current_tenant_id())
    names = dict(Village.objects.values_list("code", "name"))
    villages = set(names) | {code for code in posted if not code.endswith("000")}
    townships = {ancestor_at(code, DivisionLevel.TOWNSHIP) for code in villages}
    names = {**_official_names(tenant.code), **names, tenant.code: tenant.name}
    codes = sorted({tenant.code, *townships, *villages})
    return [Division(code, names.get(code, code), _level(code, tenant.code)) for code in codes]


def _level(code: str, county: str) -> Level:
    if code == county:
        return Level.COUNTY
    return Level.TOWNSHIP if code.endswith("000") else Level.VILLAGE


def _official_names(county: str) -> dict[str, str]:
    """Give the county's division names, a newer edition over an older one."""
    below = subtree(county)
    rows = DivisionRow.objects.filter(code__gte=below.lo, code__lt=below.hi).order_by("edition")
    return dict(rows.values_list("code", "name"))
