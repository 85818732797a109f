"""What a household or a village asks for."""

from typing import TYPE_CHECKING, ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from assistance.models import HelpVisit
from concerns.enums import WAITING, OwnerRole, RequestState
from households.models import Household
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import VersionedModel

if TYPE_CHECKING:
    from uuid import UUID

_SOLVED: Final = (RequestState.SOLVED, RequestState.CONFIRMED)
_CLOSED_WITH_REASON: Final = (RequestState.REFUSED, RequestState.WITHDRAWN)


class HelpRequest(VersionedModel):
    """A request for practical help (诉求、办实事) of a household, or of a village where no household is named.

    It is solved when its owner says so, and over when whoever asked has confirmed it. `owner_role` says which side
    solves it, in the area of the request; `owner_user` is who took it on or was named. `key` is that of the program
    that sent the line, so that it may send it again.
    """

    household = TenantForeignKey(
        Household, verbose_name=_("household"), null=True, blank=True, related_name="help_requests"
    )
    village = TenantForeignKey(
        "villages.Village", verbose_name=_("village"), null=True, blank=True, related_name="help_requests"
    )
    kind_code = models.CharField(_("kind of request"), max_length=20)
    channel_code = models.CharField(_("how it was told"), max_length=20)
    told_on = models.DateField(_("told on"))
    text = models.CharField(_("what is asked for"), max_length=500)
    help_visit = TenantForeignKey(
        HelpVisit, verbose_name=_("help visit"), null=True, blank=True, related_name="requests"
    )
    state = models.CharField(_("state"), max_length=10, choices=RequestState.choices, default=RequestState.OPEN)
    owner_role = models.CharField(
        _("who solves it"), max_length=20, choices=OwnerRole.choices, default=OwnerRole.VILLAGE_TEAM
    )
    owner_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("owner"), null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(_("due on"))
    taken_on = models.DateField(_("taken on"), null=True, blank=True)
    solved_on = models.DateField(_("solved on"), null=True, blank=True)
    solution = models.CharField(_("what was done"), max_length=500, blank=True)
    document = TenantForeignKey(
        "registry.Document", verbose_name=_("supporting document"), null=True, blank=True, related_name="+"
    )
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    confirmation_code = models.CharField(_("how it was confirmed"), max_length=20, blank=True)
    reopened_count = models.PositiveSmallIntegerField(_("opened again"), default=0)
    closing_reason = models.CharField(_("reason"), max_length=200, blank=True)
    entered_by = models.UUIDField(_("entered by"), null=True, editable=False)
    key = models.CharField(max_length=64, blank=True, editable=False, db_collation="C")

    telling: ClassVar = ("text", "solution", "closing_reason")
    showing: ClassVar = ("document",)
    if TYPE_CHECKING:
        owner_user_id: UUID | None

    class Meta(VersionedModel.Meta):
        verbose_name = _("request for help")
        verbose_name_plural = _("requests for help")
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["tenant", "household"], name="helprequest_household"),
            models.Index(fields=["tenant", "due_on", "id"], name="helprequest_due", condition=Q(state__in=WAITING)),
            # The list of all, the next due first.
            models.Index(fields=["tenant", "due_on", "id"], name="helprequest_order"),
            # The board of a county: counted from the index alone.
            models.Index(
                fields=["tenant", "scope_code", "kind_code", "due_on"],
                name="helprequest_board",
                condition=Q(state__in=WAITING),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="helprequest_of_one",
                condition=Q(household__isnull=True, village__isnull=False)
                | Q(household__isnull=False, village__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["tenant", "household", "village", "kind_code", "told_on"],
                name="helprequest_once_a_day",
                condition=~Q(state__in=_CLOSED_WITH_REASON),
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["tenant", "entered_by", "key"], name="helprequest_key_once", condition=~Q(key="")
            ),
            models.CheckConstraint(name="helprequest_state_is_known", condition=Q(state__in=RequestState.values)),
            models.CheckConstraint(name="helprequest_owner_is_known", condition=Q(owner_role__in=OwnerRole.values)),
            models.CheckConstraint(
                name="helprequest_says_what", condition=~Q(kind_code="") & ~Q(channel_code="") & ~Q(text="")
            ),
            models.CheckConstraint(name="helprequest_due_after_told", condition=Q(due_on__gte=F("told_on"))),
            models.CheckConstraint(
                name="helprequest_taken_by_somebody",
                condition=~Q(state__in=[RequestState.TAKEN, *_SOLVED])
                | (Q(taken_on__isnull=False, owner_user__isnull=False) & Q(taken_on__gte=F("told_on"))),
            ),
            models.CheckConstraint(
                name="helprequest_solved_with_what",
                condition=(Q(state__in=_SOLVED) & Q(solved_on__gte=F("told_on")) & ~Q(solution=""))
                | (~Q(state__in=_SOLVED) & Q(solved_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="helprequest_confirmed_after_solved",
                condition=(Q(state=RequestState.CONFIRMED, confirmed_on__gte=F("solved_on")) & ~Q(confirmation_code=""))
                | (~Q(state=RequestState.CONFIRMED) & Q(confirmed_on__isnull=True, confirmation_code="")),
            ),
            models.CheckConstraint(
                name="helprequest_closed_with_reason",
                condition=~Q(state__in=_CLOSED_WITH_REASON) | ~Q(closing_reason=""),
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.told_on:%Y-%m-%d}"
