"""The role of whoever plans above the counties."""

from django.db import migrations, models

from registry.enums import Role


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0016_find_what_was_entered"),
    ]

    operations = [
        migrations.AlterField(
            model_name="apitoken",
            name="role",
            field=models.CharField(choices=Role.choices, max_length=30, verbose_name="role"),
        ),
        migrations.AlterField(
            model_name="auditevent",
            name="role",
            field=models.CharField(choices=Role.choices, max_length=30, verbose_name="role"),
        ),
        migrations.AlterField(
            model_name="membership",
            name="role",
            field=models.CharField(choices=Role.choices, max_length=30, verbose_name="role"),
        ),
    ]
