"""Tables of what is due and received, with the steps that a finding may take."""

from typing import Final

import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
from django.db import migrations, models

import registry.tenancy.fields
import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.operations import ProtectTenantTable, TenantLink

STEPS: Final = """
CREATE FUNCTION entitlements_finding_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.state, NEW.state) NOT IN (('new', 'decided'), ('new', 'closed'), ('decided', 'new'), ('decided', 'closed'),
        ('closed', 'new')) THEN
        RAISE EXCEPTION 'an entitlement goes from % to % in no step', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entitlement_goes_its_steps';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER entitlements_finding_steps BEFORE UPDATE OF state ON entitlements_entitlementfinding
    FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION entitlements_finding_steps();
CREATE FUNCTION entitlements_finding_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an entitlement is found before it is answered'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'entitlement_begins_new';
END $$;
CREATE TRIGGER entitlements_finding_begins BEFORE INSERT ON entitlements_entitlementfinding
    FOR EACH ROW WHEN (NEW.state <> 'new' OR NEW.answer <> '') EXECUTE FUNCTION entitlements_finding_begins();
"""
UNDO: Final = """
DROP TRIGGER entitlements_finding_begins ON entitlements_entitlementfinding;
DROP FUNCTION entitlements_finding_begins();
DROP TRIGGER entitlements_finding_steps ON entitlements_entitlementfinding;
DROP FUNCTION entitlements_finding_steps();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("households", "0038_mark_pairs_of_who_left"),
        ("registry", "0018_dispatch_office"),
    ]

    operations = [
        migrations.CreateModel(
            name="EntitlementFinding",
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
                ("policy_code", models.CharField(db_collation="C", max_length=40, verbose_name="policy")),
                ("policy_version", models.PositiveSmallIntegerField(verbose_name="edition of the policy")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year of its figures")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("due_not_received", "Due and not received"),
                            ("received_not_due", "Received and not due"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "sector",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("education", "Education"),
                            ("medical_insurance", "Medical insurance"),
                            ("civil_affairs", "Civil affairs"),
                            ("housing", "Housing"),
                            ("water", "Water"),
                            ("disability", "Disability"),
                        ],
                        max_length=20,
                        verbose_name="sector",
                    ),
                ),
                ("subject_id", models.UUIDField(editable=False, verbose_name="object")),
                ("first_seen_on", models.DateField(verbose_name="first seen on")),
                ("last_seen_on", models.DateField(verbose_name="last seen on")),
                (
                    "state",
                    models.CharField(
                        choices=[("new", "New"), ("decided", "Answered"), ("closed", "Settled")],
                        default="new",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("reopened_count", models.PositiveSmallIntegerField(default=0, verbose_name="opened again")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="settled on")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("granted", "Granted"),
                            ("applied", "Applied for"),
                            ("not_due", "Not due"),
                            ("declined", "Declined by the household"),
                            ("stop_proposed", "End proposed to the authority"),
                            ("as_recorded", "Rightly received"),
                        ],
                        max_length=20,
                        verbose_name="answer",
                    ),
                ),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="answered as of")),
                ("answered_by", models.UUIDField(blank=True, null=True, verbose_name="answered by")),
                ("ask_again_on", models.DateField(blank=True, null=True, verbose_name="asked again from")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entitlement_findings",
                        to="households.household",
                        verbose_name="household",
                    ),
                ),
                (
                    "person",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entitlement_findings",
                        to="households.person",
                        verbose_name="person",
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
                "verbose_name": "entitlement to be settled",
                "verbose_name_plural": "entitlements to be settled",
                "ordering": ["scope_code", "policy_code", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["tenant", "household"], name="entitlement_household"),
                    models.Index(
                        fields=["tenant", "state", "scope_code", "policy_code", "id"], name="entitlement_worklist"
                    ),
                    models.Index(
                        fields=["tenant", "policy_code", "kind", "state", "answer"], name="entitlement_figures"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "policy_code", "kind", "household", "subject_id"),
                        name="entitlement_once_an_object",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "subject_id",
                                django.db.models.functions.comparison.Coalesce(
                                    models.F("person"), models.F("household")
                                ),
                            )
                        ),
                        name="entitlement_has_its_object",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["new", "decided", "closed"])),
                        name="entitlement_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on__isnull", False), ("state", "closed")),
                            models.Q(models.Q(("state", "closed"), _negated=True), ("closed_on__isnull", True)),
                            _connector="OR",
                        ),
                        name="entitlement_closed_has_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "answer__in",
                                    ["granted", "applied", "not_due", "declined", "stop_proposed", "as_recorded"],
                                ),
                                ("answered_by__isnull", False),
                                ("answered_on__isnull", False),
                                ("ask_again_on__isnull", False),
                            ),
                            models.Q(
                                ("answer", ""),
                                ("answered_by__isnull", True),
                                ("answered_on__isnull", True),
                                ("ask_again_on__isnull", True),
                                models.Q(("state", "decided"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="entitlement_answer_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "due_not_received"),
                                ("answer__in", ["", "granted", "applied", "not_due", "declined"]),
                            ),
                            models.Q(
                                ("kind", "received_not_due"), ("answer__in", ["", "stop_proposed", "as_recorded"])
                            ),
                            _connector="OR",
                        ),
                        name="entitlement_answer_fits_its_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_seen_on__gte", models.F("first_seen_on"))),
                        name="entitlement_last_seen_not_before_first",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ask_again_on__isnull", True),
                            ("ask_again_on__gt", models.F("answered_on")),
                            _connector="OR",
                        ),
                        name="entitlement_asked_again_after_its_answer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyFigure",
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
                ("policy_code", models.CharField(db_collation="C", max_length=40, verbose_name="policy")),
                ("name", models.CharField(db_collation="C", max_length=40, verbose_name="figure")),
                ("from_year", models.PositiveSmallIntegerField(verbose_name="from the year")),
                ("value", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="value")),
                ("source", models.CharField(max_length=200, verbose_name="source of the figure")),
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
                "verbose_name": "figure of a policy",
                "verbose_name_plural": "figures of policies",
                "ordering": ["policy_code", "name", "-from_year"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "policy_code", "name", "from_year"), name="policyfigure_once_a_year"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_year__gte", 2000), ("from_year__lte", 2100)),
                        name="policyfigure_year_is_plausible",
                    ),
                    models.CheckConstraint(condition=models.Q(("value__gte", 0)), name="policyfigure_is_not_negative"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", "enabled"), _negated=True), ("value__in", [0, 1]), _connector="OR"
                        ),
                        name="policyfigure_switch_is_0_or_1",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="policyfigure_names_its_source"
                    ),
                ],
            },
        ),
        ProtectTenantTable("policyfigure", policy=Policy.SHARED),
        ProtectTenantTable(
            "entitlementfinding",
            policy=Policy.RANGED,
            # Of whom it is, by which policy and of which kind never changes.
            updatable=(
                "scope_code",
                "policy_version",
                "year",
                "sector",
                "last_seen_on",
                "state",
                "reopened_count",
                "closed_on",
                "answer",
                "answered_on",
                "answered_by",
                "ask_again_on",
                "note",
                "version",
                "updated_at",
            ),
        ),
        TenantLink("entitlementfinding", "household"),
        TenantLink("entitlementfinding", "person"),
        migrations.RunSQL(STEPS, UNDO),
    ]
