"""Which counties claim an identity: what lets two of them learn that both have the same person."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class IdentityClaim(models.Model):
    """The keyed index of an identity document, and the counties that have a person with it.

    A platform table that the app role can neither read nor write: only the function `claim_identities` reaches it. One
    row an index, so that two counties that claim the same one at the same moment wait for each other.
    """

    index = models.BinaryField(_("index"), primary_key=True)
    tenants = ArrayField(models.PositiveIntegerField(), verbose_name=_("counties"))

    class Meta:
        verbose_name = _("claim of an identity")
        verbose_name_plural = _("claims of identities")

    @override
    def __str__(self) -> str:
        return _("claim of an identity").__str__()
