import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.operations import ProtectTenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("quality", "0001_rules_and_findings"),
        ("registry", "0005_claim_identities"),
    ]

    operations = [
        migrations.AddField(
            model_name="suspicionline",
            name="due_on",
            field=models.DateField(blank=True, null=True, verbose_name="to be answered by"),
        ),
        migrations.AddField(
            model_name="suspicionline",
            name="number",
            field=models.CharField(blank=True, max_length=60, verbose_name="number of the sender"),
        ),
        migrations.AddField(
            model_name="suspicionlist",
            name="columns",
            field=models.JSONField(default=dict, verbose_name="positions of the columns"),
        ),
        migrations.AddField(
            model_name="suspicionlist",
            name="line_count",
            field=models.PositiveIntegerField(default=0, verbose_name="lines"),
        ),
        migrations.AddField(
            model_name="suspicionlist",
            name="sheet_name",
            field=models.CharField(blank=True, max_length=60, verbose_name="sheet"),
        ),
        migrations.AddField(
            model_name="suspicionlist",
            name="top_sealed",
            field=models.BinaryField(null=True, verbose_name="rows above the headings"),
        ),
        migrations.CreateModel(
            name="SuspicionLayout",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=registry.tenancy.models.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "scope_code",
                    models.CharField(db_collation="C", editable=False, max_length=12, verbose_name="division in scope"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created at"),
                ),
                (
                    "updated_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="updated at"),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("headings", models.JSONField(default=dict, verbose_name="headings")),
                (
                    "tenant",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.tenant",
                        verbose_name="tenant",
                    ),
                ),
            ],
            options={
                "verbose_name": "layout of suspicion lists",
                "verbose_name_plural": "layouts of suspicion lists",
                "ordering": ["name"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "name"), name="suspicionlayout_name_once"),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="suspicionlayout_has_a_name"
                    ),
                ],
            },
        ),
        ProtectTenantTable("suspicionlayout", policy=Policy.SHARED),
    ]
