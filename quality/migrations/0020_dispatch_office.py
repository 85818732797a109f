"""The role of whoever plans above the counties, in the choices of an assignee."""

from django.db import migrations, models

from registry.enums import Role


class Migration(migrations.Migration):
    dependencies = [
        ("quality", "0015_lines_forget_their_cells"),
        ("registry", "0018_dispatch_office"),
    ]

    operations = [
        migrations.AlterField(
            model_name="finding",
            name="assignee_role",
            field=models.CharField(
                blank=True, choices=Role.choices, max_length=30, verbose_name="assigned to the role"
            ),
        ),
    ]
