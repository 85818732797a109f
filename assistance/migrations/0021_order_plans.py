"""Read the list of plans in its order, and no more of it than a page shows."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assistance", "0020_keep_support_periods")]

    operations = [
        migrations.AddIndex(
            model_name="householdplan",
            index=models.Index(fields=["tenant", "-year", "id"], name="householdplan_order"),
        ),
    ]
