"""The app of the villages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VillagesConfig(AppConfig):
    """Villages, units and work teams."""

    name = "villages"
    verbose_name = _("Villages")
