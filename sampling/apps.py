"""The app of sample checks."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SamplingConfig(AppConfig):
    """Random samples of households that are checked, and the error rate they show."""

    name = "sampling"
    verbose_name = _("Sample checks")
