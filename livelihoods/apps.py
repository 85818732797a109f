"""The app of training and posts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LivelihoodsConfig(AppConfig):
    """Training, what it led to, and public-welfare posts."""

    name = "livelihoods"
    verbose_name = _("Skills and work")
