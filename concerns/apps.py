"""The app of requests and grievances."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class ConcernsConfig(AppConfig):
    """What households and villages ask for, and what they complain of, until it is solved."""

    name = "concerns"
    verbose_name = _("Requests and grievances")

    @override
    def ready(self) -> None:
        """Tell of requests and grievances in timelines, count requests in months, and listen for logins."""
        import_module("concerns.domain.concealing")
        import_module("concerns.queries.teamwork")
        import_module("concerns.queries.timeline")
