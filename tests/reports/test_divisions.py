"""The lines of the report after an edition of divisions renamed some."""

from pathlib import Path

from registry.lib.periods import Month
from registry.tenancy.scope import tenant_scope
from tests.factories.households import registered
from tests.factories.tenants import TOWNSHIP_CODE, county_office
from tests.reports.making import compiled
from tests.support.database import Database, run_manage


def test_township_has_its_newest_name_when_an_edition_renamed_it(committed_database: Database, tmp_path: Path) -> None:
    former, newest = (tmp_path / f"{edition}.csv" for edition in ("2091", "2092"))
    former.write_text(
        f"code,name,level\n549901000000,示例县,county\n{TOWNSHIP_CODE},示例乡,township\n", encoding="utf-8"
    )
    newest.write_text(
        f"code,name,level\n549901000000,示例县,county\n{TOWNSHIP_CODE},新名镇,township\n", encoding="utf-8"
    )
    run_manage("load_divisions", str(former), "--edition", "2091", "--apply", database=committed_database)
    run_manage("load_divisions", str(newest), "--edition", "2092", "--apply", database=committed_database)

    with tenant_scope(county_office()) as office:
        registered(status="filed")
        figures = compiled(Month(2020, 12), actor=office)

    names = {line.division.code: line.division.name for line in figures.accounts["not_lifted"]}
    assert names[TOWNSHIP_CODE] == "新名镇"
