from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0041_name_the_settlement_of_a_relocation"),
    ]

    operations = [
        migrations.AddField(
            model_name="householdyear",
            name="industry_help_code",
            field=models.CharField(
                blank=True, db_default="", max_length=20, verbose_name="help for a business of its own"
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="collector_phone_index",
            field=models.BinaryField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="visit",
            name="collector_phone_sealed",
            field=models.BinaryField(blank=True, null=True, verbose_name="collector's telephone"),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("collector_phone_index__isnull", False), ("collector_phone_sealed__isnull", False)),
                    models.Q(("collector_phone_index__isnull", True), ("collector_phone_sealed__isnull", True)),
                    _connector="OR",
                ),
                name="visit_collector_phone_sealed_with_index",
            ),
        ),
    ]
