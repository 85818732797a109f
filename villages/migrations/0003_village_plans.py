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
        ("villages", "0002_basics"),
    ]

    operations = [
        migrations.CreateModel(
            name="VillagePlan",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafted", "Drafted"),
                            ("adopted", "Adopted"),
                            ("amended", "Amended, to be adopted again"),
                            ("closed", "Closed"),
                        ],
                        default="drafted",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("edition", models.PositiveSmallIntegerField(default=0, verbose_name="edition")),
                ("goals", models.TextField(max_length=2000, verbose_name="goals")),
                ("adopted_on", models.DateField(blank=True, null=True, verbose_name="adopted on")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
                ("result", models.TextField(blank=True, max_length=2000, verbose_name="result")),
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
                        related_name="plans",
                        to="villages.village",
                        verbose_name="village",
                    ),
                ),
            ],
            options={
                "verbose_name": "village plan",
                "verbose_name_plural": "village plans",
                "ordering": ["-year", "village"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="PlanProject",
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
                ("planned_yuan", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="planned (yuan)")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="to be done by")),
                ("finished_on", models.DateField(blank=True, null=True, verbose_name="finished on")),
                ("dropped_on", models.DateField(blank=True, null=True, verbose_name="dropped on")),
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
                    "plan",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="villages.villageplan",
                        verbose_name="village plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "project of a village plan",
                "verbose_name_plural": "projects of village plans",
                "ordering": ["plan", "name"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="PlanProgress",
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
                ("noted_on", models.DateField(verbose_name="as of")),
                ("note", models.CharField(max_length=300, verbose_name="note")),
                (
                    "arrived_yuan",
                    models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="arrived (yuan)"),
                ),
                (
                    "spent_yuan",
                    models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="spent (yuan)"),
                ),
                ("entered_by", models.UUIDField(editable=False, null=True, verbose_name="entered by")),
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
                        related_name="progress",
                        to="villages.planproject",
                        verbose_name="project of a village plan",
                    ),
                ),
                (
                    "plan",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="progress",
                        to="villages.villageplan",
                        verbose_name="village plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "progress of a project",
                "verbose_name_plural": "progress of projects",
                "ordering": ["project", "-noted_on", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="PlanEdition",
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
                ("number", models.PositiveSmallIntegerField(verbose_name="edition")),
                ("adopted_on", models.DateField(verbose_name="adopted on")),
                ("goals", models.TextField(max_length=2000, verbose_name="goals")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason of the amendment")),
                ("planned_yuan", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="planned (yuan)")),
                ("projects", models.JSONField(verbose_name="projects")),
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
                    "plan",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="villages.villageplan",
                        verbose_name="village plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "edition of a village plan",
                "verbose_name_plural": "editions of village plans",
                "ordering": ["plan", "number"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddIndex(
            model_name="villageplan",
            index=models.Index(fields=["tenant", "scope_code"], name="villageplan_scope"),
        ),
        migrations.AddConstraint(
            model_name="villageplan",
            constraint=models.UniqueConstraint(fields=("tenant", "village", "year"), name="villageplan_year_once"),
        ),
        migrations.AddConstraint(
            model_name="villageplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__gte", 2000), ("year__lte", 2100)), name="villageplan_year_is_plausible"
            ),
        ),
        migrations.AddConstraint(
            model_name="villageplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("goals", ""), _negated=True), name="villageplan_has_goals"
            ),
        ),
        migrations.AddConstraint(
            model_name="villageplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("adopted_on__isnull", True), ("edition", 0), ("state", "drafted")),
                    models.Q(
                        models.Q(("state", "drafted"), _negated=True),
                        ("adopted_on__isnull", False),
                        ("edition__gte", 1),
                    ),
                    _connector="OR",
                ),
                name="villageplan_adopted_has_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="villageplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_on__isnull", True), ("result", ""), ("state__in", ["drafted", "adopted", "amended"])
                    ),
                    models.Q(
                        models.Q(("result", ""), _negated=True),
                        ("closed_on__gte", models.F("adopted_on")),
                        ("closed_on__isnull", False),
                        ("state", "closed"),
                    ),
                    _connector="OR",
                ),
                name="villageplan_closed_has_its_result",
            ),
        ),
        migrations.AddIndex(
            model_name="planproject",
            index=models.Index(fields=["tenant", "scope_code"], name="planproject_scope"),
        ),
        migrations.AddConstraint(
            model_name="planproject",
            constraint=models.UniqueConstraint(fields=("tenant", "plan", "name"), name="planproject_name_once"),
        ),
        migrations.AddConstraint(
            model_name="planproject",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("name", ""), _negated=True), models.Q(("kind_code", ""), _negated=True)),
                name="planproject_is_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="planproject",
            constraint=models.CheckConstraint(
                condition=models.Q(("planned_yuan__gte", 0)), name="planproject_money_is_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="planproject",
            constraint=models.CheckConstraint(
                condition=models.Q(("finished_on__isnull", True), ("dropped_on__isnull", True), _connector="OR"),
                name="planproject_finished_or_dropped",
            ),
        ),
        migrations.AddIndex(
            model_name="planprogress",
            index=models.Index(fields=["tenant", "project"], name="planprogress_project"),
        ),
        migrations.AddIndex(
            model_name="planprogress",
            index=models.Index(fields=["tenant", "plan"], name="planprogress_plan"),
        ),
        migrations.AddConstraint(
            model_name="planprogress",
            constraint=models.CheckConstraint(
                condition=models.Q(("note", ""), _negated=True), name="planprogress_says_what"
            ),
        ),
        migrations.AddConstraint(
            model_name="planedition",
            constraint=models.UniqueConstraint(fields=("tenant", "plan", "number"), name="planedition_number_once"),
        ),
        migrations.AddConstraint(
            model_name="planedition",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="planedition_number_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="planedition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("number", 1), models.Q(("number__gt", 1), models.Q(("reason", ""), _negated=True)), _connector="OR"
                ),
                name="planedition_later_has_its_reason",
            ),
        ),
        ProtectTenantTable("villageplan", policy=Policy.RANGED),
        ProtectTenantTable("planedition", policy=Policy.RANGED, append_only=True),
        ProtectTenantTable("planproject", policy=Policy.RANGED),
        ProtectTenantTable("planprogress", policy=Policy.RANGED, append_only=True),
        TenantLink("villageplan", "village"),
        TenantLink("planedition", "plan"),
        TenantLink("planproject", "plan"),
        TenantLink("planprogress", "plan"),
        TenantLink("planprogress", "project"),
    ]
    operations = folded(operations)
