"""The app of training and posts."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class LivelihoodsConfig(AppConfig):
    """Training, what it led to, and public-welfare posts."""

    name = "livelihoods"
    verbose_name = _("Skills and work")

    @override
    def ready(self) -> None:
        """Tell of training and posts in the timeline of a household, and enter what posts offer to its income."""
        import_module("livelihoods.queries.follow_up")
        import_module("livelihoods.queries.offers")
        import_module("livelihoods.queries.teamwork")
        import_module("livelihoods.queries.timeline")
