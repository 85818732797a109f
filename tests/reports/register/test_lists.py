"""The lists of the register: what stands in them on a day, who sees which rows, and the same by other SQL."""

import pytest

from registry.tenancy.context import Actor
from tests.reports.register.ground import Ground, laid_out, made, records


@pytest.fixture
def ground(office: Actor) -> Ground:
    return made(office)


def test_all(ground: Ground, office: Actor) -> None:
    for report_id in [
        "work_gone_out",
        "work_planned",
        "measures",
        "pairings",
        "helpers",
        "loans",
        "training",
        "welfare_posts",
        "collective_income",
        "fund_use",
        "payments",
        "project_assets",
    ]:
        for sheet in laid_out(report_id, actor=office):
            print("##", sheet.title, sheet.parts[0].total)
            for r in records(sheet):
                print(r)
