"""The app of oversight."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OversightConfig(AppConfig):
    """What counties published, as those above them read it."""

    name = "oversight"
    verbose_name = _("Oversight")
