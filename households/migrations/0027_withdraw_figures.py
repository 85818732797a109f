"""Let a county withdraw its figures, and a line count otherwise than the rule."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("households", "0026_add_form_columns")]

    operations = [
        migrations.RemoveConstraint(
            model_name="costcoefficient",
            name="costcoefficient_once",
        ),
        migrations.RemoveConstraint(
            model_name="incomerule",
            name="incomerule_once_a_year",
        ),
        migrations.RemoveConstraint(
            model_name="yearline",
            name="yearline_year_once",
        ),
        migrations.AddField(
            model_name="costcoefficient",
            name="withdrawn_on",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="withdrawn on"),
        ),
        migrations.AddField(
            model_name="incomeline",
            name="counts_by_exception",
            field=models.BooleanField(db_default=False, default=False, verbose_name="counts otherwise than the rule"),
        ),
        migrations.AddField(
            model_name="incomerule",
            name="withdrawn_on",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="withdrawn on"),
        ),
        migrations.AddField(
            model_name="yearline",
            name="withdrawn_on",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="withdrawn on"),
        ),
        migrations.AddConstraint(
            model_name="costcoefficient",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_on__isnull", True)),
                fields=("tenant", "year", "item_code", "product"),
                name="costcoefficient_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="incomerule",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_on__isnull", True)),
                fields=("tenant", "item_code", "from_year"),
                name="incomerule_once_a_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="yearline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_on__isnull", True)), fields=("tenant", "year"), name="yearline_year_once"
            ),
        ),
    ]
