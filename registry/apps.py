"""The kernel as a Django app."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.lib.messages import install_translator
from registry.lib.product import PRODUCT_APPS


class RegistryConfig(AppConfig):
    """The kernel: tenancy, people, audit, jobs, code lists."""

    name = "registry"
    verbose_name = _("Registry")

    @override
    def ready(self) -> None:
        """Load the system checks, the rules table, and the kinds of jobs and due work of every app."""
        install_translator(gettext)
        writing = import_module("registry.tenancy.history_writing")
        post_migrate.connect(writing.write_history_anew, sender=self, dispatch_uid="registry.history")
        for module in ("audit", "tenancy.checks", "domain.documents", "domain.letters"):
            import_module(f"registry.{module}")
        for app in PRODUCT_APPS:
            for module in ("rules", "tasks"):
                if apps.is_installed(app) and find_spec(f"{app}.{module}"):
                    import_module(f"{app}.{module}")
