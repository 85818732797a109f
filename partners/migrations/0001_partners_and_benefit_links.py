"""Partners, whom they help, what incomes come from, and demonstration households."""

from typing import Final

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.db import migrations, models

import registry.tenancy.fields
import registry.tenancy.models
from registry.enums import Policy
from registry.lib.uscc import check_sum_expression
from registry.tenancy.folding import folded
from registry.tenancy.operations import ProtectTenantTable, TenantLink

CHECK_CHARACTER: Final = (
    "ALTER TABLE partners_partner ADD CONSTRAINT partner_uscc_check_character_fits"
    f" CHECK (uscc = '' OR {check_sum_expression('uscc')} = 0)"
)
DROP_CHECK_CHARACTER: Final = "ALTER TABLE partners_partner DROP CONSTRAINT partner_uscc_check_character_fits"

# Another row is read as the app role: one out of the scope counts as none. Policies answer first, so after the insert.
HOLD: Final = """
CREATE FUNCTION partners_benefit_holds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.measure_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM assistance_measure m
        WHERE m.tenant_id = NEW.tenant_id AND m.id = NEW.measure_id AND m.household_id = NEW.household_id
    ) THEN
        RAISE EXCEPTION 'a measure explains the income of its own household'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'benefitlink_measure_of_the_household';
    END IF;
    IF NEW.replaces_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM partners_benefitlink b
        WHERE b.tenant_id = NEW.tenant_id AND b.id = NEW.replaces_id AND b.household_id = NEW.household_id
            AND b.year = NEW.year AND b.edition = NEW.edition - 1 AND b.withdrawn_on IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'an edition follows the one that it replaces'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'benefitlink_edition_follows';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER partners_benefitlink_holds AFTER INSERT ON partners_benefitlink
    FOR EACH ROW EXECUTE FUNCTION partners_benefit_holds();
CREATE FUNCTION partners_withdrawn_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.withdrawn_on IS NOT NULL AND NEW.withdrawn_on IS DISTINCT FROM OLD.withdrawn_on THEN
        RAISE EXCEPTION 'what is withdrawn stays so'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'partners_withdrawn_once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER partners_benefitlink_once BEFORE UPDATE ON partners_benefitlink
    FOR EACH ROW EXECUTE FUNCTION partners_withdrawn_once();
CREATE TRIGGER partners_demonstrationmark_once BEFORE UPDATE ON partners_demonstrationmark
    FOR EACH ROW EXECUTE FUNCTION partners_withdrawn_once();
CREATE FUNCTION partners_ended_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.ends_on IS NOT NULL AND NEW.ends_on IS DISTINCT FROM OLD.ends_on THEN
        RAISE EXCEPTION 'what has ended stays so'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'partners_ended_once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER partners_partnerlink_once BEFORE UPDATE ON partners_partnerlink
    FOR EACH ROW EXECUTE FUNCTION partners_ended_once();
CREATE TRIGGER partners_partner_once BEFORE UPDATE ON partners_partner
    FOR EACH ROW EXECUTE FUNCTION partners_ended_once();
"""
UNDO: Final = """
DROP TRIGGER partners_partner_once ON partners_partner;
DROP TRIGGER partners_partnerlink_once ON partners_partnerlink;
DROP FUNCTION partners_ended_once();
DROP TRIGGER partners_demonstrationmark_once ON partners_demonstrationmark;
DROP TRIGGER partners_benefitlink_once ON partners_benefitlink;
DROP FUNCTION partners_withdrawn_once();
DROP TRIGGER partners_benefitlink_holds ON partners_benefitlink;
DROP FUNCTION partners_benefit_holds();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("assistance", "0011_help_visits"),
        ("households", "0038_mark_pairs_of_who_left"),
        ("registry", "0018_dispatch_office"),
        ("villages", "0013_drop_leader_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="Partner",
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
                ("kind_code", models.CharField(max_length=20, verbose_name="kind of partner")),
                ("is_person", models.BooleanField(editable=False, verbose_name="a person")),
                ("uscc", models.CharField(blank=True, max_length=18, verbose_name="unified social credit code")),
                ("contact_name", models.CharField(blank=True, max_length=60, verbose_name="contact")),
                ("skill", models.CharField(blank=True, max_length=60, verbose_name="skill")),
                ("division_code", models.CharField(max_length=12, verbose_name="works in (division)")),
                ("phone_sealed", models.BinaryField(blank=True, null=True, verbose_name="telephone")),
                ("phone_index", models.BinaryField(blank=True, null=True)),
                ("starts_on", models.DateField(verbose_name="from")),
                (
                    "ends_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="until (not included)"),
                ),
                ("end_reason", models.CharField(blank=True, editable=False, max_length=200, verbose_name="why ended")),
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
                    "unit",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partners",
                        to="villages.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "partner",
                "verbose_name_plural": "partners",
                "ordering": ["name", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="BenefitLink",
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
                ("item_code", models.CharField(max_length=20, verbose_name="item of income")),
                ("product", models.CharField(blank=True, max_length=60, verbose_name="product")),
                ("month", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="month")),
                ("line_source", models.CharField(blank=True, max_length=100, verbose_name="source of the figure")),
                ("benefit_code", models.CharField(max_length=20, verbose_name="kind of benefit")),
                ("source_kind", models.CharField(max_length=20, verbose_name="kind of source")),
                ("source_id", models.UUIDField(blank=True, null=True, verbose_name="number of the source")),
                ("source_name", models.CharField(blank=True, max_length=100, verbose_name="name of the source")),
                ("edition", models.PositiveSmallIntegerField(default=1, verbose_name="edition")),
                ("stated_by", models.UUIDField(editable=False, null=True, verbose_name="stated by")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="withdrawn on")),
                ("withdrawn_by", models.UUIDField(editable=False, null=True, verbose_name="withdrawn by")),
                ("withdrawal_reason", models.CharField(blank=True, max_length=200, verbose_name="why withdrawn")),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="benefit_links",
                        to="households.household",
                        verbose_name="household",
                    ),
                ),
                (
                    "measure",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="benefit_links",
                        to="assistance.measure",
                        verbose_name="measure",
                    ),
                ),
                (
                    "replaces",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="partners.benefitlink",
                        verbose_name="replaces",
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
                    "partner",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="benefit_links",
                        to="partners.partner",
                        verbose_name="partner",
                    ),
                ),
            ],
            options={
                "verbose_name": "benefit link",
                "verbose_name_plural": "benefit links",
                "ordering": ["household", "-year", "item_code", "product", "month", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="PartnerLink",
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
                (
                    "form_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None, verbose_name="forms of help"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until (not included)")),
                ("end_reason", models.CharField(blank=True, max_length=200, verbose_name="why ended")),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partner_links",
                        to="households.household",
                        verbose_name="household",
                    ),
                ),
                (
                    "partner",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="partners.partner",
                        verbose_name="partner",
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
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partner_links",
                        to="villages.village",
                        verbose_name="village",
                    ),
                ),
            ],
            options={
                "verbose_name": "link with a partner",
                "verbose_name_plural": "links with partners",
                "ordering": ["partner", "-starts_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="DemonstrationMark",
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
                ("marked_on", models.DateField(verbose_name="marked on")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year of the result")),
                (
                    "net_per_head_yuan",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="net income per person (yuan)"),
                ),
                ("result", models.CharField(max_length=200, verbose_name="economic result")),
                ("marked_by", models.UUIDField(editable=False, null=True, verbose_name="marked by")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="withdrawn on")),
                ("withdrawal_reason", models.CharField(blank=True, max_length=200, verbose_name="why withdrawn")),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="demonstrations",
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
                "verbose_name": "demonstration household",
                "verbose_name_plural": "demonstration households",
                "ordering": ["-marked_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["tenant", "scope_code"], name="demonstration_scope")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_on__isnull", True)),
                        fields=("tenant", "household"),
                        name="demonstration_once_a_household",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 2000), ("year__lte", 2100)),
                        name="demonstration_year_is_plausible",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__lte", django.db.models.functions.datetime.ExtractYear("marked_on"))),
                        name="demonstration_rests_on_a_year_before",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("result", ""), _negated=True), name="demonstration_says_the_result"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawal_reason", ""), ("withdrawn_on__isnull", True)),
                            models.Q(
                                ("withdrawn_on__gte", models.F("marked_on")),
                                ("withdrawn_on__isnull", False),
                                models.Q(("withdrawal_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="demonstration_is_withdrawn_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on__isnull", True)),
                fields=("tenant", "name", "division_code", "phone_index"),
                name="partner_once_by_name_place_and_phone",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("uscc", ""), _negated=True),
                expressions=[
                    ("tenant", "="),
                    ("uscc", "="),
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
                name="partner_uscc_once_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="partner_name_is_given"
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind_code", ""), _negated=True), name="partner_kind_is_given"
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(("division_code__regex", "^[0-9]{12}$")), name="partner_division_is_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(("uscc", ""), ("uscc__regex", "^[0-9A-HJ-NPQRTUWXY]{18}$"), _connector="OR"),
                name="partner_uscc_has_its_shape",
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("contact_name", ""), ("is_person", True), ("uscc", "")),
                    models.Q(("is_person", False), ("skill", ""), ("unit__isnull", True)),
                    _connector="OR",
                ),
                name="partner_is_person_or_organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("phone_index__isnull", False), ("phone_sealed__isnull", False)),
                    models.Q(("phone_index__isnull", True), ("phone_sealed__isnull", True)),
                    _connector="OR",
                ),
                name="partner_phone_sealed_with_index",
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("starts_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="partner_ends_not_before_start",
            ),
        ),
        migrations.AddIndex(
            model_name="benefitlink",
            index=models.Index(fields=["tenant", "household", "year"], name="benefitlink_household_year"),
        ),
        migrations.AddIndex(
            model_name="benefitlink",
            index=models.Index(fields=["tenant", "partner", "year"], name="benefitlink_partner_year"),
        ),
        migrations.AddIndex(
            model_name="benefitlink",
            index=models.Index(fields=["tenant", "measure"], name="benefitlink_measure"),
        ),
        migrations.AddIndex(
            model_name="benefitlink",
            index=models.Index(fields=["tenant", "scope_code"], name="benefitlink_scope"),
        ),
        migrations.AddIndex(
            model_name="benefitlink",
            index=models.Index(fields=["tenant", "-year", "id"], name="benefitlink_list"),
        ),
        migrations.AddConstraint(
            model_name="benefitlink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_on__isnull", True)),
                fields=("tenant", "household", "year", "item_code", "product", "month", "line_source"),
                name="benefitlink_once_a_line",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="benefitlink",
            constraint=models.UniqueConstraint(fields=("tenant", "replaces"), name="benefitlink_replaced_once"),
        ),
        migrations.AddConstraint(
            model_name="benefitlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__gte", 2000), ("year__lte", 2100)), name="benefitlink_year_is_plausible"
            ),
        ),
        migrations.AddConstraint(
            model_name="benefitlink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("benefit_code", ""), _negated=True), models.Q(("item_code", ""), _negated=True)
                ),
                name="benefitlink_says_what_and_which",
            ),
        ),
        migrations.AddConstraint(
            model_name="benefitlink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("measure__isnull", True),
                        ("partner__isnull", False),
                        ("source_id__isnull", True),
                        ("source_kind", "partner"),
                    ),
                    models.Q(
                        ("measure__isnull", False),
                        ("partner__isnull", True),
                        ("source_id__isnull", True),
                        ("source_kind", "measure"),
                    ),
                    models.Q(
                        ("measure__isnull", True),
                        ("partner__isnull", True),
                        ("source_id__isnull", True),
                        ("source_kind__in", ("post", "project", "other")),
                        models.Q(("source_name", ""), _negated=True),
                    ),
                    models.Q(
                        ("measure__isnull", True),
                        ("partner__isnull", True),
                        ("source_id__isnull", False),
                        models.Q(
                            ("source_kind__in", ["", "partner", "measure", "post", "project", "other"]), _negated=True
                        ),
                        models.Q(("source_name", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="benefitlink_names_its_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="benefitlink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("edition", 1), ("replaces__isnull", True)),
                    models.Q(("edition__gt", 1), ("replaces__isnull", False)),
                    _connector="OR",
                ),
                name="benefitlink_edition_follows_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="benefitlink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawal_reason", ""), ("withdrawn_on__isnull", True)),
                    models.Q(("withdrawn_on__isnull", False), models.Q(("withdrawal_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="benefitlink_is_withdrawn_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="benefitlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("replaces", models.F("id")), _negated=True), name="benefitlink_replaces_another"
            ),
        ),
        migrations.AddIndex(
            model_name="partnerlink",
            index=models.Index(fields=["tenant", "partner"], name="partnerlink_partner"),
        ),
        migrations.AddIndex(
            model_name="partnerlink",
            index=models.Index(fields=["tenant", "household"], name="partnerlink_household"),
        ),
        migrations.AddIndex(
            model_name="partnerlink",
            index=models.Index(fields=["tenant", "village"], name="partnerlink_village"),
        ),
        migrations.AddIndex(
            model_name="partnerlink",
            index=models.Index(fields=["tenant", "-starts_on", "id"], name="partnerlink_list"),
        ),
        migrations.AddIndex(
            model_name="partnerlink",
            index=models.Index(fields=["tenant", "scope_code"], name="partnerlink_scope"),
        ),
        migrations.AddConstraint(
            model_name="partnerlink",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("household__isnull", False)),
                expressions=[
                    ("tenant", "="),
                    ("partner", "="),
                    ("household", "="),
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
                name="partnerlink_one_a_household_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnerlink",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("village__isnull", False)),
                expressions=[
                    ("tenant", "="),
                    ("partner", "="),
                    ("village", "="),
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
                name="partnerlink_one_a_village_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnerlink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("starts_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="partnerlink_ends_not_before_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnerlink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("household__isnull", False), ("village__isnull", True)),
                    models.Q(("household__isnull", True), ("village__isnull", False)),
                    _connector="OR",
                ),
                name="partnerlink_has_a_household_or_a_village",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnerlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("form_codes__len__gt", 0)), name="partnerlink_has_a_form"
            ),
        ),
        migrations.AddConstraint(
            model_name="partnerlink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end_reason", ""), ("ends_on__isnull", True)),
                    models.Q(("ends_on__isnull", False), models.Q(("end_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="partnerlink_ends_with_a_reason",
            ),
        ),
        ProtectTenantTable("partner", policy=Policy.SHARED),
        TenantLink("partner", "unit"),
        ProtectTenantTable(
            "partnerlink",
            policy=Policy.RANGED,
            updatable=("scope_code", "ends_on", "end_reason", "version", "updated_at"),
        ),
        TenantLink("partnerlink", "partner"),
        TenantLink("partnerlink", "household"),
        TenantLink("partnerlink", "village"),
        ProtectTenantTable(
            "benefitlink",
            policy=Policy.RANGED,
            updatable=(
                "scope_code",
                "source_name",
                "withdrawn_on",
                "withdrawn_by",
                "withdrawal_reason",
                "version",
                "updated_at",
            ),
        ),
        TenantLink("benefitlink", "household"),
        TenantLink("benefitlink", "partner"),
        TenantLink("benefitlink", "measure"),
        TenantLink("benefitlink", "replaces"),
        ProtectTenantTable(
            "demonstrationmark",
            policy=Policy.RANGED,
            updatable=("scope_code", "result", "withdrawn_on", "withdrawal_reason", "version", "updated_at"),
        ),
        TenantLink("demonstrationmark", "household"),
        migrations.RunSQL(CHECK_CHARACTER, DROP_CHECK_CHARACTER),
        migrations.RunSQL(HOLD, UNDO),
    ]
    operations = folded(operations)
