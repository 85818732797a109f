"""What counties publish of their divisions, and where a look at persons was granted."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import registry.tenancy.models
from registry.tenancy.operations import GrantTable, OwnRowsOnly, TenantLink
from registry.tenancy.platform_rows import OwnChangesOnly, WrittenOnce


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0019_tallies"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublishedEdition",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=registry.tenancy.models.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("period_kind", models.CharField(max_length=10, verbose_name="kind of the period")),
                ("period_name", models.CharField(max_length=60, verbose_name="period")),
                ("first_day", models.DateField(verbose_name="first day")),
                ("last_day", models.DateField(verbose_name="last day")),
                ("edition", models.PositiveIntegerField(default=1, verbose_name="edition")),
                ("due_on", models.DateField(verbose_name="due on")),
                ("frozen_at", models.DateTimeField(verbose_name="frozen at")),
                ("published_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="published at")),
                ("checksum", models.CharField(max_length=64, verbose_name="checksum of the frozen facts")),
                ("digest", models.CharField(max_length=64, verbose_name="digest")),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.tenant",
                        verbose_name="county",
                    ),
                ),
            ],
            options={
                "verbose_name": "published edition",
                "verbose_name_plural": "published editions",
                "ordering": ["-last_day", "tenant", "-edition"],
            },
        ),
        migrations.CreateModel(
            name="PublishedDivision",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=registry.tenancy.models.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(db_collation="C", max_length=12, verbose_name="division code")),
                (
                    "parent_code",
                    models.CharField(blank=True, db_collation="C", max_length=12, verbose_name="division above"),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("figures", models.JSONField(verbose_name="figures")),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.tenant",
                        verbose_name="county",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="divisions",
                        to="registry.publishededition",
                        verbose_name="edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "published figures of a division",
                "verbose_name_plural": "published figures of divisions",
                "ordering": ["edition", "code"],
            },
        ),
        migrations.CreateModel(
            name="GrantedLook",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=registry.tenancy.models.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("grant_id", models.UUIDField(unique=True, verbose_name="grant")),
                ("area_code", models.CharField(db_collation="C", max_length=12, verbose_name="area")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="until (not included)")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.tenant",
                        verbose_name="county",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="granted_looks",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reader",
                    ),
                ),
            ],
            options={
                "verbose_name": "granted look",
                "verbose_name_plural": "granted looks",
                "ordering": ["-starts_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="grantedlook_ends_after_start"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="publishededition",
            index=models.Index(fields=["period_kind", "last_day", "tenant"], name="publishededition_period"),
        ),
        migrations.AddConstraint(
            model_name="publishededition",
            constraint=models.UniqueConstraint(
                fields=("tenant", "period_kind", "first_day", "edition"), name="publishededition_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="publishededition",
            constraint=models.UniqueConstraint(fields=("tenant", "id"), name="publishededition_of_tenant"),
        ),
        migrations.AddConstraint(
            model_name="publishededition",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_day__gte", models.F("first_day"))),
                name="publishededition_ends_not_before_start",
            ),
        ),
        migrations.AddIndex(
            model_name="publisheddivision",
            index=models.Index(fields=["edition", "parent_code", "code"], name="publisheddivision_parent"),
        ),
        migrations.AddConstraint(
            model_name="publisheddivision",
            constraint=models.UniqueConstraint(fields=("edition", "code"), name="publisheddivision_once"),
        ),
        GrantTable("registry_publishededition", "SELECT, INSERT"),
        GrantTable("registry_publisheddivision", "SELECT, INSERT"),
        GrantTable("registry_grantedlook", "SELECT, INSERT, UPDATE (ended_at)"),
        OwnRowsOnly("publishededition", column="tenant_id"),
        OwnRowsOnly("publisheddivision", column="tenant_id"),
        OwnRowsOnly("grantedlook", column="tenant_id"),
        WrittenOnce("publishededition"),
        WrittenOnce("publisheddivision"),
        OwnChangesOnly("grantedlook", column="tenant_id"),
        TenantLink("publisheddivision", "edition"),
    ]
