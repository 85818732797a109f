from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("households", "0043_order_bearers_of_a_name")]

    operations = [
        migrations.AddField(
            model_name="transfer",
            name="stays",
            field=models.JSONField(blank=True, db_default={}, default=dict, verbose_name="what stays there"),
        ),
    ]
