"""The app of one form."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OneformConfig(AppConfig):
    """Forms that offices send down, filled from what the register holds."""

    name = "oneform"
    verbose_name = _("One form")
