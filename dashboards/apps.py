"""The app of the first page of each post: figures, charts and a map, each leading to its list."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DashboardsConfig(AppConfig):
    """Figures of the area of whoever is at work, what waits for them, and the lists behind both."""

    name = "dashboards"
    verbose_name = _("Overview")
