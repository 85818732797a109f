"""A step held for a list of households."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from dossiers.enums import OWN_FORMS, Form, SessionState, TakenOut
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel, VersionedModel

LISTED_FORMS = tuple(form for form in Form.values if form not in OWN_FORMS)


class ListSession(VersionedModel):
    """One meeting, notice or decision that closes the same step for every household on its list.

    Minutes, attendance and votes are the session's. Its place is the village, township or county that holds it.
    """

    form = models.CharField(_("what happens"), max_length=12, choices=Form.choices)
    title = models.CharField(_("title"), max_length=100)
    state = models.CharField(_("state"), max_length=10, choices=SessionState.choices, default=SessionState.OPEN)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("done on"), null=True, blank=True)
    end_reason = models.CharField(_("why it was cancelled"), max_length=300, blank=True)
    opened_by = models.UUIDField(_("opened by"), null=True, editable=False)
    minutes = TenantForeignKey("registry.Document", verbose_name=_("minutes"), null=True, blank=True, related_name="+")
    minutes_code = models.CharField(_("kind of supporting document"), max_length=20, blank=True)
    entitled_count = models.PositiveIntegerField(_("entitled to attend"), null=True, blank=True)
    present_count = models.PositiveIntegerField(_("present"), null=True, blank=True)
    votes_for = models.PositiveIntegerField(_("votes for"), null=True, blank=True)
    votes_against = models.PositiveIntegerField(_("votes against"), null=True, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("session for a list")
        verbose_name_plural = _("sessions for a list")
        ordering = ["-starts_on", "id"]
        indexes = [models.Index(fields=["tenant", "scope_code"], name="listsession_scope")]
        constraints = [
            models.CheckConstraint(name="listsession_form_is_for_lists", condition=Q(form__in=LISTED_FORMS)),
            models.CheckConstraint(name="listsession_state_is_known", condition=Q(state__in=SessionState.values)),
            models.CheckConstraint(
                name="listsession_closed_has_its_papers",
                condition=Q(state=SessionState.OPEN, ends_on__isnull=True, minutes__isnull=True, end_reason="")
                | Q(state=SessionState.CANCELLED, ends_on__isnull=False, minutes__isnull=True, end_reason__gt="")
                | Q(
                    state=SessionState.CLOSED,
                    end_reason="",
                    ends_on__isnull=False,
                    ends_on__gte=F("starts_on"),
                    minutes__isnull=False,
                    minutes_code__gt="",
                ),
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.title


class SessionFile(TenantModel):
    """A further file of a session beside its minutes: photographs, the signed list, the notice on its board."""

    session = TenantForeignKey(ListSession, verbose_name=_("session for a list"), related_name="files")
    kind_code = models.CharField(_("kind of supporting document"), max_length=20)
    document = TenantForeignKey("registry.Document", verbose_name=_("document"), related_name="+")
    added_by = models.UUIDField(_("added by"), null=True, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("file of a session")
        verbose_name_plural = _("files of a session")
        ordering = ["session", "id"]
        indexes = [models.Index(fields=["tenant", "session"], name="sessionfile_session")]
        constraints = [models.UniqueConstraint(fields=["tenant", "document"], name="sessionfile_document_once")]

    @override
    def __str__(self) -> str:
        return self.kind_code


class SessionEntry(TenantModel):
    """A household on the list of a session; one that was taken out keeps its line and the reason."""

    session = TenantForeignKey(ListSession, verbose_name=_("session for a list"), related_name="entries")
    dossier = TenantForeignKey("dossiers.Dossier", verbose_name=_("dossier"), related_name="entries")
    household = TenantForeignKey("households.Household", verbose_name=_("household"), related_name="+")
    position = models.PositiveSmallIntegerField(_("position"))
    taken_out_on = models.DateField(_("taken out on"), null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=300, blank=True)
    # Why the database itself took it out.
    reason_code = models.CharField(_("what happened"), max_length=10, choices=TakenOut.choices, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("household on the list")
        verbose_name_plural = _("households on the list")
        ordering = ["session", "id"]
        indexes = [models.Index(fields=["tenant", "household"], name="sessionentry_household")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "session", "dossier"], name="sessionentry_once"),
            models.CheckConstraint(
                name="sessionentry_taken_out_with_a_reason",
                condition=Q(taken_out_on__isnull=True, reason="", reason_code="")
                | (
                    Q(taken_out_on__isnull=False)
                    & (Q(reason__gt="", reason_code="") | Q(reason="", reason_code__gt=""))
                ),
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.position)
