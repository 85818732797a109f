"""Keep how each name sounds, and note persons of a county who look alike."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import registry.tenancy.fields
import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.folding import folded
from registry.tenancy.operations import KeepHistory, ProtectTenantTable, TenantLink


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0013_arm_change_requests"),
        ("registry", "0009_widen_claims"),
    ]

    operations = [
        migrations.CreateModel(
            name="NearDuplicate",
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
                ("other_person_id", models.UUIDField(editable=False, verbose_name="other person")),
                (
                    "other_village_code",
                    models.CharField(
                        db_collation="C",
                        editable=False,
                        max_length=12,
                        verbose_name="village of the other person when found",
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("same_name_birth", "Same name and same day of birth"),
                            ("sound_birth", "The names sound alike, same day of birth"),
                            ("short_name_birth", "One name begins with the other, same day of birth, same township"),
                            (
                                "name_village",
                                "Same name and same village; a day of birth is missing or in the same year",
                            ),
                        ],
                        editable=False,
                        max_length=16,
                        verbose_name="why they look alike",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "Open"),
                            ("different", "Different persons"),
                            ("same", "Same person, put right"),
                        ],
                        default="new",
                        editable=False,
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="Reason")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled at")),
            ],
            options={
                "verbose_name": "person who looks like another",
                "verbose_name_plural": "persons who look alike",
                "ordering": ["-created_at", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddField(
            model_name="person",
            name="sound_key",
            field=models.CharField(
                blank=True, db_collation="C", db_default="", default="", editable=False, max_length=420
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="sound_start",
            field=models.CharField(
                blank=True, db_collation="C", db_default="", default="", editable=False, max_length=420
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["tenant", "birth_on", "sound_start"], name="person_birth_and_sound"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["tenant", "sound_key", "scope_code"], name="person_sound"),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("anonymised_on__isnull", True), models.Q(("sound_key", ""), ("sound_start", "")), _connector="OR"
                ),
                name="person_anonymised_has_no_sound",
            ),
        ),
        migrations.AddField(
            model_name="nearduplicate",
            name="person",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="near_duplicates",
                to="households.person",
                verbose_name="person",
            ),
        ),
        migrations.AddField(
            model_name="nearduplicate",
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
            model_name="nearduplicate",
            index=models.Index(fields=["tenant", "scope_code"], name="nearduplicate_scope"),
        ),
        migrations.AddConstraint(
            model_name="nearduplicate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["new", "different"])),
                fields=("tenant", "person", "other_person_id"),
                name="nearduplicate_once_a_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="nearduplicate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["new", "different", "same"]),
                    ("why__in", ["same_name_birth", "sound_birth", "short_name_birth", "name_village"]),
                ),
                name="nearduplicate_values_are_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="nearduplicate",
            constraint=models.CheckConstraint(
                condition=models.Q(("person", models.F("other_person_id")), _negated=True),
                name="nearduplicate_is_about_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="nearduplicate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), ("settled_at__isnull", True), ("state", "new")),
                    models.Q(
                        models.Q(("state", "new"), _negated=True),
                        ("settled_at__isnull", False),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="nearduplicate_settled_has_a_reason",
            ),
        ),
        ProtectTenantTable("nearduplicate", policy=Policy.RANGED),
        TenantLink("nearduplicate", "person"),
        # The new columns of the person follow from the name: no change of their own, and no part of a version.
        KeepHistory("person"),
    ]
    operations = folded(operations)
