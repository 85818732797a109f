"""A change that a second person decides, and the county's rule on which changes these are."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.enums import ChangeKind, ChangeState
from households.models.household import Household
from households.models.person import Person
from registry.crypto import Purpose
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import VersionedModel


class ChangeRule(VersionedModel):
    """Which changes the county lets a second person decide; one row, and without it none. Shared by the whole county.

    Source: house rule, docs/decisions/0101; a proposal that each county edits.
    """

    identity_by_two = models.BooleanField(_("identity of a person by two persons"), default=True)
    account_by_two = models.BooleanField(_("bank account by two persons"), default=True)
    status_by_two = models.BooleanField(_("status and monitoring outside a dossier by two persons"), default=False)
    covers_candidates = models.BooleanField(_("candidates too"), default=False)

    class Meta(VersionedModel.Meta):
        verbose_name = _("rule of the second person")
        verbose_name_plural = _("rule of the second person")
        constraints = [models.UniqueConstraint(fields=["tenant"], name="changerule_one_a_county")]

    @override
    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class ChangeRequest(VersionedModel):
    """A proposed change, frozen as it was proposed: `changes` holds [before, after] of what is kept in clear.

    Numbers stay sealed. `seen_version` is the version of the person or household from which the difference was taken.
    """

    sealed_as: ClassVar[dict[str, Purpose]] = {
        "former_document": Purpose.DOCUMENT,
        "former_account": Purpose.ACCOUNT,
    }

    kind = models.CharField(_("kind"), max_length=8, choices=ChangeKind.choices, editable=False)
    state = models.CharField(
        _("state"), max_length=9, choices=ChangeState.choices, default=ChangeState.OPEN, editable=False
    )
    person = TenantForeignKey(
        Person, verbose_name=_("person"), null=True, blank=True, related_name="change_requests", editable=False
    )
    household = TenantForeignKey(
        Household, verbose_name=_("household"), null=True, blank=True, related_name="change_requests", editable=False
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, editable=False)
    changes = models.JSONField(_("changes"), default=dict, editable=False)
    # What the verb is given beside the fields themselves: the transition with its day, or how figures were entered.
    proposal = models.JSONField(_("how it is carried out"), default=dict, editable=False)
    former_document_sealed = models.BinaryField(_("document number before"), null=True, editable=False)
    document_sealed = models.BinaryField(_("document number"), null=True, editable=False)
    former_account_sealed = models.BinaryField(_("bank account before"), null=True, editable=False)
    account_sealed = models.BinaryField(_("bank account"), null=True, editable=False)
    seen_version = models.PositiveIntegerField(_("version seen"), editable=False)
    reason = models.CharField(_("Reason"), max_length=200, editable=False)
    proposed_by = models.UUIDField(_("proposed by"), editable=False)
    proposed_at = models.DateTimeField(_("proposed at"), default=timezone.now, editable=False)
    decided_by = models.UUIDField(_("decided by"), null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)
    decision_reason = models.CharField(_("reason of the decision"), max_length=200, blank=True, editable=False)

    telling: ClassVar = ("reason", "decision_reason")

    class Meta(VersionedModel.Meta):
        verbose_name = _("change request")
        verbose_name_plural = _("change requests")
        ordering = ["-proposed_at", "id"]
        indexes = [
            models.Index(fields=["tenant", "scope_code"], name="changerequest_scope"),
            models.Index(fields=["tenant", "person"], name="changerequest_person"),
            models.Index(fields=["tenant", "household"], name="changerequest_household"),
        ]
        constraints = [
            models.UniqueConstraint(
                "tenant",
                "kind",
                "person",
                Coalesce("year", 0),
                condition=Q(state=ChangeState.OPEN, person__isnull=False),
                name="changerequest_one_open_a_person",
            ),
            models.UniqueConstraint(
                "tenant",
                "kind",
                "household",
                Coalesce("year", 0),
                condition=Q(state=ChangeState.OPEN, household__isnull=False),
                name="changerequest_one_open_a_household",
            ),
            models.CheckConstraint(
                name="changerequest_has_its_target",
                condition=Q(kind=ChangeKind.IDENTITY, person__isnull=False, household__isnull=True, year__isnull=True)
                | Q(
                    kind__in=[ChangeKind.ACCOUNT, ChangeKind.STATUS],
                    person__isnull=True,
                    household__isnull=False,
                    year__isnull=True,
                )
                | (
                    Q(kind=ChangeKind.FIGURES, year__isnull=False)
                    & (
                        Q(person__isnull=False, household__isnull=True)
                        | Q(person__isnull=True, household__isnull=False)
                    )
                ),
            ),
            models.CheckConstraint(
                name="changerequest_numbers_are_of_its_kind",
                condition=Q(kind=ChangeKind.IDENTITY, account_sealed__isnull=True, former_account_sealed__isnull=True)
                | (
                    Q(kind=ChangeKind.ACCOUNT, document_sealed__isnull=True, former_document_sealed__isnull=True)
                    & (Q(changes={}) | Q(changes__has_key="bank_name"))
                )
                | Q(
                    kind__in=[ChangeKind.STATUS, ChangeKind.FIGURES],
                    document_sealed__isnull=True,
                    former_document_sealed__isnull=True,
                    account_sealed__isnull=True,
                    former_account_sealed__isnull=True,
                ),
            ),
            models.CheckConstraint(name="changerequest_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="changerequest_decided_by_a_second_person",
                condition=Q(state=ChangeState.OPEN, decided_by__isnull=True, decided_at__isnull=True)
                | (
                    Q(state__in=[ChangeState.APPROVED, ChangeState.REFUSED])
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(decided_by=F("proposed_by"))
                )
                | (
                    Q(state=ChangeState.WITHDRAWN, decided_at__isnull=False)
                    & (Q(decided_by__isnull=True) | Q(decided_by=F("proposed_by")))
                ),
            ),
            models.CheckConstraint(
                name="changerequest_refused_has_a_reason",
                condition=~Q(state=ChangeState.REFUSED) | ~Q(decision_reason=""),
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.id)
