"""The app of exchange."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    """See docs/architecture.md."""

    name = "exchange"
    verbose_name = _("Exchange")
