"""The app of  figures, charts and a map, each leading to its list.:dashboards."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DashboardsConfig(AppConfig):
    """The first page of each post: figures, charts and a map, each leading to its list."""

    name = "dashboards"
    verbose_name = _(" figures, charts and a map, each leading to its list.:Dashboards")
