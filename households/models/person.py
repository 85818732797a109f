"""The person, kept for life, and the household of each period of that life."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.enums import DISABILITY_CATEGORIES, DISABILITY_GRADES, HEAD_RELATION, PRECISION_CHOICES
from households.models.constraints import date_has_its_precision, ends_not_before_start, no_overlap, sealed_with_index
from households.models.household import Household
from registry.lib.idcard import DocumentKind
from registry.lib.sounds import MOST, sound_of
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel, VersionedModel

SOUNDS = ("sound_key", "sound_start")


class Person(VersionedModel):
    """A person who is or was a member of a household.

    The document number is sealed; its blind index is made of the first 18 characters, so that an identity card and the
    disability card of the same person meet. A person without a number has a flagged placeholder and no index. Category
    and grade of disability are the marks of that certificate, in clear since rules and the disability sector read them;
    a person known by an identity card has none.
    """

    number = models.CharField(_("person number"), max_length=32, blank=True, db_collation="C")
    name = models.CharField(_("Name"), max_length=60)
    # How the name sounds, and its first two syllables: for finding persons who look alike, never shown.
    sound_key = models.CharField(
        max_length=MOST, blank=True, default="", db_default="", db_collation="C", editable=False
    )
    sound_start = models.CharField(
        max_length=MOST, blank=True, default="", db_default="", db_collation="C", editable=False
    )
    sex_code = models.CharField(_("sex"), max_length=1)
    birth_on = models.DateField(_("born on"), null=True, blank=True)
    birth_precision = models.CharField(_("precision of that date"), max_length=5, choices=PRECISION_CHOICES, blank=True)
    document_code = models.CharField(_("kind of document"), max_length=20, blank=True)
    document_sealed = models.BinaryField(_("document number"), null=True, blank=True)
    document_index = models.BinaryField(null=True, blank=True)
    disability_category_code = models.CharField(_("category of disability"), max_length=1, blank=True)
    disability_grade_code = models.CharField(_("grade of disability"), max_length=1, blank=True)
    # What the county claims among all counties; none while the person lives in no household.
    claim_index = models.BinaryField(null=True, blank=True, editable=False)
    is_placeholder = models.BooleanField(_("has no number of its own"), default=False)
    phone_sealed = models.BinaryField(_("telephone"), null=True, blank=True)
    phone_index = models.BinaryField(null=True, blank=True)
    anonymised_on = models.DateField(_("anonymised on"), null=True, blank=True, editable=False)

    class Meta(VersionedModel.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        ordering = ["number", "id"]
        indexes = [
            models.Index(fields=["tenant", "scope_code"], name="person_scope"),
            models.Index(fields=["tenant", "claim_index"], name="person_claim"),
            models.Index(fields=["tenant", "birth_on", "sound_start"], name="person_birth_and_sound"),
            models.Index(fields=["tenant", "sound_key", "scope_code", "id"], name="person_sound"),
            models.Index(
                fields=["tenant", "sound_key", "scope_code", "id"],
                name="person_sound_without_birth",
                condition=Q(birth_on__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "document_index"], name="person_document_once_a_tenant"),
            models.UniqueConstraint(
                fields=["tenant", "number"], condition=~Q(number=""), name="person_number_once_a_tenant"
            ),
            models.CheckConstraint(name="person_name_is_given", condition=~Q(name="")),
            # GB/T 2261.1: 0 unknown, 1 male, 2 female, 9 not stated.
            models.CheckConstraint(name="person_sex_is_known", condition=Q(sex_code__in=["0", "1", "2", "9"])),
            models.CheckConstraint(
                name="person_has_a_document_or_a_placeholder",
                condition=Q(is_placeholder=True, document_index__isnull=True)
                | Q(is_placeholder=False, document_sealed__isnull=False, document_index__isnull=False),
            ),
            models.CheckConstraint(
                name="person_disability_marks_are_of_a_certificate",
                condition=Q(disability_category_code="", disability_grade_code="")
                | Q(
                    disability_category_code__in=DISABILITY_CATEGORIES,
                    disability_grade_code__in=DISABILITY_GRADES,
                    document_code=DocumentKind.DISABILITY_CERTIFICATE.value,
                ),
            ),
            models.CheckConstraint(
                name="person_anonymised_has_no_sound",
                condition=Q(anonymised_on__isnull=True) | Q(sound_key="", sound_start=""),
            ),
            date_has_its_precision("person", "birth_on", "birth_precision"),
            sealed_with_index("person", "phone"),
        ]

    @override
    def __str__(self) -> str:
        return self.number or str(self.id)

    def follow_name(self) -> tuple[str, ...]:
        """Let the keys of the sound follow the name, and give the names of their fields."""
        self.sound_key, self.sound_start = ("", "") if self.anonymised_on else sound_of(self.name)
        return SOUNDS


class Membership(TenantModel):
    """A person in a household under a relation to its head; `ends_on` is the first day outside it.

    No start means that it is unknown, and counts as "always". A change of relation ends one row and begins another.
    """

    household = TenantForeignKey(Household, verbose_name=_("household"), related_name="memberships")
    person = TenantForeignKey(Person, verbose_name=_("person"), related_name="memberships")
    relation_code = models.CharField(_("relation to the head"), max_length=20)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    starts_precision = models.CharField(
        _("precision of that date"), max_length=5, choices=PRECISION_CHOICES, blank=True
    )
    start_reason_code = models.CharField(_("why added"), max_length=20, blank=True)
    ends_on = models.DateField(_("until (not included)"), null=True, blank=True)
    end_reason_code = models.CharField(_("why ended"), max_length=20, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("membership of a household")
        verbose_name_plural = _("memberships of households")
        ordering = ["household", "relation_code", "starts_on"]
        indexes = [
            models.Index(fields=["tenant", "household"], name="membership_household"),
            models.Index(fields=["tenant", "person"], name="membership_person"),
        ]
        constraints = [
            no_overlap("membership_one_household_a_day", "person"),
            no_overlap("membership_one_head_a_day", "household", condition=Q(relation_code=HEAD_RELATION)),
            ends_not_before_start("membership"),
            date_has_its_precision("membership", "starts_on", "starts_precision"),
            models.CheckConstraint(
                name="membership_end_has_a_reason",
                condition=Q(ends_on__isnull=True, end_reason_code="")
                | (Q(ends_on__isnull=False) & ~Q(end_reason_code="")),
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.relation_code

    @property
    def is_head(self) -> bool:
        """Tell whether the person is the head of the household in this period."""
        return self.relation_code == HEAD_RELATION
