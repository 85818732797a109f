"""What is held in a village: briefings, night schools, councils, consultations."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel, VersionedModel
from villages.models.plan import VillagePlan
from villages.models.village import Village


class VillageActivity(VersionedModel):
    """One activity of a day: subject, material and the number of people.

    Who came and what anybody said or thought has no column, here or below. `withdrawn_on` is set on a record that was
    entered in error; it counts no more.
    """

    village = TenantForeignKey(Village, verbose_name=_("village"), related_name="activities")
    kind_code = models.CharField(_("kind"), max_length=20)
    held_on = models.DateField(_("held on"))
    subject = models.CharField(_("subject"), max_length=100)
    participant_count = models.PositiveIntegerField(_("people"))
    plan = TenantForeignKey(
        VillagePlan, verbose_name=_("village plan"), null=True, blank=True, related_name="consultations"
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("village activity")
        verbose_name_plural = _("village activities")
        ordering = ["-held_on", "id"]
        indexes = [
            models.Index(fields=["tenant", "scope_code", "held_on"], name="villageactivity_scope"),
            models.Index(fields=["tenant", "plan"], name="villageactivity_plan"),
        ]
        constraints = [
            models.CheckConstraint(name="villageactivity_is_named", condition=~Q(kind_code="") & ~Q(subject="")),
            models.CheckConstraint(name="villageactivity_somebody_came", condition=Q(participant_count__gte=1)),
        ]

    @override
    def __str__(self) -> str:
        return self.subject


class ActivityMaterial(TenantModel):
    """A file that was shown or handed out at an activity; its content lies in the store of documents."""

    activity = TenantForeignKey(VillageActivity, verbose_name=_("village activity"), related_name="materials")
    title = models.CharField(_("title"), max_length=100)
    document = TenantForeignKey("registry.Document", verbose_name=_("file"), related_name="+")
    added_by = models.UUIDField(_("added by"), null=True, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("material of an activity")
        verbose_name_plural = _("material of activities")
        ordering = ["activity", "id"]
        indexes = [models.Index(fields=["tenant", "activity"], name="activitymaterial_activity")]
        constraints = [models.CheckConstraint(name="activitymaterial_has_a_title", condition=~Q(title=""))]

    @override
    def __str__(self) -> str:
        return self.title
