"""Add the checklists of visits, what makes a step late, and sessions that are cancelled."""

import django.contrib.postgres.fields
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
        ("dossiers", "0005_arm_campaigns"),
        ("households", "0008_note_duplicates"),
        ("registry", "0005_claim_identities"),
    ]

    operations = [
        migrations.CreateModel(
            name="Look",
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
                ("looked_on", models.DateField(verbose_name="visited on")),
                (
                    "choices",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), size=None, verbose_name="answers"
                    ),
                ),
                (
                    "remarks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(blank=True, max_length=200), size=None, verbose_name="remarks"
                    ),
                ),
                ("score", models.DecimalField(decimal_places=1, max_digits=6, verbose_name="score")),
                ("outcome", models.CharField(max_length=60, verbose_name="what it suggests")),
                ("looked_by", models.UUIDField(editable=False, null=True, verbose_name="filled in by")),
            ],
            options={
                "verbose_name": "nine-look",
                "verbose_name_plural": "nine-looks",
                "ordering": ["-looked_on", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="LookForm",
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
                ("key", models.CharField(db_collation="C", max_length=40, verbose_name="key")),
                ("edition", models.PositiveSmallIntegerField(default=1, verbose_name="edition")),
                ("name", models.CharField(max_length=60, verbose_name="Name")),
                (
                    "terrain",
                    models.CharField(
                        choices=[
                            ("farming", "Farming area"),
                            ("herding", "Herding area"),
                            ("mixed", "Farming and herding area"),
                        ],
                        max_length=10,
                        verbose_name="for which area",
                    ),
                ),
                ("is_local", models.BooleanField(default=True, verbose_name="local template, editable")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                ("is_current", models.BooleanField(default=True, verbose_name="in use")),
                ("full_score", models.PositiveSmallIntegerField(default=100, verbose_name="full score")),
                (
                    "bounds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DecimalField(decimal_places=1, max_digits=6),
                        size=None,
                        verbose_name="score from which",
                    ),
                ),
                (
                    "outcomes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), size=None, verbose_name="what it suggests"
                    ),
                ),
            ],
            options={
                "verbose_name": "checklist of a visit",
                "verbose_name_plural": "checklists of visits",
                "ordering": ["key", "-edition"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="LookItem",
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
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("name", models.CharField(max_length=60, verbose_name="Name")),
                ("question", models.CharField(blank=True, max_length=200, verbose_name="question")),
                ("weight", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="weight")),
                (
                    "choices",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        size=None,
                        verbose_name="choices, from the best to the hardest",
                    ),
                ),
            ],
            options={
                "verbose_name": "question of a checklist",
                "verbose_name_plural": "questions of a checklist",
                "ordering": ["form", "position"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.RemoveConstraint(
            model_name="listsession",
            name="listsession_state_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="listsession",
            name="listsession_closed_has_its_papers",
        ),
        migrations.AddField(
            model_name="dossierstep",
            name="late_days",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="days late"),
        ),
        migrations.AddField(
            model_name="dossierstep",
            name="late_reason",
            field=models.CharField(blank=True, max_length=300, verbose_name="why it was late"),
        ),
        migrations.AddField(
            model_name="listsession",
            name="end_reason",
            field=models.CharField(blank=True, max_length=300, verbose_name="why it was cancelled"),
        ),
        migrations.AddField(
            model_name="templatestep",
            name="needs_look",
            field=models.BooleanField(default=False, verbose_name="nine-look required"),
        ),
        migrations.AlterField(
            model_name="listsession",
            name="state",
            field=models.CharField(
                choices=[("open", "Open"), ("closed", "Closed"), ("cancelled", "Cancelled")],
                default="open",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossierstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("late_days", 0), ("late_reason", "")),
                    models.Q(("late_days__gt", 0), ("late_reason__gt", "")),
                    _connector="OR",
                ),
                name="dossierstep_late_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="listsession",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "closed", "cancelled"])), name="listsession_state_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="listsession",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("end_reason", ""), ("ends_on__isnull", True), ("minutes__isnull", True), ("state", "open")
                    ),
                    models.Q(
                        ("end_reason__gt", ""),
                        ("ends_on__isnull", False),
                        ("minutes__isnull", True),
                        ("state", "cancelled"),
                    ),
                    models.Q(
                        ("end_reason", ""),
                        ("ends_on__gte", models.F("starts_on")),
                        ("ends_on__isnull", False),
                        ("minutes__isnull", False),
                        ("minutes_code__gt", ""),
                        ("state", "closed"),
                    ),
                    _connector="OR",
                ),
                name="listsession_closed_has_its_papers",
            ),
        ),
        migrations.AddConstraint(
            model_name="templatestep",
            constraint=models.CheckConstraint(
                condition=models.Q(("needs_look", False), ("form", "visit"), _connector="OR"),
                name="templatestep_looks_are_of_visits",
            ),
        ),
        migrations.AddField(
            model_name="look",
            name="dossier",
            field=registry.tenancy.fields.TenantForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="looks",
                to="dossiers.dossier",
                verbose_name="dossier",
            ),
        ),
        migrations.AddField(
            model_name="look",
            name="household",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="looks",
                to="households.household",
                verbose_name="household",
            ),
        ),
        migrations.AddField(
            model_name="look",
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
            model_name="lookform",
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
            model_name="look",
            name="form",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="dossiers.lookform",
                verbose_name="checklist of a visit",
            ),
        ),
        migrations.AddField(
            model_name="lookitem",
            name="form",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="items",
                to="dossiers.lookform",
                verbose_name="checklist of a visit",
            ),
        ),
        migrations.AddField(
            model_name="lookitem",
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
        migrations.AddConstraint(
            model_name="lookform",
            constraint=models.UniqueConstraint(fields=("tenant", "key", "edition"), name="lookform_edition_once"),
        ),
        migrations.AddConstraint(
            model_name="lookform",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_current", True)), fields=("tenant", "key"), name="lookform_one_in_use"
            ),
        ),
        migrations.AddConstraint(
            model_name="lookform",
            constraint=models.CheckConstraint(
                condition=models.Q(("terrain__in", ["farming", "herding", "mixed"])), name="lookform_terrain_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="lookform",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("key", ""), _negated=True), models.Q(("name", ""), _negated=True)),
                name="lookform_has_key_and_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="lookform",
            constraint=models.CheckConstraint(
                condition=models.Q(("full_score__gte", 1)), name="lookform_score_is_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="lookform",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("bounds__len__gte", 1), ("bounds__len", models.F("outcomes__len")), ("bounds__0", 0)
                ),
                name="lookform_outcome_for_each_bound",
            ),
        ),
        migrations.AddIndex(
            model_name="look",
            index=models.Index(fields=["tenant", "household"], name="look_household"),
        ),
        migrations.AddIndex(
            model_name="look",
            index=models.Index(fields=["tenant", "dossier"], name="look_dossier"),
        ),
        migrations.AddConstraint(
            model_name="look",
            constraint=models.CheckConstraint(condition=models.Q(("score__gte", 0)), name="look_score_is_not_negative"),
        ),
        migrations.AddConstraint(
            model_name="look",
            constraint=models.CheckConstraint(
                condition=models.Q(("choices__len__gte", 1), ("choices__len", models.F("remarks__len"))),
                name="look_remark_for_each_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="lookitem",
            constraint=models.UniqueConstraint(fields=("tenant", "form", "position"), name="lookitem_position_once"),
        ),
        migrations.AddConstraint(
            model_name="lookitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("position__gte", 1)), name="lookitem_position_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="lookitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__gt", 0)), name="lookitem_weight_is_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="lookitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("choices__len__gte", 2), ("choices__len__lte", 5), models.Q(("name", ""), _negated=True)
                ),
                name="lookitem_has_choices",
            ),
        ),
        ProtectTenantTable("lookform", policy=Policy.SHARED),
        ProtectTenantTable("lookitem", policy=Policy.SHARED, append_only=True),
        ProtectTenantTable("look", policy=Policy.RANGED, append_only=True),
        TenantLink("lookitem", "form"),
        TenantLink("look", "household"),
        TenantLink("look", "dossier"),
        TenantLink("look", "form"),
    ]
    operations = folded(operations)
