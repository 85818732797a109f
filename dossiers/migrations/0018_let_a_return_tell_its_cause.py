"""Let the dossier of a return to poverty tell its cause by code."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0015_name_what_is_no_person")]

    operations = [
        migrations.AlterField(
            model_name="dossier",
            name="code",
            field=models.CharField(blank=True, max_length=20, verbose_name="category, manner or cause"),
        ),
        migrations.RemoveConstraint(model_name="dossier", name="dossier_code_by_kind"),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code__gt", ""), ("kind__in", ["monitor", "remove_risk"])),
                    models.Q(("code", ""), ("kind__in", ["identify", "exit"])),
                    ("kind", "return"),
                    _connector="OR",
                ),
                name="dossier_code_by_kind",
            ),
        ),
    ]
