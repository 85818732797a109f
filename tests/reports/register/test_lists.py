"""The lists of the register: what stands in them on a day, who sees which rows, and the same by other SQL."""

from reports.catalogue.base import reports
from tests.reports.register.ground import Ground, laid_out


def test_all(ground: Ground, office) -> None:
    for report_id, r in reports().items():
        if r.basis != "register":
            continue
        v = {"household_id": ground.first.pk} if r.subject == "household" else {}
        if r.area_level:
            v["area_code"] = ground.first.scope_code
        for sheet in laid_out(report_id, actor=office, **v):
            print("##", report_id, sheet.title)
            for p in sheet.parts:
                if hasattr(p, "rows"):
                    print("  T", p.title and p.title.zh, p.total)
                    for row in p.rows:
                        print("    ", [str(x) for x in row])
                else:
                    print("  F", [(i.label.zh, str(i.value)) for i in p.items])
