"""The app of assistance."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssistanceConfig(AppConfig):
    """Helpers and pairings."""

    name = "assistance"
    verbose_name = _("Assistance")
