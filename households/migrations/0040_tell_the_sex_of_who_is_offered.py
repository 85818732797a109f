from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("households", "0039_let_households_come_back")]

    operations = [
        migrations.AddField(
            model_name="transfer",
            name="sex_code",
            field=models.CharField(blank=True, db_default="", default="", max_length=1, verbose_name="sex"),
        ),
    ]
