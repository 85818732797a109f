"""Let the cells of a suspicion list's line go when the person whom they name is forgotten."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quality", "0008_drop_finding_person")]

    operations = [
        migrations.AlterField(
            model_name="suspicionline",
            name="cells_sealed",
            field=models.BinaryField(null=True, verbose_name="cells of the sender"),
        ),
    ]
