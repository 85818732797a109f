"""Keep the superseded versions of dossiers and their papers."""

from django.db import migrations

from registry.tenancy.operations import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0002_arm_workflow"), ("registry", "0004_row_versions")]

    operations = [
        KeepHistory(model, of="household")
        for model in ("dossier", "exitcheck", "monitoringcase", "objection", "sessionentry")
    ]
