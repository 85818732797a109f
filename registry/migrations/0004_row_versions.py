"""Make the table of superseded versions, what its triggers call, and what of an event is read with its object."""

import django.db.models.deletion
from django.db import migrations, models

import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.operations import CreateHistoryFunctions, ProtectTenantTable


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_open_platform_tenant")]

    operations = [
        migrations.AddField(
            model_name="auditdetail",
            name="verb",
            field=models.CharField(blank=True, default="", max_length=60, verbose_name="verb"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="auditdetail",
            name="username",
            field=models.CharField(blank=True, default="", max_length=60, verbose_name="who"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="auditdetail",
            name="reason",
            field=models.CharField(blank=True, default="", max_length=300, verbose_name="why"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="auditdetail",
            name="transaction_at",
            field=models.DateTimeField(null=True, verbose_name="moment of the transaction"),
        ),
        migrations.CreateModel(
            name="RowVersion",
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
                ("table_name", models.CharField(db_collation="C", max_length=63, verbose_name="table")),
                ("row_id", models.UUIDField(verbose_name="row")),
                ("owner_id", models.UUIDField(verbose_name="belongs to")),
                ("at", models.DateTimeField(verbose_name="superseded at")),
                ("user_id", models.UUIDField(null=True, verbose_name="user id")),
                ("is_deleted", models.BooleanField(default=False, verbose_name="the row was deleted then")),
                ("content", models.JSONField(null=True, verbose_name="what stood there")),
                (
                    "tenant",
                    models.ForeignKey(
                        db_constraint=False,
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
                "verbose_name": "former version of a row",
                "verbose_name_plural": "former versions of rows",
                "ordering": ["id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["tenant", "owner_id", "row_id"], name="rowversion_owner")],
            },
        ),
        CreateHistoryFunctions(),
        ProtectTenantTable(
            "rowversion",
            policy=Policy.RANGED,
            append_only=True,
            trigger="app_refuse_version_change",
            updatable=("scope_code", "content"),
        ),
    ]
