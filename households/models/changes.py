"""Where a household came from and where it went; households and persons on their way between two counties."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.enums import TieKind, TransferDirection, TransferState, TransferSubject
from households.models.household import Household
from households.models.person import Person
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel, VersionedModel

_OPEN = Q(state__in=[TransferState.OFFERED, TransferState.ACCEPTED])
_BETWEEN_COUNTIES = sorted([TieKind.CAME_FROM, TieKind.WENT_TO])


class HouseholdTie(TenantModel):
    """One side of a split, a merger or a transfer to another county: origin or tombstone of the household.

    The other side is named by its number and not by a link, since it may lie in another village or another county and
    each side is seen by its own people. Written once, never changed.
    """

    household = TenantForeignKey(Household, verbose_name=_("household"), related_name="ties")
    kind = models.CharField(_("tie"), max_length=12, choices=TieKind.choices)
    other_number = models.CharField(_("number of the other household"), max_length=32, db_collation="C")
    other_county_code = models.CharField(_("other county"), max_length=12, blank=True, db_collation="C")
    effective_on = models.DateField(_("effective on"))
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)

    class Meta(TenantModel.Meta):
        verbose_name = _("origin or successor of a household")
        verbose_name_plural = _("origin and successors of a household")
        ordering = ["household", "effective_on", "id"]
        indexes = [models.Index(fields=["tenant", "household"], name="householdtie_household")]
        constraints = [
            models.CheckConstraint(name="householdtie_kind_is_known", condition=Q(kind__in=TieKind.values)),
            models.CheckConstraint(
                name="householdtie_county_is_named_between_counties",
                condition=Q(kind__in=_BETWEEN_COUNTIES, other_county_code__regex=r"^\d{12}$")
                | (~Q(kind__in=_BETWEEN_COUNTIES) & Q(other_county_code="")),
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.other_number


class Transfer(VersionedModel):
    """One county's side of a transfer to another county, of a household or a person; the two sides share their `key`.

    On the receiving side it belongs to the county as a whole, and names the household and its head, or the person, for
    the decision, until they are there; a name of who did not come is cleared. Of a person, `household` is the one that
    the person leaves here, or joins here once a place is chosen. Written by `households.domain.transfer` and
    `.person_transfer` alone.
    """

    key = models.UUIDField(_("key"), editable=False)
    direction = models.CharField(_("direction"), max_length=8, choices=TransferDirection.choices)
    state = models.CharField(_("state"), max_length=9, choices=TransferState.choices, default=TransferState.OFFERED)
    household = TenantForeignKey(
        Household, verbose_name=_("household"), null=True, blank=True, related_name="transfers"
    )
    subject = models.CharField(
        _("who goes"), max_length=9, choices=TransferSubject.choices, default=TransferSubject.HOUSEHOLD
    )
    person = TenantForeignKey(Person, verbose_name=_("person"), null=True, blank=True, related_name="transfers")
    other_county_code = models.CharField(_("other county"), max_length=12, db_collation="C")
    other_county_name = models.CharField(_("name of the other county"), max_length=100)
    household_number = models.CharField(_("household number"), max_length=32, db_collation="C")
    household_version = models.PositiveIntegerField(_("version offered"), default=0)
    head_name = models.CharField(_("Head"), max_length=60, blank=True)
    persons_count = models.PositiveSmallIntegerField(_("persons"))
    person_name = models.CharField(_("name of the person"), max_length=60, blank=True)
    sex_code = models.CharField(_("sex"), max_length=1, blank=True, db_default="", default="")
    leaving_code = models.CharField(_("why the person leaves"), max_length=20, blank=True)
    joining_code = models.CharField(_("why the person joins"), max_length=20, blank=True)
    relation_code = models.CharField(_("relation to the head"), max_length=20, blank=True)
    village_code = models.CharField(_("village chosen"), max_length=12, blank=True, db_collation="C")
    effective_on = models.DateField(_("effective on"))
    reason = models.CharField(_("Reason"), max_length=200)
    answer = models.CharField(_("answer"), max_length=200, blank=True)
    outcome_code = models.CharField(_("why it lapsed"), max_length=100, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    # How many of each kind stay in the county that somebody left; no row and no name of them.
    stays = models.JSONField(_("what stays there"), default=dict, db_default={}, blank=True)

    telling: ClassVar = ("reason", "answer")

    class Meta(VersionedModel.Meta):
        verbose_name = _("transfer between counties")
        verbose_name_plural = _("transfers between counties")
        ordering = ["-created_at", "id"]
        indexes = [
            models.Index(fields=["tenant", "household"], name="transfer_household"),
            models.Index(fields=["tenant", "person"], name="transfer_person"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "key"], name="transfer_key_once_a_tenant"),
            models.UniqueConstraint(
                fields=["tenant", "household"],
                condition=_OPEN & Q(direction=TransferDirection.OUTGOING, subject=TransferSubject.HOUSEHOLD),
                name="transfer_one_open_a_household",
            ),
            models.UniqueConstraint(
                fields=["tenant", "person"],
                condition=_OPEN & Q(direction=TransferDirection.OUTGOING),
                name="transfer_one_open_a_person",
            ),
            models.CheckConstraint(
                name="transfer_direction_is_known", condition=Q(direction__in=TransferDirection.values)
            ),
            models.CheckConstraint(name="transfer_state_is_known", condition=Q(state__in=TransferState.values)),
            models.CheckConstraint(
                name="transfer_has_its_household",
                condition=Q(household__isnull=False)
                | (Q(direction=TransferDirection.INCOMING) & ~Q(state=TransferState.DONE)),
            ),
            models.CheckConstraint(name="transfer_subject_is_known", condition=Q(subject__in=TransferSubject.values)),
            models.CheckConstraint(
                name="transfer_of_a_person_has_its_person",
                condition=Q(subject=TransferSubject.HOUSEHOLD, person__isnull=True, person_name="", leaving_code="")
                | Q(subject=TransferSubject.PERSON, person__isnull=False, leaving_code__gt="")
                | (
                    Q(subject=TransferSubject.PERSON, direction=TransferDirection.INCOMING, leaving_code__gt="")
                    & ~Q(state=TransferState.DONE)
                ),
            ),
            models.CheckConstraint(
                name="transfer_of_a_person_has_a_place_when_accepted",
                condition=Q(subject=TransferSubject.PERSON, direction=TransferDirection.INCOMING)
                & Q(household__isnull=False, joining_code__gt="", relation_code__gt="")
                | Q(joining_code="", relation_code="")
                & (
                    Q(subject=TransferSubject.HOUSEHOLD)
                    | Q(direction=TransferDirection.OUTGOING)
                    | ~Q(state__in=[TransferState.ACCEPTED, TransferState.DONE])
                ),
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.household_number


class ObjectionPeriod(VersionedModel):
    """The county's own rule: how many days objections last after which a person never confirmed is anonymised.

    The rule of a day is the one that began last. Without one nobody is anonymised.
    """

    starts_on = models.DateField(_("valid from"))
    days = models.PositiveSmallIntegerField(_("days"))

    class Meta(VersionedModel.Meta):
        verbose_name = _("objection period")
        verbose_name_plural = _("objection periods")
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "starts_on"], name="objectionperiod_one_a_day"),
            models.CheckConstraint(name="objectionperiod_is_a_day_at_least", condition=Q(days__gte=1)),
        ]

    @override
    def __str__(self) -> str:
        return str(self.days)
