"""Say in which role somebody acted beside the change that is read with its object; earlier details have none."""

from django.db import migrations, models

from registry.enums import Role


class Migration(migrations.Migration):
    dependencies = [("registry", "0005_claim_identities")]

    operations = [
        migrations.AddField(
            model_name="auditdetail",
            name="role",
            field=models.CharField(blank=True, choices=Role.choices, default="", max_length=30, verbose_name="role"),
            preserve_default=False,
        ),
    ]
