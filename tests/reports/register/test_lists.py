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


def test_book(ground, office):
    from reports.renderers.formats import render
    from reports.catalogue.base import Picture, reports
    from tests.reports.register.ground import DAY

    p = Picture(as_of=DAY, area_code=ground.first.scope_code, household_id=ground.first.pk)
    lay = reports()["assistance_handbook"].layout(p, actor=office, language="zh-hans")
    open("/tmp/t-cards/book.html", "wb").write(render(lay, "html").content)
    lay = reports()["assistance_handbooks"].layout(
        Picture(as_of=DAY, area_code=ground.first.scope_code), actor=office, language="zh-hans"
    )
    open("/tmp/t-cards/book.xlsx", "wb").write(render(lay, "xlsx").content)
    lay = reports()["work_gone_out"].layout(
        Picture(as_of=DAY, area_code="549901000000"), actor=office, language="zh-hans"
    )
    open("/tmp/t-cards/work.xlsx", "wb").write(render(lay, "xlsx").content)
