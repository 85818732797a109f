"""The app of what is due and received."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EntitlementsConfig(AppConfig):
    """Which household is due what by a policy, and who receives it."""

    name = "entitlements"
    verbose_name = _("Due and received")
