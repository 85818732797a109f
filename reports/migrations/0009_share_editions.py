"""Let several runs be of one edition, as long as they say the same: a schedule sends what was made by hand before."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import migrations


def says_one(about: str, name: str) -> migrations.AddConstraint:
    """Refuse two runs of one edition whose figures differ."""
    same = [(field, "=") for field in ("tenant", "report_id", about, "edition")]
    constraint = ExclusionConstraint(name=name, expressions=[*same, ("digest", "<>")])
    return migrations.AddConstraint("reportrun", constraint)


class Migration(migrations.Migration):
    dependencies = [("periods", "0005_arm_periods"), ("reports", "0004_own_reports")]

    operations = [
        migrations.RemoveConstraint("reportrun", "reportrun_edition_once"),
        migrations.RemoveConstraint("reportrun", "reportrun_period_edition"),
        says_one("month", "reportrun_edition_says_one"),
        says_one("period", "reportrun_period_says_one"),
    ]
