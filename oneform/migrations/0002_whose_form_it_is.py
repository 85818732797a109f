"""Which office received a form, and that one closed by mistake is opened again."""

from typing import Final

from django.db import migrations, models

from registry.lib.states import guard_sql

FORMER_PAIRS: Final = (("open", "closed"),)
PAIRS: Final = (*FORMER_PAIRS, ("closed", "open"))


class Migration(migrations.Migration):
    dependencies = [("oneform", "0001_forms_sent_down")]

    operations = [
        migrations.AddField(
            model_name="formrequest",
            name="received_by_code",
            field=models.CharField(
                blank=True,
                db_collation="C",
                default="",
                editable=False,
                max_length=12,
                verbose_name="received by",
            ),
        ),
        migrations.RunSQL(
            guard_sql("oneform_formrequest", "state", PAIRS), guard_sql("oneform_formrequest", "state", FORMER_PAIRS)
        ),
    ]
