"""The lines of a county's report: the county, its townships, its villages."""

from collections.abc import Iterable, Mapping

from registry.lib.gbcode import Level as DivisionLevel
from registry.lib.gbcode import ancestor_at
from registry.models import Tenant
from registry.queries.divisions import division_names
from registry.tenancy.context import current_tenant_id
from reports.definitions.figures import Division
from reports.enums import Level


def report_divisions(posted: Iterable[str], *, villages_named: Mapping[str, str]) -> list[Division]:
    """Give the county, its townships and its villages in the order of their codes, each below what it belongs to.

    They are the villages of the picture (`villages_named`), and those that only the ledger knows (`posted`), such as a
    village that was merged into another. Names are those of the picture, then of the newest edition of divisions, then
    the code itself.
    """
    tenant = Tenant.objects.get(pk=current_tenant_id())
    names = dict(villages_named)
    villages = set(names) | {code for code in posted if not code.endswith("000")}
    townships = {ancestor_at(code, DivisionLevel.TOWNSHIP) for code in villages}
    codes = sorted({tenant.code, *townships, *villages})
    names = {**division_names(codes), **names, tenant.code: tenant.name}
    return [Division(code, names.get(code, code), _level(code, tenant.code)) for code in codes]


def _level(code: str, county: str) -> Level:
    if code == county:
        return Level.COUNTY
    return Level.TOWNSHIP if code.endswith("000") else Level.VILLAGE
