"""The app of requests and grievances."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConcernsConfig(AppConfig):
    """What households and villages ask for, and what they complain of, until it is solved."""

    name = "concerns"
    verbose_name = _("Requests and grievances")
