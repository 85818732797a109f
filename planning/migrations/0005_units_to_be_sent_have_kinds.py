"""Units to be sent, and those that a part names, have a kind, and of paired aid their province."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("planning", "0002_helper_plans"),
        ("registry", "0018_dispatch_office"),
    ]

    operations = [
        migrations.AddField(
            model_name="dispatchunit",
            name="kind_code",
            field=models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind of unit"),
        ),
        migrations.AddField(
            model_name="dispatchunit",
            name="paired_province_code",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=20, verbose_name="paired-aid province"
            ),
        ),
        migrations.AddField(
            model_name="partvillage",
            name="kind_code",
            field=models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind of unit"),
        ),
        migrations.AddField(
            model_name="partvillage",
            name="paired_province_code",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=20, verbose_name="paired-aid province"
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatchunit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind_code", "7"), models.Q(("paired_province_code", ""), _negated=True)),
                    models.Q(models.Q(("kind_code", "7"), _negated=True), ("paired_province_code", "")),
                    _connector="OR",
                ),
                name="dispatchunit_paired_aid_has_its_province",
            ),
        ),
    ]
