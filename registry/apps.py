"""The kernel as a Django app."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _

PRODUCT_APPS = ("registry", "villages", "households", "assistance", "reports", "exchange")


class RegistryConfig(AppConfig):
    """The kernel: tenancy, people, audit, jobs, code lists."""

    name = "registry"
    verbose_name = _("Registry")

    def ready(self) -> None:
        """Load the rules table and the system checks; each app's `rules` module adds its actions."""
        import_module("registry.audit")
        import_module("registry.tenancy.checks")
        for app in PRODUCT_APPS:
            if apps.is_installed(app) and find_spec(f"{app}.rules"):
                import_module(f"{app}.rules")
