"""The app of data quality."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class QualityConfig(AppConfig):
    """Rules, findings, exemptions and suspicion lists."""

    name = "quality"
    verbose_name = _("Data quality")

    @override
    def ready(self) -> None:
        """Check a household once saved, and the county after a roster; tell timelines and visits of findings."""
        import_module("quality.domain.listening")
        import_module("quality.domain.relations")
        import_module("quality.queries.timeline")
        import_module("quality.queries.doubts")
        import_module("quality.queries.teamwork")
