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
        ("villages", "0004_arm_village_plans"),
    ]

    operations = [
        migrations.CreateModel(
            name="VillageActivity",
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
                ("kind_code", models.CharField(max_length=20, verbose_name="kind")),
                ("held_on", models.DateField(verbose_name="held on")),
                ("subject", models.CharField(max_length=100, verbose_name="subject")),
                ("participant_count", models.PositiveIntegerField(verbose_name="people")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="withdrawn on")),
                (
                    "plan",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultations",
                        to="villages.villageplan",
                        verbose_name="village plan",
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
                        related_name="activities",
                        to="villages.village",
                        verbose_name="village",
                    ),
                ),
            ],
            options={
                "verbose_name": "village activity",
                "verbose_name_plural": "village activities",
                "ordering": ["-held_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ActivityMaterial",
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
                ("title", models.CharField(max_length=100, verbose_name="title")),
                ("added_by", models.UUIDField(editable=False, null=True, verbose_name="added by")),
                (
                    "document",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.document",
                        verbose_name="file",
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
                    "activity",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="materials",
                        to="villages.villageactivity",
                        verbose_name="village activity",
                    ),
                ),
            ],
            options={
                "verbose_name": "material of an activity",
                "verbose_name_plural": "material of activities",
                "ordering": ["activity", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddIndex(
            model_name="villageactivity",
            index=models.Index(fields=["tenant", "scope_code", "held_on"], name="villageactivity_scope"),
        ),
        migrations.AddIndex(
            model_name="villageactivity",
            index=models.Index(fields=["tenant", "plan"], name="villageactivity_plan"),
        ),
        migrations.AddConstraint(
            model_name="villageactivity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind_code", ""), _negated=True), models.Q(("subject", ""), _negated=True)
                ),
                name="villageactivity_is_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="villageactivity",
            constraint=models.CheckConstraint(
                condition=models.Q(("participant_count__gte", 1)), name="villageactivity_somebody_came"
            ),
        ),
        migrations.AddIndex(
            model_name="activitymaterial",
            index=models.Index(fields=["tenant", "activity"], name="activitymaterial_activity"),
        ),
        migrations.AddConstraint(
            model_name="activitymaterial",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="activitymaterial_has_a_title"
            ),
        ),
        ProtectTenantTable("villageactivity", policy=Policy.RANGED),
        ProtectTenantTable("activitymaterial", policy=Policy.RANGED, append_only=True),
        TenantLink("villageactivity", "village"),
        TenantLink("villageactivity", "plan"),
        TenantLink("activitymaterial", "activity"),
        TenantLink("activitymaterial", "document"),
    ]
    operations = folded(operations)
