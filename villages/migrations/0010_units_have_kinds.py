"""Units have a kind, those of a paired-aid province their province, and the check character of a code is held below."""

from django.db import migrations, models

from registry.lib.uscc import check_sum_expression

NAME = "unit_uscc_check_character_fits"


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0009_widen_claims"),
        ("villages", "0007_arm_infrastructure"),
    ]

    operations = [
        migrations.AddField(
            model_name="unit",
            name="kind_code",
            field=models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind of unit"),
        ),
        migrations.AddField(
            model_name="unit",
            name="paired_province_code",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=20, verbose_name="paired-aid province"
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind_code", "7"), models.Q(("paired_province_code", ""), _negated=True)),
                    models.Q(models.Q(("kind_code", "7"), _negated=True), ("paired_province_code", "")),
                    _connector="OR",
                ),
                name="unit_paired_aid_has_its_province",
            ),
        ),
        # NOT VALID: a wrong code that came in before stays readable, and is put right when its unit is next amended.
        migrations.RunSQL(
            f"ALTER TABLE villages_unit ADD CONSTRAINT {NAME}"
            f" CHECK (uscc = '' OR {check_sum_expression('uscc')} = 0) NOT VALID",
            f"ALTER TABLE villages_unit DROP CONSTRAINT {NAME}",
        ),
    ]
