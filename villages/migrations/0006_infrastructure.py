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
        ("registry", "0009_widen_claims"),
        ("villages", "0005_activities"),
    ]

    operations = [
        migrations.CreateModel(
            name="InfrastructureProject",
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
                ("reaches_all", models.BooleanField(default=True, verbose_name="reaches the whole village")),
                (
                    "household_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="households reached"),
                ),
                ("planned_from", models.DateField(blank=True, null=True, verbose_name="planned from")),
                ("planned_until", models.DateField(blank=True, null=True, verbose_name="planned until")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("approved", "Approved"),
                            ("under_way", "Under way"),
                            ("built", "Built, not accepted yet"),
                            ("accepted", "Accepted"),
                            ("stopped", "Stopped"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                ("stage_on", models.DateField(verbose_name="since")),
                (
                    "plan_project",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="infrastructure",
                        to="villages.planproject",
                        verbose_name="project of a village plan",
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
                    "village",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="infrastructure",
                        to="villages.village",
                        verbose_name="village",
                    ),
                ),
            ],
            options={
                "verbose_name": "infrastructure project",
                "verbose_name_plural": "infrastructure projects",
                "ordering": ["village", "name"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ProjectMoney",
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
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                ("entered_by", models.UUIDField(editable=False, null=True, verbose_name="entered by")),
                (
                    "project",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="money",
                        to="villages.infrastructureproject",
                        verbose_name="infrastructure project",
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
            ],
            options={
                "verbose_name": "money of a project",
                "verbose_name_plural": "money of projects",
                "ordering": ["project", "noted_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ProjectReach",
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
                    "point",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="villages.settlementpoint",
                        verbose_name="settlement point",
                    ),
                ),
                (
                    "project",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reach",
                        to="villages.infrastructureproject",
                        verbose_name="infrastructure project",
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
            ],
            options={
                "verbose_name": "reach of a project",
                "verbose_name_plural": "reach of projects",
                "ordering": ["project", "point"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ProjectUpkeep",
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
                    "project",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="upkeep",
                        to="villages.infrastructureproject",
                        verbose_name="infrastructure project",
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
            ],
            options={
                "verbose_name": "upkeep of a project",
                "verbose_name_plural": "upkeep of projects",
                "ordering": ["project", "-starts_on"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="StageEntry",
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
                    "stage",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("approved", "Approved"),
                            ("under_way", "Under way"),
                            ("built", "Built, not accepted yet"),
                            ("accepted", "Accepted"),
                            ("stopped", "Stopped"),
                        ],
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                ("entered_on", models.DateField(verbose_name="on")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("entered_by", models.UUIDField(editable=False, null=True, verbose_name="entered by")),
                (
                    "project",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stages",
                        to="villages.infrastructureproject",
                        verbose_name="infrastructure project",
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
            ],
            options={
                "verbose_name": "stage of a project",
                "verbose_name_plural": "stages of projects",
                "ordering": ["project", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddIndex(
            model_name="infrastructureproject",
            index=models.Index(fields=["tenant", "scope_code"], name="infrastructure_scope"),
        ),
        migrations.AddConstraint(
            model_name="infrastructureproject",
            constraint=models.UniqueConstraint(fields=("tenant", "village", "name"), name="infrastructure_name_once"),
        ),
        migrations.AddConstraint(
            model_name="infrastructureproject",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("name", ""), _negated=True), models.Q(("kind_code", ""), _negated=True)),
                name="infrastructure_is_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="infrastructureproject",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage__in", ["planned", "approved", "under_way", "built", "accepted", "stopped"])),
                name="infrastructure_stage_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="infrastructureproject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("planned_from__isnull", True),
                    ("planned_until__isnull", True),
                    ("planned_until__gte", models.F("planned_from")),
                    _connector="OR",
                ),
                name="infrastructure_planned_in_order",
            ),
        ),
        migrations.AddIndex(
            model_name="projectmoney",
            index=models.Index(fields=["tenant", "project"], name="projectmoney_project"),
        ),
        migrations.AddConstraint(
            model_name="projectmoney",
            constraint=models.CheckConstraint(
                condition=models.Q(("source_code", ""), _negated=True), name="projectmoney_has_a_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="projectmoney",
            constraint=models.CheckConstraint(
                condition=models.Q(("arrived_yuan", 0), ("planned_yuan", 0), ("spent_yuan", 0), _negated=True),
                name="projectmoney_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="projectreach",
            constraint=models.UniqueConstraint(fields=("tenant", "project", "point"), name="projectreach_point_once"),
        ),
        migrations.AddIndex(
            model_name="projectupkeep",
            index=models.Index(fields=["tenant", "scope_code"], name="projectupkeep_scope"),
        ),
        migrations.AddConstraint(
            model_name="projectupkeep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("starts_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="projectupkeep_ends_not_before_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="projectupkeep",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("tenant", "="),
                    ("project", "="),
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
                name="projectupkeep_one_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="projectupkeep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("keeper", ""), _negated=True), models.Q(("source_code", ""), _negated=True)
                ),
                name="projectupkeep_is_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="projectupkeep",
            constraint=models.CheckConstraint(
                condition=models.Q(("yearly_yuan__gte", 0)), name="projectupkeep_money_is_not_negative"
            ),
        ),
        migrations.AddIndex(
            model_name="stageentry",
            index=models.Index(fields=["tenant", "project"], name="stageentry_project"),
        ),
        migrations.AddConstraint(
            model_name="stageentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage__in", ["planned", "approved", "under_way", "built", "accepted", "stopped"])),
                name="stageentry_stage_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="stageentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage__in", ["accepted", "stopped"]), _negated=True),
                    models.Q(("note", ""), _negated=True),
                    _connector="OR",
                ),
                name="stageentry_decision_has_its_note",
            ),
        ),
        ProtectTenantTable("infrastructureproject", policy=Policy.RANGED),
        ProtectTenantTable("projectreach", policy=Policy.RANGED, deletable=True),
        ProtectTenantTable("stageentry", policy=Policy.RANGED, append_only=True),
        ProtectTenantTable("projectmoney", policy=Policy.RANGED, append_only=True),
        ProtectTenantTable("projectupkeep", policy=Policy.RANGED),
        TenantLink("infrastructureproject", "village"),
        TenantLink("infrastructureproject", "plan_project"),
        TenantLink("projectreach", "project"),
        TenantLink("projectreach", "point"),
        TenantLink("stageentry", "project"),
        TenantLink("projectmoney", "project"),
        TenantLink("projectupkeep", "project"),
    ]
    operations = folded(operations)
