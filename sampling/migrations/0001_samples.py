"""Sample checks: announced, drawn once, and what the doorstep said."""

from typing import Final

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import registry.tenancy.fields
import registry.tenancy.models
from households.workflow import guard_sql, unguard_sql
from registry.enums import Policy
from registry.tenancy.operations import ProtectTenantTable, TenantLink

PAIRS: Final = (("announced", "cancelled"), ("announced", "drawn"), ("drawn", "closed"))
# What is drawn is written while the check is announced: nobody adds a household afterwards.
DRAWN_ONCE: Final = """
CREATE FUNCTION sampling_drawn_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM sampling_samplecheck c
        WHERE c.tenant_id = NEW.tenant_id AND c.id = NEW.sample_id AND c.state = 'announced'
    ) THEN
        RAISE EXCEPTION 'the sample was drawn' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER sampling_sampledhousehold_drawn_once AFTER INSERT ON sampling_sampledhousehold
    FOR EACH ROW EXECUTE FUNCTION sampling_drawn_once();
CREATE TRIGGER sampling_samplecell_drawn_once AFTER INSERT ON sampling_samplecell
    FOR EACH ROW EXECUTE FUNCTION sampling_drawn_once();
"""
NOT_ONCE: Final = """
DROP TRIGGER sampling_sampledhousehold_drawn_once ON sampling_sampledhousehold;
DROP TRIGGER sampling_samplecell_drawn_once ON sampling_samplecell;
DROP FUNCTION sampling_drawn_once();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("households", "0047_plan_lifting_and_tell_cause_of_return"),
        ("periods", "0001_periods_and_snapshots"),
        ("registry", "0019_tallies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SampleCheck",
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
                ("frame_on", models.DateField(verbose_name="list of")),
                ("size", models.PositiveIntegerField(verbose_name="households to check")),
                ("cap_per_village", models.PositiveIntegerField(verbose_name="households of a village at most")),
                ("seed", models.CharField(db_collation="C", max_length=64, verbose_name="seed")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("announced", "Announced"),
                            ("drawn", "Drawn"),
                            ("closed", "Closed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="announced",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("announced_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="announced at")),
                ("drawn_at", models.DateTimeField(blank=True, null=True, verbose_name="drawn at")),
                ("frame_digest", models.CharField(blank=True, max_length=64, verbose_name="digest of the list")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                (
                    "announced_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="announced by",
                    ),
                ),
                (
                    "snapshot",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="periods.snapshot",
                        verbose_name="snapshot",
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
                "verbose_name": "sample check",
                "verbose_name_plural": "sample checks",
                "ordering": ["-announced_at", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="SampleCell",
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
                ("township_code", models.CharField(db_collation="C", max_length=12, verbose_name="township")),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("not_lifted", "Not lifted"),
                            ("lifted", "Lifted"),
                            ("monitored", "Monitored, risk not removed"),
                        ],
                        max_length=12,
                        verbose_name="group",
                    ),
                ),
                (
                    "village_code",
                    models.CharField(blank=True, db_collation="C", default="", max_length=12, verbose_name="village"),
                ),
                ("households", models.PositiveIntegerField(verbose_name="households on the list")),
                ("drawn", models.PositiveIntegerField(verbose_name="drawn")),
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
                    "sample",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cells",
                        to="sampling.samplecheck",
                        verbose_name="sample check",
                    ),
                ),
            ],
            options={
                "verbose_name": "cell of a sample",
                "verbose_name_plural": "cells of samples",
                "ordering": ["sample", "township_code", "group", "village_code"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="SampledHousehold",
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
                ("village_code", models.CharField(db_collation="C", max_length=12, verbose_name="village")),
                ("place", models.PositiveIntegerField(verbose_name="place in the draw")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not checked yet"),
                            ("correct", "All correct"),
                            ("wrong", "Something is wrong"),
                            ("not_reached", "Nobody was met"),
                        ],
                        default="",
                        max_length=12,
                        verbose_name="result",
                    ),
                ),
                (
                    "wrong_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("identification", "Identification and status"),
                                ("members", "Members"),
                                ("living", "Production and living conditions"),
                                ("income", "Income"),
                                ("support", "Helpers and measures"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="what is wrong",
                    ),
                ),
                ("checked_on", models.DateField(blank=True, null=True, verbose_name="checked on")),
                ("checked_by", models.UUIDField(blank=True, editable=False, null=True, verbose_name="checked by")),
                (
                    "cell",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sampled",
                        to="sampling.samplecell",
                        verbose_name="cell of a sample",
                    ),
                ),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="samples",
                        to="households.household",
                        verbose_name="household",
                    ),
                ),
                (
                    "sample",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="households",
                        to="sampling.samplecheck",
                        verbose_name="sample check",
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
                "verbose_name": "sampled household",
                "verbose_name_plural": "sampled households",
                "ordering": ["sample", "village_code", "place"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddConstraint(
            model_name="samplecheck",
            constraint=models.UniqueConstraint(fields=("tenant", "name"), name="samplecheck_name_once_a_tenant"),
        ),
        migrations.AddConstraint(
            model_name="samplecheck",
            constraint=models.UniqueConstraint(fields=("tenant", "seed"), name="samplecheck_seed_once_a_tenant"),
        ),
        migrations.AddConstraint(
            model_name="samplecheck",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["announced", "drawn", "closed", "cancelled"])),
                name="samplecheck_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="samplecheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cap_per_village__gte", 1), ("size__gte", 1), models.Q(("name", ""), _negated=True)
                ),
                name="samplecheck_asks_for_some",
            ),
        ),
        migrations.AddConstraint(
            model_name="samplecheck",
            constraint=models.CheckConstraint(
                condition=models.Q(("seed__regex", "^[0-9a-f]{32,64}$")), name="samplecheck_seed_is_hex"
            ),
        ),
        migrations.AddConstraint(
            model_name="samplecheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("drawn_at__isnull", False),
                        ("state__in", ["drawn", "closed"]),
                        models.Q(("frame_digest", ""), _negated=True),
                    ),
                    models.Q(
                        ("drawn_at__isnull", True), ("frame_digest", ""), ("state__in", ["announced", "cancelled"])
                    ),
                    _connector="OR",
                ),
                name="samplecheck_drawn_has_its_list",
            ),
        ),
        migrations.AddConstraint(
            model_name="samplecell",
            constraint=models.UniqueConstraint(
                fields=("tenant", "sample", "township_code", "group", "village_code"), name="samplecell_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="samplecell",
            constraint=models.CheckConstraint(
                condition=models.Q(("households__gte", models.F("drawn"))), name="samplecell_draws_of_its_list"
            ),
        ),
        migrations.AddIndex(
            model_name="sampledhousehold",
            index=models.Index(fields=["tenant", "household"], name="sampledhousehold_household"),
        ),
        migrations.AddConstraint(
            model_name="sampledhousehold",
            constraint=models.UniqueConstraint(fields=("tenant", "sample", "household"), name="sampledhousehold_once"),
        ),
        migrations.AddConstraint(
            model_name="sampledhousehold",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["", "correct", "wrong", "not_reached"])),
                name="sampledhousehold_outcome_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sampledhousehold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "wrong"), ("wrong_codes__len__gte", 1)),
                    models.Q(models.Q(("outcome", "wrong"), _negated=True), ("wrong_codes__len", 0)),
                    _connector="OR",
                ),
                name="sampledhousehold_wrong_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="sampledhousehold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("checked_on__isnull", True), ("outcome", "")),
                    models.Q(models.Q(("outcome", ""), _negated=True), ("checked_on__isnull", False)),
                    _connector="OR",
                ),
                name="sampledhousehold_result_has_its_day",
            ),
        ),
        ProtectTenantTable(
            "samplecheck",
            policy=Policy.SHARED,
            updatable=("scope_code", "state", "drawn_at", "frame_digest", "ended_at", "version", "updated_at"),
        ),
        TenantLink("samplecheck", "snapshot"),
        ProtectTenantTable("samplecell", policy=Policy.RANGED, append_only=True),
        TenantLink("samplecell", "sample"),
        ProtectTenantTable(
            "sampledhousehold",
            policy=Policy.RANGED,
            updatable=("scope_code", "outcome", "wrong_codes", "checked_on", "checked_by", "version", "updated_at"),
        ),
        TenantLink("sampledhousehold", "sample"),
        TenantLink("sampledhousehold", "cell"),
        TenantLink("sampledhousehold", "household"),
        migrations.RunSQL(
            guard_sql("sampling_samplecheck", "state", PAIRS), unguard_sql("sampling_samplecheck", "state")
        ),
        migrations.RunSQL(DRAWN_ONCE, NOT_ONCE),
    ]
