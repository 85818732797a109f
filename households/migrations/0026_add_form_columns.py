"""Add columns of the official form: address, bank, family of a serviceman, house and associations."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("households", "0023_look_each_night_for_near_pairs")]

    operations = [
        migrations.AddField(
            model_name="household",
            name="address",
            field=models.CharField(blank=True, db_default="", default="", max_length=200, verbose_name="address"),
        ),
        migrations.AddField(
            model_name="household",
            name="bank_name",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=100, verbose_name="bank of the account"
            ),
        ),
        migrations.AddField(
            model_name="household",
            name="is_servicemans_family",
            field=models.BooleanField(blank=True, null=True, verbose_name="is a family of a serviceman or martyr"),
        ),
        migrations.AddField(
            model_name="householdyear",
            name="built_year",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year of building"),
        ),
        migrations.AddField(
            model_name="householdyear",
            name="is_in_association",
            field=models.BooleanField(blank=True, null=True, verbose_name="is in a trade association"),
        ),
        migrations.AddField(
            model_name="householdyear",
            name="is_in_mutual_fund",
            field=models.BooleanField(blank=True, null=True, verbose_name="is in a mutual-aid fund"),
        ),
        migrations.AddConstraint(
            model_name="householdyear",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("built_year__isnull", True),
                    models.Q(("built_year__gte", 1800), ("built_year__isnull", False), ("built_year__lte", 2100)),
                    _connector="OR",
                ),
                name="householdyear_built_year_is_plausible",
            ),
        ),
    ]
