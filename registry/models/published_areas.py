"""What counties publish of their divisions for those above them, and where a look at persons was granted.

Platform tables: no person and no household stands in them.
"""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.models.people import User
from registry.tenancy.models import new_id


class PublishedEdition(models.Model):
    """One publication of one period by one county; a correction is a new edition, and none ever changes.

    `checksum` is that of the frozen facts it was counted from, `digest` the SHA-256 over its own figures.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey("registry.Tenant", models.PROTECT, verbose_name=_("county"), related_name="+")
    period_kind = models.CharField(_("kind of the period"), max_length=10)
    period_name = models.CharField(_("period"), max_length=60)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    edition = models.PositiveIntegerField(_("edition"), default=1)
    due_on = models.DateField(_("due on"))
    frozen_at = models.DateTimeField(_("frozen at"))
    published_at = models.DateTimeField(_("published at"), default=timezone.now)
    checksum = models.CharField(_("checksum of the frozen facts"), max_length=64)
    digest = models.CharField(_("digest"), max_length=64)

    class Meta:
        verbose_name = _("published edition")
        verbose_name_plural = _("published editions")
        ordering = ["-last_day", "tenant", "-edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "period_kind", "first_day", "edition"], name="publishededition_once"
            ),
            # What the link of the divisions' rows leads to: none of them can lie in another county's edition.
            models.UniqueConstraint(fields=["tenant", "id"], name="publishededition_of_tenant"),
            models.CheckConstraint(
                name="publishededition_ends_not_before_start", condition=Q(last_day__gte=F("first_day"))
            ),
        ]
        indexes = [models.Index(fields=["period_kind", "last_day", "tenant"], name="publishededition_period")]

    @override
    def __str__(self) -> str:
        return f"{self.period_name} ({self.edition})"


class PublishedDivision(models.Model):
    """The figures of one division in an edition: the county, each township, each village.

    `figures` holds whole numbers by section and name (`oversight.definitions.figures`); a section that is null was
    withheld since it would tell of single households.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey("registry.Tenant", models.PROTECT, verbose_name=_("county"), related_name="+")
    edition = models.ForeignKey(
        PublishedEdition, models.PROTECT, verbose_name=_("edition"), related_name="divisions", db_index=False
    )
    code = models.CharField(_("division code"), max_length=12, db_collation="C")
    parent_code = models.CharField(_("division above"), max_length=12, db_collation="C", blank=True)
    name = models.CharField(_("name"), max_length=100)
    figures = models.JSONField(_("figures"))

    class Meta:
        verbose_name = _("published figures of a division")
        verbose_name_plural = _("published figures of divisions")
        ordering = ["edition", "code"]
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="publisheddivision_once")]
        indexes = [models.Index(fields=["edition", "parent_code", "code"], name="publisheddivision_parent")]

    @override
    def __str__(self) -> str:
        return self.name


class GrantedLook(models.Model):
    """Where a reader above the counties has to ask for a look that a county granted.

    It opens nothing: the county's own row decides at each opening (`oversight.LookGrant`). It spares the reader's page
    from asking every county.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey("registry.Tenant", models.PROTECT, verbose_name=_("county"), related_name="+")
    user = models.ForeignKey(User, models.PROTECT, verbose_name=_("reader"), related_name="granted_looks")
    grant_id = models.UUIDField(_("grant"), unique=True)
    area_code = models.CharField(_("area"), max_length=12, db_collation="C")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (not included)"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        verbose_name = _("granted look")
        verbose_name_plural = _("granted looks")
        ordering = ["-starts_on", "id"]
        constraints = [
            models.CheckConstraint(name="grantedlook_ends_after_start", condition=Q(ends_on__gt=F("starts_on"))),
        ]

    @override
    def __str__(self) -> str:
        return self.area_code
