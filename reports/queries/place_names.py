"""Names of villages, townships and counties beside the rows of a list, and of the places where people work."""

from collections.abc import Iterable

from registry.lib.gbcode import Level, ancestor_at, ancestors
from registry.models import Tenant
from registry.queries.divisions import division_names
from registry.tenancy.context import current_tenant_id
from reports.queries.divisions import report_divisions
from villages.models import Village


class PlaceNames:
    """The names of a county's divisions, read once for a report by a few queries."""

    def __init__(self) -> None:
        """Read the names of the county, its townships and its villages."""
        villages = dict(Village.objects.values_list("code", "name"))
        self._names = {one.code: one.name for one in report_divisions((), villages_named=villages)}
        self._county = Tenant.objects.values_list("name", flat=True).get(pk=current_tenant_id())

    def of(self, village_code: str) -> tuple[str, str, str]:
        """Give county, township and village; a code that nothing names stands for itself."""
        township = ancestor_at(village_code, Level.TOWNSHIP)
        return self._county, self.name(township), self.name(village_code)

    def name(self, code: str) -> str:
        """Give the name of a division of the county, or its code."""
        return self._names.get(code, code)


class WorkPlaces:
    """Province, prefecture and county of the places where people work, read once for a report."""

    def __init__(self, codes: Iterable[str]) -> None:
        """Read the names of the codes and of what lies above them, by one query."""
        known = {code for code in codes if code}
        self._names = division_names({above for code in known for above in (code, *ancestors(code))})

    def of(self, code: str) -> str:
        """Give the names from the province down, without a space between them."""
        if not code:
            return ""
        path = [*reversed(ancestors(code)), code]
        return "".join(self._names[one] for one in path if one in self._names) or code
