"""Letters: the one way between two counties."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.models import new_id


class Letter(models.Model):
    """A sealed message of one county to another, delivered once. A platform table; only ciphertext lies in it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sender = models.ForeignKey("registry.Tenant", models.PROTECT, verbose_name=_("sender"), related_name="+")
    receiver = models.ForeignKey("registry.Tenant", models.PROTECT, verbose_name=_("receiver"), related_name="+")
    kind = models.CharField(_("kind"), max_length=60)
    key = models.CharField(_("key"), max_length=100)
    payload = models.BinaryField(_("sealed payload"))
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    failure = models.CharField(_("why it waits"), max_length=100, blank=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-sent_at"]
        constraints = [
            models.UniqueConstraint(fields=["sender", "kind", "key"], name="letter_key_once_a_sender"),
            models.CheckConstraint(name="letter_goes_to_another", condition=~models.Q(sender=models.F("receiver"))),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
