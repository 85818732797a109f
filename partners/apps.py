"""The app of partners and benefit links."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    """Enterprises, income leaders and specialists, the households they help, and where an income comes from."""

    name = "partners"
    verbose_name = _("Partners")
