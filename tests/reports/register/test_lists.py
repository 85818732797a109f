"""The lists of the register: what stands in them on a day, who sees which rows, and the same by other SQL."""

import pytest

from registry.tenancy.context import Actor
from tests.reports.register.ground import Ground, laid_out, made, records


@pytest.fixture
def ground(office: Actor) -> Ground:
    return made(office)


def test_all(ground: Ground, office: Actor) -> None:
    from reports.catalogue.base import reports
    for report_id, r in reports().items():
        if r.basis != "register": continue
        v = {"household_id": ground.first.pk} if r.subject == "household" else {}
        if r.area_level: v["area_code"] = ground.first.scope_code
        for sheet in laid_out(report_id, actor=office, **v):
            print("##", report_id, sheet.title, [len(p.rows) if hasattr(p,"rows") else [(i.label.zh, i.value) for i in p.items] for p in sheet.parts], sheet.notes)
            import dataclasses
        for sheet in laid_out(report_id, actor=office, known_at=__import__("datetime").datetime.now(tz=__import__("datetime").timezone.utc), **v):
            print("  known", [len(p.rows) if hasattr(p,"rows") else len(p.items) for p in sheet.parts], sheet.notes[-1])
