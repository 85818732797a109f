"""Batches, members, absences, contacts of villages and tasks of teams; the leader's name becomes a member in 0012."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import registry.tenancy.fields
import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.folding import folded
from registry.tenancy.operations import ProtectTenantTable, TenantLink


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0009_widen_claims"),
        ("villages", "0010_units_have_kinds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TeamMember",
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
                ("name", models.CharField(max_length=70, verbose_name="Name")),
                (
                    "post_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None, verbose_name="posts"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until (not included)")),
            ],
            options={
                "verbose_name": "member of a team",
                "verbose_name_plural": "members of teams",
                "ordering": ["team", "starts_on", "name"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="TeamTask",
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
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("position", models.PositiveSmallIntegerField(default=1, verbose_name="position")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "verbose_name": "task of teams",
                "verbose_name_plural": "tasks of teams",
                "ordering": ["kind_code", "position", "name"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="VillageContact",
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
                ("name", models.CharField(max_length=60, verbose_name="Name")),
                ("post_title", models.CharField(max_length=60, verbose_name="post")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until (not included)")),
            ],
            options={
                "verbose_name": "contact of a village",
                "verbose_name_plural": "contacts of villages",
                "ordering": ["village", "-starts_on"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddField(
            model_name="workteam",
            name="planned_ends_on",
            field=models.DateField(blank=True, null=True, verbose_name="planned until (not included)"),
        ),
        migrations.CreateModel(
            name="TeamAbsence",
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
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until (not included)")),
                ("reason_code", models.CharField(max_length=20, verbose_name="reason")),
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
                "verbose_name": "absence of a member",
                "verbose_name_plural": "absences of members",
                "ordering": ["member", "-starts_on"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="TeamBatch",
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
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("planned_ends_on", models.DateField(verbose_name="planned until (not included)")),
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
                "verbose_name": "batch of teams",
                "verbose_name_plural": "batches of teams",
                "ordering": ["-number"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddField(
            model_name="workteam",
            name="batch",
            field=registry.tenancy.fields.TenantForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="teams",
                to="villages.teambatch",
                verbose_name="batch",
            ),
        ),
        migrations.AddConstraint(
            model_name="workteam",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("planned_ends_on__isnull", True), ("planned_ends_on__gt", models.F("starts_on")), _connector="OR"
                ),
                name="workteam_is_planned_past_its_start",
            ),
        ),
        migrations.AddField(
            model_name="teammember",
            name="team",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="members",
                to="villages.workteam",
                verbose_name="team",
            ),
        ),
        migrations.AddField(
            model_name="teammember",
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
            model_name="teammember",
            name="unit",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="villages.unit",
                verbose_name="sent by",
            ),
        ),
        migrations.AddField(
            model_name="teammember",
            name="user",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="login",
            ),
        ),
        migrations.AddField(
            model_name="teamabsence",
            name="member",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="absences",
                to="villages.teammember",
                verbose_name="member",
            ),
        ),
        migrations.AddField(
            model_name="teamtask",
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
            model_name="villagecontact",
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
            model_name="villagecontact",
            name="village",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contacts",
                to="villages.village",
                verbose_name="village",
            ),
        ),
        migrations.AddConstraint(
            model_name="teambatch",
            constraint=models.UniqueConstraint(fields=("tenant", "number"), name="teambatch_number_once_a_tenant"),
        ),
        migrations.AddConstraint(
            model_name="teambatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("planned_ends_on__gt", models.F("starts_on"))), name="teambatch_ends_after_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="teambatch",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("name", ""), _negated=True), ("number__gte", 1)), name="teambatch_is_named"
            ),
        ),
        migrations.AddIndex(
            model_name="teammember",
            index=models.Index(fields=["tenant", "team"], name="teammember_team"),
        ),
        migrations.AddIndex(
            model_name="teammember",
            index=models.Index(fields=["tenant", "scope_code"], name="teammember_scope"),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="teammember_ends_not_before_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="teammember_is_named"
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=models.CheckConstraint(
                condition=models.Q(("post_codes", []), _negated=True), name="teammember_has_a_post"
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("post_codes__contains", ["1"])),
                expressions=[
                    ("tenant", "="),
                    ("scope_code", "="),
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
                name="teammember_one_first_secretary_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("post_codes__contains", ["2"])),
                expressions=[
                    ("tenant", "="),
                    ("team", "="),
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
                name="teammember_one_leader_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("tenant", "="),
                    ("unit", "="),
                    ("name", "="),
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
                name="teammember_one_team_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("user__isnull", False)),
                expressions=[
                    ("tenant", "="),
                    ("user", "="),
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
                name="teammember_one_team_a_login_a_day",
            ),
        ),
        migrations.AddIndex(
            model_name="teamabsence",
            index=models.Index(fields=["tenant", "member"], name="teamabsence_member"),
        ),
        migrations.AddConstraint(
            model_name="teamabsence",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="teamabsence_ends_not_before_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="teamabsence",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("tenant", "="),
                    ("member", "="),
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
                name="teamabsence_one_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="teamtask",
            constraint=models.UniqueConstraint(fields=("tenant", "name"), name="teamtask_name_once_a_tenant"),
        ),
        migrations.AddConstraint(
            model_name="teamtask",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("name", ""), _negated=True), models.Q(("kind_code", ""), _negated=True)),
                name="teamtask_is_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="villagecontact",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="villagecontact_ends_not_before_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="villagecontact",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("name", ""), _negated=True), models.Q(("post_title", ""), _negated=True)),
                name="villagecontact_is_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="villagecontact",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("tenant", "="),
                    ("village", "="),
                    ("name", "="),
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
                name="villagecontact_once_a_day",
            ),
        ),
        ProtectTenantTable("teambatch", policy=Policy.SHARED),
        ProtectTenantTable("teamtask", policy=Policy.SHARED),
        ProtectTenantTable("teammember", policy=Policy.RANGED),
        ProtectTenantTable("teamabsence", policy=Policy.RANGED),
        ProtectTenantTable("villagecontact", policy=Policy.RANGED),
        TenantLink("workteam", "batch"),
        TenantLink("teammember", "team"),
        TenantLink("teammember", "unit"),
        TenantLink("teamabsence", "member"),
        TenantLink("villagecontact", "village"),
    ]
    operations = folded(operations)
