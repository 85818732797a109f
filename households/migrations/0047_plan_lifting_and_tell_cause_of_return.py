"""Add the planned year of lifting of a household, and the cause of a return to poverty by code."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("households", "0046_mark_tallies")]

    operations = [
        migrations.AddField(
            model_name="household",
            name="planned_lifting_year",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="planned year of lifting"),
        ),
        migrations.AddConstraint(
            model_name="household",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("planned_lifting_year__isnull", True),
                    models.Q(
                        ("planned_lifting_year__gte", 2000),
                        ("planned_lifting_year__isnull", False),
                        ("planned_lifting_year__lte", 2100),
                    ),
                    _connector="OR",
                ),
                name="household_planned_lifting_year_is_plausible",
            ),
        ),
        migrations.AddIndex(
            model_name="household",
            index=models.Index(
                condition=models.Q(("planned_lifting_year__isnull", False)),
                fields=["tenant", "planned_lifting_year"],
                name="household_planned_lifting",
            ),
        ),
        migrations.AddField(
            model_name="householdspell",
            name="cause_code",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=20, verbose_name="cause of the return"
            ),
        ),
        migrations.AddConstraint(
            model_name="householdspell",
            constraint=models.CheckConstraint(
                condition=models.Q(("cause_code", ""), ("status", "returned"), _connector="OR"),
                name="householdspell_cause_is_of_a_return",
            ),
        ),
    ]
