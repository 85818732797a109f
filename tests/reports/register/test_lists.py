"""The lists of the register: what stands in them on a day, who sees which rows, and the same by other SQL."""

import pytest

from registry.tenancy.context import Actor
from tests.reports.register.ground import Ground, laid_out, made, records


@pytest.fixture
def ground(office: Actor) -> Ground:
    return made(office)


def test_all(ground: Ground, office: Actor) -> None:
    from reports.catalogue.base import reports
    import time, datetime

    for report_id, r in reports().items():
        if r.basis != "register":
            continue
        v = {"household_id": ground.first.pk} if r.subject == "household" else {}
        if r.area_level:
            v["area_code"] = ground.first.scope_code
        t = time.time()
        laid_out(report_id, actor=office, **v)
        t2 = time.time()
        laid_out(report_id, actor=office, known_at=datetime.datetime.now(tz=datetime.timezone.utc), **v)
        print(report_id, round(t2 - t, 2), round(time.time() - t2, 2))
