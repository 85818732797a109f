"""Industry projects with money, assets and wages; funds and entries that name theirs."""

from decimal import Decimal

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import registry.tenancy.fields
import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.folding import folded
from registry.tenancy.operations import ProtectTenantTable, TenantLink


class Migration(migrations.Migration):
    dependencies = [
        ("economy", "0002_shares_and_dividends"),
        ("households", "0038_mark_pairs_of_who_left"),
        ("registry", "0018_dispatch_office"),
        ("villages", "0013_drop_leader_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="IndustryReach",
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
            ],
            options={
                "verbose_name": "village that a project reaches",
                "verbose_name_plural": "villages that a project reaches",
                "ordering": ["scope_code", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="IndustryStep",
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
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("library", "In the library"),
                            ("proposed", "Proposed"),
                            ("approved", "Approved"),
                            ("under_way", "Under way"),
                            ("completed", "Completed, not accepted yet"),
                            ("accepted", "Accepted"),
                            ("stopped", "Stopped"),
                        ],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("entered_on", models.DateField(verbose_name="on")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("entered_by", models.UUIDField(editable=False, null=True, verbose_name="entered by")),
            ],
            options={
                "verbose_name": "step of an industry project",
                "verbose_name_plural": "steps of industry projects",
                "ordering": ["project", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ProjectAsset",
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
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("kind_code", models.CharField(max_length=20, verbose_name="kind")),
                ("value_yuan", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="value (yuan)")),
                ("acquired_on", models.DateField(verbose_name="acquired on")),
                (
                    "owner",
                    models.CharField(
                        choices=[
                            ("village", "Collective of a village"),
                            ("township", "Township"),
                            ("county", "County"),
                            ("cooperative", "Cooperative"),
                        ],
                        max_length=12,
                        verbose_name="owner",
                    ),
                ),
                ("owner_name", models.CharField(blank=True, max_length=100, verbose_name="name of the owner")),
                ("custodian", models.CharField(max_length=100, verbose_name="in the care of")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("in_use", "In use"),
                            ("idle", "Idle"),
                            ("disposed", "Disposed of"),
                            ("withdrawn", "Entered in error"),
                        ],
                        default="in_use",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("disposed_on", models.DateField(blank=True, null=True, verbose_name="disposed of on")),
                (
                    "disposed_yuan",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="received for it (yuan)"
                    ),
                ),
                ("end_reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
            ],
            options={
                "verbose_name": "project asset",
                "verbose_name_plural": "project assets",
                "ordering": ["project", "name", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ProjectWork",
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
                ("day_count", models.DecimalField(decimal_places=1, max_digits=5, verbose_name="days worked")),
                ("wage_yuan", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="wage (yuan)")),
                ("paid_on", models.DateField(verbose_name="paid on")),
                ("withdrawn_on", models.DateField(blank=True, editable=False, null=True, verbose_name="withdrawn on")),
                (
                    "withdrawal_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="reason of the withdrawal"),
                ),
                ("recorded_by", models.UUIDField(editable=False, null=True, verbose_name="recorded by")),
            ],
            options={
                "verbose_name": "work on a project",
                "verbose_name_plural": "work on projects",
                "ordering": ["-paid_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="dividend",
            field=registry.tenancy.fields.TenantForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="economy.dividend",
                verbose_name="dividend",
            ),
        ),
        migrations.AddField(
            model_name="sharefund",
            name="share_total",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="number of all shares"
            ),
        ),
        migrations.CreateModel(
            name="AssetUpkeep",
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
                ("keeper", models.CharField(max_length=100, verbose_name="kept up by")),
                ("source_code", models.CharField(max_length=20, verbose_name="source of the money")),
                (
                    "yearly_yuan",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="money a year (yuan)"),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until (not included)")),
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
                "verbose_name": "upkeep of an asset",
                "verbose_name_plural": "upkeep of assets",
                "ordering": ["asset", "-starts_on"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="IndustryProject",
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
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("kind_code", models.CharField(max_length=20, verbose_name="kind")),
                ("action_code", models.CharField(blank=True, max_length=20, verbose_name="enrichment action")),
                ("content", models.CharField(blank=True, max_length=500, verbose_name="what is done")),
                ("library_year", models.PositiveSmallIntegerField(verbose_name="year of the project library")),
                ("planned_from", models.DateField(blank=True, null=True, verbose_name="planned from")),
                ("planned_until", models.DateField(blank=True, null=True, verbose_name="planned until")),
                (
                    "household_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="households that are to gain"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("library", "In the library"),
                            ("proposed", "Proposed"),
                            ("approved", "Approved"),
                            ("under_way", "Under way"),
                            ("completed", "Completed, not accepted yet"),
                            ("accepted", "Accepted"),
                            ("stopped", "Stopped"),
                        ],
                        default="library",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("state_on", models.DateField(verbose_name="since")),
                ("result", models.CharField(blank=True, max_length=500, verbose_name="result")),
                (
                    "gaining_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="households that gained"),
                ),
                ("proposed_by", models.UUIDField(editable=False, null=True, verbose_name="proposed by")),
                ("approved_by", models.UUIDField(editable=False, null=True, verbose_name="approved by")),
                ("completed_by", models.UUIDField(editable=False, null=True, verbose_name="reported complete by")),
                ("accepted_by", models.UUIDField(editable=False, null=True, verbose_name="accepted by")),
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
                "verbose_name": "industry project",
                "verbose_name_plural": "industry projects",
                "ordering": ["-library_year", "name", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="IndustryMoney",
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
                ("source_code", models.CharField(max_length=20, verbose_name="source of the money")),
                ("noted_on", models.DateField(verbose_name="as of")),
                (
                    "planned_yuan",
                    models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="planned (yuan)"),
                ),
                (
                    "arrived_yuan",
                    models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="arrived (yuan)"),
                ),
                (
                    "spent_yuan",
                    models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="spent (yuan)"),
                ),
                (
                    "folded_yuan",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=14, verbose_name="turned to shares (yuan)"
                    ),
                ),
                (
                    "returned_yuan",
                    models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="given back (yuan)"),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                ("entered_by", models.UUIDField(editable=False, null=True, verbose_name="entered by")),
                (
                    "fund",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="folded_money",
                        to="economy.sharefund",
                        verbose_name="fund of shares",
                    ),
                ),
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
                (
                    "project",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="money",
                        to="economy.industryproject",
                        verbose_name="industry project",
                    ),
                ),
            ],
            options={
                "verbose_name": "money of an industry project",
                "verbose_name_plural": "money of industry projects",
                "ordering": ["project", "noted_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="project",
            field=registry.tenancy.fields.TenantForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="economy.industryproject",
                verbose_name="industry project",
            ),
        ),
        migrations.AddField(
            model_name="sharefund",
            name="project",
            field=registry.tenancy.fields.TenantForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="funds",
                to="economy.industryproject",
                verbose_name="industry project",
            ),
        ),
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(
                condition=models.Q(("dividend__isnull", False)),
                fields=["tenant", "dividend"],
                name="ledgerentry_dividend",
            ),
        ),
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(
                condition=models.Q(("project__isnull", False)), fields=["tenant", "project"], name="ledgerentry_project"
            ),
        ),
        migrations.AddIndex(
            model_name="sharefund",
            index=models.Index(
                condition=models.Q(("project__isnull", False)), fields=["tenant", "project"], name="sharefund_project"
            ),
        ),
        migrations.AddConstraint(
            model_name="sharefund",
            constraint=models.CheckConstraint(
                condition=models.Q(("share_total__isnull", True), ("share_total__gt", 0), _connector="OR"),
                name="sharefund_has_shares",
            ),
        ),
        migrations.AddField(
            model_name="industryreach",
            name="project",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reach",
                to="economy.industryproject",
                verbose_name="industry project",
            ),
        ),
        migrations.AddField(
            model_name="industryreach",
            name="tenant",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registry.tenant",
                verbose_name="tenant",
            ),
        ),
        migrations.AddField(
            model_name="industryreach",
            name="village",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="industry_reach",
                to="villages.village",
                verbose_name="village",
            ),
        ),
        migrations.AddField(
            model_name="industrystep",
            name="project",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="steps",
                to="economy.industryproject",
                verbose_name="industry project",
            ),
        ),
        migrations.AddField(
            model_name="industrystep",
            name="tenant",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registry.tenant",
                verbose_name="tenant",
            ),
        ),
        migrations.AddField(
            model_name="projectasset",
            name="project",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assets",
                to="economy.industryproject",
                verbose_name="industry project",
            ),
        ),
        migrations.AddField(
            model_name="projectasset",
            name="tenant",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registry.tenant",
                verbose_name="tenant",
            ),
        ),
        migrations.AddField(
            model_name="projectasset",
            name="village",
            field=registry.tenancy.fields.TenantForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="project_assets",
                to="villages.village",
                verbose_name="village that owns it",
            ),
        ),
        migrations.AddField(
            model_name="assetupkeep",
            name="asset",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="upkeep",
                to="economy.projectasset",
                verbose_name="project asset",
            ),
        ),
        migrations.AddField(
            model_name="projectwork",
            name="household",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="project_work",
                to="households.household",
                verbose_name="household",
            ),
        ),
        migrations.AddField(
            model_name="projectwork",
            name="person",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="project_work",
                to="households.person",
                verbose_name="person",
            ),
        ),
        migrations.AddField(
            model_name="projectwork",
            name="project",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="work",
                to="economy.industryproject",
                verbose_name="industry project",
            ),
        ),
        migrations.AddField(
            model_name="projectwork",
            name="tenant",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registry.tenant",
                verbose_name="tenant",
            ),
        ),
        migrations.AddIndex(
            model_name="industryproject",
            index=models.Index(fields=["tenant", "scope_code"], name="industryproject_scope"),
        ),
        migrations.AddConstraint(
            model_name="industryproject",
            constraint=models.UniqueConstraint(
                fields=("tenant", "scope_code", "library_year", "name"), name="industryproject_name_once_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="industryproject",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("name", ""), _negated=True), models.Q(("kind_code", ""), _negated=True)),
                name="industryproject_is_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="industryproject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["library", "proposed", "approved", "under_way", "completed", "accepted", "stopped"])
                ),
                name="industryproject_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="industryproject",
            constraint=models.CheckConstraint(
                condition=models.Q(("library_year__gte", 2000), ("library_year__lte", 2100)),
                name="industryproject_year_is_plausible",
            ),
        ),
        migrations.AddConstraint(
            model_name="industryproject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("planned_from__isnull", True),
                    ("planned_until__isnull", True),
                    ("planned_until__gte", models.F("planned_from")),
                    _connector="OR",
                ),
                name="industryproject_planned_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="industryproject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("approved_by__isnull", True),
                        models.Q(("state__in", ["approved", "under_way", "completed", "accepted"]), _negated=True),
                    ),
                    models.Q(
                        ("approved_by__isnull", False),
                        ("proposed_by__isnull", False),
                        models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="industryproject_is_approved_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="industryproject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accepted_by__isnull", True), models.Q(("state", "accepted"), _negated=True)),
                    models.Q(
                        ("accepted_by__isnull", False),
                        ("completed_by__isnull", False),
                        models.Q(("accepted_by", models.F("completed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="industryproject_is_accepted_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="industryproject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["completed", "accepted"]), _negated=True),
                    models.Q(("result", ""), _negated=True),
                    _connector="OR",
                ),
                name="industryproject_complete_has_its_result",
            ),
        ),
        migrations.AddIndex(
            model_name="industrymoney",
            index=models.Index(fields=["tenant", "project"], name="industrymoney_project"),
        ),
        migrations.AddIndex(
            model_name="industrymoney",
            index=models.Index(
                condition=models.Q(("fund__isnull", False)), fields=["tenant", "fund"], name="industrymoney_fund"
            ),
        ),
        migrations.AddConstraint(
            model_name="industrymoney",
            constraint=models.CheckConstraint(
                condition=models.Q(("source_code", ""), _negated=True), name="industrymoney_has_a_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="industrymoney",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("arrived_yuan", 0),
                    ("folded_yuan", 0),
                    ("planned_yuan", 0),
                    ("returned_yuan", 0),
                    ("spent_yuan", 0),
                    _negated=True,
                ),
                name="industrymoney_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="industrymoney",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("folded_yuan", 0), ("fund__isnull", True)),
                    models.Q(("fund__isnull", False), models.Q(("folded_yuan", 0), _negated=True)),
                    _connector="OR",
                ),
                name="industrymoney_shares_name_their_fund",
            ),
        ),
        migrations.AddIndex(
            model_name="industryreach",
            index=models.Index(fields=["tenant", "village"], name="industryreach_village"),
        ),
        migrations.AddConstraint(
            model_name="industryreach",
            constraint=models.UniqueConstraint(
                fields=("tenant", "project", "village"), name="industryreach_village_once"
            ),
        ),
        migrations.AddIndex(
            model_name="industrystep",
            index=models.Index(fields=["tenant", "project"], name="industrystep_project"),
        ),
        migrations.AddConstraint(
            model_name="industrystep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["library", "proposed", "approved", "under_way", "completed", "accepted", "stopped"])
                ),
                name="industrystep_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="industrystep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["accepted", "stopped"]), _negated=True),
                    models.Q(("note", ""), _negated=True),
                    _connector="OR",
                ),
                name="industrystep_decision_has_its_note",
            ),
        ),
        migrations.AddIndex(
            model_name="projectasset",
            index=models.Index(fields=["tenant", "scope_code"], name="projectasset_scope"),
        ),
        migrations.AddIndex(
            model_name="projectasset",
            index=models.Index(fields=["tenant", "project"], name="projectasset_project"),
        ),
        migrations.AddConstraint(
            model_name="projectasset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True),
                    models.Q(("kind_code", ""), _negated=True),
                    models.Q(("custodian", ""), _negated=True),
                ),
                name="projectasset_is_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="projectasset",
            constraint=models.CheckConstraint(
                condition=models.Q(("value_yuan__gt", 0)), name="projectasset_has_a_value"
            ),
        ),
        migrations.AddConstraint(
            model_name="projectasset",
            constraint=models.CheckConstraint(
                condition=models.Q(("owner__in", ["village", "township", "county", "cooperative"])),
                name="projectasset_owner_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="projectasset",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["in_use", "idle", "disposed", "withdrawn"])),
                name="projectasset_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="projectasset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("owner", "village"), ("village__isnull", False)),
                    models.Q(
                        ("owner", "cooperative"), ("village__isnull", True), models.Q(("owner_name", ""), _negated=True)
                    ),
                    models.Q(("owner__in", ["township", "county"]), ("village__isnull", True)),
                    _connector="OR",
                ),
                name="projectasset_names_its_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="projectasset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("disposed_on__gte", models.F("acquired_on")),
                        ("disposed_yuan__gte", 0),
                        ("state", "disposed"),
                        ("disposed_on__isnull", False),
                        ("disposed_yuan__isnull", False),
                        models.Q(("end_reason", ""), _negated=True),
                    ),
                    models.Q(
                        ("disposed_on__isnull", True),
                        ("disposed_yuan__isnull", True),
                        ("state", "withdrawn"),
                        models.Q(("end_reason", ""), _negated=True),
                    ),
                    models.Q(
                        ("disposed_on__isnull", True),
                        ("disposed_yuan__isnull", True),
                        ("end_reason", ""),
                        ("state__in", ["in_use", "idle"]),
                    ),
                    _connector="OR",
                ),
                name="projectasset_disposal_is_whole",
            ),
        ),
        migrations.AddIndex(
            model_name="assetupkeep",
            index=models.Index(fields=["tenant", "scope_code"], name="assetupkeep_scope"),
        ),
        migrations.AddConstraint(
            model_name="assetupkeep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("starts_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="assetupkeep_ends_not_before_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="assetupkeep",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("tenant", "="),
                    ("asset", "="),
                    (
                        models.Func(
                            models.F("starts_on"),
                            models.F("ends_on"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="assetupkeep_one_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="assetupkeep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("keeper", ""), _negated=True), models.Q(("source_code", ""), _negated=True)
                ),
                name="assetupkeep_is_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="assetupkeep",
            constraint=models.CheckConstraint(
                condition=models.Q(("yearly_yuan__gte", 0)), name="assetupkeep_money_is_not_negative"
            ),
        ),
        migrations.AddIndex(
            model_name="projectwork",
            index=models.Index(fields=["tenant", "project"], name="projectwork_project"),
        ),
        migrations.AddIndex(
            model_name="projectwork",
            index=models.Index(fields=["tenant", "household", "paid_on"], name="projectwork_household"),
        ),
        migrations.AddIndex(
            model_name="projectwork",
            index=models.Index(fields=["tenant", "person"], name="projectwork_person"),
        ),
        migrations.AddConstraint(
            model_name="projectwork",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_on__isnull", True)),
                fields=("tenant", "project", "person", "paid_on"),
                name="projectwork_once_a_payday",
            ),
        ),
        migrations.AddConstraint(
            model_name="projectwork",
            constraint=models.CheckConstraint(
                condition=models.Q(("day_count__gt", 0), ("day_count__lte", Decimal(366))),
                name="projectwork_days_are_of_a_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="projectwork",
            constraint=models.CheckConstraint(condition=models.Q(("wage_yuan__gt", 0)), name="projectwork_is_paid"),
        ),
        migrations.AddConstraint(
            model_name="projectwork",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_on__isnull", True), ("withdrawn_on__gte", models.F("paid_on")), _connector="OR"
                ),
                name="projectwork_withdrawn_after_pay",
            ),
        ),
        migrations.AlterModelOptions(
            name="shareholding",
            options={
                "base_manager_name": "objects",
                "ordering": ["starts_on", "id"],
                "verbose_name": "shareholding",
                "verbose_name_plural": "shareholdings",
            },
        ),
        migrations.AlterModelOptions(
            name="dividendline",
            options={
                "base_manager_name": "objects",
                "ordering": ["id"],
                "verbose_name": "part of a dividend",
                "verbose_name_plural": "parts of a dividend",
            },
        ),
        ProtectTenantTable("industryproject", policy=Policy.RANGED),
        TenantLink("sharefund", "project"),
        TenantLink("ledgerentry", "project"),
        TenantLink("ledgerentry", "dividend"),
        ProtectTenantTable("industryreach", policy=Policy.RANGED, deletable=True),
        TenantLink("industryreach", "project"),
        TenantLink("industryreach", "village"),
        ProtectTenantTable("industrystep", policy=Policy.RANGED, append_only=True),
        TenantLink("industrystep", "project"),
        ProtectTenantTable("industrymoney", policy=Policy.RANGED, append_only=True),
        TenantLink("industrymoney", "project"),
        TenantLink("industrymoney", "fund"),
        ProtectTenantTable("projectasset", policy=Policy.RANGED),
        TenantLink("projectasset", "project"),
        TenantLink("projectasset", "village"),
        ProtectTenantTable("assetupkeep", policy=Policy.RANGED),
        TenantLink("assetupkeep", "asset"),
        ProtectTenantTable(
            "projectwork",
            policy=Policy.RANGED,
            updatable=("scope_code", "withdrawn_on", "withdrawal_reason", "version", "updated_at"),
        ),
        TenantLink("projectwork", "project"),
        TenantLink("projectwork", "household"),
        TenantLink("projectwork", "person"),
    ]
    operations = folded(operations)
