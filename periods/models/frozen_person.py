"""What a picture holds of a person.

Codes, figures, days and marks alone: no name, no number of a document, no address and no words. Who
somebody is, is read from the register when a report is printed, by those with the right (docs/decisions/0233).
The ids name rows of the register without a foreign key: hundreds of thousands of rows are written at once from those.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from periods.models.snapshot import Snapshot
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel


class FrozenPerson(TenantModel):
    """A member on the day, in the village of that day; schooling, health and work are of the latest year on file.

    `is_able_to_work` follows the register's own definition (`households.queries.labour`) for the day; it is empty where
    no ability is on file. `works_now` says that a work record or a term in a public-welfare post covers the day; it is
    empty where nothing of the day's year is on file.
    """

    snapshot = TenantForeignKey(Snapshot, verbose_name=_("snapshot"), related_name="+")
    person_id = models.UUIDField(_("person"))
    household_id = models.UUIDField(_("household"))
    village_code = models.CharField(_("village"), max_length=12, db_collation="C")
    relation_code = models.CharField(_("relation to the head"), max_length=20)
    starts_on = models.DateField(_("member since"), null=True, blank=True)
    starts_precision = models.CharField(_("precision of that date"), max_length=5, blank=True, default="")
    number = models.CharField(_("person number"), max_length=32, blank=True, default="", db_collation="C")
    sex_code = models.CharField(_("sex"), max_length=1, blank=True, default="")
    birth_on = models.DateField(_("born on"), null=True, blank=True)
    birth_precision = models.CharField(_("precision of that date"), max_length=5, blank=True, default="")
    document_code = models.CharField(_("kind of document"), max_length=20, blank=True, default="")
    is_placeholder = models.BooleanField(_("has no number of its own"), default=False)
    disability_category_code = models.CharField(_("category of disability"), max_length=1, blank=True, default="")
    disability_grade_code = models.CharField(_("grade of disability"), max_length=1, blank=True, default="")
    facts_year = models.PositiveSmallIntegerField(_("year of the facts"), null=True, blank=True)
    is_able_to_work = models.BooleanField(_("able to work"), null=True, blank=True)
    works_now = models.BooleanField(_("at work on the day"), null=True, blank=True)
    has_post = models.BooleanField(_("is in a public-welfare post"), default=False)
    education_code = models.CharField(_("education"), max_length=20, blank=True, default="")
    school_code = models.CharField(_("stage of school"), max_length=20, blank=True, default="")
    health_codes = ArrayField(models.CharField(max_length=20), verbose_name=_("health"), default=list, blank=True)
    skill_code = models.CharField(_("ability to work"), max_length=20, blank=True, default="")
    dropout_reason_code = models.CharField(_("reason for leaving school"), max_length=20, blank=True, default="")
    disability_card_year = models.PositiveSmallIntegerField(_("year of the disability card"), null=True, blank=True)
    work_division_code = models.CharField(
        _("division of work"), max_length=12, blank=True, default="", db_collation="C"
    )
    works_abroad = models.BooleanField(_("works abroad"), null=True, blank=True)
    work_months = models.DecimalField(_("months of work"), max_digits=3, decimal_places=1, null=True, blank=True)
    employment_channel_code = models.CharField(_("way into work"), max_length=20, blank=True, default="")
    industry_code = models.CharField(_("industry"), max_length=20, blank=True, default="")
    public_post_code = models.CharField(_("public-service post"), max_length=20, blank=True, default="")
    public_post_months = models.DecimalField(
        _("months in the public-service post"), max_digits=3, decimal_places=1, null=True, blank=True
    )
    minimum_living_allowance_code = models.CharField(
        _("minimum living allowance"), max_length=20, blank=True, default=""
    )
    special_support_code = models.CharField(_("special support"), max_length=20, blank=True, default="")
    has_basic_medical = models.BooleanField(_("has basic medical insurance"), null=True, blank=True)
    has_employee_medical = models.BooleanField(_("has medical insurance of employees"), null=True, blank=True)
    has_serious_illness_cover = models.BooleanField(_("has cover of serious illness"), null=True, blank=True)
    has_commercial_medical = models.BooleanField(_("has commercial medical insurance"), null=True, blank=True)
    receives_medical_assistance = models.BooleanField(_("receives medical assistance"), null=True, blank=True)
    receives_other_health_support = models.BooleanField(_("receives other health support"), null=True, blank=True)
    has_resident_pension = models.BooleanField(_("has the residents' pension insurance"), null=True, blank=True)
    has_employee_pension = models.BooleanField(_("has the employees' pension insurance"), null=True, blank=True)
    receives_accident_subsidy = models.BooleanField(_("receives an accident insurance subsidy"), null=True, blank=True)
    is_in_military_service = models.BooleanField(_("is in military service"), null=True, blank=True)
    is_unsupported_child = models.BooleanField(_("is a child without support in fact"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("person of a snapshot")
        verbose_name_plural = _("persons of snapshots")
        ordering = ["snapshot", "village_code", "household_id", "relation_code"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "snapshot", "person_id"], name="frozenperson_once"),
        ]
        indexes = [models.Index(fields=["tenant", "snapshot", "village_code"], name="frozenperson_village")]

    @override
    def __str__(self) -> str:
        return self.number
