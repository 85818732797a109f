"""Read the list of requests in its order, and no more of it than a page shows."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("concerns", "0003_withdraw_by_the_word")]

    operations = [
        migrations.AddIndex(
            model_name="helprequest",
            index=models.Index(fields=["tenant", "due_on", "id"], name="helprequest_order"),
        ),
    ]
