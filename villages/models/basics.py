"""What belongs to a village besides its years: facilities with their goals, committee, settlement points."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import VersionedModel
from villages.enums import RELOCATION_SITE
from villages.models.place import ends_not_before_start, is_a_place, no_overlap
from villages.models.village import Village


class PriorityCategory(VersionedModel):
    """A category of villages by their need for assistance, as the county words it (村类型). Shared by the county.

    A row with a code of the list `village_priority` words that one anew, or takes it out of the choices; every other
    code is the county's own. What a village was given stays with it.
    """

    code = models.CharField(_("code"), max_length=20, db_collation="C")
    name = models.CharField(_("name"), max_length=60)
    is_offered = models.BooleanField(_("offered"), default=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("priority category of villages")
        verbose_name_plural = _("priority categories of villages")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="prioritycategory_code_once"),
            models.CheckConstraint(
                name="prioritycategory_has_its_shape", condition=Q(code__regex=r"^[0-9A-Za-z]{1,20}$") & ~Q(name="")
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name


class VillageFacility(VersionedModel):
    """The goal for one of the ten facilities of a village (十项提升工程), and the day on which it was reached."""

    village = TenantForeignKey(Village, verbose_name=_("village"), related_name="facilities")
    facility_code = models.CharField(_("facility"), max_length=20)
    goal = models.CharField(_("goal"), max_length=200)
    due_on = models.DateField(_("to be reached by"), null=True, blank=True)
    reached_on = models.DateField(_("reached on"), null=True, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("facility of a village")
        verbose_name_plural = _("facilities of villages")
        ordering = ["village", "facility_code"]
        indexes = [models.Index(fields=["tenant", "scope_code"], name="villagefacility_scope")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "village", "facility_code"], name="villagefacility_once"),
            models.CheckConstraint(name="villagefacility_is_named", condition=~Q(facility_code="") & ~Q(goal="")),
        ]

    @override
    def __str__(self) -> str:
        return self.goal or self.facility_code


class CommitteeMember(VersionedModel):
    """Somebody's term in a post of the village committee; `ends_on` is the first day without it.

    Name, post, term and a telephone, and nothing else of the person. A record that ends on its first day was entered in
    error. The telephone is for those who work with the village now: it is sealed, and goes with the end of the term.
    """

    village = TenantForeignKey(Village, verbose_name=_("village"), related_name="committee")
    name = models.CharField(_("name"), max_length=60)
    post_code = models.CharField(_("post"), max_length=20)
    phone_sealed = models.BinaryField(_("telephone"), null=True, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (not included)"), null=True, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("member of a village committee")
        verbose_name_plural = _("members of village committees")
        ordering = ["village", "post_code", "-starts_on"]
        indexes = [models.Index(fields=["tenant", "scope_code"], name="committeemember_scope")]
        constraints = [
            ends_not_before_start("committeemember"),
            no_overlap("committeemember_once_a_day", "village", "name", "post_code"),
            models.CheckConstraint(name="committeemember_is_named", condition=~Q(name="") & ~Q(post_code="")),
            models.CheckConstraint(
                name="committeemember_telephone_ends_with_the_term",
                condition=Q(phone_sealed__isnull=True) | Q(ends_on__isnull=True),
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name


class SettlementPoint(VersionedModel):
    """A natural village, villagers' group or settlement below a village; `ends_on` is the first day without it.

    `home_count` is of a relocation settlement: homes that were built there. Its households name it in their relocation.
    """

    village = TenantForeignKey(Village, verbose_name=_("village"), related_name="points")
    name = models.CharField(_("name"), max_length=60)
    kind_code = models.CharField(_("kind"), max_length=20)
    household_count = models.PositiveIntegerField(_("number of households"), null=True, blank=True)
    person_count = models.PositiveIntegerField(_("number of persons"), null=True, blank=True)
    home_count = models.PositiveIntegerField(_("homes built"), null=True, blank=True)
    has_water = models.BooleanField(_("safe water"), null=True, blank=True)
    has_electricity = models.BooleanField(_("electricity"), null=True, blank=True)
    has_road = models.BooleanField(_("hardened road"), null=True, blank=True)
    longitude = models.DecimalField(_("longitude (degrees)"), max_digits=9, decimal_places=6, null=True, blank=True)
    latitude = models.DecimalField(_("latitude (degrees)"), max_digits=9, decimal_places=6, null=True, blank=True)
    ends_on = models.DateField(_("until (not included)"), null=True, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("settlement point")
        verbose_name_plural = _("settlement points")
        ordering = ["village", "name"]
        indexes = [models.Index(fields=["tenant", "scope_code"], name="settlementpoint_scope")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "village", "name"], name="settlementpoint_name_once"),
            models.CheckConstraint(name="settlementpoint_is_named", condition=~Q(name="") & ~Q(kind_code="")),
            models.CheckConstraint(
                name="settlementpoint_homes_are_of_a_relocation",
                condition=Q(home_count__isnull=True) | Q(kind_code=RELOCATION_SITE),
            ),
            is_a_place("settlementpoint"),
        ]

    @override
    def __str__(self) -> str:
        return self.name
