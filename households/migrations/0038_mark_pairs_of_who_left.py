"""Say of a pair of persons who look alike that one of them had left the register when it was found."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("households", "0031_keep_figures_of_closed_years")]

    operations = [
        migrations.AddField(
            model_name="nearduplicate",
            name="other_left",
            field=models.BooleanField(
                db_default=False, default=False, editable=False, verbose_name="the other one had left when found"
            ),
        ),
    ]
