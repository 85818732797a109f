import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import registry.tenancy.fields
import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.operations import ProtectTenantTable, TenantLink


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0005_keep_history"),
        ("registry", "0003_open_platform_tenant"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="anonymised_on",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="anonymised on"),
        ),
        migrations.CreateModel(
            name="HouseholdTie",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("split_from", "Founded by a split of"),
                            ("split_off", "Was split; founded"),
                            ("merged_into", "Merged into"),
                            ("merged_from", "Took in by a merger"),
                            ("came_from", "Came from another county as"),
                            ("went_to", "Went to another county as"),
                        ],
                        max_length=12,
                        verbose_name="tie",
                    ),
                ),
                (
                    "other_number",
                    models.CharField(db_collation="C", max_length=32, verbose_name="number of the other household"),
                ),
                (
                    "other_county_code",
                    models.CharField(blank=True, db_collation="C", max_length=12, verbose_name="other county"),
                ),
                ("effective_on", models.DateField(verbose_name="effective on")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="recorded at")),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ties",
                        to="households.household",
                        verbose_name="household",
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
                "verbose_name": "origin or successor of a household",
                "verbose_name_plural": "origin and successors of a household",
                "ordering": ["household", "effective_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["tenant", "household"], name="householdtie_household")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["split_from", "split_off", "merged_into", "merged_from", "came_from", "went_to"],
                            )
                        ),
                        name="householdtie_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["came_from", "went_to"]), ("other_county_code__regex", "^\\d{12}$")),
                            models.Q(
                                models.Q(("kind__in", ["came_from", "went_to"]), _negated=True),
                                ("other_county_code", ""),
                            ),
                            _connector="OR",
                        ),
                        name="householdtie_county_is_named_between_counties",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ObjectionPeriod",
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
                ("starts_on", models.DateField(verbose_name="valid from")),
                ("days", models.PositiveSmallIntegerField(verbose_name="days")),
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
                "verbose_name": "objection period",
                "verbose_name_plural": "objection periods",
                "ordering": ["-starts_on"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "starts_on"), name="objectionperiod_one_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("days__gte", 1)), name="objectionperiod_is_a_day_at_least"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Transfer",
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
                ("key", models.UUIDField(editable=False, verbose_name="key")),
                (
                    "direction",
                    models.CharField(
                        choices=[("outgoing", "To another county"), ("incoming", "From another county")],
                        max_length=8,
                        verbose_name="direction",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "Offered"),
                            ("accepted", "Accepted, on its way"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                            ("lapsed", "Lapsed"),
                            ("done", "Done"),
                        ],
                        default="offered",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("other_county_code", models.CharField(db_collation="C", max_length=12, verbose_name="other county")),
                ("other_county_name", models.CharField(max_length=100, verbose_name="name of the other county")),
                (
                    "household_number",
                    models.CharField(db_collation="C", max_length=32, verbose_name="household number"),
                ),
                ("household_version", models.PositiveIntegerField(default=0, verbose_name="version offered")),
                ("head_name", models.CharField(blank=True, max_length=60, verbose_name="Head")),
                ("persons_count", models.PositiveSmallIntegerField(verbose_name="persons")),
                (
                    "village_code",
                    models.CharField(blank=True, db_collation="C", max_length=12, verbose_name="village chosen"),
                ),
                ("effective_on", models.DateField(verbose_name="effective on")),
                ("reason", models.CharField(max_length=200, verbose_name="Reason")),
                ("answer", models.CharField(blank=True, max_length=200, verbose_name="answer")),
                ("outcome_code", models.CharField(blank=True, max_length=100, verbose_name="why it lapsed")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers",
                        to="households.household",
                        verbose_name="household",
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
                "verbose_name": "transfer between counties",
                "verbose_name_plural": "transfers between counties",
                "ordering": ["-created_at", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["tenant", "household"], name="transfer_household")],
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "key"), name="transfer_key_once_a_tenant"),
                    models.UniqueConstraint(
                        condition=models.Q(("direction", "outgoing"), ("state__in", ["offered", "accepted"])),
                        fields=("tenant", "household"),
                        name="transfer_one_open_a_household",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("direction__in", ["outgoing", "incoming"])),
                        name="transfer_direction_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["offered", "accepted", "declined", "withdrawn", "lapsed", "done"])
                        ),
                        name="transfer_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("household__isnull", False),
                            models.Q(("direction", "incoming"), models.Q(("state", "done"), _negated=True)),
                            _connector="OR",
                        ),
                        name="transfer_has_its_household",
                    ),
                ],
            },
        ),
        ProtectTenantTable("householdtie", policy=Policy.RANGED, append_only=True),
        ProtectTenantTable("transfer", policy=Policy.RANGED),
        ProtectTenantTable("objectionperiod", policy=Policy.SHARED),
        TenantLink("householdtie", "household"),
        TenantLink("transfer", "household"),
    ]
