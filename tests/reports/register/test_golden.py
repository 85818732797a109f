"""Each report of the register as a workbook, compared cell by cell with the one that was looked at."""

from pathlib import Path
from typing import Any, Final

import pytest

from registry.tenancy.context import Actor
from reports.catalogue.base import Basis, Report, Subject, reports
from reports.renderers.formats import render
from tests.reports.register.ground import Ground, layout_of
from tests.reports.register.written import lines_of

GOLDEN: Final = Path(__file__).parent / "golden"
# The list of a sector depends on who asks; tests/reports/register/test_lists.py reads it.
OF_REGISTER: Final = sorted(
    one.id for one in reports().values() if one.basis is Basis.REGISTER and one.id != "sector-facts"
)


def written(report: Report, ground: Ground, actor: Actor) -> list[str]:
    """Write the report about the county, the first village or the first household, and give the cells."""
    area: dict[str, Any] = {"area_code": ground.first.scope_code} if report.area_level is not None else {}
    home: dict[str, Any] = {"household_id": ground.first.pk} if report.subject is Subject.HOUSEHOLD else {}
    return lines_of(render(layout_of(report.id, actor=actor, **area, **home), "xlsx").content)


@pytest.mark.parametrize("report_id", OF_REGISTER)
def test_workbook_equals_the_golden_one_when_the_same_county_is_asked_about(
    ground: Ground, office: Actor, report_id: str
) -> None:
    expected = (GOLDEN / f"{report_id}.txt").read_text(encoding="utf-8").splitlines()

    assert written(reports()[report_id], ground, office) == expected


def test_every_report_of_the_register_has_a_golden_workbook_when_listed() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.txt")) == OF_REGISTER
