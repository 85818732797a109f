"""The app of the collective economy."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EconomyConfig(AppConfig):
    """What villages earn together, whose shares are in it, and what is paid out."""

    name = "economy"
    verbose_name = _("Collective economy")
