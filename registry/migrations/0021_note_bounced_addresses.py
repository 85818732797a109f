"""An account remembers that mail came back from its address."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0020_published_areas"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="email_bounced_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="mail came back at"),
        ),
    ]
